"""What a store may take in: quads that can be read again.

The engine keeps more than its readers of N-Quads take. What is in a store that no reader can load would be there for
good, and so would be the end of the server.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from vakgraaf.errors import InputError
from vakgraaf.rdf.prefixes import PREFIXES

LONGEST_TERM = 4 * 1024 * 1024
"""In characters. Written out, each may take two bytes more or less; a reader takes a line of 16 MB."""

_LANGUAGE_ALONE = {PREFIXES["rdf"] + "langString", PREFIXES["rdf"] + "dirLangString"}
_SHOWN = 60


def readable(quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    """The same quads. Raises `InputError` at one that could not be read again.

    That is one with a text of the datatype of texts with a language that has none (RDF 1.1 Concepts §3.3), or with a
    term of more than `LONGEST_TERM` characters.
    """
    for quad in quads:
        subject, predicate, value, graph = quad
        for term in (subject, predicate, value):
            if type(term) is ox.Triple:
                next(readable([ox.Quad(*term)]))
            elif len(term.value) > LONGEST_TERM:
                raise _too_long(term.value)
        if type(graph) is not ox.DefaultGraph and len(graph.value) > LONGEST_TERM:
            raise _too_long(graph.value)
        if type(value) is ox.Literal and value.language is None and value.datatype.value in _LANGUAGE_ALONE:
            raise _without_language(value)
        yield quad


def _too_long(text: str) -> InputError:
    return InputError(
        f"Een waarde is {len(text)} tekens lang; hier mogen het er hoogstens {LONGEST_TERM} zijn. Ze begint met:"
        f" {text[:_SHOWN]}",
        f"A value is {len(text)} characters long; at most {LONGEST_TERM} are allowed here. It begins with:"
        f" {text[:_SHOWN]}",
    )


def _without_language(text: ox.Literal) -> InputError:
    return InputError(
        f"De tekst '{text.value[:_SHOWN]}' heeft als datatype {text.datatype}, maar geen taal. Geef de taal erbij, of"
        " laat het datatype weg.",
        f"The text '{text.value[:_SHOWN]}' has the datatype {text.datatype}, but no language. Add the language, or"
        " leave the datatype out.",
    )
