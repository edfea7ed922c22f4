"""The SPARQL protocol, as clients speak it."""

from __future__ import annotations

import json
import re
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from urllib.parse import quote

import httpx
import pytest
from rdflib import Graph

from vakgraaf.rdf import iris

ASK = "ASK {}"
SELECT = f"SELECT ?s WHERE {{ ?s a <{iris.VG.Kerntaak}> }}"
CONSTRUCT = f"CONSTRUCT WHERE {{ <{iris.BASE}id/kerntaak/proef-2020-1> ?p ?o }}"
DESCRIBE = f"DESCRIBE <{iris.BASE}id/kerntaak/proef-2020-1>"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
JAVA = "text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2"
FORM = {"content-type": "application/x-www-form-urlencoded"}


def get(client: httpx.Client, query: str, accept: str = "*/*", **parameters: str) -> httpx.Response:
    return client.get("/sparql", params={"query": query, **parameters}, headers={"accept": accept})


@pytest.mark.parametrize("content_type", ["application/sparql-query", "application/sparql-query; charset=UTF-8"])
def test_three_ways_to_ask_give_the_same_answer(client: httpx.Client, content_type: str) -> None:
    by_get = get(client, SELECT)
    by_form = client.post("/sparql", data={"query": SELECT})
    by_body = client.post("/sparql", content=SELECT, headers={"content-type": content_type})
    assert by_get.status_code == 200
    assert by_get.json() == by_form.json() == by_body.json()
    assert len(by_get.json()["results"]["bindings"]) == 1


@pytest.mark.parametrize("query", ["SELECT ?x { BIND('a&&b+c%20d é' AS ?x) FILTER(true && true) }"])
def test_ampersands_plus_signs_and_percents_survive_every_way_of_asking(client: httpx.Client, query: str) -> None:
    answers = [
        client.get(f"/sparql?query={quote(query, safe='')}"),
        client.post("/sparql", content=f"query={quote(query, safe='')}", headers=FORM),
        client.post("/sparql", content=query.encode(), headers={"content-type": "application/sparql-query"}),
    ]
    assert {a.json()["results"]["bindings"][0]["x"]["value"] for a in answers} == {"a&&b+c%20d é"}


def test_percent_encoded_iri_is_decoded_once(client: httpx.Client) -> None:
    query = "SELECT ?x { BIND(STR(<http://a.example/a%20b>) AS ?x) }"
    for answer in (get(client, query), client.post("/sparql", data={"query": query})):
        assert answer.json()["results"]["bindings"][0]["x"]["value"] == "http://a.example/a%20b"


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("*/*", "application/sparql-results+json"),
        ("application/sparql-results+json", "application/sparql-results+json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/csv", "text/csv; charset=utf-8"),
        ("text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        ("application/json", "application/json"),
        (JAVA, "application/sparql-results+json"),
        ("application/sparql-results+json,*/*;q=0.9", "application/sparql-results+json"),
        (
            "application/x-sparqlstar-results+json,application/sparql-results+json,application/json,text/javascript,"
            "application/javascript",
            "application/sparql-results+json",
        ),
    ],
)
@pytest.mark.parametrize("query", [ASK, SELECT])
def test_results_come_as_accept_says(client: httpx.Client, query: str, accept: str, expected: str) -> None:
    answer = get(client, query, accept)
    assert (answer.status_code, answer.headers["content-type"]) == (200, expected)
    assert "Accept" in answer.headers["vary"]


@pytest.mark.parametrize(
    ("accept", "expected", "parser"),
    [
        ("*/*", "text/turtle; charset=utf-8", "turtle"),
        ("application/turtle,text/turtle", "text/turtle; charset=utf-8", "turtle"),
        ("application/n-triples,*/*;q=0.9", "application/n-triples", "nt"),
        ("application/rdf+xml", "application/rdf+xml", "xml"),
        ("application/ld+json,application/x-json+ld", "application/ld+json", "json-ld"),
        (JAVA, "text/turtle; charset=utf-8", "turtle"),
    ],
)
@pytest.mark.parametrize("query", [CONSTRUCT, DESCRIBE])
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")  # rdflib's JSON-LD parser
def test_graphs_come_as_accept_says_and_parse(
    client: httpx.Client, query: str, accept: str, expected: str, parser: str
) -> None:
    answer = get(client, query, accept)
    assert (answer.status_code, answer.headers["content-type"]) == (200, expected)
    assert len(Graph().parse(data=answer.content, format=parser)) >= 6


def test_link_with_a_question_shows_a_browser_the_form_with_that_question_in_it(client: httpx.Client) -> None:
    for query in (SELECT, "SELECT * { <script> </textarea> "):
        answer = get(client, query, BROWSER)
        assert (answer.status_code, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
        assert "Accept" in answer.headers["vary"]
        (shown,) = re.findall(r"<textarea[^>]*>\n(.*?)</textarea>", answer.text, re.DOTALL)
        assert unescape(shown) == query
        assert client.head("/sparql", params={"query": query}, headers={"accept": BROWSER}).status_code == 200


@pytest.mark.parametrize(
    "also",
    [{"format": "json"}, {"default-graph-uri": f"{iris.BASE}graph/proef-2020"}, {"timeout": "1"}, {"rewrite": "off"}],
    ids=lambda also: next(iter(also)),
)
def test_link_that_says_more_than_the_question_is_answered_in_a_browser_too(
    client: httpx.Client, also: dict[str, str]
) -> None:
    assert get(client, SELECT, BROWSER, **also).headers["content-type"] == "application/sparql-results+json"


@pytest.mark.parametrize("name", ["format", "output", "results"])
@pytest.mark.parametrize(("value", "expected"), [("csv", "text/csv"), ("xml", "application/sparql-results+xml")])
def test_parameter_decides_where_accept_names_nothing(
    client: httpx.Client, name: str, value: str, expected: str
) -> None:
    for accept in ("*/*", BROWSER):
        assert get(client, SELECT, accept, **{name: value}).headers["content-type"].startswith(expected)


def test_accept_that_names_a_type_beats_the_parameter(client: httpx.Client) -> None:
    assert get(client, SELECT, "text/csv", format="json").headers["content-type"].startswith("text/csv")


@pytest.mark.parametrize("value", ["xml", "json", "turtle", "n3", "rdf", "rdf+xml", "csv", "tsv", "json-ld"])
@pytest.mark.parametrize("query", [ASK, SELECT, CONSTRUCT, DESCRIBE])
def test_every_format_that_sparqlwrapper_sends_is_answered(client: httpx.Client, value: str, query: str) -> None:
    """A name that does not fit the query is let go, as SPARQLWrapper then sends `*/*`."""
    assert get(client, query, "*/*", format=value, output=value, results=value).status_code == 200


@pytest.mark.parametrize(("query", "accept"), [(SELECT, "text/turtle"), (CONSTRUCT, "text/csv"), (ASK, "image/png")])
def test_what_cannot_be_given_is_406_and_says_what_can(client: httpx.Client, query: str, accept: str) -> None:
    answer = get(client, query, accept)
    assert answer.status_code == 406
    assert "application/" in answer.json()["detail"]


def test_unknown_and_repeated_parameters_do_no_harm(client: httpx.Client) -> None:
    url = f"/sparql?ac=1&query={quote(SELECT)}&format=csv&format=text/csv&timeout=&foo=%00"
    assert client.get(url).text.startswith("s\r\n")


def test_query_may_stand_in_the_address_of_an_empty_post(client: httpx.Client) -> None:
    assert client.post("/sparql", params={"query": ASK}).json()["boolean"] is True


def test_csv_has_names_without_question_marks_and_ask_as_text(client: httpx.Client) -> None:
    assert get(client, SELECT, "text/csv").text.split("\r\n")[0] == "s"
    assert get(client, ASK, "text/csv").text == "true"


def test_default_graph_is_the_merge_of_all_named_graphs(client: httpx.Client) -> None:
    merged = get(client, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "text/csv").text
    distinct = "SELECT (COUNT(*) AS ?n) { SELECT DISTINCT ?s ?p ?o { GRAPH ?g { ?s ?p ?o } } }"
    assert merged == get(client, distinct, "text/csv").text != "n\r\n0\r\n"


@pytest.mark.parametrize(
    ("clause", "parameters"),
    [
        (f"FROM <{iris.graph('ontology')}>", {}),
        ("", {"default-graph-uri": str(iris.graph("ontology"))}),
        (f"FROM <{iris.graph('shapes')}>", {"default-graph-uri": str(iris.graph("ontology"))}),
    ],
)
def test_from_and_the_protocols_dataset_mean_graphs_of_this_store(
    client: httpx.Client, clause: str, parameters: dict[str, str]
) -> None:
    counted = get(client, f"SELECT (COUNT(*) AS ?n) {clause} WHERE {{ ?s ?p ?o }}", "text/csv", **parameters)
    own = get(client, f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{iris.graph('ontology')}> {{ ?s ?p ?o }} }}", "text/csv")
    assert counted.text == own.text
    named = {"named-graph-uri": str(iris.graph("shapes"))}
    assert get(client, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "text/csv", **named).text == "n\r\n0\r\n"
    assert get(client, "ASK { GRAPH ?g { ?s ?p ?o } }", "text/csv", **named).text == "true"


@pytest.mark.parametrize("source", ["file:///etc/passwd", "http://127.0.0.1:9/x"])
def test_from_reads_no_file_and_no_address(client: httpx.Client, source: str) -> None:
    assert get(client, f"SELECT * FROM <{source}> WHERE {{ ?s ?p ?o }}", "text/csv").text == "s,p,o\r\n" or (
        get(client, f"ASK FROM <{source}> {{ ?s ?p ?o }}", "text/csv").text == "false"
    )


def test_syntax_error_is_400_with_line_and_column_in_two_languages(client: httpx.Client) -> None:
    for language, word in (("nl", "Regel"), ("en", "Line")):
        answer = client.get("/sparql", params={"query": "SELECT * {\n  FOO }"}, headers={"accept-language": language})
        assert answer.status_code == 400
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.headers["content-language"] == language
        problem = answer.json()
        assert (problem["line"], problem["status"]) == (2, 400)
        assert problem["column"] >= 3
        assert word in problem["detail"]


def test_error_for_a_browser_is_a_page(client: httpx.Client) -> None:
    answer = client.post("/sparql", data={"query": "SELECT * { <script> }"}, headers={"accept": BROWSER})
    assert answer.status_code == 400
    assert answer.headers["content-type"].startswith("text/html")
    assert "<script" not in answer.text


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        (b"x", "text/csv", 415),
        (b"query=%FF", "application/x-www-form-urlencoded", 400),
        (b"\xff", "application/sparql-query", 400),
        (b"foo=bar", "application/x-www-form-urlencoded", 400),
        (b"update=CLEAR+ALL", "application/x-www-form-urlencoded", 400),
        (b"CLEAR ALL", "application/sparql-query", 403),
        (b"x" * 4_000_000, "application/sparql-query", 413),
        (b"#" * 1_500_000, "application/sparql-query", 413),
    ],
)
def test_bodies_that_are_no_query_are_refused(
    client: httpx.Client, body: bytes, content_type: str, status: int
) -> None:
    answer = client.post("/sparql", content=body, headers={"content-type": content_type})
    assert answer.status_code == status
    assert answer.json()["status"] == status


def test_browser_without_query_gets_a_form_with_examples(client: httpx.Client) -> None:
    page = client.get("/sparql", headers={"accept": BROWSER})
    assert page.status_code == 200
    assert '<html lang="nl">' in page.text
    assert "Welke profielen zijn er?" in page.text
    english = client.get("/sparql?lang=en", headers={"accept": BROWSER})
    assert '<html lang="en">' in english.text


@pytest.mark.parametrize("accept", ["*/*", "text/turtle", "application/rdf+xml"])
def test_rdf_client_without_query_gets_a_description_of_the_service(client: httpx.Client, accept: str) -> None:
    answer = client.get("/sparql", headers={"accept": accept})
    parser = "xml" if "xml" in accept else "turtle"
    graph = Graph().parse(data=answer.content, format=parser)
    endpoints = [o for _, p, o in graph if str(p).endswith("#endpoint")]
    assert [str(o) for o in endpoints] == [str(client.base_url).rstrip("/") + "/sparql"]
    assert sum(str(p).endswith("#resultFormat") for _, p, _ in graph) == 8


def test_head_has_the_headers_of_get_and_no_body(client: httpx.Client) -> None:
    answer = client.head("/sparql", params={"query": SELECT})
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["content-type"] == "application/sparql-results+json"


def test_same_question_again_is_304_unless_it_has_a_clock_in_it(client: httpx.Client) -> None:
    tag = get(client, SELECT).headers["etag"]
    again = client.get("/sparql", params={"query": SELECT}, headers={"if-none-match": f'"x", {tag}'})
    assert (again.status_code, again.content) == (304, b"")
    other = client.get("/sparql", params={"query": SELECT}, headers={"if-none-match": tag, "accept": "text/csv"})
    assert other.status_code == 200
    assert "etag" not in get(client, "SELECT (NOW() AS ?n) {}").headers


def test_reading_is_open_to_other_origins_without_credentials(client: httpx.Client) -> None:
    answer = client.get("/sparql", params={"query": ASK}, headers={"origin": "http://a.example"})
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in answer.headers
    preflight = client.options(
        "/sparql", headers={"origin": "http://a.example", "access-control-request-method": "POST"}
    )
    assert preflight.status_code == 204
    assert "POST" in preflight.headers["access-control-allow-methods"]


def test_first_requests_of_all_at_once_are_all_answered(address: str) -> None:
    with ThreadPoolExecutor(8) as threads:
        answers = list(
            threads.map(lambda _: httpx.get(f"{address}/sparql", params={"query": SELECT}, timeout=20), range(64))
        )
    assert {a.status_code for a in answers} == {200}
    assert len({json.dumps(a.json()) for a in answers}) == 1
