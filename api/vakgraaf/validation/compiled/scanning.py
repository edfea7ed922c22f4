"""Look at the literals of N-Triples or N-Quads; terms are made of the different ones only."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable

from rdflib import Literal, URIRef

from vakgraaf.validation.compiled.lines import Line
from vakgraaf.validation.compiled.survey import Survey, ill_typed
from vakgraaf.validation.compiled.terms import plain

_ESCAPE = re.compile(r'\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(["\\nrtbf\']))')
_PLAIN_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f"}


def scan(found: Iterable[Line], survey: Survey) -> None:
    """Take in what is odd or ill-typed among the literals of these lines."""
    verdicts: dict[tuple[bytes, bytes], bool] = {}
    typed, tagged = set[tuple[bytes, bytes, bytes]](), set[tuple[bytes, bytes]]()
    for _, _, predicate, _, text, language, datatype in found:
        if datatype:
            typed.add((predicate, text, datatype))
        elif language:
            tagged.add((predicate, language))
    for predicate, text, datatype in typed:
        odd = verdicts.get((text, datatype))
        if odd is None:
            literal = _literal(text, datatype)
            odd = verdicts[text, datatype] = not plain(literal)
            if ill_typed(literal):
                survey.ill[str(literal.datatype)].add(str(literal))
        if odd:
            survey.odd.add(_property(predicate))
    survey.odd |= {_property(predicate) for predicate, language in tagged if language != language.lower()}


def _property(predicate: bytes) -> URIRef:
    return URIRef(unescaped(predicate))


def _literal(text: bytes, datatype: bytes) -> Literal:
    return Literal(unescaped(text), datatype=URIRef(unescaped(datatype)), normalize=False)


def unescaped(text: bytes) -> str:
    """What is meant with what stands between the quotation marks or brackets of N-Triples."""
    return _ESCAPE.sub(_letter, text.decode())


def _letter(escape: re.Match[str]) -> str:
    if escape[3]:
        return _PLAIN_ESCAPES.get(escape[3], escape[3])
    # Where there is no such letter it is the store that refuses the line.
    return chr(min(int(escape[1] or escape[2], 16), sys.maxunicode))
