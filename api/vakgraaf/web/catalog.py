"""The catalogue as DCAT-AP-NL 3.0: the whole, every named graph, their downloads, and the endpoint that serves them.

Things of others (themes, languages, licences) are described as far as the profile's shapes ask, so that the catalogue
can be judged without fetching anything.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from rdflib import DCAT, DCTERMS, FOAF, PROV, RDF, RDFS, XSD, Graph, Literal, Namespace, URIRef

from vakgraaf.engine import DATASET_DESCRIPTION, DATASET_TITLE, StoreInfo, Text, Value, subset
from vakgraaf.rdf import iris
from vakgraaf.rdf.formats import DATASET_FORMATS, GRAPH_FORMATS, Format
from vakgraaf.rdf.prefixes import PREFIXES, empty_graph
from vakgraaf.web.catalog_words import (
    CATALOG_TEXT,
    CATALOG_TITLE,
    GRAPH_TEXT,
    KEYWORDS,
    SERVICE_TEXT,
    SERVICE_TITLE,
    SOURCE_TEXT,
    TERMS,
    WHOLE_RIGHTS,
)
from vakgraaf.web.discovery import ENDPOINT, VOID

_DCT = PREFIXES["dct"]
_VERSION = URIRef(PREFIXES["dcat"] + "version")
_VCARD = Namespace(PREFIXES["vcard"])
_EU = "http://publications.europa.eu/resource/authority/"
_IANA = "https://www.iana.org/assignments/media-types/"
_PROFILE = URIRef("https://docs.geostandaarden.nl/dcat/dcat-ap-nl30/")
_PROTOCOL = URIRef("https://www.w3.org/TR/sparql11-protocol/")
_NO_OPEN_LICENCE = URIRef("http://standaarden.overheid.nl/owms/terms/geslotenlicentie")
_THEME, _THEMES = URIRef(_EU + "data-theme/EDUC"), URIRef(_EU + "data-theme")
_FILE_TYPES = {
    "turtle": "RDF_TURTLE",
    "ntriples": "RDF_N_TRIPLES",
    "rdfxml": "RDF_XML",
    "jsonld": "JSON_LD",
    "trig": "RDF_TRIG",
    "nquads": "RDF_N_QUADS",
}
_ORGANISATION = URIRef(iris.BASE + "id/organisatie/vakgraaf")

Described = Mapping[str, Mapping[str, list[Value]]]


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who answers for this server: a name, an IRI or "", and the address (`https:` or `mailto:`) to turn to, or ""."""

    name: str = "Vakgraaf"
    iri: str = ""
    contact: str = ""


def catalogue(base: str, publisher: Publisher, info: StoreInfo, graphs: Described) -> Graph:
    """The catalogue of the server at `base`, of what the description graph says about `graphs`."""
    return _Catalogue(base, publisher, info).of(graphs)


class _Catalogue:
    def __init__(self, base: str, publisher: Publisher, info: StoreInfo) -> None:
        self._graph = empty_graph()
        self._base, self._info = base, info
        self._catalog = URIRef(iris.CATALOG)
        self._service = URIRef(iris.CATALOG + "#sparql")
        self._publisher = URIRef(publisher.iri) if publisher.iri else _ORGANISATION
        self._contact = URIRef(iris.CATALOG + "#contact")
        self._parties(publisher)

    def of(self, graphs: Described) -> Graph:
        """All of it."""
        self._terms()
        self._catalog_itself()
        self._endpoint()
        self._whole()
        for name, said in graphs.items():
            self._named_graph(name, said)
        return self._graph

    def _add(self, subject: URIRef, *pairs: tuple[URIRef, URIRef | Literal]) -> None:
        for predicate, value in pairs:
            self._graph.add((subject, predicate, value))

    def _texts(self, subject: URIRef, predicate: URIRef, texts: list[Literal]) -> None:
        self._add(subject, *((predicate, text) for text in texts))

    def _document(self, address: str) -> URIRef:
        node = URIRef(address)
        self._add(node, (RDF.type, FOAF.Document))
        return node

    def _parties(self, publisher: Publisher) -> None:
        for node, name in ((_ORGANISATION, "Vakgraaf"), (self._publisher, publisher.name)):
            if (node, FOAF.name, None) not in self._graph:
                self._add(node, (RDF.type, FOAF.Agent), (RDF.type, FOAF.Organization), (FOAF.name, Literal(name)))
        address = URIRef(publisher.contact or iris.BASE)
        how = _VCARD.hasEmail if address.startswith("mailto:") else _VCARD.hasURL
        self._add(
            self._contact,
            (RDF.type, _VCARD.Kind),
            (RDF.type, _VCARD.Organization),
            (_VCARD.fn, Literal(publisher.name)),
            (how, address),
        )

    def _terms(self) -> None:
        """What others' terms are, and what they are called."""
        for term in TERMS:
            node = URIRef(term.iri)
            self._add(node, (RDF.type, URIRef(term.kind)))
            self._texts(node, URIRef(term.naming), both(Text(term.nl, term.en)))

    def _resource(self, node: URIRef, title: list[Literal], text: list[Literal], licence: URIRef) -> None:
        """What datasets and services have in common."""
        self._texts(node, DCTERMS.title, title)
        self._texts(node, DCTERMS.description, text)
        for language, keywords in KEYWORDS.items():
            self._add(node, *((DCAT.keyword, Literal(word, lang=language)) for word in keywords))
        self._add(
            node,
            (DCTERMS.identifier, Literal(str(node), datatype=XSD.anyURI)),
            (DCTERMS.publisher, self._publisher),
            (DCTERMS.creator, _ORGANISATION),
            (DCAT.contactPoint, self._contact),
            (DCAT.theme, _THEME),
            (DCTERMS.accessRights, URIRef(_EU + "access-right/PUBLIC")),
            (DCTERMS.language, URIRef(_EU + "language/NLD")),
            (DCTERMS.license, licence),
        )
        self._add(licence, (RDF.type, DCTERMS.LicenseDocument))

    def _catalog_itself(self) -> None:
        node = self._catalog
        self._add(node, (RDF.type, DCAT.Catalog))
        self._texts(node, DCTERMS.title, both(CATALOG_TITLE))
        self._texts(node, DCTERMS.description, both(CATALOG_TEXT))
        self._add(
            node,
            (DCTERMS.publisher, self._publisher),
            (DCTERMS.creator, _ORGANISATION),
            (DCAT.contactPoint, self._contact),
            (DCTERMS.language, URIRef(_EU + "language/NLD")),
            (DCTERMS.language, URIRef(_EU + "language/ENG")),
            (DCTERMS.spatial, URIRef(_EU + "country/NLD")),
            (DCTERMS.conformsTo, _PROFILE),
            (DCAT.themeTaxonomy, _THEMES),
            (FOAF.homepage, self._document(self._base)),
            (DCAT.service, self._service),
        )

    def _endpoint(self) -> None:
        node, endpoint = self._service, URIRef(self._base + ENDPOINT)
        self._add(node, (RDF.type, DCAT.DataService))
        self._resource(node, both(SERVICE_TITLE), both(SERVICE_TEXT), _NO_OPEN_LICENCE)
        self._add(
            node,
            (DCAT.endpointURL, endpoint),
            (DCAT.endpointDescription, endpoint),
            (DCTERMS.conformsTo, _PROTOCOL),
            (DCAT.landingPage, self._document(self._base + ENDPOINT)),
            (FOAF.page, self._document(self._base + VOID)),
        )
        self._add_rights(node, "geheel", both(WHOLE_RIGHTS))

    def _dataset(self, node: URIRef, title: list[Literal], text: list[Literal], licence: URIRef, page: str) -> None:
        self._add(node, (RDF.type, DCAT.Dataset))
        self._resource(node, title, text, licence)
        self._add(
            node,
            (DCTERMS.accrualPeriodicity, URIRef(_EU + "frequency/IRREG")),
            (DCTERMS.spatial, URIRef(_EU + "country/NLD")),
            (DCTERMS.conformsTo, iris.VERSION_IRI),
            (DCAT.landingPage, self._document(self._base + page)),
            (FOAF.page, self._document(self._base + "def")),
        )
        self._add(self._catalog, (DCAT.dataset, node))
        self._add(self._service, (DCAT.servesDataset, node))

    def _whole(self) -> None:
        node = iris.DATASET
        self._dataset(node, both(DATASET_TITLE), both(DATASET_DESCRIPTION), _NO_OPEN_LICENCE, VOID)
        self._add(node, (_VERSION, Literal(self._info.tag)))
        for form in DATASET_FORMATS:
            place = self._distribution(node, form, f"{self._base}dataset.{form.extension}", _NO_OPEN_LICENCE)
            self._add_rights(place, "geheel", both(WHOLE_RIGHTS))

    def _named_graph(self, name: str, said: Mapping[str, list[Value]]) -> None:
        node, own = URIRef(subset(name)), name.startswith(iris.BASE + "graph/")
        title = _literals(said, "title") or [Literal(name)]
        text = _literals(said, "description") or both(SOURCE_TEXT if said.get(_DCT + "source") else GRAPH_TEXT)
        stated = [value.text for value in said.get(_DCT + "license", []) if value.kind == "uri"]
        licence = URIRef(stated[0]) if stated else _NO_OPEN_LICENCE
        page = name.removeprefix(iris.BASE) if own else VOID
        self._dataset(node, title, text, licence, page)
        self._add(iris.DATASET, (DCTERMS.hasPart, node))
        self._add(node, *((PROV.wasDerivedFrom, URIRef(source.text)) for source in said.get(_DCT + "source", [])))
        for form in GRAPH_FORMATS:
            address = f"{self._base}{page}.{form.extension}" if own else self._asked(name, form)
            place = self._distribution(node, form, address, licence)
            self._add_rights(place, str(node).partition("#")[2], _literals(said, "rights"))

    def _asked(self, name: str, form: Format) -> str:
        """The address of a graph whose own is elsewhere: a query for all of it."""
        query = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
        return f"{self._base}{ENDPOINT}?{urlencode({'query': query, 'default-graph-uri': name, 'format': form.name})}"

    def _distribution(self, of: URIRef, form: Format, address: str, licence: URIRef) -> URIRef:
        node = URIRef(f"{iris.CATALOG}#{str(of).partition('#')[2]}.{form.extension}")
        kind, media = URIRef(f"{_EU}file-type/{_FILE_TYPES[form.name]}"), URIRef(_IANA + form.media_type)
        self._add(of, (DCAT.distribution, node))
        self._add(
            node,
            (RDF.type, DCAT.Distribution),
            (DCTERMS.title, Literal(form.title)),
            (DCAT.accessURL, URIRef(address)),
            (DCAT.downloadURL, URIRef(address)),
            (DCAT.accessService, self._service),
            (DCAT.mediaType, media),
            (DCTERMS["format"], kind),
            (DCTERMS.conformsTo, iris.VERSION_IRI),
            (DCTERMS.language, URIRef(_EU + "language/NLD")),
            (DCTERMS.license, licence),
        )
        self._add(kind, (RDF.type, DCTERMS.MediaTypeOrExtent))
        self._add(media, (RDF.type, DCTERMS.MediaType))
        return node

    def _add_rights(self, node: URIRef, key: str, texts: list[Literal]) -> None:
        """A statement of rights, which the profile wants to be a thing of its own; nothing where nothing is known."""
        if texts:
            statement = URIRef(f"{iris.CATALOG}#rechten.{key}")
            self._add(statement, (RDF.type, DCTERMS.RightsStatement))
            self._texts(statement, RDFS.label, texts)
            self._add(node, (DCTERMS.rights, statement))


def both(text: Text) -> list[Literal]:
    """A text of ours as two literals."""
    return [Literal(text[0], lang="nl"), Literal(text[1], lang="en")]


def _literals(said: Mapping[str, list[Value]], name: str) -> list[Literal]:
    return [Literal(v.text, lang=v.language or None) for v in said.get(_DCT + name, []) if v.kind == "literal"]
