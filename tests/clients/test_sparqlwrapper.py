"""SPARQLWrapper: every format it knows, every way it sends, every form of query; also where the two do not fit."""

from __future__ import annotations

from xml.dom.minidom import Document

import pytest
from rdflib import Graph

SPARQLWrapper = pytest.importorskip("SPARQLWrapper")

pytestmark = [
    pytest.mark.filterwarnings("ignore::RuntimeWarning"),  # its own, where a format does not fit the query
    pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning"),  # rdflib's JSON-LD parser
]

PREFIXES = "PREFIX ex: <http://a.example/>\n"
QUERIES = {
    "SELECT": PREFIXES + "SELECT ?s ?h { ?s ex:hours ?h FILTER(?h > 8 && ?h != 9) } ORDER BY ?h",
    "ASK": PREFIXES + "ASK { ex:bram ex:knows ex:ans }",
    "CONSTRUCT": PREFIXES + "CONSTRUCT WHERE { ?s ex:hours ?h }",
    "DESCRIBE": PREFIXES + "DESCRIBE ex:ans",
}
TABLES = ["json", "xml", "csv", "tsv"]
GRAPHS = ["turtle", "n3", "rdf", "rdf+xml", "xml", "json-ld"]
WAYS = [("GET", None), ("POST", "urlencoded"), ("POST", "postdirectly")]


def _asked(endpoint: str, form: str, name: str, way: tuple[str, str | None]) -> object:
    client = SPARQLWrapper.SPARQLWrapper(endpoint, returnFormat=name)
    method, kind = way
    client.setMethod(method)
    if kind is not None:
        client.setRequestMethod(kind)
    client.setQuery(QUERIES[form])
    return client.query().convert()


@pytest.mark.parametrize("way", WAYS, ids=str)
@pytest.mark.parametrize("name", TABLES)
def test_solutions(endpoint: str, name: str, way: tuple[str, str | None]) -> None:
    found = _asked(endpoint, "SELECT", name, way)
    match name:
        case "json":
            assert isinstance(found, dict)
            assert [row["h"]["value"] for row in found["results"]["bindings"]] == ["24", "36"]
        case "xml":
            assert isinstance(found, Document)
            assert len(found.getElementsByTagName("result")) == 2
        case _:
            assert isinstance(found, bytes)
            assert len(found.splitlines()) == 3


@pytest.mark.parametrize("way", WAYS, ids=str)
@pytest.mark.parametrize("name", TABLES)
def test_yes_or_no(endpoint: str, name: str, way: tuple[str, str | None]) -> None:
    found = _asked(endpoint, "ASK", name, way)
    match name:
        case "json":
            assert isinstance(found, dict)
            assert found["boolean"] is True
        case "xml":
            assert isinstance(found, Document)
            assert found.getElementsByTagName("boolean")[0].firstChild.nodeValue == "true"
        case _:
            assert found == b"true"


@pytest.mark.parametrize("way", WAYS, ids=str)
@pytest.mark.parametrize("name", GRAPHS)
@pytest.mark.parametrize(("form", "size"), [("CONSTRUCT", 3), ("DESCRIBE", 5)])
def test_graphs(endpoint: str, form: str, size: int, name: str, way: tuple[str, str | None]) -> None:
    found = _asked(endpoint, form, name, way)
    graph = found if isinstance(found, Graph) else Graph().parse(data=found, format="turtle")  # type: ignore[arg-type]  # bytes
    assert len(graph) == size


@pytest.mark.parametrize("way", WAYS, ids=str)
@pytest.mark.parametrize(
    ("form", "name"),
    [(form, name) for form in ("SELECT", "ASK") for name in ("turtle", "n3", "rdf", "rdf+xml", "json-ld")]
    + [(form, name) for form in ("CONSTRUCT", "DESCRIBE") for name in ("csv", "tsv", "json")],
)
def test_format_that_does_not_fit_is_answered_all_the_same(
    endpoint: str, form: str, name: str, way: tuple[str, str | None]
) -> None:
    client = SPARQLWrapper.SPARQLWrapper(endpoint, returnFormat=name)
    client.setMethod(way[0])
    if way[1] is not None:
        client.setRequestMethod(way[1])
    client.setQuery(QUERIES[form])
    assert client.query().response.status == 200


def test_graphs_to_ask_of_can_be_named(endpoint: str) -> None:
    for method, kind in WAYS:
        client = SPARQLWrapper.SPARQLWrapper(endpoint, returnFormat="json", defaultGraph="http://a.example/none")
        client.setMethod(method)
        if kind is not None:
            client.setRequestMethod(kind)
        client.setQuery("ASK { ?s ?p ?o }")
        assert client.query().convert()["boolean"] is False
