"""The SPARQL 1.1 Protocol's query operation as real clients speak it, over HTTP."""

from __future__ import annotations

from contextlib import suppress
from urllib.parse import quote, unquote_plus, urlencode

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vakgraaf.rdf import iris
from vakgraaf.web.problems import HttpProblem
from vakgraaf.web.protocol import FORM_TYPE, QUERY_TYPE, operation, query_text

ASK = "ASK { ?s ?p ?o }"
ODD = 'SELECT ("a&&b+c%20d é=;#" AS ?x) { FILTER(1 < 2 && 3 > 2) }'
GRAPH = str(iris.graph("ontology"))


def _post(client: httpx.Client, body: str | bytes, kind: str | None, url: str = "/sparql") -> httpx.Response:
    content = body.encode() if isinstance(body, str) else body
    return client.post(url, content=content, headers={} if kind is None else {"content-type": kind})


def test_every_way_to_send_a_query_gives_the_same_answer(client: httpx.Client) -> None:
    form = urlencode({"query": ODD})
    answers = [
        client.get("/sparql", params={"query": ODD}),
        client.get(f"/sparql?query={quote(ODD, safe='')}"),
        client.get(f"/sparql/?{form}"),
        _post(client, form, FORM_TYPE),
        _post(client, form, f"{FORM_TYPE}; charset=UTF-8"),
        _post(client, ODD, QUERY_TYPE),
        _post(client, ODD, f'{QUERY_TYPE};charset="utf-8"'),
        _post(client, "\ufeff" + ODD, QUERY_TYPE),
        client.request("QUERY", "/sparql", content=ODD.encode(), headers={"content-type": QUERY_TYPE}),
        client.request("QUERY", "/sparql", content=form.encode(), headers={"content-type": FORM_TYPE}),
        client.post("/sparql", params={"query": ODD}),
    ]
    assert [a.status_code for a in answers] == [200] * len(answers)
    assert {a.json()["results"]["bindings"][0]["x"]["value"] for a in answers} == {"a&&b+c%20d é=;#"}


def test_form_in_latin_1_is_read_as_that(client: httpx.Client) -> None:
    body = urlencode({"query": 'SELECT ("é" AS ?x) {}'}, encoding="iso-8859-1")
    assert _post(client, body, f"{FORM_TYPE}; charset=ISO-8859-1").json()["results"]["bindings"][0]["x"]["value"] == "é"


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (ASK, "text/plain", 415),
        (ASK, None, 415),
        (urlencode({"query": ASK}), None, 415),
        (ASK.encode("utf-16"), f"{QUERY_TYPE}; charset=UTF-16", 415),
        ("INSERT DATA {}", "application/sparql-update", 415),
        (b"ASK { <http://a.example/\xff> ?p ?o }", QUERY_TYPE, 400),
        (b"query=ASK%7B%FF%7D", FORM_TYPE, 400),
        (b"query=ASK{\xff}", FORM_TYPE, 400),
        ("x=y", FORM_TYPE, 400),
        ("", QUERY_TYPE, 400),
        ("query=", FORM_TYPE, 400),
        ("update=CLEAR+ALL", FORM_TYPE, 400),
        ("query=ASK+%7B%7D&query=SELECT+*+%7B%7D", FORM_TYPE, 400),
        ("query=ASK+%7B%7D&timeout=soon", FORM_TYPE, 400),
        ("query=ASK+%7B%7D&timeout=-1", FORM_TYPE, 400),
        ("query=ASK+%7B%7D&default-graph-uri=no+iri", FORM_TYPE, 400),
    ],
)
def test_what_is_no_query_is_refused_with_a_problem(
    client: httpx.Client, body: str | bytes, kind: str | None, status: int
) -> None:
    answer = _post(client, body, kind)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert answer.json()["detail"]


@pytest.mark.parametrize(
    ("query", "status"),
    [("query=ASK%20%7B%7D&query=SELECT%20%2A%20%7B%7D", 400), ("update=CLEAR%20ALL", 400), ("query=", 400)],
)
def test_address_that_asks_no_single_query_is_refused(client: httpx.Client, query: str, status: int) -> None:
    assert client.get(f"/sparql?{query}").status_code == status
    assert client.get(f"/sparql?{query}", headers={"accept": "text/html"}).status_code == status


def test_same_query_said_twice_is_one_query(client: httpx.Client) -> None:
    twice = urlencode([("query", ASK), ("query", ASK)])
    assert client.get(f"/sparql?{twice}").json()["boolean"] is True
    assert _post(client, ASK, QUERY_TYPE, f"/sparql?{urlencode({'query': ASK})}").json()["boolean"] is True


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_other_methods_are_refused(client: httpx.Client, method: str) -> None:
    answer = client.request(method, "/sparql", params={"query": ASK})
    assert answer.status_code == 405
    assert "POST" in answer.headers["allow"]


def test_dataset_in_the_address_counts_beside_any_body(client: httpx.Client) -> None:
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    dataset = [("default-graph-uri", GRAPH), ("default-graph-uri", str(iris.graph("shapes")))]
    url = f"/sparql?{urlencode(dataset)}"
    form = urlencode([("query", count), *dataset])
    answers = [
        client.get("/sparql", params=[("query", count), *dataset]),
        _post(client, count, QUERY_TYPE, url),
        _post(client, urlencode({"query": count}), FORM_TYPE, url),
        _post(client, form, FORM_TYPE),
        _post(client, form, FORM_TYPE, url),
    ]
    found = {a.json()["results"]["bindings"][0]["n"]["value"] for a in answers}
    one = client.get("/sparql", params=[("query", count), dataset[0]])
    assert len(found) == 1
    assert int(found.pop()) > int(one.json()["results"]["bindings"][0]["n"]["value"]) > 0


def test_named_graphs_of_the_protocol_are_the_only_ones(client: httpx.Client) -> None:
    query = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }"
    answer = _post(client, query, QUERY_TYPE, f"/sparql?{urlencode({'named-graph-uri': GRAPH})}")
    assert [b["g"]["value"] for b in answer.json()["results"]["bindings"]] == [GRAPH]


def test_relative_iri_has_a_base(client: httpx.Client) -> None:
    answer = client.get("/sparql", params={"query": "SELECT (STR(<x>) AS ?x) {}"})
    assert answer.json()["results"]["bindings"][0]["x"]["value"] == iris.BASE + "x"


@pytest.mark.parametrize("value", ["1", "1.5", "500ms", "30s", "2m", "0", "", "30000"])
def test_timeout_may_be_said_in_several_ways(client: httpx.Client, value: str) -> None:
    assert client.get("/sparql", params={"query": ASK, "timeout": value}).status_code == 200


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("30", 30), ("1.5", 1.5), ("500ms", 0.5), ("500 MS", 0.5), ("2m", 120), ("2min", 120), ("0", None), (" ", None)],
)
def test_timeout_is_in_seconds_unless_it_says_otherwise(text: str, seconds: float | None) -> None:
    found = operation(urlencode({"query": ASK, "timeout": text}).encode())
    assert found.options.timeout_s == seconds


@pytest.mark.parametrize(("value", "rewrites"), [("off", False), ("0", False), ("on", True), ("", True)])
def test_rewriting_can_be_turned_off(value: str, rewrites: bool) -> None:
    assert operation(urlencode({"query": ASK, "rewrite": value}).encode()).options.rewrite is rewrites


@given(
    st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1, max_size=50).filter(
        lambda text: not text.startswith("\ufeff")
    )
)
def test_any_text_arrives_as_it_was_sent_whichever_way(text: str) -> None:
    encoded = urlencode({"query": text}).encode()
    percent = b"query=" + quote(text, safe="").encode()
    found = {
        operation(encoded).query,
        operation(percent).query,
        operation(b"", encoded, FORM_TYPE).query,
        operation(b"", text.encode(), QUERY_TYPE).query,
    }
    assert found == {text}


@given(
    st.binary(max_size=60), st.binary(max_size=60), st.sampled_from(["", QUERY_TYPE, FORM_TYPE, "a/b", ";charset=x"])
)
def test_no_bytes_at_all_are_an_error_of_ours(address: bytes, body: bytes, kind: str) -> None:
    with suppress(HttpProblem):
        operation(address, body, kind)


def test_of_thousands_of_formats_the_first_few_count() -> None:
    asked = operation(b"query=ASK{}&format=csv" + b"".join(b"&output=f%d" % n for n in range(4_000)))
    assert asked.formats[0] == "csv"
    assert len(asked.formats) < 100


@pytest.mark.parametrize(
    ("query", "line", "column", "token", "said"),
    [
        ("SELECT * {\n  FOO }", 2, 3, "FOO", "FOO does not fit here"),
        ("SELECT * { ?s skos:prefLabel ?o }", 1, 15, "skos:prefLabel", "PREFIX skos: <http://www.w3.org/2004/02/skos"),
        ("SELECT ?s WHERE { { ?s ?p ?o", 1, 29, None, "still missing is } }"),
        ("ASK " + "{" * 90, 1, 95, None, "still missing is } } } } } } } } } } …."),
        ("SELECT * { ?s ?p ?o } GROUP BY ?s", 1, 8, "*", "name the variables"),
        ("SELECT (1 AS ?x) (2 AS ?x)\nWHERE { ?s ?p ?o }\nLIMIT 10", 1, 24, "?x", "another name"),
        ("SELECT * { ?s ?p ?o . BIND(1 AS ?o) }", 1, 33, "?o", "another name"),
        ("SELECT ?s\n (COUNT(?o) AS ?n)\nWHERE { ?s ?p ?o }", 1, 8, "?s", "nor in an aggregate"),
        ("ASK { ?s ?p ?o } HAVING(COUNT(*) > 1)", 1, 25, "COUNT", "put it in a subselect"),
        ("SELECT * { ?s ?p 'é' . # é\n ?x ?y }", 2, 8, "}", "a variable, an IRI or a value"),
        ("SELECT * { ?s ?p ?o } LIMIT x", 1, 29, "x", "x does not fit here"),
        (
            r'ASK { ?s ?p ?o FILTER REGEX(?o, "^\d+$") }',
            1,
            33,
            r'"^\d+$"',
            r"\d is no escape in a string; write \\ for",
        ),
        (r"ASK { ?s ?p 'C:\Users' }", 1, 13, r"'C:\Users'", r"\U is no escape"),
        (r'ASK { ?s ?p "\n\uD800" }', 1, 13, r'"\n\uD800"', r"\uD800 is no character"),
        ("ASK { http://a.example/s ?p ?o }", 1, 7, "http:", "between < and >"),
        ("PREFIX a: <urn:a>\nPREFIX b: <urn: b> ASK {}", 2, 1, None, "write PREFIX name: <IRI>"),
        ("PREFIX b <urn:b> ASK {}", 1, 1, None, "write PREFIX name: <IRI>"),
        ("base http://a.example/ ASK {}", 1, 1, None, "write base <IRI>"),
        ("# PREFIX, or what?\nFOO", 2, 1, "FOO", "should follow the prefixes"),
    ],
)
def test_syntax_problem_says_where_what_and_why(
    client: httpx.Client, query: str, line: int, column: int, token: str | None, said: str
) -> None:
    answer = client.get("/sparql", params={"query": query}, headers={"accept-language": "en"})
    problem = answer.json()
    assert (answer.status_code, problem["line"], problem["column"], problem.get("token")) == (400, line, column, token)
    assert said in problem["detail"]
    assert len(problem["detail"]) < 200


@pytest.mark.parametrize(
    ("query", "line", "column", "token"),
    [
        ("SELECT * {\n  SERVICE <http://a.example/> {} }", 2, 3, "SERVICE"),
        ("SELECT * {\n  BIND(EXISTS { service ?x {} } AS ?y) }", 2, 17, "service"),
        ("PREFIX : <#>\nDELETE WHERE { ?s ?p ?o }", 2, 1, "DELETE"),
    ],
)
def test_what_is_refused_in_a_query_is_told_with_its_place(
    client: httpx.Client, query: str, line: int, column: int, token: str
) -> None:
    answer = client.get("/sparql", params={"query": query})
    problem = answer.json()
    assert answer.status_code == 403
    assert (problem["line"], problem["column"], problem["token"]) == (line, column, token)


@pytest.mark.parametrize(("language", "said"), [("nl", "kent de functie"), ("en", "does not know the function")])
def test_function_that_nobody_knows_is_the_clients_error(client: httpx.Client, language: str, said: str) -> None:
    query = {"query": "SELECT (<http://a.example/f>(1) AS ?x) {}"}
    answer = client.get("/sparql", params=query, headers={"accept-language": language})
    assert answer.status_code == 400
    assert f"{said} <http://a.example/f>" in answer.json()["detail"]


@given(st.text(st.sampled_from("%=3DdA0 +é\t\n\r\x00?&#_~"), max_size=20))
def test_text_in_an_address_is_read_as_the_standard_library_reads_it(address: str) -> None:
    """Also where an escape is none, and where it holds the sign that another code has for its escapes."""
    expected = unquote_plus(address)
    if "\ufffd" in expected:
        with pytest.raises(HttpProblem):
            query_text(address.encode())
    else:
        assert query_text(address.encode()) == expected
    assert query_text(quote(address, "").encode()) == address
