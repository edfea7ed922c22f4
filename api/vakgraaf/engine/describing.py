"""Describe a snapshot, in a process of its own and with the lowest priority: `python -m vakgraaf.engine describe …`.

Counting everything takes seconds where a change takes milliseconds. So after a change the description is that of a
version before, until this has been done and has become a version itself.
"""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pyoxigraph as ox

from vakgraaf.engine.description import redescribe
from vakgraaf.engine.packaged import DESCRIPTION_GRAPH
from vakgraaf.engine.replica import load

Counts = dict[str, dict[str, int]]
_GRAPH = ox.NamedNode(DESCRIPTION_GRAPH)
_LOWEST_PRIORITY = 19


class Described(NamedTuple):
    """What was found: the counts, and the quads of the description graph; none where the store has no such graph."""

    counts: Counts
    quads: list[ox.Quad]


async def describe_elsewhere(snapshot: Path, target: Path) -> bool:
    """Describe `snapshot` in the file `target`; whether that worked. The process ends when nobody waits any more."""
    command = [sys.executable, "-P", "-m", "vakgraaf.engine", "describe", str(snapshot), str(target)]
    target.parent.mkdir(parents=True, exist_ok=True)
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while process.poll() is None:
            await asyncio.sleep(0.1)
    finally:
        process.kill()
        process.wait()
    return process.returncode == 0


def read(path: Path) -> Described:
    """What was written by `main`."""
    with path.open("rb") as file:
        counts = json.loads(file.readline())
        return Described(counts, list(ox.parse(file, ox.RdfFormat.N_QUADS)))


def main(snapshot: str, target: str) -> None:
    """Describe, and write that down."""
    os.nice(_LOWEST_PRIORITY)
    store = load(Path(snapshot), merged=False).store
    counts = redescribe(store).counts()
    with Path(target).open("wb") as file:
        file.write(json.dumps(counts).encode() + b"\n")
        ox.serialize(store.quads_for_pattern(None, None, None, _GRAPH), file, ox.RdfFormat.N_QUADS)
