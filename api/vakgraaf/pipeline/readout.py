"""A judgement as plain data that a page can be made of: the report by parts, and the documents line by line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from rdflib import PROV, RDF, RDFS, Graph, Literal, URIRef
from rdflib.term import Node

from vakgraaf.ingest.document import Understood
from vakgraaf.pipeline.judging import Judgement
from vakgraaf.rdf.iris import VG
from vakgraaf.rdf.prefixes import PREFIXES
from vakgraaf.rdf.turtle import to_turtle
from vakgraaf.validation.report import Language, Report, Result, counts

_HEAD = "Read by Vakgraaf ('/validate'). A draft: nothing of it was kept or published."
Data = dict[str, Any]


def read_out(judgement: Judgement, language: Language) -> Data:
    """Everything that a page shows of a judgement, in one language."""
    return {
        "conforms": judgement.report.conforms,
        "counts": counts(judgement.report.results),
        "parts": _parts(judgement.report, language),
        "documents": [_document(document, language) for document in judgement.documents],
        "triples": len(judgement.graph),
    }


def draft(graph: Graph, form: str) -> str:
    """The graph that was made or read, in Turtle or JSON-LD."""
    if form == "turtle" and not any(term.startswith("_:") for term in map(_key, _terms(graph))):
        return to_turtle(graph, _HEAD)
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace)
    return graph.serialize(format={"turtle": "turtle", "jsonld": "json-ld"}[form])


def _terms(graph: Graph) -> Iterable[Node]:
    for subject, _, value in graph:
        yield subject
        yield value


def _key(term: Node) -> str:
    return term.n3() if not isinstance(term, Literal) else ""


def _parts(report: Report, language: Language) -> list[Data]:
    """The results under the headings of the document; each has its place in the whole as `number`."""
    found: list[Data] = []
    number = 0
    for heading, results in report.by_part():
        told = []
        for result in results:
            number += 1
            told.append(_result(result, language) | {"number": number})
        found.append({"heading": heading, "results": told})
    return found


def _result(result: Result, language: Language) -> Data:
    return {
        "severity": result.severity,
        "title": result.title(language),
        "problem": result.problem(language),
        "message": result.message(language),
        "focus": result.focus,
        "label": result.label,
        "path": result.path,
        "value": result.value,
        "rule": result.source_shape,
        "lines": [asdict(place) for place in result.lines],
    }


def _document(document: Understood, language: Language) -> Data:
    fates: dict[str, list[int]] = defaultdict(list)
    for entry in document.accounts:
        fates[entry.fate].append(entry.line)
    return {
        "file": document.file,
        "title": document.claims.title,
        "lines": document.text.lines,
        "pages": sorted(document.pages.items()),
        "furniture": fates["furniture"],
        "structure": fates["structure"],
        "stretches": _stretches(document.built.graph, language),
    }


def _stretches(graph: Graph, language: Language) -> list[Data]:
    """Each passage with what was made of it; findings are results already."""
    found = []
    for passage in graph.subjects(RDF.type, VG.Passage):
        things = [thing for thing in graph.subjects(PROV.wasDerivedFrom, passage) if isinstance(thing, URIRef)]
        things = [thing for thing in sorted(things) if (thing, RDF.type, VG.Bevinding) not in graph]
        made = [_made(graph, thing, language) for thing in things]
        first, last = _number(graph, passage, VG.beginRegel), _number(graph, passage, VG.eindRegel)
        if first and last and made:
            page = _number(graph, passage, VG.pagina)
            found.append({"iri": str(passage), "first": first, "last": last, "page": page, "made": made})
    return sorted(found, key=lambda one: (one["first"], -one["last"], one["iri"]))


def _made(graph: Graph, thing: URIRef, language: Language) -> Data:
    labels = {text.language: text for text in graph.objects(thing, RDFS.label) if isinstance(text, Literal)}
    label = labels.get(language) or labels.get("nl") or next(iter(labels.values()), None)
    name = str(thing).rpartition("/")[2] if label is None else str(label)
    classes = sorted(str(kind) for kind in graph.objects(thing, RDF.type))
    return {"iri": str(thing), "name": name, "language": label.language if label else None, "classes": classes}


def _number(graph: Graph, subject: Node, predicate: URIRef) -> int | None:
    value = graph.value(subject, predicate)
    return value.value if isinstance(value, Literal) and isinstance(value.value, int) else None
