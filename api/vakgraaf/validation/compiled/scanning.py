"""Look at the literals of N-Triples or N-Quads without making terms of them: there are millions, and few are rare."""

from __future__ import annotations

import re

from rdflib import Literal, URIRef

from vakgraaf.validation.compiled.survey import Survey, ill_typed
from vakgraaf.validation.compiled.terms import plain

_TYPED = b'"^^<'
_CAPITAL_TAG = re.compile(rb'"@[a-z0-9-]*[A-Z]')
_PREDICATE = re.compile(rb"\s*(?:<[^>]*>|_:\S+)\s+<([^>]*)>")
_ESCAPE = re.compile(r'\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(["\\nrtbf\']))')
_PLAIN_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f"}


def scan(content: bytes, survey: Survey) -> None:
    """Take in what is odd or ill-typed among the literals of `content`."""
    verdicts: dict[tuple[bytes, bytes], bool] = {}
    place = content.find(_TYPED)
    while place >= 0:
        end = content.find(b">", place)
        # The text of a literal with a datatype is short in nearly every case.
        start = _start(content, place)
        key = content[start:place], content[place + 4 : end]
        odd = verdicts.get(key)
        if odd is None:
            literal = _literal(*key)
            odd = verdicts[key] = not plain(literal)
            if ill_typed(literal):
                survey.ill[str(literal.datatype)].add(str(literal))
        if odd:
            survey.odd.add(_predicate(content, place))
        place = content.find(_TYPED, end)
    for found in _CAPITAL_TAG.finditer(content):
        survey.odd.add(_predicate(content, found.start()))


def _start(content: bytes, end: int) -> int:
    """Where the text that ends at `end` begins: behind the nearest quotation mark that is not escaped."""
    at = content.rfind(b'"', 0, end)
    while (end_of_escape := at - len(content[max(0, at - 64) : at].rstrip(b"\\")) - max(0, at - 64)) % 2:
        at = content.rfind(b'"', 0, at)
        assert end_of_escape
    return at + 1


def _predicate(content: bytes, place: int) -> URIRef:
    line = content[content.rfind(b"\n", 0, place) + 1 : place]
    found = _PREDICATE.match(line)
    return URIRef(unescaped(found[1]) if found else "")


def _literal(text: bytes, datatype: bytes) -> Literal:
    return Literal(unescaped(text), datatype=URIRef(unescaped(datatype)), normalize=False)


def unescaped(text: bytes) -> str:
    """What is meant with what stands between the quotation marks or brackets of N-Triples."""
    return _ESCAPE.sub(
        lambda found: _PLAIN_ESCAPES.get(found[3], found[3]) if found[3] else chr(int(found[1] or found[2], 16)),
        text.decode(),
    )
