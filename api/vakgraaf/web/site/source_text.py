"""The text of a source document as it was received, line by line, and what its layout tells of the lines."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from vakgraaf.errors import VakgraafError
from vakgraaf.ingest.extract import extract
from vakgraaf.ingest.layout import lay_out
from vakgraaf.ingest.read import read
from vakgraaf.resources import folder_if_any

_KEPT = 32


@dataclass(frozen=True, slots=True)
class SourceText:
    """A packaged text: where it is, its digest, its lines (the first is line 1), and what sort of lines some are.

    `pages` has the printed page of each line where that is certain; `furniture` are running heads and feet,
    `structure` headings that only say what follows.
    """

    path: Path
    sha256: str
    lines: tuple[str, ...]
    pages: dict[int, int]
    furniture: frozenset[int]
    structure: frozenset[int]


def packaged_text(file: str | None, sha256: str | None) -> SourceText | None:
    """The text of the packaged file called `file`; None where there is none, or another than that with this digest.

    The name comes from data: only a name that is in the folder of sources counts, whatever it looks like.
    """
    folder = folder_if_any("data/sources")
    there = {path.name: path for path in folder.glob("*.txt")} if folder is not None else {}
    path = there.get(file or "")
    if path is None:
        return None
    stamp = path.stat()
    found = _understood(path, stamp.st_mtime_ns, stamp.st_size)
    return found if found is not None and found.sha256 == sha256 else None


@lru_cache(maxsize=_KEPT)
def _understood(path: Path, _changed: int, _size: int) -> SourceText | None:
    try:
        text = read(path)
    except VakgraafError:
        return None
    try:
        flow, claims = extract(text)
        structure = frozenset(claims.structure)
    except VakgraafError:  # readable, but not as a profile: then nothing is known of its headings
        flow, structure = lay_out(text), frozenset()
    return SourceText(path, text.sha256, text.lines, flow.pages, flow.furniture, structure)
