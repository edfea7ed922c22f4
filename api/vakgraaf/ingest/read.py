"""Bytes → text with positions, whatever the format of the file.

`READERS` is the door for formats: a reader takes the bytes and returns the lines as a person sees them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from vakgraaf.errors import UnreadableInput, unusable
from vakgraaf.ingest.readers.docx import read_docx
from vakgraaf.ingest.readers.html import read_html
from vakgraaf.ingest.readers.kinds import require_kind
from vakgraaf.ingest.readers.odt import read_odt
from vakgraaf.ingest.readers.pdf import read_pdf
from vakgraaf.ingest.readers.plain import read_text
from vakgraaf.ingest.readers.reading import DEFAULT_LIMITS, Meter, Reading, ReadingLimits


@dataclass(frozen=True)
class Text:
    """A document as received. `lines[0]` is line 1; lines keep their white space, not their line ends.

    `starts`, `pages` and `margins` are what the file itself says of its pages; see `Reading`.
    """

    name: str
    lines: tuple[str, ...]
    sha256: str
    starts: frozenset[int] = frozenset()
    pages: tuple[int, ...] = ()
    margins: tuple[str, ...] = ()

    def line(self, number: int) -> str:
        """Line `number`, counted from 1."""
        return self.lines[number - 1]


def read(path: Path, limits: ReadingLimits = DEFAULT_LIMITS) -> Text:
    """The text of the file at `path`, named after the file without its extension.

    Raises `UnreadableInput` where the file is absent, and what `read_bytes` raises.
    """
    try:
        if path.stat().st_size > limits.document_bytes:
            raise _too_large(path.name, path.stat().st_size, limits)
        content = path.read_bytes()
    except OSError as error:
        raise unusable(path, error) from error
    return read_bytes(content, path.name, limits)


def read_bytes(content: bytes, filename: str, limits: ReadingLimits = DEFAULT_LIMITS) -> Text:
    """The text in `content`, whose format follows from the extension of `filename`.

    Raises `UnreadableInput` where it is empty, too large, encrypted, damaged, without text, or of another format than
    its name says.
    """
    reader = READERS.get(Path(filename).suffix.lower())
    if reader is None:
        known = ", ".join(sorted(READERS))
        raise UnreadableInput(
            f"{filename}: dit bestandsformaat kan (nog) niet gelezen worden. Bewaar het document als {known}.",
            f"{filename}: this file format cannot be read (yet). Save the document as {known}.",
        )
    if len(content) > limits.document_bytes:
        raise _too_large(filename, len(content), limits)
    meter = Meter(filename, limits)
    require_kind(content, meter)
    reading = reader(content, meter)
    if not any(line.strip() for line in reading.lines):
        raise meter.refusal(
            "het bestand is leeg of bevat alleen witruimte.", "the file is empty or holds white space only."
        )
    sha256 = hashlib.sha256(content).hexdigest()
    return Text(Path(filename).stem, reading.lines, sha256, reading.starts, reading.pages, reading.margins)


def _too_large(filename: str, size: int, limits: ReadingLimits) -> UnreadableInput:
    return UnreadableInput(
        f"{filename}: het bestand is {size} bytes groot; {limits.document_bytes} is het hoogste.",
        f"{filename}: the file has {size} bytes; {limits.document_bytes} is the limit.",
    )


READERS: dict[str, Callable[[bytes, Meter], Reading]] = {
    ".txt": read_text,
    ".pdf": read_pdf,
    ".docx": read_docx,
    ".odt": read_odt,
    ".html": read_html,
    ".htm": read_html,
}
