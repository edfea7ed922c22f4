"""A store in memory for one judgement: filled, asked, and thrown away. Speaks rdflib's terms to who uses it."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from itertools import chain
from typing import Any

import pyoxigraph as ox
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.store import Store
from rdflib.term import Node

from vakgraaf.engine.pouring import apart, intake
from vakgraaf.errors import InputError
from vakgraaf.rdf.formats import N_QUADS

Row = tuple[Node | None, ...]
Triple = tuple[Node, Node, Node]
_Term = ox.NamedNode | ox.BlankNode | ox.Literal

MARKS = "urn:x-vakgraaf:marks"
_MARKS = ox.NamedNode(MARKS)
_LAST_IRI = re.compile(rb" <[^<>\s]*> \.\n")
_XSD_STRING = "http://www.w3.org/2001/XMLSchema#string"
_LANG_STRING = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"


class Scratch:
    """Triples of a graph, or of all graphs of a dataset together.

    What the store does not keep as it was written (`kept`) reads differently afterwards: who fills it sees to that.
    """

    def __init__(self) -> None:
        self._store = ox.Store()
        self._terms: dict[Node, _Term] = {}

    def add(self, triples: Iterable[Triple]) -> None:
        """Add triples; those that RDF cannot hold (a literal as subject) are left out, as no query would find them."""
        self._store.extend(quads(triples))

    def add_quads(self, ready: Iterable[ox.Quad]) -> None:
        """As `add`, with what `quads` made of triples before."""
        self._store.extend(ready)

    def load(self, content: bytes) -> None:
        """Add N-Triples or N-Quads, each triple once whatever graphs it is in; blank nodes keep their labels.

        Raises `SyntaxError`.
        """
        # A store that holds a triple once for each graph finds it as often, and pairs of them that often squared.
        try:
            self.load_triples(_LAST_IRI.sub(b" .\n", content))
        except SyntaxError:
            # Not each last IRI was the name of a graph; or it is an error, of which the whole text says where it is.
            syntax = ox.RdfFormat.from_media_type(N_QUADS.media_type)
            self._store.bulk_extend(
                ox.Quad(quad.subject, quad.predicate, quad.object) for quad in ox.parse(content, syntax)
            )

    @contextmanager
    def loading(self) -> Iterator[Callable[[bytes], None]]:
        """As `load_triples`, with a function that is called with some lines after another, and returns before they are
        loaded; they are at the end. It, or the end, raises `SyntaxError` with the line among all.

        Until then nothing else can be added.
        """
        with tempfile.TemporaryFile() as aside:
            with intake(self._store) as add:

                def load(lines: bytes) -> None:
                    plain, blank = apart(lines)
                    aside.write(blank or b"\n" * lines.count(b"\n"))
                    add(plain)

                yield load
            aside.seek(0)
            self._store.extend(ox.parse(aside, ox.RdfFormat.N_TRIPLES))

    def load_triples(self, content: bytes) -> None:
        """As `load`, for N-Triples."""
        plain, blank = apart(content)
        self._store.extend(ox.parse(blank, ox.RdfFormat.N_TRIPLES))
        self._store.bulk_load(plain, ox.RdfFormat.N_TRIPLES)

    def mark(self, name: str, nodes: Iterable[Node]) -> None:
        """Remember nodes under a name, for the pattern `marked`."""
        label, terms = ox.NamedNode(name), self._terms
        for node in nodes:
            if node not in terms:  # most things are looked at by several shapes
                terms[node] = _as_engine(node)
            self._store.add(ox.Quad(label, _MARKS, terms[node], _MARKS))

    @staticmethod
    def marked(name: str, variable: str) -> str:
        """The SPARQL pattern that binds `?variable` to each node that was marked so, once."""
        return f"GRAPH <{MARKS}> {{ <{name}> <{MARKS}> ?{variable} }}"

    def rows(self, text: str, variables: tuple[str, ...]) -> Iterator[Row]:
        """The values of these variables in each answer to a SELECT query. Raises `SyntaxError`, `RuntimeError`."""
        answers: Any = self._store.query(text)
        places = [[answer.value for answer in answers.variables].index(name) for name in variables]
        for answer in answers:
            yield tuple(None if (term := answer[place]) is None else _term(term) for place in places)

    def holds(self, text: str) -> bool:
        """The answer to an ASK query. Raises as `rows` does."""
        return bool(self._store.query(text))

    def graph(self) -> Graph:
        """A view on the triples, to be read only."""
        return Graph(store=_View(self))

    def triples(self, subject: Node | None, predicate: Node | None, value: Node | None) -> Iterator[Triple]:
        """The triples that have these terms, each once; None is any."""
        if isinstance(subject, Literal) or isinstance(predicate, Literal | BNode):
            return
        terms = [None if term is None else _as_engine(term) for term in (subject, predicate, value)]
        pattern: tuple[Any, Any, Any] = (terms[0], terms[1], terms[2])
        for quad in self._store.quads_for_pattern(*pattern, ox.DefaultGraph()):
            yield _term(quad.subject), _term(quad.predicate), _term(quad.object)


class _View(Store):
    """What rdflib needs to read a scratch store as a graph of its own."""

    def __init__(self, scratch: Scratch) -> None:
        super().__init__()
        self._scratch = scratch
        self._about = lru_cache(maxsize=20_000)(self._all_about)

    def triples(self, triple_pattern: Any, context: Any = None) -> Iterator[Any]:
        """As rdflib asks for them: with the contexts of each, of which there are none."""
        subject, predicate, value = triple_pattern
        if subject is None:
            found: Iterable[Triple] = self._scratch.triples(None, predicate, value)
        else:
            found = self._about(subject).get(predicate, ()) if predicate else chain(*self._about(subject).values())
        for triple in found:
            if value is None or triple[2] == value:
                yield triple, iter(())

    def _all_about(self, subject: Node) -> dict[Node, list[Triple]]:
        """What is said of a thing is asked for again and again, and is little."""
        found: dict[Node, list[Triple]] = {}
        for triple in self._scratch.triples(subject, None, None):
            found.setdefault(triple[1], []).append(triple)
        return found

    def __len__(self, context: Any = None) -> int:
        return sum(1 for _ in self._scratch.triples(None, None, None))


@lru_cache(maxsize=100_000)
def kept(text: str, datatype: str) -> bool:
    """Whether the store gives a typed literal back as it was written: "007" of xsd:integer becomes "7"."""
    literal = ox.Literal(text, datatype=ox.NamedNode(datatype))
    store = ox.Store()
    store.add(ox.Quad(_MARKS, _MARKS, literal))
    return bool(next(iter(store)).object == literal)


def graph_of(content: bytes) -> Graph:
    """N-Triples or N-Quads as one graph, with lexical forms and blank nodes as written. Raises `SyntaxError`.

    rdflib's own parser is slower, and where `rdflib.NORMALIZE_LITERALS` is on it makes `false` of
    `"none"^^xsd:boolean`.
    """
    graph = Graph("SimpleMemory", bind_namespaces="none")  # half the time of a store that knows of contexts
    for triple in triples_of(content):
        graph.add(triple)
    return graph


def triples_of(content: bytes) -> Iterator[Triple]:
    """The triples of N-Triples or N-Quads, as often as they are there. Raises `SyntaxError`."""
    # One object for a term however often it is there: to make one takes longest, and it is the same at a glance.
    known: dict[object, Node] = {}

    def one(term: object) -> Node:
        found = known.get(term)
        if found is None:
            found = known[term] = _term(term)
        return found

    for subject, predicate, value, _ in ox.parse(content, ox.RdfFormat.from_media_type(N_QUADS.media_type)):
        yield one(subject), one(predicate), _term(value) if isinstance(value, ox.Literal) else one(value)


def written_literals(content: bytes) -> Iterator[tuple[URIRef, Literal]]:
    """The literals with a datatype or a language in N-Triples or N-Quads, once with each property of theirs.

    Raises `SyntaxError`.
    """
    seen = set()
    for quad in ox.parse(content, ox.RdfFormat.from_media_type(N_QUADS.media_type)):
        value = quad.object
        if not isinstance(value, ox.Literal) or (not value.language and value.datatype.value == _XSD_STRING):
            continue
        if (quad.predicate, value) not in seen:
            seen.add((quad.predicate, value))
            literal = _term(value)
            assert isinstance(literal, Literal)
            yield URIRef(quad.predicate.value), literal


def check(content: bytes) -> None:
    """Nothing, for well-formed N-Triples or N-Quads; raises `SyntaxError` for anything else."""
    for _ in ox.parse(content, ox.RdfFormat.from_media_type(N_QUADS.media_type)):
        pass


def add_turtle(graph: Graph, content: bytes) -> None:
    """Add Turtle without relative IRIs to a graph, as `graph_of` does; blank nodes get other labels."""
    for quad in ox.parse(content, ox.RdfFormat.TURTLE, rename_blank_nodes=True):
        graph.add((_term(quad.subject), _term(quad.predicate), _term(quad.object)))


def quads(triples: Iterable[Triple]) -> list[ox.Quad]:
    """Triples as a store takes them, without those that it does not take: a literal is no subject."""
    known: dict[Node, _Term] = {}

    def one(term: Node) -> Any:
        if not isinstance(term, URIRef | BNode):
            return _as_engine(term)
        found = known.get(term)
        if found is None:
            found = known[term] = _as_engine(term)
        return found

    return [
        ox.Quad(one(subject), one(predicate), one(value))
        for subject, predicate, value in triples
        if isinstance(predicate, URIRef) and not isinstance(subject, Literal)
    ]


def _as_engine(term: Node) -> _Term:
    if isinstance(term, URIRef):
        return ox.NamedNode(term)
    if isinstance(term, BNode):
        return ox.BlankNode(term)
    assert isinstance(term, Literal)
    if term.language:
        return ox.Literal(str(term), language=term.language)
    return ox.Literal(str(term), datatype=ox.NamedNode(str(term.datatype)) if term.datatype else None)


def _term(term: Any) -> Node:
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return BNode(term.value)
    if not isinstance(term, ox.Literal):
        raise InputError(
            "Er staat een drietal in een drietal (RDF 1.2); dat kan hier niet worden getoetst.",
            "There is a triple within a triple (RDF 1.2), which cannot be validated here.",
        )
    if term.language:
        return Literal(term.value, lang=term.language)
    datatype = term.datatype.value
    return Literal(term.value, datatype=None if datatype == _XSD_STRING else URIRef(datatype), normalize=False)
