"""What the shapes remark on what conforms: warnings and tips, kept with the data as a sh:ValidationReport a graph."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial
from typing import NamedTuple
from urllib.parse import quote

from rdflib import RDF, RDFS, SH, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from vakgraaf.engine.remarks import UNNAMED_AS
from vakgraaf.engine.versions import called
from vakgraaf.pipeline.contents import Contents
from vakgraaf.rdf.iris import BASE
from vakgraaf.rdf.prefixes import PREFIXES
from vakgraaf.validation.report import Report

_KEPT = ("Warning", "Info")
_BLANK_OR_TEXT = re.compile(r'"(?:[^"\\]|\\.)*"|<[^>]*>|_:(\w+)')


class Remark(NamedTuple):
    """A warning or tip: its focus node, and what a sh:ValidationResult says, in N-Triples.

    The result is `_:r` in it; the parts of its path are blank nodes as well.
    """

    focus: str
    triples: str


def remarks_of(report: Report) -> list[Remark]:
    """The warnings and tips of a report, in the order of their text."""
    found = []
    for node in report.graph.objects(None, SH.result):
        severity = str(report.graph.value(node, SH.resultSeverity) or "")
        if severity.removeprefix(str(SH)) in _KEPT:
            found.append(Remark(str(report.graph.value(node, SH.focusNode) or ""), _said(report.graph, node)))
    return sorted(found)


def reports(remarks: Sequence[Remark], contents: Contents) -> bytes:
    """A report for each graph that something is remarked on, as N-Triples; `contents` is what was judged.

    A remark is about the first graph that says something of its focus node.
    """
    homes, first = contents.homes(remark.focus for remark in remarks), next(iter(contents.spans))
    by_graph: dict[str | None, list[Remark]] = {}
    for remark in remarks:
        by_graph.setdefault(homes.get(remark.focus, first), []).append(remark)
    return "".join(_report(graph, found) for graph, found in by_graph.items()).encode()


def _said(graph: Graph, node: Node) -> str:
    """The triples of a result, with those of its path; blank nodes that are data are left out."""
    said = Graph()
    names: dict[Node, Node] = {node: BNode("r")}
    todo = [node]
    while todo:
        subject = todo.pop()
        for predicate, value in graph.predicate_objects(subject):
            if isinstance(value, BNode) and value not in names:
                if predicate in (SH.focusNode, SH.value):
                    continue
                names[value] = BNode(f"p{len(names)}")
                todo.append(value)
            said.add((names[subject], predicate, names.get(value, value)))
    for message in graph.objects(node, SH.resultMessage):
        said.add((names[node], RDFS.label, message))
    return "".join(sorted(said.serialize(format="nt", encoding="utf-8").decode().splitlines(keepends=True)))


def _report(graph: str | None, remarks: list[Remark]) -> str:
    name = "naamloos" if graph is None else called(graph)
    report = URIRef(f"{BASE}id/toetsing/{quote(name)}")
    about = URIRef(UNNAMED_AS if graph is None else graph)
    moment = Literal(datetime.now(UTC).isoformat(timespec="seconds"), datatype=URIRef(PREFIXES["xsd"] + "dateTime"))
    said = Graph()
    said.add((report, RDF.type, SH.ValidationReport))
    said.add((report, RDFS.label, Literal(f"Opmerkingen bij het toetsen van {name}", lang="nl")))
    said.add((report, RDFS.label, Literal(f"Remarks from the validation of {name}", lang="en")))
    said.add((report, SH.conforms, Literal(False)))  # by the letter of SHACL §3.6.1: there are results
    said.add((report, URIRef(PREFIXES["dct"] + "subject"), about))
    said.add((report, URIRef(PREFIXES["prov"] + "generatedAtTime"), moment))
    lines = []
    for number, remark in enumerate(remarks, start=1):
        own = f"{report}#{number}"
        said.add((report, SH.result, URIRef(own)))
        lines.append(_BLANK_OR_TEXT.sub(partial(_named, own), remark.triples))
    return said.serialize(format="nt", encoding="utf-8").decode() + "".join(lines)


def _named(own: str, found: re.Match[str]) -> str:
    """A blank node as an IRI; texts and IRIs as they are, whatever is in them."""
    if found[1] is None:
        return found[0]
    return f"<{own}>" if found[1] == "r" else f"<{own}-{found[1]}>"
