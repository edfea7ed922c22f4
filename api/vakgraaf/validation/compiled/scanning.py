"""Look at the literals of N-Triples or N-Quads as they are written."""

from __future__ import annotations

import re
import sys
from functools import lru_cache

from rdflib import Literal, URIRef

from vakgraaf.validation.compiled.lines import Form
from vakgraaf.validation.compiled.survey import Survey, ill_typed
from vakgraaf.validation.compiled.terms import plain

_ESCAPE = re.compile(r'\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(["\\nrtbf\']))')
_PLAIN_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f"}


def look_at(form: Form, text: bytes, survey: Survey) -> None:
    """Take in what is odd or ill-typed about a literal, of which this stands between the quotation marks."""
    if form.datatype:
        odd, ill = _verdict(text, form.datatype)
        if ill:
            survey.ill[unescaped(form.datatype)].add(unescaped(text))
    else:
        odd = form.is_odd
    if odd:
        survey.odd.add(URIRef(unescaped(form.predicate)))


@lru_cache(maxsize=50_000)
def _verdict(text: bytes, datatype: bytes) -> tuple[bool, bool]:
    """Whether a typed literal is odd, and whether it is ill-typed."""
    literal = Literal(unescaped(text), datatype=URIRef(unescaped(datatype)), normalize=False)
    return not plain(literal), ill_typed(literal)


def unescaped(text: bytes) -> str:
    """What is meant with what stands between the quotation marks or brackets of N-Triples."""
    return _ESCAPE.sub(_letter, text.decode()) if b"\\" in text else text.decode()


def _letter(escape: re.Match[str]) -> str:
    if escape[3]:
        return _PLAIN_ESCAPES.get(escape[3], escape[3])
    # Where there is no such letter it is the store that refuses the line.
    return chr(min(int(escape[1] or escape[2], 16), sys.maxunicode))
