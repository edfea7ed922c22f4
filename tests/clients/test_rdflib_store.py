"""rdflib's SPARQLStore: a graph of rdflib that lives on this server."""

from __future__ import annotations

from contextlib import closing

import pytest
from rdflib import RDFS, Graph, Literal, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore, SPARQLUpdateStore

EX = "http://a.example/"
METHODS = ["GET", "POST", "POST_FORM"]


@pytest.fixture(params=METHODS)
def graph(endpoint: str, request: pytest.FixtureRequest) -> Graph:
    """A graph on the server, asked with one of the methods."""
    return Graph(SPARQLStore(endpoint, method=request.param))


def test_patterns_are_matched(graph: Graph) -> None:
    assert set(graph.objects(URIRef(EX + "ans"), RDFS.label)) == {Literal("Ans", lang="nl")}
    assert (URIRef(EX + "bram"), URIRef(EX + "knows"), URIRef(EX + "ans")) in graph
    assert (URIRef(EX + "a%20b"), RDFS.label, Literal("spatie", lang="nl")) in graph
    assert len(list(graph.triples((None, URIRef(EX + "hours"), None)))) == 3


def test_queries_are_answered(graph: Graph) -> None:
    rows = graph.query("SELECT ?s { ?s <http://a.example/hours> ?h FILTER(?h > 20 && ?h < 30) }")
    assert [str(row[0]) for row in rows] == [EX + "ans"]  # type: ignore[index]  # a row of a SELECT
    assert graph.query("ASK { ?s ?p 36 }").askAnswer is True
    built = graph.query("CONSTRUCT WHERE { ?s <http://a.example/hours> ?h }").graph
    assert built is not None
    assert len(built) == 3


def test_triples_are_added_and_removed(endpoint: str, token: str) -> None:
    headers = {"Authorization": f"Bearer {token}"}
    update = endpoint.replace("/sparql", "/update")
    with closing(SPARQLUpdateStore(endpoint, update, method="POST", headers=headers)) as store:
        graph = Graph(store, identifier=URIRef(EX + "notes"))
        fact = (URIRef(EX + "ans"), RDFS.comment, Literal('zegt "ja"\nen nee', lang="nl"))
        graph.add(fact)
        assert list(graph) == [fact]
        graph.update("DELETE WHERE { ?s ?p ?o }")
        assert list(graph) == []
