"""From pySHACL's report graph to ours: readable results, in a fixed order, messages in their languages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from rdflib import DCTERMS, PROV, RDF, RDFS, SH, SKOS, XSD, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from vakgraaf.rdf.iris import VG
from vakgraaf.rdf.prefixes import empty_graph
from vakgraaf.validation.report import SEVERITIES, Lines, Report, Result, shortened
from vakgraaf.validation.shapes import PLACEHOLDER

_DIGITS = re.compile(r"(\d+)")
_LONGEST_VALUE = 100
_COPIED = (
    SH.focusNode,
    SH.value,
    SH.resultSeverity,
    SH.sourceConstraintComponent,
    SH.sourceShape,
    SH.sourceConstraint,
)
_PATH_MARKS = {
    SH.inversePath: "^{}",
    SH.zeroOrMorePath: "{}*",
    SH.oneOrMorePath: "{}+",
    SH.zeroOrOnePath: "{}?",
}


def build_report(raw: Graph, shapes: Graph, known: Graph) -> Report:
    """The report that `raw` (a sh:ValidationReport) amounts to; `known` gives labels and passages."""
    reader = _Reader(raw, shapes, known)
    found = sorted((reader.read(node) for node in raw.objects(None, SH.result)), key=lambda pair: pair[0])
    graph = empty_graph()
    report = BNode("report")
    graph.add((report, RDF.type, SH.ValidationReport))
    graph.add((report, SH.conforms, Literal(not found)))
    for number, (_, result, node) in enumerate(found, start=1):
        target = BNode(f"result{number}")
        graph.add((report, SH.result, target))
        _describe(graph, target, result, raw, node)
    return Report(tuple(result for _, result, _ in found), graph)


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
    """Reads one result node of pySHACL's report with the shapes and the data beside it."""

    def __init__(self, raw: Graph, shapes: Graph, known: Graph) -> None:
        self._raw = raw
        self._shapes = shapes
        self._known = known

    def read(self, node: Node) -> tuple[tuple[object, ...], Result, Node]:
        """The place of the result in the report, the result, and the node that it was read from."""
        focus, value, shape = (self._one(node, name) for name in (SH.focusNode, SH.value, SH.sourceShape))
        path = self._path(node, shape)
        about_node = value == focus and self._one(node, SH.resultPath) is None
        result = Result(
            focus=_name(focus),
            label=label_of(self._known, focus),
            path=path,
            value=None if value is None or about_node else self._readable(value),
            severity=_severity(self._one(node, SH.resultSeverity)),
            messages=self._messages(node, shape, {"this": focus, "value": value}, path),
            source_shape=self._nearest_name(shape),
            component=_name(self._one(node, SH.sourceConstraintComponent)),
            lines=tuple(sorted(self._lines(focus), key=lambda at: (at.document, at.first, at.last))),
        )
        return self._place(result, shape), result, node

    def _one(self, node: Node, predicate: URIRef) -> Node | None:
        return next(self._raw.objects(node, predicate), None)

    def _path(self, node: Node, shape: Node | None) -> str | None:
        """The path. A rule "a stub, or …" has none of its own: its one alternative says where to look."""
        path = self._one(node, SH.resultPath)
        if path is not None:
            return path_text(self._raw, path)
        members = [member for rest in self._shapes.objects(shape, SH["or"]) for member in self._shapes.items(rest)]
        paths = [path for member in members for path in self._shapes.objects(member, SH.path)]
        return path_text(self._shapes, paths[0]) if shape is not None and len(paths) == 1 else None

    def _messages(
        self, node: Node, shape: Node | None, terms: Mapping[str, Node | None], path: str | None
    ) -> dict[str, str]:
        """The shapes' own messages, filled in; SHACL §5.3.2 puts those of the SPARQL constraint first."""
        words = {name: self._spoken(term) for name, term in terms.items()} | {"path": path or ""}
        for source in (self._one(node, SH.sourceConstraint), shape):
            texts = self._shapes.objects(source, SH.message) if source is not None else ()
            filled = {
                text.language or "": PLACEHOLDER.sub(lambda found: words.get(found[1], found[0]), text)
                for text in texts
                if isinstance(text, Literal)
            }
            if filled:
                return filled
        generic = sorted(str(text) for text in self._raw.objects(node, SH.resultMessage))
        return {"": generic[0]} if generic else {}

    def _spoken(self, term: Node | None) -> str:
        """A term within a sentence: a text in quotes, a number or a thing as it is."""
        if isinstance(term, Literal) and term.datatype in (None, RDF.langString, XSD.string):
            return f"“{_clipped(term)}”"
        return self._readable(term)

    def _readable(self, term: Node | None) -> str:
        if isinstance(term, Literal):
            return _literal_text(term)
        label = label_of(self._known, term)
        return f"{label} ({shortened(_name(term))})" if label else shortened(_name(term))

    def _nearest_name(self, shape: Node | None) -> str:
        """The IRI of a shape; a blank one is known by the shape that it belongs to."""
        while isinstance(shape, BNode):
            shape = next(self._shapes.subjects(None, shape), None)
        return _name(shape)

    def _lines(self, focus: Node | None) -> Iterator[Lines]:
        for passage in {focus, *self._known.objects(focus, PROV.wasDerivedFrom)}:
            first, last, page = (self._number(passage, VG[at]) for at in ("beginRegel", "eindRegel", "pagina"))
            document = self._known.value(passage, VG.brondocument)
            if first is not None and last is not None and document is not None:
                file = self._known.value(document, VG.bestand)
                yield Lines(str(file or label_of(self._known, document) or document), first, last, page)

    def _number(self, subject: Node | None, predicate: URIRef) -> int | None:
        values = [term.value for term in self._known.objects(subject, predicate) if isinstance(term, Literal)]
        return values[0] if len(values) == 1 and isinstance(values[0], int) else None

    def _place(self, result: Result, shape: Node | None) -> tuple[object, ...]:
        """Worst first; then the things in natural order; then the rules as the shapes order them."""
        severity = SEVERITIES.index(result.severity) if result.severity in SEVERITIES else len(SEVERITIES)
        order = self._shapes.value(shape, SH.order) if shape is not None else None
        rank = order.value if isinstance(order, Literal) and isinstance(order.value, int | Decimal) else 0
        focus = f"_:{result.label}" if result.focus.startswith("_:") else result.focus
        rest = (result.source_shape, result.path or "", result.value or "", result.component)
        return (severity, result.severity, _natural(focus), rank, *rest)


def label_of(graph: Graph, node: Node | None) -> str:
    """What a node is called: rdfs:label, skos:prefLabel, dct:title; Dutch, then untagged, then any; or ""."""
    for predicate in (RDFS.label, SKOS.prefLabel, DCTERMS.title):
        labels = [label for label in graph.objects(node, predicate) if isinstance(label, Literal)]
        if labels:
            return str(min(labels, key=lambda text: (text.language != "nl", text.language or "", str(text))))
    return ""


def path_text(graph: Graph, path: Node) -> str:
    """A SHACL property path (§2.3.1) as a SPARQL path: `^vg:heeftTaak`, `vg:heeftTaakgebied/vg:heeftTaak`."""
    if not isinstance(path, BNode):
        return shortened(str(path))
    for predicate, form in _PATH_MARKS.items():
        for inner in graph.objects(path, predicate):
            text = path_text(graph, inner)
            return form.format(f"({text})" if set("/|") & set(_without_iris(text)) else text)
    for members in graph.objects(path, SH.alternativePath):
        return "|".join(path_text(graph, member) for member in graph.items(members))
    return "/".join(path_text(graph, member) for member in graph.items(path))


def _without_iris(text: str) -> str:
    return re.sub(r"<[^>]*>|\w+:[^|/^*+?()]*", "", text)


def _name(node: Node | None) -> str:
    return "" if node is None else f"_:{node}" if isinstance(node, BNode) else str(node)


def _severity(node: Node | None) -> str:
    name = _name(node)
    local = name.removeprefix(str(SH))
    return local if local in SEVERITIES else name


def _literal_text(term: Literal) -> str:
    if term.language:
        return f'"{_clipped(term)}"@{term.language}'
    if term.datatype == XSD.integer and term.value is not None:
        return str(term)
    if term.datatype in (None, XSD.string):
        return f'"{_clipped(term)}"'
    return f'"{_clipped(term)}"^^{shortened(str(term.datatype))}'


def _clipped(term: Literal) -> str:
    text = " ".join(term.split())
    return text if len(text) <= _LONGEST_VALUE else text[: _LONGEST_VALUE - 1] + "…"


def _natural(text: str) -> tuple[tuple[int, int | str], ...]:
    """A key by which 1.2 comes before 1.10."""
    return tuple((1, int(part)) if part.isdigit() else (0, part) for part in _DIGITS.split(text))
