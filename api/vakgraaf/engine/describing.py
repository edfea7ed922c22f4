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

from vakgraaf.engine.elsewhere import LOWEST_PRIORITY, done_elsewhere

Counts = dict[str, dict[str, int]]


class Described(NamedTuple):
    """What was found: the counts, what the planner wants to know (as JSON), and the quads of the description graph.

    There are no quads where the store has no such graph.
    """

    counts: Counts
    planning: str
    quads: list[ox.Quad]


async def describe_elsewhere(snapshot: Path, target: Path) -> bool:
    """Describe `snapshot` in the file `target`; whether that worked. The process ends when nobody waits any more."""
    target.parent.mkdir(parents=True, exist_ok=True)
    return await done_elsewhere("describe", str(snapshot), str(target))


def read(path: Path) -> Described:
    """What was written by `main`."""
    with path.open("rb") as file:
        counts, planning = json.loads(file.readline()), file.readline().decode().strip()
        return Described(counts, planning, list(ox.parse(file, ox.RdfFormat.N_QUADS, lenient=True)))


def main(snapshot: str, target: str) -> None:
    """Describe, and write that down."""
    from vakgraaf.engine.description import description  # with numpy, which whoever waits does not need

    os.nice(LOWEST_PRIORITY)
    found, quads = description(ox.Store.read_only(snapshot), Path(target).parent)
    with Path(target).open("wb") as file:
        file.write(json.dumps(found.counts()).encode() + b"\n")
        file.write(found.planning().to_json().encode() + b"\n")
        ox.serialize(quads, file, ox.RdfFormat.N_QUADS)
