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
    r"""(?P<space>\s+|\#[^\n\r]*)
    |(?P<quoted>(?:\"\"\"(?:\"{0,2}(?:[^\"\\]|\\.))*\"\"\"|'''(?:'{0,2}(?:[^'\\]|\\.))*'''
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
    |(?P<mark>[\[\](){},;.|~])""",
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
    offset = 0
    while offset < len(text):
        found = _TOKEN.match(text, offset)
        if found is None:
            offset += 1
            continue
        kind, end = found.lastgroup or "", found.end()
        if kind == "name" and text[end - 1] == "." and text[end - 2] != "\\":
            end = offset + len(text[offset:end].rstrip("."))
        if kind != "space":
            yield Token(kind, text[offset:end], offset, end)
        offset = end
    yield Token("end", "", len(text), len(text))


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
