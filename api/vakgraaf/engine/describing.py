"""Describe a snapshot, in a process of its own and with the lowest priority: `python -m vakgraaf.engine describe …`.

Counting everything takes seconds where a change takes milliseconds. So after a change the description is that of a
version before, until this has been done and has become a version itself.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import NamedTuple

import pyoxigraph as ox

from vakgraaf.engine.description import description
from vakgraaf.engine.elsewhere import LOWEST_PRIORITY, done_elsewhere
from vakgraaf.engine.replica import load

Counts = dict[str, dict[str, int]]
IN_MEMORY, ON_DISK = "memory", "disk"


class Described(NamedTuple):
    """What was found: the counts, what the planner wants to know (as JSON), and the quads of the description graph.

    There are no quads where the store has no such graph.
    """

    counts: Counts
    planning: str
    quads: list[ox.Quad]


async def describe_elsewhere(snapshot: Path, target: Path, *, in_memory: bool) -> bool:
    """Describe `snapshot` in the file `target`; whether that worked. The process ends when nobody waits any more.

    Reading from disk takes some three times as long as with all of it `in_memory`.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    return await done_elsewhere("describe", str(snapshot), IN_MEMORY if in_memory else ON_DISK, str(target))


def read(path: Path) -> Described:
    """What was written by `main`."""
    with path.open("rb") as file:
        counts, planning = json.loads(file.readline()), file.readline().decode().strip()
        return Described(counts, planning, list(ox.parse(file, ox.RdfFormat.N_QUADS)))


def main(snapshot: str, in_memory: str, target: str) -> None:
    """Describe, and write that down. What the readers do not hold in memory is not held here either."""
    os.nice(LOWEST_PRIORITY)
    store = load(Path(snapshot), merged=False).store if in_memory == IN_MEMORY else ox.Store.read_only(snapshot)
    found, quads = description(store)
    with Path(target).open("wb") as file:
        file.write(json.dumps(found.counts()).encode() + b"\n")
        file.write(found.planning().to_json().encode() + b"\n")
        ox.serialize(quads, file, ox.RdfFormat.N_QUADS)
