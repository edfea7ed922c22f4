"""A snapshot, opened to be read: only where its files are as they were written.

The engine tells of most damage to its files. But where the list of those files is cut short it opens what that still
names, which may be nothing, and all data would seem to have gone, for readers and for the next version. So the names
and sizes of the files are kept beside them. To count the quads instead takes seconds where there are millions.
"""

from __future__ import annotations

import json
from pathlib import Path

import pyoxigraph as ox

from vakgraaf.errors import StoreProblem

_FILES = ("CURRENT", "MANIFEST-*", "*.sst")
"""What the engine never changes once it is there (RocksDB)."""


def list_files(snapshot: Path) -> None:
    """Write down what is there, of a snapshot that is complete."""
    sizes = {path.name: path.stat().st_size for kind in _FILES for path in snapshot.glob(kind)}
    draft = files_of(snapshot).with_suffix(".draft")
    draft.write_text(json.dumps(sizes), "utf-8")
    draft.replace(files_of(snapshot))


def files_of(snapshot: Path) -> Path:
    """The file beside a snapshot that says which files it has."""
    return snapshot.with_name(f"{snapshot.name}.files")


def opened(snapshot: Path) -> ox.Store:
    """The store at `snapshot`. Raises `StoreProblem` where it cannot be read or is not whole."""
    require_whole(snapshot)
    try:
        return ox.Store.read_only(str(snapshot))
    except (OSError, ValueError, RuntimeError) as error:
        raise unreadable(snapshot, str(error)) from error


def require_whole(snapshot: Path) -> None:
    """Raises `StoreProblem` where a file is not as it was written. Opens nothing, so that no threads begin."""
    try:
        for name, size in _listed(snapshot).items():
            if (found := (snapshot / name).stat().st_size) != size:
                raise unreadable(snapshot, f"{name}: {found} / {size} bytes")
    except OSError as error:
        raise unreadable(snapshot, str(error)) from error


def unreadable(snapshot: Path, reason: str) -> StoreProblem:
    """The error that belongs to a snapshot that cannot be read; the reason is in the words of the engine."""
    return StoreProblem(
        f"De momentopname {snapshot} is beschadigd ({reason}). Zet een back-up terug met 'vakgraaf restore MAP'.",
        f"The snapshot {snapshot} is damaged ({reason}). Restore a backup with 'vakgraaf restore DIR'.",
    )


def unfinished(snapshot: Path, reason: str) -> StoreProblem:
    """The error of a process that ended while it read a snapshot, which tells nothing of the snapshot itself."""
    return StoreProblem(
        f"Het inlezen van {snapshot} is gestopt voordat het klaar was ({reason}), misschien door te weinig geheugen."
        " Dat zegt niets over de gegevens. Probeer het opnieuw; 'vakgraaf info --verify' vertelt of de store heel is.",
        f"The reading of {snapshot} stopped before it was done ({reason}), perhaps for lack of memory. That says"
        " nothing of the data. Try again; 'vakgraaf info --verify' tells whether the store is whole.",
    )


def _listed(snapshot: Path) -> dict[str, int]:
    """The files that it had; none where nobody wrote that down, or not to its end."""
    try:
        found = json.loads(files_of(snapshot).read_text("utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
