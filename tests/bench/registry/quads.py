"""Statements as lines of N-Quads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from vakgraaf.rdf.iris import BASE
from vakgraaf.rdf.prefixes import PREFIXES

Properties = Iterable[tuple[str, str]]
"""Predicate as a prefixed name, object as N-Quads writes it."""


@cache
def term(name: str) -> str:
    """The prefixed name `name`, in full: `term("vg:Profiel")`; "a" is rdf:type."""
    if name == "a":
        name = "rdf:type"
    prefix, _, local = name.partition(":")
    return f"<{PREFIXES[prefix]}{local}>"


def thing(klasse: str, reference: str) -> str:
    """The IRI of a thing. `reference` is taken as it is: callers make it of letters, digits, dots and dashes."""
    return f"<{BASE}id/{klasse}/{reference}>"


def graph(name: str) -> str:
    """The IRI of a named graph."""
    return f"<{BASE}graph/{name}>"


def text(value: str, language: str = "nl") -> str:
    """A text in a language; `value` has neither backslashes nor line ends."""
    quoted = value.replace('"', '\\"')
    return f'"{quoted}"@{language}'


def integer(value: int) -> str:
    """An xsd:integer."""
    return f'"{value}"^^{term("xsd:integer")}'


def typed(value: str, datatype: str) -> str:
    """A literal of a datatype that is given as a prefixed name."""
    return f'"{value}"^^{term(datatype)}'


def lines(graph_name: str, subject: str, properties: Properties) -> Iterator[str]:
    """The statements about `subject`, one a line."""
    for predicate, value in properties:
        yield f"{subject} {term(predicate)} {value} {graph_name} .\n"
