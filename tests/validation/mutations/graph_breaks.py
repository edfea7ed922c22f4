"""How a fault is made in the graph of the real addendum or profile."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import Namespace
from rdflib.term import Node

from vakgraaf.rdf.iris import BASE
from validation.mutations.fault import GraphFault

ID = Namespace(f"{BASE}id/")
A = "persoonlijk-begeleider-specifieke-doelgroepen-2013"
B = "thuisbegeleider-2011"
Break = Callable[[Graph], None]


def nl(text: str) -> Literal:
    return Literal(text, lang="nl")


def put(subject: URIRef, predicate: URIRef, *values: Node) -> Break:
    """The values of a property become these; none means that it is missing."""

    def broken(graph: Graph) -> None:
        assert (subject, None, None) in graph, subject
        graph.remove((subject, predicate, None))
        for value in values:
            graph.add((subject, predicate, value))

    return broken


def more(subject: URIRef, predicate: URIRef, value: Node) -> Break:
    """A property gets one value more."""

    def broken(graph: Graph) -> None:
        assert (subject, None, None) in graph, subject
        graph.add((subject, predicate, value))

    return broken


def less(subject: URIRef, predicate: URIRef, value: Node) -> Break:
    """A property loses one value."""

    def broken(graph: Graph) -> None:
        assert (subject, predicate, value) in graph, (subject, value)
        graph.remove((subject, predicate, value))

    return broken


def every(*breaks: Break) -> Break:
    """Several changes that make one fault."""

    def broken(graph: Graph) -> None:
        for change in breaks:
            change(graph)

    return broken


def newcomer(subject: URIRef, *about: tuple[URIRef, Node]) -> Break:
    """A thing that was not there."""

    def broken(graph: Graph) -> None:
        for predicate, value in about:
            graph.add((subject, predicate, value))

    return broken


def of(name: str, broken: Break, rule: str, focus: URIRef, path: str | None, *followers: str) -> GraphFault:
    source = "profile" if f"{B}" in focus else "addendum"
    return GraphFault(name, source, broken, rule, str(focus), path, frozenset(followers))


def silencing(fault: GraphFault, *rules: str) -> GraphFault:
    """The same fault, which puts right what these rules said."""
    return replace(fault, silences=frozenset(rules))
