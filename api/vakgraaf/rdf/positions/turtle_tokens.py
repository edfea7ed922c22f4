"""The tokens of the Turtle family (Turtle 1.1 §6.5, TriG, N-Triples, N-Quads), each with its place.

Made for files that a real parser has read already: what belongs to no token is stepped over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_NAME = r"[^\W\d](?:[\w.\-·]*[\w\-·])?"
_LOCAL = r"(?:[\w:]|%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%])(?:[\w:.\-·]|%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%])*"
_TOKEN = re.compile(
    r"""(?:\s++|\#[^\n\r]*+)*+(?:(?P<quoted>(?:\"\"\"(?:\"{0,2}(?:[^\"\\]|\\.))*\"\"\"|'''(?:'{0,2}(?:[^'\\]|\\.))*'''
        |\"(?:[^\"\\\n\r]|\\.)*\"|'(?:[^'\\\n\r]|\\.)*'))
    |(?P<open><<\(?)|(?P<close>\)?>>)
    |(?P<iri><[^<>\"{}|^`\x00-\x20]*>)
    |(?P<language>@[A-Za-z]+(?:-[A-Za-z0-9-]+)*)
    |(?P<typed>\^\^)
    |(?P<blank>_:[\w:](?:[\w.\-·:]*[\w\-·:])?)
    |(?P<double>[+-]?(?:\d+\.\d*|\.?\d+)[eE][+-]?\d+)
    |(?P<decimal>[+-]?\d*\.\d+)
    |(?P<integer>[+-]?\d+)
    |(?P<name>(?:"""
    + _NAME
    + r""")?:(?:"""
    + _LOCAL
    + r""")?)
    |(?P<word>[A-Za-z]+)
    |(?P<mark>[\[\](){},;.|~])|(?P<end>\Z)|(?P<other>.))""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_ESCAPED = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}


class Token(NamedTuple):
    """A kind (a group of the pattern), the text, and its place."""

    kind: str
    text: str
    start: int
    end: int


def tokens(text: str) -> Iterator[Token]:
    """All tokens but space and comment; at the end one of kind "end" with an empty text."""
    offset, end = 0, len(text)
    while True:
        found = _TOKEN.match(text, offset)
        assert found is not None, "there is something, or the end"
        kind = found.lastgroup or ""
        start, offset = found.span(kind)
        if kind == "name" and text[offset - 1] == "." and text[offset - 2] != "\\":
            offset = start + len(text[start:offset].rstrip("."))
        if kind != "other":
            yield Token(kind, text[start:offset], start, offset)
        if start == end:
            return


def unescaped(text: str) -> str:
    """With its escapes resolved, those of names as well."""
    return _ESCAPE.sub(_character, text) if "\\" in text else text


def _character(found: re.Match[str]) -> str:
    code = found[1] or found[2]
    return chr(int(code, 16)) if code else _ESCAPED.get(found[3], found[3])


def content(quoted: str) -> str:
    """A quoted text without its quotes and escapes."""
    width = 3 if quoted[:3] in ('"""', "'''") and len(quoted) >= 6 else 1
    return unescaped(quoted[width:-width])
