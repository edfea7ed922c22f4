"""Two wordings word by word: what stayed, what went, what came."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from rapidfuzz.distance import LCSseq

_WORDS = re.compile(r"\w+|\s+|[^\w\s]")
_AROUND = 60


class Mark(NamedTuple):
    """A stretch of text: "=" stayed, "-" went, "+" came, "…" is left out because it stayed."""

    sign: str
    text: str


def marks(old: str, new: str) -> tuple[Mark, ...]:
    """How to get from one wording to the other; what went stands before what came in its place."""
    one, other = _WORDS.findall(old), _WORDS.findall(new)
    found: list[Mark] = []
    gone, came = "", ""
    for code in LCSseq.opcodes(one, other):
        before, after = "".join(one[code.src_start : code.src_end]), "".join(other[code.dest_start : code.dest_end])
        # A space that stayed between two changed words would cut them in pieces.
        if code.tag == "equal" and (before.strip() or not (gone or came)):
            found += _changed(gone, came)
            gone = came = ""
            found.append(Mark("=", before))
        else:
            gone += before
            came += after
    return tuple([*found, *_changed(gone, came)])


def shortened(found: Sequence[Mark]) -> tuple[Mark, ...]:
    """The same, with no more than some words around each change."""
    kept: list[Mark] = []
    for place, mark in enumerate(found):
        if mark.sign != "=" or len(mark.text) <= 2 * _AROUND + 20:
            kept.append(mark)
            continue
        if place:
            kept.append(Mark("=", mark.text[:_AROUND].rsplit(" ", 1)[0]))
        kept.append(Mark("…", " … "))
        if place < len(found) - 1:
            kept.append(Mark("=", mark.text[-_AROUND:].split(" ", 1)[-1]))
    return tuple(kept)


def _changed(gone: str, came: str) -> list[Mark]:
    """What went and came; white space at the end that both have stayed."""
    if gone == came:
        return [Mark("=", gone)] if gone else []
    tail = ""
    while gone and came and gone[-1] == came[-1] and gone[-1].isspace():
        tail, gone, came = gone[-1] + tail, gone[:-1], came[:-1]
    found = [Mark(sign, text) for sign, text in (("-", gone), ("+", came)) if text]
    return [*found, Mark("=", tail)] if tail else found
