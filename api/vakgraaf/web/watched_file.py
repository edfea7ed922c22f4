"""What a file says, read anew when the file is another: no restart, and no read where nothing changed."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Generic, TypeVar

from vakgraaf.errors import InputError, VakgraafError

_LOG = logging.getLogger(__name__)
_LATELY_S = 1.0

Content = TypeVar("Content")
Mark = tuple[int, ...]


class WatchedFile(Generic[Content]):
    """The content of a file that may change; `without` is what counts when the file has gone.

    A new file that cannot be read, or makes no sense, does not count: the content of before stays, and that is logged,
    once for each such file.
    """

    def __init__(self, path: Path, read: Callable[[Path], Content], without: Content) -> None:
        """Read it for the first time. Raises what `read` raises."""
        self._path = path
        self._read = read
        self._without = without
        self._mark = _mark(path)  # before reading: what comes after it is seen as a change
        self._content = read(path)
        self._looked = time.monotonic()

    def now(self) -> Content:
        """The content as it is at this moment."""
        self._looked = time.monotonic()
        mark = _mark(self._path)
        if mark != self._mark:
            self._mark = mark
            self._content = self._without if mark is None else self._read_or_keep()
        return self._content

    def lately(self) -> Content:
        """The content as it was less than a second ago, which takes no look at the file."""
        return self._content if time.monotonic() - self._looked < _LATELY_S else self.now()

    def _read_or_keep(self) -> Content:
        try:
            if self._path.is_fifo():
                raise _once(self._path)
            content = self._read(self._path)
        except VakgraafError as error:
            _LOG.warning("%s does not count, what was in it before does: %s", self._path, error.en)
            return self._content
        _LOG.warning("%s was read anew", self._path)
        return content


def _once(path: Path) -> InputError:
    """The refusal of a pipe: who opens it waits until somebody writes, and all requests would wait with it."""
    return InputError(
        f"{path} is een pijp, en die wordt alleen bij het opstarten gelezen. Zet er een gewoon bestand.",
        f"{path} is a pipe, which is read only at the start. Put a file there.",
    )


def _mark(path: Path) -> Mark | None:
    """What tells a file from the one of before; None where it has gone, or may not be looked at."""
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_mode
