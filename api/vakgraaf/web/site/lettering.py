"""Text in a picture, of which nobody knows the width before it is drawn: estimated, and broken into lines."""

from __future__ import annotations

import textwrap

_WIDTHS = {0.30: "iljI.,:;'’|!()[]-– ", 0.42: 'frtJ/"*', 0.66: "ABCDEFGHKLNOPQRSTUVXYZ", 0.86: "mwMW@%"}
_BY_SIGN = {sign: width for width, signs in _WIDTHS.items() for sign in signs}
_USUAL = 0.56
_WIDEST_FONT = 1.1  # fonts of machines differ; this much wider than usual is the widest


def width(text: str, size: float) -> float:
    """About how wide `text` is in letters of `size`, in the same unit; rather too wide than too narrow."""
    return _WIDEST_FONT * size * sum(_BY_SIGN.get(sign, _USUAL) for sign in text)


def lines(text: str, room: float, size: float, most: int) -> tuple[str, ...]:
    """`text` in lines that fit in `room`, at most so many; what is left over becomes "…"."""
    average = width(text, size) / len(text) if text else size
    letters = max(6, int(room / average))
    return tuple(textwrap.wrap(text, letters, max_lines=most, placeholder=" …", break_long_words=True)) or ("",)
