"""Headings, paragraphs, items and rows of a table → the lines that a person would see of them.

What follows in the steps of ingest goes by lines: what stands alone, what is blank, where a line ended early. A file
that knows its own structure says more than that, so it is set here in the way that those steps read best.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from vakgraaf.ingest.readers.reading import Meter, Reading

BlockKind = Literal["text", "heading", "term", "item", "row", "note"]
PAGE = "\f"
"""In the text of a block: a page begins here."""
_CALL = re.compile("\x1f(\\d{1,3})\x1f")
_WIDTH = 96
_LONGEST_LINE = 118  # what is longer was never one printed line of a profile


def call(number: str) -> str:
    """A footnote call as it stands in the text of a block."""
    return f"\x1f{number}\x1f"


@dataclass(frozen=True)
class Block:
    """A part of a document that begins on a line of its own. Its text may hold line breaks and footnote calls."""

    text: str
    kind: BlockKind = "text"


@dataclass
class _Setting:
    """The lines so far, and where pages begin among them."""

    lines: list[str] = field(default_factory=list)
    starts: set[int] = field(default_factory=set)

    def blank(self, count: int) -> None:
        """At least so many blank lines from here, but for the beginning."""
        have = next((i for i, line in enumerate(reversed(self.lines)) if line.strip()), len(self.lines))
        self.lines += [""] * (max(count - have, 0) if self.lines else 0)


def set_blocks(blocks: Iterable[Block], meter: Meter, margins: Sequence[str] = ()) -> Reading:
    """The lines of a document. Raises `UnreadableInput` where there are too many."""
    parts = list(blocks)
    for block in parts:
        meter.text(block.text)
    lengths = sorted(len(line) for block in parts for line in block.text.split("\n") if line.strip())
    # A file whose lines are all short was set line by line, and stays as it is.
    flowing = bool(lengths) and lengths[-(len(lengths) // 50) - 1] > _LONGEST_LINE
    typed = any(not block.text.strip(" \xa0\n") for block in parts)
    setting = _Setting()
    before: Block | None = None
    for block in parts:
        setting.blank(_space(before, block, typed, flowing))
        _set(block, setting, flowing)
        before = block
    starts = setting.starts | {1} if setting.starts else set()
    return Reading(tuple(setting.lines), frozenset(starts), (), tuple(margins))


def _space(before: Block | None, block: Block, typed: bool, flowing: bool) -> int:
    """How many blank lines stand between two blocks: two close a block, one only separates cells or rows."""
    if before is None:
        return 0
    if block.kind in ("heading", "term"):
        return 0 if before.kind == block.kind == "term" else 2
    if before.kind == "heading" or "row" in (before.kind, block.kind):
        return 1
    if before.kind == "term":
        return 0
    if "note" in (before.kind, block.kind) or (before.kind == "item") != (block.kind == "item"):
        return 2 if before.kind == "item" and flowing else 0
    return 2 if flowing and not typed and block.kind == "text" else 0


def _set(block: Block, setting: _Setting, flowing: bool) -> None:
    for page, part in enumerate(block.text.split(PAGE)):
        if page:
            setting.blank(1)
            setting.starts.add(len(setting.lines) + 1)
        if page and not part.strip():
            continue  # nothing more of this block: the page begins with the next one
        for line in part.split("\n"):
            _set_line(line, setting, flowing)


def _set_line(line: str, setting: _Setting, flowing: bool) -> None:
    pieces = _CALL.split(line)
    for index, piece in enumerate(pieces):
        if index % 2 == 0 and not piece.strip() and len(pieces) > 1:
            continue
        setting.lines += [piece] if index % 2 else _wrapped(piece) if flowing else [piece]
    if len(pieces) > 1 and not pieces[-1].strip():
        setting.lines.append("")  # what follows a call on the next line goes on with the text before it


def _wrapped(line: str) -> list[str]:
    """A paragraph in lines. The last one is short, so that it shows as the end of a paragraph."""
    if len(line) <= _WIDTH:
        return [line]
    lines = textwrap.wrap(line, _WIDTH, break_long_words=False, break_on_hyphens=False, replace_whitespace=False)
    if len(lines) < 2:
        return lines
    if len(lines[-1]) > _WIDTH // 2 and " " in lines[-1]:
        lines[-1:] = textwrap.wrap(lines[-1], len(lines[-1]) // 2 + 12, break_long_words=False, break_on_hyphens=False)
    if " " not in lines[-1] and " " in lines[-2]:
        # One word alone, such as an address, would be taken for a line that somebody put there.
        lines[-2], _, moved = lines[-2].rpartition(" ")
        lines[-1] = f"{moved} {lines[-1]}"
    # A space at the end of a line says that a hyphen before it broke no word.
    return [f"{part} " for part in lines[:-1]] + lines[-1:]
