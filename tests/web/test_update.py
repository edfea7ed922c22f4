"""Updates over HTTP: who may, in which forms a client may send them, and what the next query sees."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import httpx
import pytest

from token_file import token_file
from vakgraaf.rdf import iris

WRITER, CAREFREE, READER = "schrijft-en-toetst", "schrijft-ongetoetst", "leest-vragen-terug"
GRAPH = str(iris.graph("nieuw"))
Running = Callable[..., AbstractContextManager[str]]


@pytest.fixture(scope="module")
def tokens(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = token_file(
        tmp_path_factory.mktemp("tokens"),
        f"{WRITER}  # alone\nlos {CAREFREE} write,no-validate\nkijker {READER} read-queries\n",
    )
    return file


@pytest.fixture(scope="module")
def writable(running: Running, tmp_path_factory: pytest.TempPathFactory, tokens: Path) -> Iterator[str]:
    with running(tmp_path_factory.mktemp("writable"), update_token_file=tokens, describe_after_s=3600) as address:
        yield address


@pytest.fixture
def http(writable: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=writable, timeout=60) as client:
        yield client


def _add(number: int) -> str:
    return f"INSERT DATA {{ GRAPH <{GRAPH}> {{ <http://a.example/s> <http://a.example/p> {number} }} }}"


def _bearer(token: str) -> dict[str, str]:
    return {"authorization": f"Bearer {token}"}


def _send(http: httpx.Client, text: str, token: str = WRITER, **parameters: str) -> httpx.Response:
    headers = {"content-type": "application/sparql-update", **_bearer(token)}
    return http.post("/update", content=text, headers=headers, params=parameters)


def _objects(http: httpx.Client) -> set[str]:
    query = f"SELECT ?o {{ GRAPH <{GRAPH}> {{ ?s ?p ?o }} }}"
    return set(http.get("/sparql", params={"query": query, "format": "csv"}).text.split()[1:])


def test_next_query_sees_an_update(http: httpx.Client) -> None:
    before = http.get("/sparql", params={"query": "ASK {}"}).headers["etag"]
    for number in range(3):
        assert _send(http, _add(number)).status_code == 204
        assert str(number) in _objects(http)
    assert http.get("/sparql", params={"query": "ASK {}"}).headers["etag"] != before


def test_update_comes_as_it_is_or_in_a_form(http: httpx.Client) -> None:
    assert http.post("/update", data={"update": _add(11)}, headers=_bearer(WRITER)).status_code == 204
    assert http.post("/update/", data={"update": _add(12)}, headers=_bearer(WRITER)).status_code == 204
    assert {"11", "12"} <= _objects(http)


@pytest.mark.parametrize(
    ("headers", "challenge"),
    [({}, "Bearer"), (_bearer("onbekend-token-hier"), "invalid_token"), ({"authorization": "Basic eDp5"}, "Bearer")],
)
def test_without_a_known_token_nobody_writes(http: httpx.Client, headers: dict[str, str], challenge: str) -> None:
    response = http.post("/update", data={"update": _add(99)}, headers=headers)
    assert response.status_code == 401
    assert challenge in response.headers["www-authenticate"]
    assert "99" not in _objects(http)


def test_token_without_the_right_is_not_enough(http: httpx.Client) -> None:
    assert _send(http, _add(98), READER).status_code == 403
    refused = _send(http, _add(98), WRITER, **{"no-validate": "true"})
    assert (refused.status_code, "insufficient_scope" in refused.headers["www-authenticate"]) == (403, True)
    assert "98" not in _objects(http)
    assert _send(http, _add(97), CAREFREE, **{"no-validate": "true"}).status_code == 204


def test_writing_is_off_without_tokens_and_when_read_only(
    client: httpx.Client, running: Running, tmp_path: Path, tokens: Path
) -> None:
    refused = _send(client, _add(1))
    assert (refused.status_code, "update-token-file" in refused.json()["detail"]) == (403, True)
    with running(tmp_path, update_token_file=tokens, read_only=True) as address, httpx.Client(base_url=address) as http:
        refused = _send(http, _add(1))
        assert (refused.status_code, "read-only" in refused.json()["detail"]) == (403, True)
        assert http.put("/store?default", content="", headers=_bearer(WRITER)).status_code == 403


def test_what_does_not_conform_is_told_and_not_done(http: httpx.Client) -> None:
    bad = f"INSERT DATA {{ GRAPH <{GRAPH}> {{ <http://a.example/piet> a <http://xmlns.com/foaf/0.1/Person> }} }}"
    refused = _send(http, bad)
    assert refused.status_code == 422
    problem = refused.json()
    assert problem["results"][0]["focus"] == "http://a.example/piet"
    assert "personen" in problem["errors"][0]
    assert "http://a.example/piet" not in http.get("/store", params={"graph": GRAPH}).text
    assert _send(http, bad, CAREFREE).status_code == 422
    assert _send(http, bad, CAREFREE, **{"no-validate": "true"}).status_code == 204
    assert _send(http, f"DROP GRAPH <{GRAPH}>").status_code == 204


def test_update_that_does_not_parse_is_refused_with_line_and_column(http: httpx.Client) -> None:
    problem = _send(http, "INSERT DATA {\n <http://a.example/s> ?p 1 }").json()
    assert (problem["status"], problem["line"]) == (400, 2)


def test_prologue_may_stand_before_each_operation_and_counts_from_there(http: httpx.Client) -> None:
    graph = "http://a.example/prologen"
    text = """PREFIX p: <http://a.example/p#> PREFIX g: <http://a.example/>
        INSERT DATA { GRAPH g:prologen { p:s p:p 1 } } ;
        PREFIX p: <http://a.example/q#> # p: is another from here on ; PREFIX p: <http://a.example/not#>
        BASE <http://a.example/base/>
        INSERT { GRAPH g:prologen { p:s p:p <o> } } WHERE { GRAPH g:prologen { ?s ?p 1 } } ;
        BASE <further/> PREFIX r: <r#>
        WITH g:prologen INSERT { r:s p:p <o> } WHERE {} ;"""
    assert _send(http, text).status_code == 204
    found = http.get("/store", params={"graph": graph}, headers={"accept": "application/n-triples"}).text
    assert set(found.splitlines()) == {
        '<http://a.example/p#s> <http://a.example/p#p> "1"^^<http://www.w3.org/2001/XMLSchema#integer> .',
        "<http://a.example/q#s> <http://a.example/q#p> <http://a.example/base/o> .",
        "<http://a.example/base/further/r#s> <http://a.example/q#p> <http://a.example/base/further/o> .",
    }


@pytest.mark.parametrize("text", ["", " # nothing", "PREFIX p: <x:>", f"{_add(21)} ;", f"{_add(21)} ; PREFIX p: <x:>"])
def test_update_that_ends_after_a_semicolon_or_a_prologue_is_one(http: httpx.Client, text: str) -> None:
    assert _send(http, text).status_code == 204


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("PREFIX p: <x:>\nINSERT DATA { p:s p:p }", 2, 23),
        ("PREFIX p: <x:> LOAD <x:a> ;\n INSERT DATA { p:s p:p }", 2, 24),
        ("INSERT DATA { <x:s> <x:p> 1 } ; PREFIX p: <x:>\n INSERT DATA { p:s p:p }", 2, 24),
        ("INSERT DATA { <x:s> <x:p> '\\u00e9' } ; PREFIX p: <x:> INSERT DATA { p:s p:p }", 1, 77),
        ("CLEAR ALL ; PREFIX p: <x:>\nCLEAR ALL ; PREFIX q: <y:>\nINSERT DATA { q:s p:p r:o }", 3, 23),
        ("CLEAR ALL ;\nPREFIX p: CLEAR ALL", 2, 11),
        ("CLEAR ALL ; ; PREFIX p: <x:> CLEAR ALL", 1, 13),
        ("CLEAR ALL ; PREFIX p: <x:> ; CLEAR ALL", 1, 28),
        ("INSERT DATA { _:a <x:p> 1 } ;\nPREFIX p: <x:> INSERT DATA { _:a p:p 1 }", 2, 30),
    ],
)
def test_place_of_an_error_in_a_later_operation_is_that_in_what_was_sent(
    http: httpx.Client, text: str, line: int, column: int
) -> None:
    problem = _send(http, text).json()
    assert (problem["status"], problem["line"], problem["column"]) == (400, line, column), problem


@pytest.mark.parametrize(
    "text",
    [
        "WITH",
        "USING",
        "INSERT",
        "DELETE",
        "DELETE {} INSERT",
        "WITH <x:g> INSERT",
        "INSERT {} USING",
        "INSERT {} WHERE",
    ],
)
def test_update_that_breaks_off_is_told_where(http: httpx.Client, text: str) -> None:
    problem = _send(http, f"PREFIX p: <x:>\n{text}").json()
    assert (problem["status"], problem["line"]) == (400, 2), problem


@pytest.mark.parametrize("name", ["using-graph-uri", "using-named-graph-uri"])
def test_name_of_a_graph_in_the_address_is_an_iri_and_no_part_of_the_update(http: httpx.Client, name: str) -> None:
    shared = f"INSERT {{ GRAPH <{GRAPH}> {{ <x:s> <x:into> _:b }} GRAPH <x:g> {{ _:b <x:into> 1 }} }} WHERE {{}}"
    escaping = f"x:a> WHERE {{}} ; INSERT DATA {{ GRAPH <{GRAPH}> {{ <x:s> <x:into> 2 }} }} ; INSERT {{}} USING <x:a"
    for text in (shared, shared.replace("_:b", "<x:b>")):
        problem = _send(http, text, **{name: escaping}).json()
        assert (problem["status"], "IRI" in problem["detail"]) == (400, True), problem
    assert _graphs_of(http, "x:into") == []


def test_graph_that_is_made_from_the_others_may_be_copied(http: httpx.Client) -> None:
    computed = iris.graph("beschrijving")
    for word in ("ADD", "COPY"):
        assert _send(http, f"{word} <{computed}> TO <x:copy>", CAREFREE, **{"no-validate": "true"}).status_code == 204
        assert _send(http, f"{word} DEFAULT TO <{computed}>").status_code == 403
    assert _send(http, f"MOVE <{computed}> TO <x:copy>").status_code == 403


def _graphs_of(http: httpx.Client, predicate: str) -> list[str]:
    query = f"SELECT ?g {{ GRAPH ?g {{ ?s <{predicate}> ?o }} }}"
    return http.get("/sparql", params={"query": query, "format": "csv"}).text.split()[1:]


def test_variable_for_a_graph_that_stands_for_no_iri_makes_no_quad(http: httpx.Client) -> None:
    other = "http://a.example/ander"
    where = f"{{ VALUES ?v {{ 1 'x'@nl 'blank' UNDEF <{other}> }} BIND(IF(STR(?v) = 'blank', BNODE(), ?v) AS ?g) }}"
    assert _send(http, f"INSERT {{ GRAPH ?g {{ <x:s> <x:in> 1 }} }} WHERE {where}").status_code == 204
    assert _graphs_of(http, "x:in") == [other]
    assert _send(http, f"DELETE {{ GRAPH ?g {{ <x:s> <x:in> 1 }} }} WHERE {where}").status_code == 204
    assert _graphs_of(http, "x:in") == []
    shared = f"GRAPH ?g {{ <x:s> <x:in> _:b }} GRAPH <{GRAPH}> {{ _:b <x:of> 1 }}"
    assert _send(http, f"INSERT {{ {shared} }} WHERE {where}").status_code == 204
    assert (_graphs_of(http, "x:in"), len(_graphs_of(http, "x:of"))) == ([other], 5)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("LOAD <http://127.0.0.1:9/>", 403),
        ("INSERT { ?s ?p ?o } WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", 403),
        (f"CLEAR GRAPH <{iris.graph('afgeleid')}>", 403),
        ("DROP GRAPH <http://a.example/nergens>", 400),
    ],
)
def test_update_that_may_not_or_cannot_be_is_refused(http: httpx.Client, text: str, status: int) -> None:
    assert _send(http, text).status_code == status


def test_dataset_of_the_request_is_that_of_the_pattern(http: httpx.Client) -> None:
    other = "http://a.example/g"
    assert _send(http, f"INSERT DATA {{ GRAPH <{other}> {{ <x:s> <x:p> 77 }} }}").status_code == 204
    copy = f"INSERT {{ GRAPH <{GRAPH}> {{ ?s <x:q> ?o }} }} WHERE {{ ?s <x:p> ?o }}"
    assert _send(http, copy, **{"using-graph-uri": "http://a.example/nergens"}).status_code == 204
    assert "77" not in _objects(http)
    form = {"update": copy, "using-graph-uri": other}
    assert http.post("/update", data=form, headers=_bearer(WRITER)).status_code == 204
    assert "77" in _objects(http)
    conflict = _send(http, f"WITH <{other}> DELETE {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o }}", **{"using-graph-uri": other})
    assert conflict.status_code == 400


@pytest.mark.parametrize(
    ("kind", "body", "status"),
    [
        ("application/x-www-form-urlencoded", "update=CLEAR+NAMED&update=CLEAR+DEFAULT", 400),
        ("application/x-www-form-urlencoded", "query=ASK+{}", 400),
        ("text/plain", "CLEAR NAMED", 415),
        ("", "update=CLEAR+NAMED", 415),
        ("application/sparql-update; charset=UTF-16", "CLEAR NAMED", 415),
        ("application/sparql-update", b"CLEAR NAMED # \xff", 400),
    ],
)
def test_request_that_breaks_the_protocol_is_refused(
    http: httpx.Client, kind: str, body: str | bytes, status: int
) -> None:
    headers = _bearer(WRITER) | ({"content-type": kind} if kind else {})
    assert http.post("/update", content=body, headers=headers).status_code == status


def test_update_is_not_for_get(http: httpx.Client) -> None:
    response = http.get("/update", params={"update": "CLEAR ALL"}, headers=_bearer(WRITER))
    assert (response.status_code, response.headers["allow"]) == (405, "POST")


@pytest.mark.slow
def test_update_that_needs_too_much_memory_is_told_so_and_changes_nothing(
    running: Running, tmp_path: Path, tokens: Path
) -> None:
    with (
        running(tmp_path, update_token_file=tokens, writer_memory_mb=256) as address,
        httpx.Client(base_url=address, timeout=120, headers={"accept-language": "en"}) as http,
    ):
        answer = _send(http, f"INSERT {{ GRAPH <{GRAPH}> {{ ?a ?b ?f }} }} WHERE {{ ?a ?b ?c . ?d ?e ?f }}")
        assert answer.status_code == 507
        assert answer.json()["type"].endswith("#QueryOutOfMemory")
        assert "256 MB (VAKGRAAF_WRITER_MEMORY_MB)" in answer.json()["detail"]
        assert _objects(http) == set()
        assert _send(http, _add(1)).status_code == 204
