"""The report for the world: a sh:ValidationReport, with what SHACL has no words for beside it."""

from __future__ import annotations

from collections.abc import Iterator

from rdflib import DCTERMS, PROV, RDF, RDFS, SH, BNode, Graph, Literal
from rdflib.namespace import Namespace
from rdflib.term import Node

from vakgraaf.rdf.iris import VG
from vakgraaf.rdf.prefixes import empty_graph
from vakgraaf.validation.report import Language, Place, Report, Result

_OA = Namespace("http://www.w3.org/ns/oa#")
_ORDER = (SH.focusNode, SH.value)
Triple = tuple[Node, Node, Node]


def render_turtle(report: Report, _: Language = "nl") -> str:
    """The report as a sh:ValidationReport (SHACL §3.6) in Turtle.

    Each result has besides: dct:title (what kind of thing), rdfs:comment (what is wrong), dct:isPartOf (the heading
    of the part), rdfs:label of its focus where that is a blank node, and prov:atLocation with file, lines, column and
    passage. Blank nodes are named by the order of the results.
    """
    graph = empty_graph()
    names = _names(report)
    for triple in (*report.graph, *(extra for result in report.results for extra in _extras(result))):
        graph.add((names.get(triple[0], triple[0]), triple[1], names.get(triple[2], triple[2])))
    return graph.serialize(format="turtle")


def _names(report: Report) -> dict[Node, Node]:
    """Names that stay for the blank nodes of the data, by the order in which the results mention them."""
    names: dict[Node, Node] = {}
    for result in report.results:
        for predicate in _ORDER:
            for term in report.graph.objects(BNode(result.node), predicate):
                if isinstance(term, BNode):
                    names.setdefault(term, BNode(f"knoop{len(names) + 1}"))
    for number, term in enumerate(sorted(_others(report.graph, names), key=str), start=1):
        names[term] = BNode(f"vorm{number}")
    return names


def _others(graph: Graph, names: dict[Node, Node]) -> set[Node]:
    """Blank nodes of the shapes that results refer to."""
    found = {term for name in (SH.sourceShape, SH.sourceConstraint) for term in graph.objects(None, name)}
    return {term for term in found if isinstance(term, BNode) and term not in names}


def _extras(result: Result) -> Iterator[Triple]:
    node = BNode(result.node)
    for predicate, words in ((DCTERMS.title, result.titles), (RDFS.comment, result.problems)):
        for tag, text in sorted(words.items()):
            yield node, predicate, Literal(text, lang=tag or None)
    if result.focus.startswith("_:"):
        for tag, text in sorted(result.names.items()):
            yield node, RDFS.label, Literal(text, lang=tag or None)
    if result.part:
        yield node, DCTERMS.isPartOf, Literal(result.part, lang="nl")
    for number, place in enumerate(result.lines, start=1):
        yield from _located(node, BNode(f"{result.node}plaats{number}"), place)


def _located(node: BNode, at: BNode, place: Place) -> Iterator[Triple]:
    yield node, PROV.atLocation, at
    yield at, RDF.type, PROV.Location
    yield at, VG.bestand, Literal(place.document)
    yield at, VG.beginRegel, Literal(place.first)
    yield at, VG.eindRegel, Literal(place.last)
    if place.column is not None:
        yield at, VG.kolom, Literal(place.column)
    if place.page is not None:
        yield at, VG.pagina, Literal(place.page)
    if place.quote:
        yield at, _OA.exact, Literal(place.quote)
