"""Terms of a graph in words: what a thing is called, a literal as one reads it, a path as SPARQL writes it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Literal as Choice

from rdflib import DCTERMS, RDF, RDFS, SH, SKOS, XSD, BNode, Graph, Literal, URIRef
from rdflib.paths import AlternativePath, InvPath, MulPath, Path, SequencePath
from rdflib.term import Node

from vakgraaf.validation.report import shortened

_LONGEST = 100
_PATH_MARKS = {
    SH.inversePath: "^{}",
    SH.zeroOrMorePath: "{}*",
    SH.oneOrMorePath: "{}+",
    SH.zeroOrOnePath: "{}?",
}
_REPEATS: Mapping[Node, Choice["*", "+", "?"]] = {
    SH.zeroOrMorePath: "*",
    SH.oneOrMorePath: "+",
    SH.zeroOrOnePath: "?",
}


def label_of(graph: Graph, node: Node | None, language: str = "nl") -> str:
    """What a node is called: rdfs:label, skos:prefLabel, dct:title; in `language`, then Dutch, untagged, any; or ""."""
    if node is None:
        return ""
    for predicate in (RDFS.label, SKOS.prefLabel, DCTERMS.title):
        labels = [label for label in graph.objects(node, predicate) if isinstance(label, Literal)]
        if labels:
            return str(min(labels, key=lambda text: (_tag_rank(text.language, language), str(text))))
    return ""


def _tag_rank(tag: str | None, language: str) -> tuple[bool, bool, str]:
    return (tag != language, tag != "nl", tag or "")


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


def path_of(graph: Graph, path: Node) -> URIRef | Path | None:
    """A SHACL property path (§2.3.1) as rdflib follows it; None for what is no path."""
    if isinstance(path, URIRef):
        return path
    for inner in graph.objects(path, SH.inversePath):
        below = path_of(graph, inner)
        return None if below is None else InvPath(below)
    for predicate, mark in _REPEATS.items():
        for inner in graph.objects(path, predicate):
            below = path_of(graph, inner)
            return None if below is None else MulPath(below, mark)
    branches = graph.value(path, SH.alternativePath)
    members = [path_of(graph, member) for member in graph.items(path if branches is None else branches)]
    steps = [member for member in members if member is not None]
    if len(steps) < 2 or len(steps) < len(members):
        return None
    return SequencePath(*steps) if branches is None else AlternativePath(*steps)


def _without_iris(text: str) -> str:
    return re.sub(r"<[^>]*>|\w+:[^|/^*+?()]*", "", text)


def identifier(node: Node | None) -> str:
    """An IRI, "_:…" for a blank node, "" for nothing."""
    return "" if node is None else f"_:{node}" if isinstance(node, BNode) else str(node)


def literal_text(term: Literal) -> str:
    """A literal as Turtle writes it, cut where it is long."""
    if term.language:
        return f'"{clipped(term)}"@{term.language}'
    if term.datatype == XSD.integer and term.value is not None:
        return str(term)
    if term.datatype in (None, XSD.string):
        return f'"{clipped(term)}"'
    return f'"{clipped(term)}"^^{shortened(str(term.datatype))}'


def spoken_literal(term: Literal) -> str:
    """A literal within a sentence: a text in quotes, a number or date as it is."""
    if term.datatype in (None, RDF.langString, XSD.string) or term.ill_typed:
        return f"“{clipped(term)}”"
    return clipped(term) if isinstance(term.value, int | float | Decimal) else f"“{clipped(term)}”"


def clipped(text: str, longest: int = _LONGEST) -> str:
    """A text on one line, cut with … where it is longer than `longest` characters."""
    line = " ".join(text.split())
    return line if len(line) <= longest else line[: longest - 1] + "…"
