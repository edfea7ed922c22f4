"""Locks of a folder: of one who holds it, until the process ends, however it ends."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from vakgraaf.errors import unwritten


@contextmanager
def locked(folder: Path, name: str, *, wait: bool) -> Iterator[None]:
    """An advisory lock on the file `name` of a folder, which is made where it is not there; the number of who has it.

    Raises BlockingIOError where it is held and one does not `wait`, and `StoreProblem` where nothing can be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = (folder / name).open("a+")
    except OSError as error:
        raise unwritten(folder, error) from error
    with file:
        fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield
