"""A snapshot, opened to be read: only where it holds as many quads as were written.

The engine tells of most damage to its files. But where the list of those files is cut short it opens what that still
names, which may be nothing, and all data would seem to have gone, for readers and for the next version.
"""

from __future__ import annotations

import json
from pathlib import Path

import pyoxigraph as ox

from vakgraaf.errors import StoreProblem


def opened(snapshot: Path) -> ox.Store:
    """The store at `snapshot`. Raises `StoreProblem` where it cannot be read or is not whole."""
    try:
        store = ox.Store.read_only(str(snapshot))
        found, written = len(store), _written(snapshot)
    except (OSError, ValueError, RuntimeError) as error:
        raise unreadable(snapshot, str(error)) from error
    if written is not None and found != written:
        raise unreadable(snapshot, f"{found} quads, {written} in {_beside(snapshot).name}")
    return store


def unreadable(snapshot: Path, reason: str) -> StoreProblem:
    """The error that belongs to a snapshot that cannot be read; the reason is in the words of the engine."""
    return StoreProblem(
        f"De momentopname {snapshot} is beschadigd ({reason}). Zet een back-up terug met 'vakgraaf restore MAP'.",
        f"The snapshot {snapshot} is damaged ({reason}). Restore a backup with 'vakgraaf restore DIR'.",
    )


def _written(snapshot: Path) -> int | None:
    """How many quads its manifest says that it has; None where that is not there, as in layout 1."""
    try:
        found = json.loads(_beside(snapshot).read_text("utf-8"))["quads"]
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return None
    return found if isinstance(found, int) else None


def _beside(snapshot: Path) -> Path:
    return snapshot.with_name(f"{snapshot.name}.json")
