"""In front of another SPARQL server this one answers as it does with its own store."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import AbstractContextManager

import httpx
import pyoxigraph as ox
import pytest

from vakgraaf.rdf import iris

_TASK = f"<{iris.BASE}id/kerntaak/proef-1>"
_RESULTS = [
    "application/sparql-results+json",
    "application/sparql-results+xml",
    "text/csv",
    "text/tab-separated-values",
]
_GRAPHS = [
    "application/trig",
    "application/n-quads",
    "text/turtle",
    "application/n-triples",
    "application/rdf+xml",
    "application/ld+json",
]


def asked(address: str, query: str, accept: str = "*/*", **parameters: str) -> httpx.Response:
    return httpx.post(f"{address}/sparql", data={"query": query, **parameters}, headers={"accept": accept}, timeout=30)


@pytest.mark.parametrize("accept", _RESULTS)
def test_select_and_ask_come_in_every_format_of_tables(front: str, accept: str) -> None:
    for query in (f"SELECT ?o WHERE {{ {_TASK} ?p ?o }}", "ASK { ?s ?p ?o }"):
        answer = asked(front, query, accept)
        assert answer.status_code == 200, answer.text
        assert answer.headers["content-type"].startswith(accept)
    rows = asked(front, f"SELECT ?o WHERE {{ {_TASK} <urn:getal> ?o }}", accept)
    assert "5" in rows.text


@pytest.mark.parametrize("accept", _GRAPHS)
def test_construct_comes_in_every_format_of_graphs(front: str, accept: str) -> None:
    answer = asked(front, f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{iris.BASE}graph/proef> {{ ?s ?p ?o }} }}", accept)
    assert answer.headers["content-type"].startswith(accept)
    assert len(list(ox.parse(answer.content, ox.RdfFormat.from_media_type(accept)))) == 5


def test_select_comes_as_a_table_with_typed_columns(front: str) -> None:
    ipc = pytest.importorskip("pyarrow.ipc", reason="the extra arrow is not installed")
    answer = asked(front, "SELECT ?o { ?s <urn:p> ?o FILTER (?o < 10) }", "application/vnd.apache.arrow.stream")
    assert answer.status_code == 200, answer.text
    assert sorted(ipc.open_stream(answer.content).read_all()["o"].to_pylist()) == list(range(10))


def test_default_graph_is_all_graphs_together_unless_the_query_names_its_own(front: str) -> None:
    count = "SELECT (COUNT(*) AS ?n) {} WHERE {{ ?s <urn:p> ?o }}"
    assert asked(front, count.format(""), "text/csv").text.split() == ["n", "3001"]
    assert asked(front, count.format("FROM <urn:veel>"), "text/csv").text.split() == ["n", "3000"]
    assert asked(front, count.format(""), "text/csv", **{"default-graph-uri": "urn:none"}).text.split() == ["n", "0"]


def test_default_graph_own_is_the_unnamed_graph(behind: str, serving: Callable[..., str]) -> None:
    answer = asked(serving(f"{behind}/query", default_graph="own"), "SELECT ?s WHERE { ?s ?p ?o }", "text/csv")
    assert answer.text.split() == ["s", "urn:unnamed"]


def test_pages_are_made_of_what_the_other_server_has(front: str) -> None:
    page = httpx.get(f"{front}/doc/kerntaak/proef-1", headers={"accept": "text/html"})
    assert page.status_code == 200
    assert "Zorgen" in page.text
    data = httpx.get(f"{front}/doc/kerntaak/proef-1.ttl")
    assert "Zorgen" in data.text
    assert httpx.get(f"{front}/graph/proef.nt").text.count("\n") == 5
    assert httpx.get(f"{front}/graph/nergens").status_code == 404
    for path in ("/", "/sparql", "/health"):
        assert httpx.get(f"{front}{path}", headers={"accept": "text/html"}).status_code == 200, path


def test_an_error_in_the_query_keeps_its_line_and_column(front: str) -> None:
    problem = asked(front, "SELECT * {\n ?s ?p }")
    assert problem.status_code == 400
    assert problem.json()["line"] == 2
    assert problem.json()["column"] is not None


def test_guard_stands_before_the_other_server_too(front: str) -> None:
    assert asked(front, "SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }").status_code == 403
    assert asked(front, "DROP ALL").status_code == 403


def test_query_that_takes_too_long_is_a_timeout_and_the_next_one_is_answered(
    fresh_oxigraph: Callable[..., AbstractContextManager[str]], serving: Callable[..., str]
) -> None:
    numbers = " ".join(map(str, range(3000)))
    heavy = (
        f"SELECT (COUNT(*) AS ?n) {{ VALUES ?a {{ {numbers} }} VALUES ?b {{ {numbers} }} VALUES ?c {{ {numbers} }}"
        " FILTER (?a + ?b > ?c) }"
    )
    # An engine of its own, which goes on with the query for hours until somebody ends it.
    with fresh_oxigraph() as behind:
        front = serving(f"{behind}/query", query_timeout_s=1)
        assert asked(front, heavy).status_code == 504
        assert asked(front, "ASK {}").json()["boolean"] is True


def test_answers_carry_no_validator_that_could_be_true_of_other_data(front: str) -> None:
    get = {"params": {"query": "ASK {}"}}
    assert "etag" not in httpx.get(f"{front}/sparql", **get).headers
    first, second = (httpx.get(f"{front}/doc/kerntaak/proef-1.ttl").headers.get("etag") for _ in range(2))
    assert first is None or first != second


def test_version_that_the_operator_names_makes_answers_comparable(behind: str, serving: Callable[..., str]) -> None:
    front = serving(f"{behind}/query", remote_version="2026-11")
    address = f"{front}/sparql?query=ASK%7B%7D"
    tag = httpx.get(address).headers["etag"]
    assert httpx.get(address, headers={"if-none-match": tag}).status_code == 304


def test_server_that_is_not_there_is_an_error_with_its_address(
    fresh_oxigraph: Callable[..., AbstractContextManager[str]], serving: Callable[..., str]
) -> None:
    with fresh_oxigraph() as behind:
        front = serving(f"{behind}/query")
    problem = asked(front, "ASK {}")
    assert problem.status_code == 502
    assert behind.removeprefix("http://") in problem.json()["detail"]
    assert httpx.get(f"{front}/health").status_code == 503


def test_large_answer_streams_whole(front: str) -> None:
    rows = asked(
        front, "SELECT * { GRAPH <urn:veel> { ?s ?p ?o } GRAPH <urn:veel> { ?a ?b ?c } } LIMIT 20000", _RESULTS[0]
    )
    assert len(json.loads(rows.content)["results"]["bindings"]) == 20000
