"""Lines of N-Triples and N-Quads by regular expressions, and what many of them have in common."""

from __future__ import annotations

import re
from typing import NamedTuple


class Form(NamedTuple):
    """What all lines with one property and one sort of values have in common.

    `first` is the first character of an IRI or blank node, and nothing for a literal with its language or datatype.
    """

    predicate: bytes
    first: bytes
    language: bytes
    datatype: bytes

    @property
    def is_odd(self) -> bool:
        """Whether the store writes the language in another way."""
        return self.language != self.language.lower()


_ANY_IRI = rb"<[^<>\\]*>"
_ANY_BLANK = rb'_:[^\s<>"]+'
# What no reader of N-Quads finds fault with, though it is not all that they take.
PLAIN_IRI = (
    rb"<(?:https?://[A-Za-z0-9.-]+/[A-Za-z0-9._~/-]*(?:#[A-Za-z0-9._~/-]*)?|urn:[a-z][a-z0-9-]+:[A-Za-z0-9._~:/-]+)>"
)
_PLAIN_BLANK = rb"_:[A-Za-z0-9]+"
_PLAIN_LANGUAGE = rb"[a-z]{2,3}(?:-[A-Za-z]{2})?"
# Of a graph the name is only looked at here.
_GRAPH_IRI = rb'<[A-Za-z][A-Za-z0-9+.-]*:[^<>\\\x00-\x20"{}|^`]*>'


def _suffix(language: bytes, iri: bytes) -> bytes:
    return rb"(?:@(" + language + rb")|\^\^<(" + iri[1:-1] + rb")>)?"


PLAIN_SUFFIX = _suffix(_PLAIN_LANGUAGE, PLAIN_IRI)
"""What a literal has behind its text: its language and datatype are groups."""


def _line(iri: bytes, blank: bytes, text: bytes, language: bytes, graph: bytes) -> re.Pattern[bytes]:
    inner = iri[1:-1]
    return re.compile(
        rb"^((" + iri + rb"|" + blank + rb") <(" + inner + rb")> "
        rb"(?:(" + iri + rb"|" + blank + rb')|"(' + text + rb')"' + _suffix(language, iri) + rb"))"
        rb" (?:(?:" + graph + rb"|" + _PLAIN_BLANK + rb") )?\.$",
        re.MULTILINE,
    )


LINE = _line(_ANY_IRI, _ANY_BLANK, rb'[^"\\\n]*(?:\\.[^"\\\n]*)*', rb"[A-Za-z0-9-]+", _GRAPH_IRI)
"""Of a well-formed line the triple, its subject, predicate (no brackets), IRI or blank node, else text, language and
datatype."""

PLAIN_LINE = _line(
    PLAIN_IRI,
    _PLAIN_BLANK,
    rb'[^"\\\n\r]*(?:\\["\\nrtbf\'][^"\\\n\r]*)*',
    _PLAIN_LANGUAGE,
    PLAIN_IRI,
)
"""As `LINE`; and what it matches is well-formed, if it is UTF-8."""
