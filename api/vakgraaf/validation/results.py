"""From an engine's report graph to ours: readable results, in a fixed order, messages in their languages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from rdflib import PROV, RDF, SH, BNode, Graph, Literal, URIRef
from rdflib.namespace import Namespace
from rdflib.term import Node

from vakgraaf.rdf.iris import VG
from vakgraaf.rdf.numbers import natural
from vakgraaf.rdf.prefixes import empty_graph
from vakgraaf.validation.explaining import LANGUAGES, Explainer, Occasion, alternative
from vakgraaf.validation.outline import Key, Outline
from vakgraaf.validation.report import SEVERITIES, Place, Report, Result, Words, severity_rank
from vakgraaf.validation.terms import clipped, identifier, label_of, path_text

_OA = Namespace("http://www.w3.org/ns/oa#")
_LONGEST_QUOTE = 300
_COPIED = (
    SH.focusNode,
    SH.value,
    SH.resultSeverity,
    SH.sourceConstraintComponent,
    SH.sourceShape,
    SH.sourceConstraint,
)


def build_report(raw: Graph, shapes: Graph, known: Graph) -> Report:
    """The report that `raw` (a sh:ValidationReport) amounts to; `known` gives labels, parts and passages.

    The nth result of the report is `_:result<n>` in its graph, and says so.
    """
    reader = _Reader(raw, shapes, known)
    found = sorted((reader.read(node) for node in raw.objects(None, SH.result)), key=lambda triple: triple[0])
    graph = empty_graph()
    report = BNode("report")
    graph.add((report, RDF.type, SH.ValidationReport))
    graph.add((report, SH.conforms, Literal(not found)))
    for number, (_, result, node) in enumerate(found, start=1):
        target = BNode(f"result{number}")
        graph.add((report, SH.result, target))
        _describe(graph, target, result, raw, node)
    return Report(tuple(_numbered([result for _, result, _ in found])), graph, reader.parts())


def _numbered(results: list[Result]) -> Iterator[Result]:
    """Each with its node; blank nodes by the order in which they come, whatever the parser called them."""
    names: dict[str, str] = {}
    for number, result in enumerate(results, start=1):
        focus = result.focus
        if focus.startswith("_:"):
            focus = names.setdefault(focus, f"_:knoop{len(names) + 1}")
        yield replace(result, focus=focus, node=f"result{number}")


def _describe(graph: Graph, target: BNode, result: Result, raw: Graph, node: Node) -> None:
    graph.add((target, RDF.type, SH.ValidationResult))
    for predicate in _COPIED:
        for value in raw.objects(node, predicate):
            graph.add((target, predicate, value))
    for path in raw.objects(node, SH.resultPath):
        graph.add((target, SH.resultPath, _copied(graph, raw, path, f"{target}path")))
    for language, text in sorted(result.messages.items()):
        graph.add((target, SH.resultMessage, Literal(text, lang=language or None)))


def _copied(graph: Graph, raw: Graph, node: Node, name: str) -> Node:
    """A path is a tree of blank nodes (SHACL §2.3.1): each result gets its own, named after its place."""
    if not isinstance(node, BNode):
        return node
    copy = BNode(name)
    for number, (predicate, value) in enumerate(sorted(raw.predicate_objects(node))):
        graph.add((copy, predicate, _copied(graph, raw, value, f"{name}x{number}")))
    return copy


class _Reader:
    """Reads one result node of an engine's report with the shapes and the data beside it."""

    def __init__(self, raw: Graph, shapes: Graph, known: Graph) -> None:
        self._raw = raw
        self._shapes = shapes
        self._known = known
        self._outline = Outline(known)
        self._explainer = Explainer(shapes, known, self._outline)
        self._parts: dict[str, Key] = {}

    def parts(self) -> tuple[str, ...]:
        """The headings of the parts that were met, in the order of the document."""
        return tuple(sorted(self._parts, key=lambda heading: (self._parts[heading], heading)))

    def read(self, node: Node) -> tuple[Key, Result, Node]:
        """The place of the result in the report, the result, and the node that it was read from."""
        occasion = self._occasion(node)
        problems = self._explainer.problems(occasion)
        result = Result(
            focus=identifier(occasion.focus),
            label=self._outline.name(occasion.focus),
            path=path_text(*occasion.path) if occasion.path else None,
            value=None if occasion.value is None else self._explainer.readable(occasion.value),
            severity=_severity(self._one(node, SH.resultSeverity)),
            messages=self._explainer.messages(occasion) or self._generic(node) or problems,
            source_shape=self._nearest_name(occasion.shape),
            component=identifier(occasion.component),
            lines=tuple(
                sorted(self._lines(occasion.focus), key=lambda place: (place.document, place.first, place.last))
            ),
            titles=self._explainer.titles(occasion),
            problems=problems,
            part=self._part(occasion.focus),
            names={language: self._outline.name(occasion.focus, language) for language in LANGUAGES},
        )
        return self._place(result, occasion), result, node

    def _occasion(self, node: Node) -> Occasion:
        focus, value, shape = (self._one(node, name) for name in (SH.focusNode, SH.value, SH.sourceShape))
        path = self._one(node, SH.resultPath)
        about_node = value == focus and path is None
        at = (self._raw, path) if path is not None else None
        if at is None and (member := alternative(self._shapes, shape)) is not None:
            at = (self._shapes, next(self._shapes.objects(member, SH.path)))
        return Occasion(
            focus=focus,
            value=None if about_node else value,
            shape=shape,
            constraint=self._one(node, SH.sourceConstraint),
            component=self._one(node, SH.sourceConstraintComponent),
            path=at,
        )

    def _one(self, node: Node, predicate: URIRef) -> Node | None:
        return next(self._raw.objects(node, predicate), None)

    def _generic(self, node: Node) -> Words:
        """The engine's own words, where the shapes have none."""
        generic = sorted(str(text) for text in self._raw.objects(node, SH.resultMessage))
        return {"": generic[0]} if generic else {}

    def _nearest_name(self, shape: Node | None) -> str:
        """The IRI of a shape; a blank one is known by the shape that it belongs to."""
        while isinstance(shape, BNode):
            shape = next(self._shapes.subjects(None, shape), None)
        return identifier(shape)

    def _part(self, focus: Node | None) -> str:
        part = self._outline.part_of(focus)
        heading = self._outline.heading(part)
        if heading:
            key = self._outline.order(part)
            self._parts[heading] = min(key, self._parts.get(heading, key))
        return heading

    def _lines(self, focus: Node | None) -> Iterator[Place]:
        for passage in {focus, *self._known.objects(focus, PROV.wasDerivedFrom)}:
            first, last, page = (self._number(passage, VG[at]) for at in ("beginRegel", "eindRegel", "pagina"))
            document = min(self._known.objects(passage, VG.brondocument), default=None, key=str)
            if first is not None and last is not None and document is not None:
                file = min(self._known.objects(document, VG.bestand), default=None, key=str)
                quote = min(self._known.objects(passage, _OA.exact), default=None, key=str)
                yield Place(
                    document=str(file or label_of(self._known, document) or document),
                    first=first,
                    last=last,
                    page=page,
                    quote=None if quote is None else clipped(str(quote), _LONGEST_QUOTE),
                )

    def _number(self, subject: Node | None, predicate: URIRef) -> int | None:
        values = [term.value for term in self._known.objects(subject, predicate) if isinstance(term, Literal)]
        return values[0] if len(values) == 1 and isinstance(values[0], int) else None

    def _place(self, result: Result, occasion: Occasion) -> Key:
        """Worst first; then the things in natural order; then the rules as the shapes order them."""
        order = self._shapes.value(occasion.shape, SH.order) if occasion.shape is not None else None
        rank = order.value if isinstance(order, Literal) and isinstance(order.value, int | Decimal) else 0
        blank = isinstance(occasion.focus, BNode)
        focus = f"_:{result.label}" if blank else result.focus
        rest = (result.source_shape, result.path or "", result.value or "", result.component)
        apart = self._outline.stable(occasion.focus) if blank and occasion.focus is not None else ""
        return (*severity_rank(result.severity), natural(focus), rank, *rest, apart)


def _severity(node: Node | None) -> str:
    name = identifier(node)
    local = name.removeprefix(str(SH))
    return local if local in SEVERITIES else name
