"""Bytes → text with positions, whatever the format of the file.

`READERS` is the door for other formats: a reader takes the bytes and returns the lines as a person sees them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from vakgraaf.errors import UnreadableInput, unusable

MAX_BYTES = 20_000_000
_CONTROL = frozenset(map(chr, range(32))) - {"\t", "\n", "\r", "\f"}


@dataclass(frozen=True)
class Text:
    """A document as received. `lines[0]` is line 1; lines keep their white space, not their line ends."""

    name: str
    lines: tuple[str, ...]
    sha256: str

    def line(self, number: int) -> str:
        """Line `number`, counted from 1."""
        return self.lines[number - 1]


def read(path: Path) -> Text:
    """The text of the file at `path`, named after the file without its extension.

    Raises `UnreadableInput` where the file is absent, empty, too large, binary, or in a format that is not supported.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise unusable(path, error) from error
    return read_bytes(content, path.name)


def read_bytes(content: bytes, filename: str) -> Text:
    """The text in `content`, whose format follows from the extension of `filename`. Raises `UnreadableInput`."""
    reader = READERS.get(Path(filename).suffix.lower())
    if reader is None:
        known = ", ".join(sorted(READERS))
        raise UnreadableInput(
            f"{filename}: dit bestandsformaat kan (nog) niet gelezen worden. Bewaar het document als {known}.",
            f"{filename}: this file format cannot be read (yet). Save the document as {known}.",
        )
    if len(content) > MAX_BYTES:
        raise UnreadableInput(
            f"{filename}: het bestand is {len(content):,} bytes groot; {MAX_BYTES:,} is het hoogste.",
            f"{filename}: the file has {len(content):,} bytes; {MAX_BYTES:,} is the limit.",
        )
    lines = reader(content, filename)
    if not any(line.strip() for line in lines):
        raise UnreadableInput(
            f"{filename}: het bestand is leeg of bevat alleen witruimte.",
            f"{filename}: the file is empty or holds white space only.",
        )
    return Text(Path(filename).stem, lines, hashlib.sha256(content).hexdigest())


def _plain_text(content: bytes, filename: str) -> tuple[str, ...]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise UnreadableInput(
            f"{filename}: regel {line} is geen UTF-8-tekst. Bewaar het bestand als platte tekst in UTF-8.",
            f"{filename}: line {line} is not UTF-8 text. Save the file as plain text in UTF-8.",
        ) from error
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    lines = tuple(text.removesuffix("\n").split("\n"))
    for number, printed in enumerate(lines, start=1):
        if not _CONTROL.isdisjoint(printed):
            raise UnreadableInput(
                f"{filename}: regel {number} bevat stuurtekens; dit is een binair bestand, geen tekst.",
                f"{filename}: line {number} holds control characters; this is a binary file, not text.",
            )
    return lines


READERS: dict[str, Callable[[bytes, str], tuple[str, ...]]] = {".txt": _plain_text}
