"""Where indexes are kept: a folder with one file for each, named after the data version that it is of.

A file has its name from the moment that it is complete and not before, so whatever is there by its name can be used,
and what has another one was being made when something went wrong.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
from pathlib import Path

from vakgraaf.search.schema import FORMAT

_ENDING = ".index"
_NOT_PLAIN = re.compile(r"[^A-Za-z0-9.-]+")
_LONGEST = 100


class Shelf:
    """The folder at `path`, which only one server uses."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def draft(self) -> Path:
        """Where a new index is to be written; another place every time."""
        self._path.mkdir(parents=True, exist_ok=True)
        return self._path / f"draft-{secrets.token_hex(8)}"

    def find(self, tag: str) -> Path | None:
        """The index of the data version `tag`, where it is there and of the present form."""
        path = self._path / _name(tag)
        return path if path.is_file() else None

    def newest(self) -> Path | None:
        """The index that was made last, of whichever version, but of the present form."""
        ending = f"-{_form()}{_ENDING}"
        known = [path for path in self._path.glob("*" + _ENDING) if path.name.endswith(ending)]
        return max(known, key=lambda path: path.stat().st_mtime_ns, default=None)

    def publish(self, draft: Path, tag: str) -> Path:
        """`draft`, which is complete, becomes the index of `tag`."""
        path = self._path / _name(tag)
        draft.replace(path)
        handle = os.open(self._path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
        return path

    def sweep(self, keep: Path | None) -> None:
        """Remove everything but `keep`. Who has a file open can go on reading it."""
        if self._path.is_dir():
            for path in self._path.iterdir():
                if path != keep and path.is_file():
                    path.unlink()


def _name(tag: str) -> str:
    plain = _NOT_PLAIN.sub("-", tag)[:_LONGEST]
    digest = hashlib.sha256(tag.encode()).hexdigest()[:8]
    return f"{plain}-{digest}-{_form()}{_ENDING}"


def _form() -> str:
    return _NOT_PLAIN.sub("-", FORMAT)
