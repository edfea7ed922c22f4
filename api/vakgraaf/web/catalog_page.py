"""The catalogue as a page shows it, read from the same triples that go out as data."""

from __future__ import annotations

from dataclasses import dataclass

from rdflib import DCAT, DCTERMS, FOAF, RDF, RDFS, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from vakgraaf.rdf import iris
from vakgraaf.rdf.prefixes import PREFIXES

_VCARD = Namespace(PREFIXES["vcard"])


@dataclass(frozen=True, slots=True)
class Said:
    """A text, and its language where it has one."""

    text: str
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """A dataset: where its page is, and its downloads as (title, address)."""

    page: str
    title: Said
    description: Said
    licence: Said
    licence_iri: str
    rights: tuple[Said, ...]
    downloads: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Page:
    """Everything on the page; the whole comes first, then the graphs by name."""

    title: Said
    description: Said
    publisher: str
    contact: str
    endpoint: str
    datasets: tuple[Listed, ...]


def page_of(graph: Graph, language: str) -> Page:
    """What the page of the catalogue shows in `language`."""
    reader = _Reader(graph, language)
    catalog = URIRef(iris.CATALOG)
    contact = reader.one(catalog, DCAT.contactPoint)
    found = [reader.listed(node) for node in graph.objects(catalog, DCAT.dataset) if node != iris.DATASET]
    found.sort(key=lambda listed: listed.title.text.casefold())
    return Page(
        title=reader.said(catalog, DCTERMS.title),
        description=reader.said(catalog, DCTERMS.description),
        publisher=reader.said(reader.one(catalog, DCTERMS.publisher), FOAF.name).text,
        contact=str(graph.value(contact, _VCARD.hasEmail) or graph.value(contact, _VCARD.hasURL)),
        endpoint=str(reader.one(reader.one(catalog, DCAT.service), DCAT.endpointURL)),
        datasets=(reader.listed(iris.DATASET), *found),
    )


class _Reader:
    def __init__(self, graph: Graph, language: str) -> None:
        self._graph = graph
        self._language = language

    def one(self, subject: Node, predicate: URIRef) -> Node:
        """The value that the catalogue always has."""
        found = self._graph.value(subject, predicate, any=True)
        assert found is not None
        return found

    def said(self, subject: Node, predicate: URIRef) -> Said:
        """The text in the language of the page, else in Dutch, else the first."""
        texts = sorted(self._graph.objects(subject, predicate), key=self._rank)
        return self._as_said(texts[0]) if texts else Said(str(subject))

    def listed(self, node: Node) -> Listed:
        graph, licence = self._graph, self.one(node, DCTERMS.license)
        places = [p for p in graph.objects(node, DCAT.distribution) if (p, RDF.type, DCAT.Distribution) in graph]
        statements = {s for place in places for s in graph.objects(place, DCTERMS.rights)}
        downloads = [(self.said(p, DCTERMS.title).text, str(self.one(p, DCAT.downloadURL))) for p in places]
        return Listed(
            page=str(self.one(node, DCAT.landingPage)),
            title=self.said(node, DCTERMS.title),
            description=self.said(node, DCTERMS.description),
            licence=self.said(licence, RDFS.label),
            licence_iri=str(licence),
            rights=tuple(self._rights(statement) for statement in sorted(statements, key=str)),
            downloads=tuple(sorted(downloads)),
        )

    def _rights(self, statement: Node) -> Said:
        return self.said(statement, RDFS.label)

    def _rank(self, term: Node) -> tuple[int, str]:
        language = term.language if isinstance(term, Literal) else None
        return {self._language: 0, "nl": 1, None: 2}.get(language, 3), str(term)

    def _as_said(self, term: Node) -> Said:
        return Said(str(term), term.language if isinstance(term, Literal) else None)
