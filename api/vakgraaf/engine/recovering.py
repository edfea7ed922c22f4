"""What an interrupted write left behind: taken away at the next start, which says which version counts."""

from __future__ import annotations

import fcntl
import logging
import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from vakgraaf.engine.state import LAYOUT, Manifest, StateDirectory

LOADING, SAVING = "load-", "backup-"
"""What the folders of a load and of a backup begin with, in `work`; the number of their process follows."""
_log = logging.getLogger("vakgraaf.state")


def put_right(state: StateDirectory) -> None:
    """Make a directory what it was meant to be; only for who holds the writer's lock.

    Half-made snapshots go, `current.json` is written again where it cannot be read, and an earlier layout becomes the
    present one. What was done is said in one line of the log. Raises what `StateDirectory.manifest` raises.
    """
    found = state.manifest()
    gone = [_removed(state, path) for path in (*_unfinished(state, found), *_abandoned(state))]
    if found is not None and not state.readable:
        state.publish(found, again=True)
        gone.append("current.json")
    elif found is not None and found.layout < LAYOUT:
        state.publish(found, again=True)
        _say(f"indeling {found.layout} is {LAYOUT} geworden", f"layout {found.layout} has become {LAYOUT}")
    if gone:
        names = ", ".join(sorted(gone))
        counts = ("geen enkele versie", "no version") if found is None else (f"versie {found.version}",) * 2
        _say(
            f"{counts[0]} telt; een schrijfactie was onderbroken, hersteld of opgeruimd: {names}",
            f"{counts[1].replace('versie', 'version')} counts; a write was interrupted, put right: {names}",
        )


def put_right_for_server(state: StateDirectory) -> None:
    """The same when a server starts, which holds its own lock; later, where somebody is writing at this moment.

    The copies of a server that was there before go as well. Raises what `put_right` raises.
    """
    for name in ("server", "description"):
        shutil.rmtree(state.work(name), ignore_errors=True)
    with suppress(BlockingIOError), state.writer_lock(wait=False):
        put_right(state)


def _unfinished(state: StateDirectory, found: Manifest | None) -> Iterator[Path]:
    """Stores and snapshots that do not count: made after the one that does, or not named yet."""
    counts = 0 if found is None else found.version
    for folder in ("stores", "snapshots"):
        for path in sorted((state.path / folder).glob("*")):
            number = path.name.partition(".")[0]
            done = folder == "snapshots" and path.suffix not in (".tmp", ".draft")
            if number.isdigit() and (int(number) > counts or not done):
                yield path
    yield from sorted(state.path.glob("*.draft"))
    for path in sorted(state.path.glob("versions*")):
        if found is not None and path.name != found.versions:
            yield path
    yield from sorted(state.path.glob("statistics.json.*"))


def _abandoned(state: StateDirectory) -> Iterator[Path]:
    """What processes that are no longer there had for themselves."""
    for path in sorted((state.path / "work").glob("*")):
        name, _, number = path.name.rpartition("-")
        if f"{name}-" == LOADING and number.isdigit() and not Path(f"/proc/{number}").exists():
            yield path
        if f"{name}-" == SAVING and not _held(path / "lock"):
            yield path


def _held(lock: Path) -> bool:
    try:
        handle = os.open(lock, os.O_RDWR)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(handle)
    return False


def _removed(state: StateDirectory, path: Path) -> str:
    """Take it away; its name within the directory."""
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
    return str(path.relative_to(state.path))


def _say(nl: str, en: str) -> None:
    _log.warning("Vakgraaf: %s. / %s.", nl, en[0].upper() + en[1:])
