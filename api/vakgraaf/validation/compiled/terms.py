"""RDF terms and SHACL paths as they are written in a query."""

from __future__ import annotations

import re

from rdflib import RDF, SH, XSD, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from vakgraaf.engine.scratch import kept
from vakgraaf.validation.compiled.refusal import Refused

_UNFIT = re.compile(r'[<>"{}|^`\\\x00-\x20]')
_MARKS = {SH.inversePath: "^({})", SH.zeroOrMorePath: "({})*", SH.oneOrMorePath: "({})+", SH.zeroOrOnePath: "({})?"}
_INTEGER = re.compile(r"-?(0|[1-9]\d{0,17})\Z")
# Spellings that the store and rdflib both take, or both refuse.
_NUMERIC = {
    XSD.integer: _INTEGER,
    XSD.decimal: re.compile(r"-?(0|[1-9]\d{0,8})(\.\d{0,8}[1-9])?\Z"),
    XSD.boolean: re.compile(r"(true|false)\Z"),
}
_UNUSUAL_MOMENT = re.compile(r"-|\d{5}|.*T?24:")
_MOMENTS = {XSD.date, XSD.dateTime, XSD.time}


def plain(term: Node) -> bool:
    """Whether the store and rdflib think the same of a term: its spelling, its value, and whether it has one.

    Literals of other datatypes than the usual ones count as spelling only, so it is enough that the store keeps them.
    """
    if not isinstance(term, Literal):
        return True
    if term.language:
        return term.language == term.language.lower()
    datatype = term.datatype
    if datatype is None:
        return True
    if datatype in (XSD.string, RDF.langString) or not kept(str(term), str(datatype)):
        return False
    if datatype in _NUMERIC:
        return bool(_NUMERIC[datatype].match(term)) is not bool(term.ill_typed)
    return datatype not in _MOMENTS or not _UNUSUAL_MOMENT.match(term)


def written(term: Node) -> str:
    """A constant. Raises `Refused` for a blank node and for what the store would read otherwise."""
    if isinstance(term, URIRef) and not _UNFIT.search(term):
        return f"<{term}>"
    if isinstance(term, Literal) and plain(term):
        text = "".join(_ESCAPED.get(char, char) for char in term)
        if term.language:
            return f'"{text}"@{term.language}'
        return f'"{text}"' if term.datatype is None else f'"{text}"^^<{term.datatype}>'
    raise Refused(f"no constant: {term!r}")


_ESCAPED = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def members(graph: Graph, head: Node) -> list[Node]:
    """The members of a well-formed list (SHACL §1.1). Raises `Refused`."""
    found: list[Node] = []
    seen: set[Node] = set()
    while head != RDF.nil:
        firsts, rests = list(graph.objects(head, RDF.first)), list(graph.objects(head, RDF.rest))
        if len(firsts) != 1 or len(rests) != 1 or head in seen:
            raise Refused("an ill-formed list")
        seen.add(head)
        found.append(firsts[0])
        head = rests[0]
    return found


def path_of(graph: Graph, path: Node, depth: int = 0) -> str:
    """A property path (SHACL §2.3.1). Raises `Refused` where it is ill-formed."""
    if isinstance(path, URIRef):
        return written(path)
    if not isinstance(path, BNode) or depth > 20:
        raise Refused("an ill-formed path")
    parts = [(mark, value) for mark in _MARKS for value in graph.objects(path, mark)]
    choices = list(graph.objects(path, SH.alternativePath))
    is_list = (path, RDF.first, None) in graph
    if len(parts) + len(choices) + is_list != 1:
        raise Refused("an ill-formed path")
    if parts:
        mark, inner = parts[0]
        return _MARKS[mark].format(path_of(graph, inner, depth + 1))
    steps = [path_of(graph, step, depth + 1) for step in members(graph, choices[0] if choices else path)]
    if len(steps) < 2:
        raise Refused("an ill-formed path")
    return ("|" if choices else "/").join(f"({step})" for step in steps)


def read_by(graph: Graph, path: Node) -> set[Node]:
    """The properties that a path follows."""
    if isinstance(path, URIRef):
        return {path}
    found: set[Node] = set()
    for mark in _MARKS:
        for inner in graph.objects(path, mark):
            found |= read_by(graph, inner)
    for head in (*graph.objects(path, SH.alternativePath), path):
        for member in members(graph, head) if (head, RDF.first, None) in graph else ():
            found |= read_by(graph, member)
    return found
