"""In which format an answer comes, and that it is one of that format."""

from __future__ import annotations

import re
from contextlib import suppress
from io import BytesIO

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vakgraaf.engine import Form, offers
from vakgraaf.web.offering import negotiate
from vakgraaf.web.problems import HttpProblem

ASK = "ASK { ?s ?p ?o }"
SELECT = "SELECT ?s { ?s ?p ?o } LIMIT 1"
CONSTRUCT = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } LIMIT 3"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"


def _formats(form: Form) -> list[str]:
    return [f.media_type for f in offers(form)]


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        (None, "application/sparql-results+json"),
        ("*/*", "application/sparql-results+json"),
        ("application/*", "application/sparql-results+json"),
        ("text/*", "text/csv"),
        ("application/json, text/xml, application/xml, */*", "application/json"),  # httr
        ("text/csv;q=0.5, text/tab-separated-values", "text/tab-separated-values"),
        ("application/sparql-results+json;q=0, */*", "application/sparql-results+xml"),
        ("application/sparql-results+json;version=1.2", "application/sparql-results+json"),
        (
            "application/sparql-results+json;q=1.0,application/sparql-results+xml;q=0.7",
            "application/sparql-results+json",
        ),
        (BROWSER, "application/sparql-results+json"),
        ("text/html", None),
        ("text/turtle", None),
    ],
)
def test_table_comes_in_the_type_that_accept_prefers(accept: str | None, expected: str | None) -> None:
    for form in (Form.SELECT, Form.ASK):
        if expected is None:
            with pytest.raises(HttpProblem, match="csv"):
                negotiate(accept, (), form)
        else:
            assert negotiate(accept, (), form)[1] == expected


PROTEGE = "application/rdf+xml, application/xml; q=0.7, text/xml; q=0.6, text/plain; q=0.1, */*; q=0.09"


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        (None, "text/turtle"),
        ("*/*", "text/turtle"),
        ("text/*", "text/turtle"),
        (PROTEGE, "application/rdf+xml"),
        ("application/trig", "application/trig"),
        ("application/n-quads", "application/n-quads"),
        ("application/n-triples,*/*;q=0.9", "application/n-triples"),
        ('application/ld+json;profile="http://www.w3.org/ns/json-ld#compacted"', "application/ld+json"),
        (BROWSER, "text/turtle"),
        ("text/csv", None),
    ],
)
def test_graph_comes_in_the_type_that_accept_prefers(accept: str | None, expected: str | None) -> None:
    for form in (Form.CONSTRUCT, Form.DESCRIBE):
        if expected is None:
            with pytest.raises(HttpProblem, match="turtle"):
                negotiate(accept, (), form)
        else:
            assert negotiate(accept, (), form)[1] == expected


@given(
    st.lists(
        st.tuples(
            st.sampled_from([*_formats(Form.SELECT), *_formats(Form.CONSTRUCT), "*/*", "text/*", "image/png"]),
            st.sampled_from(["", ";q=0", ";q=0.2", ";q=0.9"]),
        ).map("".join),
        max_size=4,
    ).map(",".join),
    st.lists(st.sampled_from(["json", "xml", "csv", "turtle", "json-ld", "rdf+xml", "n3", "text/csv"]), max_size=3),
    st.sampled_from(Form),
)
def test_whatever_is_asked_what_comes_was_on_offer_and_not_refused(accept: str, names: list[str], form: Form) -> None:
    found = None
    with suppress(HttpProblem):
        found = negotiate(accept, tuple(names), form)
    if found is None:
        assert accept, "asking for nothing in particular is never refused"
        return
    chosen, media_type = found
    assert chosen in offers(form)
    assert f"{media_type};q=0" not in accept.split(",") or names or accept.count(media_type) > 1


@pytest.mark.parametrize("accept", [None, "*/*", BROWSER])
def test_unknown_format_is_406_with_the_names_of_those_there_are(client: httpx.Client, accept: str | None) -> None:
    headers = {} if accept is None else {"accept": accept}
    answer = client.get("/sparql", params={"query": SELECT, "format": "pdf"}, headers=headers)
    assert answer.status_code == 406
    assert "csv" in answer.text


def test_accept_that_names_a_type_outweighs_a_format_that_nobody_knows(client: httpx.Client) -> None:
    answer = client.get("/sparql", params={"query": SELECT, "format": "auto"}, headers={"accept": "text/csv"})
    assert answer.headers["content-type"].startswith("text/csv")


@pytest.mark.parametrize("path", ["/doc/profiel/proef-2020", "/def", "/shapes", "/graph/proef-2020"])
@pytest.mark.parametrize("name", ["pdf", "csv"])
def test_view_in_a_format_that_is_not_there_is_406_and_no_page(client: httpx.Client, path: str, name: str) -> None:
    answer = client.get(path, params={"format": name}, headers={"accept": "text/html"})
    assert answer.status_code == 406
    assert "turtle" in answer.text


@pytest.mark.parametrize("kind", ["text/csv", "text/tab-separated-values"])
def test_ask_in_csv_and_tsv_is_the_word(client: httpx.Client, kind: str) -> None:
    assert client.get("/sparql", params={"query": ASK}, headers={"accept": kind}).text.strip() == "true"


@pytest.mark.parametrize("kind", ["application/trig", "application/n-quads"])
def test_graph_may_come_in_a_format_for_datasets(client: httpx.Client, kind: str) -> None:
    answer = client.get("/sparql", params={"query": CONSTRUCT}, headers={"accept": kind})
    assert answer.headers["content-type"].startswith(kind)
    assert answer.text.strip()


def test_turtle_declares_the_prefixes_that_it_uses(client: httpx.Client) -> None:
    query = "CONSTRUCT { <http://a.example/s> <http://www.w3.org/2004/02/skos/core#prefLabel> 1 } WHERE {}"
    declared = re.findall(r"@prefix (\w*):", client.get("/sparql", params={"query": query}).text)
    assert declared == ["skos"]


@pytest.fixture(params=["application/sparql-results+json", "application/sparql-results+xml"])
def results_type(request: pytest.FixtureRequest) -> str:
    """A format that can hold triple terms."""
    return str(request.param)


def test_triple_terms_and_base_directions_come_through(client: httpx.Client, results_type: str) -> None:
    query = 'SELECT * { BIND(<<( <http://a.example/s> <http://a.example/p> 1 )>> AS ?t) BIND("x"@nl--ltr AS ?d) }'
    answer = client.get("/sparql", params={"query": query}, headers={"accept": f"{results_type};version=1.2"})
    assert answer.status_code == 200
    assert "triple" in answer.text
    assert "ltr" in answer.text


TYPED = """PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
SELECT ?number ?large ?price ?share ?yes ?day ?moment ?local ?thing ?text ?mixed ?none {
  VALUES (?number ?large ?price ?share ?yes ?day ?moment ?local ?thing ?text ?mixed ?none) {
    (1 99999999999999999999 1.25 1e3 true "2024-01-02"^^xsd:date "2024-01-02T03:04:05+01:00"^^xsd:dateTime
      "2024-01-02T03:04:05"^^xsd:dateTime <http://a.example/> "é"@nl 1 UNDEF)
    (UNDEF 2 -3 "INF"^^xsd:double false UNDEF UNDEF UNDEF UNDEF "b" "b" UNDEF)
  } }"""


@pytest.mark.parametrize("name", ["arrow", "parquet"])
def test_columns_have_types(client: httpx.Client, name: str) -> None:
    pa = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    answer = client.get("/sparql", params={"query": TYPED, "format": name})
    assert answer.status_code == 200
    content = BytesIO(answer.content)
    table = pa.ipc.open_stream(content).read_all() if name == "arrow" else parquet.read_table(content)
    assert [str(field.type) for field in table.schema] == [
        "int64",
        "string",  # too large for 64 bits
        "decimal128(38, 2)",
        "double",
        "bool",
        "date32[day]",
        "timestamp[us, tz=UTC]",
        "timestamp[us]",
        "string",
        "string",
        "string",
        "string",
    ]
    assert table.column("number").to_pylist() == [1, None]
    assert table.column("mixed").to_pylist() == ["1", "b"]
    assert table.column("moment")[0].as_py().isoformat() == "2024-01-02T02:04:05+00:00"
    assert table.schema.field("thing").metadata == {b"rdf_type": b"IRI"}


def test_table_of_many_rows_comes_in_batches(client: httpx.Client) -> None:
    pa = pytest.importorskip("pyarrow")
    query = "SELECT ?a ?d { ?a ?b ?c . ?d ?e ?f } LIMIT 70000"
    answer = client.get("/sparql", params={"query": query}, headers={"accept": "application/vnd.apache.arrow.stream"})
    batches = list(pa.ipc.open_stream(answer.content))
    assert [batch.num_rows for batch in batches] == [65536, 4464]


@pytest.mark.parametrize("query", [ASK, CONSTRUCT])
def test_only_solutions_make_a_table_with_columns(client: httpx.Client, query: str) -> None:
    answer = client.get("/sparql", params={"query": query}, headers={"accept": "application/vnd.apache.parquet"})
    assert answer.status_code == 406


def test_server_without_the_extra_says_which_one_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vakgraaf.engine.columns.AVAILABLE", False)
    for accept, names in (("application/vnd.apache.parquet", ()), ("*/*", ("arrow",)), (None, ("parquet",))):
        # A header of its own, as answers are remembered.
        own = f"{accept or '*/*'}, image/x-{len(names)}{accept is None}"
        with pytest.raises(HttpProblem, match=r"vakgraaf\[arrow\]") as caught:
            negotiate(own, names, Form.SELECT)
        assert caught.value.status == 406
