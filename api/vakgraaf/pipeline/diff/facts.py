"""A small graph to be read from: what each thing says, and what it is called."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from rdflib import Graph, Literal, URIRef

from vakgraaf.rdf.prefixes import PREFIXES


class Term(NamedTuple):
    """A value: its text, its language (None: none), and whether it is the IRI of a thing."""

    text: str
    language: str | None = None
    thing: bool = False


Fact = tuple[str, str, Term]
"""Subject and property as IRIs, and the value. What has a blank node in it is left out."""


def facts_of(graph: Graph) -> frozenset[Fact]:
    """The facts of a graph."""
    return frozenset(
        (str(s), str(p), Term(str(o), o.language if isinstance(o, Literal) else None, isinstance(o, URIRef)))
        for s, p, o in graph
        if isinstance(s, URIRef) and isinstance(o, URIRef | Literal)
    )


def facts_of_answer(answer: bytes) -> frozenset[Fact]:
    """The facts that SELECT ?s ?p ?o gave, as SPARQL results in JSON."""
    return frozenset(
        (row["s"]["value"], row["p"]["value"], Term(o["value"], o.get("xml:lang"), o["type"] == "uri"))
        for row in json.loads(answer)["results"]["bindings"]
        if row["s"]["type"] == "uri" and (o := row["o"])["type"] in ("uri", "literal")
    )


class Facts:
    """Facts by subject and property. Properties are named with the prefixes of our table (`"vg:nummer"`)."""

    def __init__(self, facts: Iterable[Fact], language: str = "nl") -> None:
        self._language = language
        self._out: dict[str, dict[str, list[Term]]] = defaultdict(lambda: defaultdict(list))
        for subject, name, value in facts:
            self._out[subject][name].append(value)

    def text(self, subject: str, name: str) -> str:
        """A text, Dutch before others as the documents are; "" where there is none. White space is of no account."""
        found = [value for value in self._of(subject, name) if not value.thing]
        ranks = {"nl": 0, None: 1, "en": 2}
        best = min(found, key=lambda value: (ranks.get(value.language, 3), value.text), default=Term(""))
        return " ".join(best.text.split())

    def things(self, subject: str, *names: str) -> list[str]:
        """What properties point to, in the order of the document, else by IRI."""
        found = {value.text for name in names for value in self._of(subject, name) if value.thing}
        return sorted(found, key=self.place)

    def of_class(self, klasse: str) -> list[str]:
        """The things of a class, in the order of the document, else by IRI."""
        wanted = full(klasse)
        found = (s for s in self._out if any(value.text == wanted for value in self._of(s, "rdf:type")))
        return sorted(found, key=self.place)

    def is_a(self, subject: str, klasse: str) -> bool:
        """Whether a thing is said to be of a class."""
        wanted = full(klasse)
        return any(value.text == wanted for value in self._of(subject, "rdf:type"))

    def label(self, subject: str) -> str:
        """What a thing is called: its name, else the end of its IRI, as words."""
        end = subject.rstrip("/#").replace("#", "/").rsplit("/", 1)[-1]
        return self.text(subject, "rdfs:label") or self.text(subject, "skos:prefLabel") or end.replace("-", " ")

    def place(self, subject: str) -> tuple[int, str]:
        """Sort key: the place within what it is a part of."""
        order = self.text(subject, "vg:volgorde")
        return (int(order) if order.isdigit() else 10**9, subject)

    def _of(self, subject: str, name: str) -> list[Term]:
        return self._out.get(subject, {}).get(full(name), [])


def full(name: str) -> str:
    """The whole IRI of a prefixed name."""
    prefix, _, local = name.partition(":")
    return PREFIXES[prefix] + local
