"""Line and column for results about RDF: engines keep none, so the file is gone through once more, where needed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rdflib import SH, BNode, Graph, URIRef
from rdflib.term import Node

from vakgraaf.rdf.formats import Format
from vakgraaf.rdf.positions import Spots, places_in
from vakgraaf.validation.blank_nodes import Triple, signatures
from vakgraaf.validation.report import Place, Report, Result
from vakgraaf.validation.terms import clipped

_LONGEST_QUOTE = 160


@dataclass(frozen=True, slots=True)
class File:
    """An RDF file as it came: what people call it, its bytes, its format, and what relative IRIs are relative to."""

    name: str
    content: bytes
    form: Format
    base: str = ""


def located(report: Report, data: Graph, files: Sequence[File]) -> Report:
    """The report with, for each result about something in `files`, its line and column before its other places.

    `data` is what was judged: all files together. The place is that of the offending triple, else of its predicate,
    else of the subject. Without results no file is read.
    """
    if not report.results or not files:
        return report
    finders = [_Finder(file, data) for file in files]
    results = (
        replace(
            result, lines=(*(place for finder in finders for place in finder.places(result, report)), *result.lines)
        )
        for result in report.results
    )
    return replace(report, results=tuple(results))


class _Finder:
    """Finds the terms of results in one file."""

    def __init__(self, file: File, data: Graph) -> None:
        self._name = file.name
        self._spots = places_in(file.content, file.form, file.base)
        self._data = data
        self._blanks: dict[BNode, BNode] | None = None

    def places(self, result: Result, report: Report) -> Iterator[Place]:
        """The one best place, or none where the file does not mention the focus."""
        node = BNode(result.node)
        focus = next(report.graph.objects(node, SH.focusNode), None) if result.node else None
        if focus is None:
            return
        value = next(report.graph.objects(node, SH.value), None)
        path = next(report.graph.objects(node, SH.resultPath), None)
        for subject, predicate, term in self._candidates(report.graph, focus, path, value):
            spot = self._spots.find(self._here(subject), predicate, None if term is None else self._here(term))
            if spot is not None:
                line, column = self._spots.line_and_column(spot[0])
                quote = clipped(self._spots.line(line), _LONGEST_QUOTE)
                yield Place(self._name, line, line, None, column, quote or None)
                return

    def _candidates(
        self, graph: Graph, focus: Node, path: Node | None, value: Node | None
    ) -> Iterator[tuple[Node, Node | None, Node | None]]:
        """Triples to look for, the best first; the subject alone comes last."""
        steps = list(_first_steps(graph, path)) if path is not None else []
        for predicate, backwards in steps:
            if backwards and value is not None:
                yield value, predicate, focus
            elif not backwards and (self._here(focus), predicate) in self._spots.predicates:
                yield focus, predicate, value
        yield focus, None, None

    def _here(self, term: Node) -> Node:
        """A blank node of the data as our own pass over the file calls it; any other term as it is."""
        if not isinstance(term, BNode):
            return term
        if self._blanks is None:
            self._blanks = _paired(self._data, self._spots)
        return self._blanks.get(term, term)


def _first_steps(graph: Graph, path: Node) -> Iterator[tuple[Node, bool]]:
    """The properties that a path (SHACL §2.3.1) begins with, and whether they are followed backwards."""
    if isinstance(path, URIRef):
        yield path, False
        return
    for inner in graph.objects(path, SH.inversePath):
        for predicate, backwards in _first_steps(graph, inner):
            yield predicate, not backwards
    for members in graph.objects(path, SH.alternativePath):
        for member in graph.items(members):
            yield from _first_steps(graph, member)
    for repeat in (SH.zeroOrMorePath, SH.oneOrMorePath, SH.zeroOrOnePath):
        for inner in graph.objects(path, repeat):
            yield from _first_steps(graph, inner)
    for member in list(graph.items(path))[:1]:
        yield from _first_steps(graph, member)


def _paired(data: Graph, spots: Spots) -> dict[BNode, BNode]:
    """Blank nodes of the data with those of our pass that have the same said of them; look-alikes in order."""
    ours: dict[str, list[BNode]] = defaultdict(list)
    for node, signature in signatures(_with_blanks(iter(spots.triples))).items():
        ours[signature].append(node)
    pairs: dict[BNode, BNode] = {}
    for node, signature in sorted(signatures(_with_blanks(iter(data))).items(), key=lambda pair: str(pair[0])):
        if ours.get(signature):
            pairs[node] = ours[signature].pop(0)
    return pairs


def _with_blanks(triples: Iterator[Triple]) -> Iterator[Triple]:
    return (triple for triple in triples if isinstance(triple[0], BNode) or isinstance(triple[2], BNode))
