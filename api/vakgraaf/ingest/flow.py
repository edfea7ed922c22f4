"""The running text of a document: rows in reading order, and the prose that rows make when joined.

A row is one printed line without page furniture. Rows know their source lines, so whatever is made of them can say
where it stood.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum

BULLET = re.compile(r"^(?:[-–—•*·▪◦●■\uf0b7\uf0a7]|o(?=\s)|(?:\d{1,2}|[a-z])\)(?=\s))\s*(?=\S)")
SENTENCE_END = re.compile(r"[.!?][)’'\"”]?$")
_SUSPENDED = re.compile(r"(?:en|of|als|tot|dan wel|respectievelijk)\b")
_CLOSING = tuple(".,;:)!?’”")


_INVISIBLE = str.maketrans({"\u00a0": " ", "\u202f": " ", "\t": " ", "\u200b": None, "\ufeff": None})


def clean(line: str) -> str:
    """A line as it is read: composed characters (NFC), plain spaces, no soft hyphens except one that ends the line."""
    line = unicodedata.normalize("NFC", line.translate(_INVISIBLE))
    body = line.replace("\u00ad", "")
    return body + "\u00ad" if line.rstrip().endswith("\u00ad") else body


class Gap(IntEnum):
    """What separates a row from the one before it."""

    NONE = 0
    SOFT = 1  # an empty line: layout, or a new cell
    HARD = 2  # a blank line that was typed, or several: a new block


@dataclass(frozen=True)
class Row:
    """One printed line: `text` stripped, its source `lines`, and the numbers of the footnotes called in it."""

    text: str
    lines: tuple[int, ...]
    gap: Gap = Gap.HARD
    page_start: bool = False
    notes: tuple[str, ...] = ()
    hyphenated: bool = False

    @property
    def is_bullet(self) -> bool:
        """True where the row opens a list item, whatever sign is used."""
        return BULLET.match(self.text) is not None

    @property
    def opens_block(self) -> bool:
        """True where something may begin: after a gap or on a new page."""
        return self.gap > Gap.NONE or self.page_start

    def without_bullet(self) -> Row:
        """The same row without its list sign."""
        return self.rest(BULLET.sub("", self.text))

    def rest(self, text: str) -> Row:
        """The same row holding `text` only."""
        return Row(text.strip(), self.lines, self.gap, self.page_start, self.notes, self.hyphenated)


@dataclass(frozen=True)
class Prose:
    """Joined rows: the text, and for each piece of it where it begins and which source lines it came from."""

    text: str
    pieces: tuple[tuple[int, tuple[int, ...]], ...]
    notes: tuple[str, ...] = ()

    @property
    def lines(self) -> frozenset[int]:
        """All source lines of the text."""
        return frozenset(line for _, lines in self.pieces for line in lines)

    def lines_between(self, start: int, end: int) -> frozenset[int]:
        """Source lines of `text[start:end]`."""
        found: set[int] = set()
        for index, (begin, lines) in enumerate(self.pieces):
            stop = self.pieces[index + 1][0] if index + 1 < len(self.pieces) else len(self.text)
            if begin < end and stop > start:
                found.update(lines)
        return frozenset(found)

    def __bool__(self) -> bool:
        return bool(self.text)


def stretches(starts: Sequence[int], end: int) -> list[tuple[int, int]]:
    """Begin and end of the stretch that each of `starts` opens; the last one runs to `end`."""
    return list(zip(starts, [*starts[1:], end], strict=True)) if starts else []


def lines_of(rows: Iterable[Row]) -> frozenset[int]:
    """The source lines of some rows."""
    return frozenset(line for row in rows for line in row.lines)


def width_of(rows: Sequence[Row]) -> int:
    """The line width of a stretch of text, in characters: what its long lines reach."""
    lengths = sorted(len(row.text) for row in rows)
    return lengths[int(len(lengths) * 0.9)] if lengths else 0


def is_short(row: Row, following: Row | None, width: int) -> bool:
    """True where the line ended by choice: the first word of the next line would have fitted."""
    if following is None:
        return len(row.text) < 0.8 * width
    return len(row.text) + 1 + len(following.text.split(" ", 1)[0]) < width - 2


def join(rows: Sequence[Row], words: frozenset[str] = frozenset()) -> Prose:
    """The rows as running text: lines unwrapped, paragraphs and list items on lines of their own.

    A hyphen at a line's end stays, unless the word without it stands elsewhere in the document (`words`).
    """
    text = ""
    pieces: list[tuple[int, tuple[int, ...]]] = []
    notes: list[str] = []
    width = width_of(rows)
    previous: Row | None = None
    for row in rows:
        printed = "• " + BULLET.sub("", row.text) if row.is_bullet and len(rows) > 1 else row.text
        content = " ".join(printed.split()).removesuffix("\u00ad")
        if previous is not None:
            text += _separator(previous, row, width)
            text = _unhyphenate(text, previous, content, words)
        pieces.append((len(text), row.lines))
        text += content
        notes.extend(row.notes)
        previous = row
    return Prose(text, tuple(pieces), tuple(notes))


def _separator(previous: Row, row: Row, width: int) -> str:
    if row.is_bullet:
        return "\n"
    if row.gap is Gap.HARD and SENTENCE_END.search(previous.text):
        return "\n\n"
    if SENTENCE_END.search(previous.text) and is_short(previous, row, width) and row.text[:1].isupper():
        return "\n"
    if previous.hyphenated and not _SUSPENDED.match(row.text):
        return ""
    return " "


def _unhyphenate(text: str, previous: Row, content: str, words: frozenset[str]) -> str:
    if not (previous.hyphenated and text.endswith("-")):
        return text
    head, tail = re.split(r"[\s(]", text[:-1])[-1], re.split(r"[\s.,;:)]", content)[0]
    return text[:-1] if (head + tail).casefold() in words else text


def glue(before: str, after: str) -> str:
    """Two parts of one line that a footnote sign stood between."""
    return before + after if after.startswith(_CLOSING) or not before else f"{before} {after}"
