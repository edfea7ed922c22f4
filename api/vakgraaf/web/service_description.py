"""The SPARQL 1.1 Service Description of this endpoint, built from what is offered and what is in the store."""

from __future__ import annotations

from decimal import Decimal

from rdflib import DCTERMS, RDF, RDFS, SDO, VOID, XSD, BNode, Graph, Literal, Namespace, URIRef
from starlette.requests import Request

from vakgraaf.engine import EXTENSION_FUNCTIONS, subset
from vakgraaf.rdf import iris
from vakgraaf.rdf.formats import GRAPH_FORMATS, RESULT_FORMATS, Format
from vakgraaf.rdf.prefixes import PREFIXES, empty_graph
from vakgraaf.web.caching import engine_of
from vakgraaf.web.counting import Counts, counted
from vakgraaf.web.discovery import CATALOG, here
from vakgraaf.web.discovery import VOID as VOID_PATH
from vakgraaf.web.limits import Limit
from vakgraaf.web.tokens import Access

_SD = Namespace(PREFIXES["sd"])
_W3C_FORMATS = Namespace("http://www.w3.org/ns/formats/")
_ENTAILMENT = Namespace("http://www.w3.org/ns/entailment/")
_RDFLIB_NAMES = {"turtle": "turtle", "ntriples": "nt", "rdfxml": "xml", "jsonld": "json-ld"}
_DESCRIPTION = str(iris.graph("beschrijving"))
_DEFAULT_GRAPH = URIRef(iris.VOID + "#standaardgraaf")


async def described(request: Request, form: Format) -> bytes:
    """The description of the service at the address asked for (Service Description §2), as one of the graph formats."""
    state, engine = request.app.state, engine_of(request)
    graph = empty_graph()
    # Without a name: behind a proxy the address that a client knows may be another, and clients look for sd:endpoint
    # on that address or on a node without a name.
    service, endpoint = BNode(), str(request.url.replace(query="", fragment=""))
    graph.add((service, RDF.type, _SD.Service))
    graph.add((service, _SD.endpoint, URIRef(endpoint)))
    for path in (VOID_PATH, CATALOG):
        graph.add((service, RDFS.seeAlso, URIRef(here(request) + path)))
    access: Access = state.access
    able = engine.abilities
    updates = able.updates and access.writers(unjudged=not able.judged)
    _abilities(graph, service, union=state.union, updates=updates, federated=able.federated)
    _limits(graph, service, endpoint, state.limits)
    _dataset(graph, service, engine.info.quads, await counted(engine), union=state.union)
    return serialised(graph, form)


def serialised(graph: Graph, form: Format) -> bytes:
    """`graph` as bytes of one of the graph formats."""
    return graph.serialize(format=_RDFLIB_NAMES[form.name], encoding="utf-8")


def _abilities(graph: Graph, service: BNode, *, union: bool, updates: bool, federated: bool) -> None:
    """What may be asked (§3.2). Nothing is inferred while a query runs: what follows is in a named graph already."""
    graph.add((service, _SD.defaultEntailmentRegime, _ENTAILMENT.Simple))
    graph.add((service, _SD.supportedLanguage, _SD.SPARQL11Query))
    for offered in (*RESULT_FORMATS, *GRAPH_FORMATS):
        graph.add((service, _SD.resultFormat, _W3C_FORMATS[offered.w3c_name]))
    for function in EXTENSION_FUNCTIONS:
        graph.add((service, _SD.extensionFunction, URIRef(function)))
        graph.add((URIRef(function), RDF.type, _SD.Function))
    if union:
        graph.add((service, _SD.feature, _SD.UnionDefaultGraph))
    if federated:
        graph.add((service, _SD.feature, _SD.BasicFederatedQuery))
    if updates:
        graph.add((service, _SD.supportedLanguage, _SD.SPARQL11Update))
        for accepted in GRAPH_FORMATS:
            graph.add((service, _SD.inputFormat, _W3C_FORMATS[accepted.w3c_name]))


def _limits(graph: Graph, service: BNode, endpoint: str, limits: tuple[Limit, ...]) -> None:
    """Service Description has no words for limits; a property and its value in schema.org's way."""
    for limit in limits:
        node = URIRef(f"{endpoint}#{limit.name}")
        graph.add((service, SDO.additionalProperty, node))
        graph.add((node, RDF.type, SDO.PropertyValue))
        graph.add((node, SDO.propertyID, Literal(limit.name)))
        graph.add((node, SDO.name, Literal(limit.nl, lang="nl")))
        graph.add((node, SDO.name, Literal(limit.en, lang="en")))
        value = Decimal(str(limit.value)) if limit.value % 1 else int(limit.value)
        graph.add((node, SDO.value, Literal(value)))
        if limit.unit:
            graph.add((node, SDO.unitText, Literal(limit.unit)))


def _dataset(graph: Graph, service: BNode, quads: int, counts: Counts, *, union: bool) -> None:
    """The graphs and their sizes (§3.3), under the IRIs that they have in the VoID."""
    sizes = dict(counts.get("graphs", {}))
    unnamed = sizes.pop("", 0)
    whole = counts.get("whole", {"triples": unnamed + sum(sizes.values())})
    graph.add((service, _SD.defaultDataset, iris.DATASET))
    graph.add((iris.DATASET, RDF.type, _SD.Dataset))
    graph.add((iris.DATASET, DCTERMS.title, Literal("Vakgraaf", lang="nl")))
    graph.add((iris.DATASET, _SD.defaultGraph, _DEFAULT_GRAPH))
    graph.add((_DEFAULT_GRAPH, RDF.type, _SD.Graph))
    _size(graph, _DEFAULT_GRAPH, whole["triples"] if union else unnamed)
    if (described := quads - unnamed - sum(sizes.values())) > 0:
        sizes[_DESCRIPTION] = described
    for name, triples in sizes.items():
        node = URIRef(subset(name))
        graph.add((iris.DATASET, _SD.namedGraph, URIRef(name)))
        graph.add((URIRef(name), RDF.type, _SD.NamedGraph))
        graph.add((URIRef(name), _SD.name, URIRef(name)))
        graph.add((URIRef(name), _SD.graph, node))
        graph.add((node, RDF.type, _SD.Graph))
        _size(graph, node, triples)


def _size(graph: Graph, node: URIRef, triples: int) -> None:
    graph.add((node, RDF.type, VOID.Dataset))
    graph.add((node, VOID.triples, Literal(triples, datatype=XSD.integer)))
