"""`python -m bench.contest.fill_state STATE FILE`: make a state directory that holds a file of N-Quads and no more."""

from __future__ import annotations

import sys
from pathlib import Path

import pyoxigraph as ox

from vakgraaf.engine import Manifest, StateDirectory


def main(where: str, data: str) -> None:
    """The store, its snapshot, and a manifest that says that a server is to leave it alone."""
    state = StateDirectory(Path(where))
    with state.writer_lock():
        version = state.last_number() + 1
        for place in (state.store(version), state.snapshot(version)):
            place.parent.mkdir(parents=True, exist_ok=True)
        store = ox.Store(str(state.store(version)))
        store.bulk_load(path=data, format=ox.RdfFormat.N_QUADS)
        store.flush()
        store.backup(str(state.snapshot(version)))
        state.publish(Manifest(version, len(store), "bench", packaged_only=False, described=True))


if __name__ == "__main__":
    main(*sys.argv[1:])
