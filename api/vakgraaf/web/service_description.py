"""The SPARQL 1.1 Service Description of this endpoint, built from what is offered."""

from __future__ import annotations

from rdflib import RDF, BNode, Namespace, URIRef

from vakgraaf.rdf.formats import GRAPH_FORMATS, RESULT_FORMATS, Format
from vakgraaf.rdf.prefixes import empty_graph

_SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
_W3C_FORMATS = Namespace("http://www.w3.org/ns/formats/")
_RDFLIB_NAMES = {"turtle": "turtle", "ntriples": "nt", "rdfxml": "xml", "jsonld": "json-ld"}


def described(endpoint: str, form: Format, *, union: bool) -> bytes:
    """The description of the service at `endpoint`, as one of the graph formats."""
    graph = empty_graph()
    graph.bind("sd", _SD)
    service = BNode()
    graph.add((service, RDF.type, _SD.Service))
    graph.add((service, _SD.endpoint, URIRef(endpoint)))
    graph.add((service, _SD.supportedLanguage, _SD.SPARQL11Query))
    for offered in (*RESULT_FORMATS, *GRAPH_FORMATS):
        graph.add((service, _SD.resultFormat, _W3C_FORMATS[offered.w3c_name]))
    if union:
        graph.add((service, _SD.feature, _SD.UnionDefaultGraph))
    dataset, default = BNode(), BNode()
    graph.add((service, _SD.defaultDataset, dataset))
    graph.add((dataset, RDF.type, _SD.Dataset))
    graph.add((dataset, _SD.defaultGraph, default))
    graph.add((default, RDF.type, _SD.Graph))
    return graph.serialize(format=_RDFLIB_NAMES[form.name], encoding="utf-8")
