"""Regular expressions of Python (the reference engine reads sh:pattern so) in the words of the store's engine."""

from __future__ import annotations

import re

from vakgraaf.validation.compiled.refusal import Refused

_CLASS = r"\[\^?(?:[^\\\[\]&~^]|\\[.\-+*?()\[\]\\/ds])+\]"
_PIECE = re.compile(
    rf"(?P<class>{_CLASS})|(?P<escape>\\[.+*?()\[\]{{}}|^$\\/\-dsS])|(?P<end>\$)"
    r"|(?P<plain>\(\?:|\((?!\?)|[)|.^]|[*+?](?!\+)|\{\d+(?:,\d*)?\}(?!\+)|[^\\\[\](){}|.^$*+?])"
)
# These are white space to Python only.
_SEPARATORS = r"\x1C-\x1F"


def translated(pattern: str) -> str:
    """The same expression. Raises `Refused` where it has anything that the two may read differently."""
    parts, place = [], 0
    while place < len(pattern):
        piece = _PIECE.match(pattern, place)
        if piece is None:
            raise Refused(f"a regular expression that two engines may read differently: {pattern}")
        parts.append(_said(piece))
        place = piece.end()
    return "".join(parts)


def _said(piece: re.Match[str]) -> str:
    text = piece[0]
    if piece["class"]:
        return text.replace(r"\s", r"\s" + _SEPARATORS)
    if piece["escape"] in (r"\s", r"\S"):
        return ("[^" if text == r"\S" else "[") + r"\s" + _SEPARATORS + "]"
    return r"\n?$" if piece["end"] else text  # a dollar sign also stands before a last line break
