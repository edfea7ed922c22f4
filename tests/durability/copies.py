"""What the copy of a version for readers from disk has to be: the same as the snapshot, with all graphs merged."""

from __future__ import annotations

import pyoxigraph as ox

from vakgraaf.engine import StateDirectory, readings
from vakgraaf.engine.state import Manifest

_UNNAMED = ox.DefaultGraph()


def copy_at_odds(state: StateDirectory, manifest: Manifest) -> list[str]:
    """Where the copy of this version says something else than its snapshot; nothing where there is no copy."""
    if not readings.present(state, manifest):
        return []
    try:
        copy = readings.opened(state.reading(manifest))
        found = set(copy.store)
    except (OSError, ValueError, SyntaxError) as error:
        return [f"readings: cannot be read: {error}"]
    stated = set(ox.Store.read_only(str(state.snapshot(manifest.version))))
    unnamed = {quad for quad in stated if quad.graph_name == _UNNAMED}
    merged = {ox.Quad(quad.subject, quad.predicate, quad.object) for quad in stated}
    return [
        *(f"readings, graphs: {quad}" for quad in found ^ (stated | merged)),
        *(f"readings, unnamed: {quad}" for quad in set(copy.unnamed) ^ unnamed),
    ]
