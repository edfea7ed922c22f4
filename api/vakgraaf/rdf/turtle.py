"""Turtle that a person can read and a diff can follow: the same graph gives the same bytes, whatever made it.

Subjects stand in the order given (or sorted), type and label first, numbers inside names in counting order. Only
graphs without blank nodes can be written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from rdflib import RDF, RDFS, Graph, Literal, URIRef
from rdflib.term import Node

from vakgraaf.rdf.iris import BASE
from vakgraaf.rdf.numbers import natural
from vakgraaf.rdf.prefixes import PREFIXES

_LOCAL = re.compile(r"[A-Za-z_0-9](?:[\w.-]*[\w-])?")
_THING = re.compile(re.escape(BASE) + r"id/([a-z]+)/")
_FIRST: dict[Node, int] = {RDF.type: 0, RDFS.label: 1}


def to_turtle(graph: Graph, comment: str = "") -> str:
    """`graph` as Turtle, with `comment` lines on top. Raises ValueError where it holds a blank node."""
    names = _Names(graph)
    blocks = [_subject(graph, subject, names) for subject in sorted(set(graph.subjects()), key=_natural)]
    head = "".join(f"# {line}\n" for line in comment.splitlines())
    return "\n".join([*([head] if head else []), names.declarations(), *blocks])


class _Names:
    """Short names: the project's prefixes, and one for each kind of thing (`werkproces:thuisbegeleider-2011-1.1`)."""

    def __init__(self, graph: Graph) -> None:
        kinds = {found[1] for term in _iris(graph) if (found := _THING.match(str(term)))}
        table = {prefix: space for prefix, space in PREFIXES.items() if prefix not in ("id", *kinds)}
        table.update({kind: f"{BASE}id/{kind}/" for kind in kinds})
        self._by_length = sorted(table.items(), key=lambda item: -len(item[1]))
        self._used: dict[str, str] = {}
        self._known: dict[URIRef, str] = {}

    def short(self, term: URIRef) -> str:
        """`term` as a prefixed name where it can be one."""
        if term not in self._known:
            self._known[term] = self._shorten(str(term))
        return self._known[term]

    def _shorten(self, iri: str) -> str:
        for prefix, space in self._by_length:
            if iri.startswith(space) and _LOCAL.fullmatch(iri[len(space) :]):
                self._used[prefix] = space
                return f"{prefix}:{iri[len(space) :]}"
        return URIRef(iri).n3()

    def declarations(self) -> str:
        """The prefixes in use, the project's own first."""
        order = {prefix: place for place, prefix in enumerate(PREFIXES)}
        used = sorted(self._used.items(), key=lambda item: (order.get(item[0], len(order)), item[0]))
        return "".join(f"@prefix {prefix}: <{space}> .\n" for prefix, space in used)


def _iris(graph: Graph) -> Iterable[URIRef]:
    return {term for triple in graph for term in triple if isinstance(term, URIRef)}


def _subject(graph: Graph, subject: Node, names: _Names) -> str:
    lines = []
    predicates = sorted(set(graph.predicates(subject)), key=lambda p: (_FIRST.get(p, 2), str(p)))
    for predicate in predicates:
        verb = "a" if predicate == RDF.type else _write(predicate, names)
        values = sorted(graph.objects(subject, predicate), key=_natural)
        lines.append(f"    {verb} " + " ,\n        ".join(_write(value, names) for value in values))
    return f"{_write(subject, names)}\n" + " ;\n".join(lines) + " .\n"


def _write(term: Node, names: _Names) -> str:
    if isinstance(term, URIRef):
        return names.short(term)
    if isinstance(term, Literal):
        return term.n3(None) if term.datatype is None else _typed(term, names)
    raise ValueError(f"a blank node has no stable name: {term!r}")


def _typed(term: Literal, names: _Names) -> str:
    plain = re.fullmatch(r"-?\d+", str(term)) and str(term.datatype).endswith("#integer")
    if plain or term.datatype is None:
        return str(term)
    return f"{Literal(str(term)).n3()}^^{names.short(term.datatype)}"


def _natural(term: Node) -> tuple[tuple[int, str], ...]:
    """Sort key in which "1.10" follows "1.9"."""
    return natural(f"{term}@{term.language}" if isinstance(term, Literal) and term.language else str(term))
