"""Numbers in texts that anybody may have written, of any length: Python makes no `int` of thousands of digits."""

from __future__ import annotations

import re

_DIGITS = re.compile(r"(\d+)")
_MOST = 9


def number_of(text: str) -> int | None:
    """The number that a text of up to nine digits is; None for any other text."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= _MOST else None


def natural(text: str) -> tuple[tuple[int, str], ...]:
    """A key by which 1.2 comes before 1.10, for numbers of any length."""
    return tuple(_rank(part) if part.isdecimal() else (0, part) for part in _DIGITS.split(text))


def _rank(digits: str) -> tuple[int, str]:
    """A number by how long it is and then by its digits."""
    counted = digits.lstrip("0")
    return 1 + len(counted), counted
