"""The three tests of the service description (SPARQL 1.1 Service Description §2, §3)."""

from __future__ import annotations

import pyoxigraph as ox

from .endpoint import Endpoint
from .manifests import RDF, Case

_SD = "http://www.w3.org/ns/sparql-service-description#"
_IRI, _THING = "iri", "thing"
# Domain and range of what the vocabulary defines (§3.4): a class of it, any IRI, or anything that is no literal.
_PROPERTIES = {
    "endpoint": ("Service", _IRI),
    "feature": ("Service", _IRI),
    "defaultEntailmentRegime": ("Service", _IRI),
    "defaultSupportedEntailmentProfile": ("Service", _IRI),
    "entailmentRegime": ("NamedGraph", _IRI),
    "supportedEntailmentProfile": ("NamedGraph", _IRI),
    "extensionFunction": ("Service", _IRI),
    "extensionAggregate": ("Service", _IRI),
    "languageExtension": ("Service", _IRI),
    "supportedLanguage": ("Service", _IRI),
    "propertyFeature": ("Service", _IRI),
    "defaultDataset": ("Service", _THING),
    "availableGraphs": ("Service", _THING),
    "resultFormat": ("Service", _IRI),
    "inputFormat": ("Service", _IRI),
    "defaultGraph": ("Dataset", _THING),
    "namedGraph": ("GraphCollection", _THING),
    "name": ("NamedGraph", _IRI),
    "graph": ("NamedGraph", _THING),
}
_BELOW = {"Dataset": ("Dataset",), "GraphCollection": ("GraphCollection", "Dataset"), "NamedGraph": ("NamedGraph",)}


def check_description(case: Case, endpoint: Endpoint) -> None:
    """GET on the endpoint, without parameters, gives RDF that describes the service."""
    answer = endpoint.client.get(endpoint.query_address, headers={"accept": "text/turtle"})
    assert answer.is_success, answer.text
    assert answer.headers["content-type"].startswith("text/turtle")
    triples = list(ox.parse(answer.content, format=ox.RdfFormat.TURTLE, base_iri=endpoint.query_address))
    assert triples
    if case.iri.endswith("has-endpoint-triple"):
        found = {q.object.value for q in triples if q.predicate.value == _SD + "endpoint"}
        assert found == {endpoint.query_address}
    if case.iri.endswith("conforms-to-schema"):
        _check_schema(triples)


def _check_schema(triples: list[ox.Quad]) -> None:
    types: dict[str, set[str]] = {}
    for quad in triples:
        if quad.predicate.value == RDF + "type":
            types.setdefault(str(quad.subject), set()).add(quad.object.value.removeprefix(_SD))
    assert "Service" in {kind for kinds in types.values() for kind in kinds}
    for quad in triples:
        if not quad.predicate.value.startswith(_SD):
            continue
        domain, range_ = _PROPERTIES[quad.predicate.value.removeprefix(_SD)]
        kinds = types.get(str(quad.subject), set())
        assert not kinds or kinds & set(_BELOW.get(domain, (domain,))), f"{quad.subject} is no {domain}"
        fitting = ox.NamedNode if range_ is _IRI else (ox.NamedNode, ox.BlankNode)
        assert isinstance(quad.object, fitting), f"{quad.predicate} {quad.object}"
