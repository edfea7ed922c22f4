"""SERVICE and LOAD go to hosts on the list and nowhere else, whichever engine has the data."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import httpx
import pytest

from dripping import Dripping
from operating import listed
from token_file import token_file
from vakgraaf.engine.federation import federation
from vakgraaf.sparql.parsing import parse
from vakgraaf.sparql.tree import Tree

_LITERAL = b'{"type":"literal","value":"x"}'
_LISTED = "SELECT * WHERE {{ SERVICE <{there}> {{ GRAPH <urn:veel> {{ ?s <urn:p> 7 }} }} }}"


@pytest.fixture(scope="module", params=["embedded", "remote"])
def front(
    request: pytest.FixtureRequest,
    behind: str,
    served: Callable[..., AbstractContextManager[str]],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[str]:
    """A server that may ask the one with the data, and one that never answers."""
    embedded = request.param == "embedded"
    store = str(tmp_path_factory.mktemp("front") / "state") if embedded else f"{behind}/query"
    allowed = behind.removeprefix("http://")
    with served(store, empty=True, allow_hosts=f"{allowed}, 127.0.0.1:9") as address:
        yield address


@pytest.fixture
def own_front(serving: Callable[..., str], scripted: Any, tmp_path: Path) -> str:
    """A server with a store of its own, which may ask the one that says what it is told to."""
    return serving(str(tmp_path / "state"), empty=True, allow_hosts=scripted.address.removeprefix("http://"))


def asked(front: str, query: str) -> httpx.Response:
    return httpx.post(f"{front}/sparql", data={"query": query}, headers={"accept": "text/csv"}, timeout=30)


def rows(front: str, query: str) -> list[str]:
    answer = asked(front, query)
    assert answer.status_code == 200, answer.text
    return sorted(answer.text.split()[1:])


def test_service_to_a_listed_host_is_answered_wherever_it_stands(front: str, behind: str) -> None:
    there = f"{behind}/query"
    seven = f"SERVICE <{there}> {{ GRAPH <urn:veel> {{ ?s <urn:p> 7 }} }}"
    assert rows(front, f"SELECT ?s {{ {seven} }}") == ["urn:s"]
    assert rows(front, f"SELECT ?s {{ VALUES ?s {{ <urn:s> <urn:t> }} OPTIONAL {{ {seven} }} }}") == ["urn:s", "urn:t"]
    assert rows(front, f"SELECT ?s {{ VALUES ?s {{ <urn:s> <urn:t> }} MINUS {{ {seven} }} }}") == ["urn:t"]
    assert rows(front, f"SELECT ?s {{ VALUES ?s {{ <urn:s> <urn:t> }} FILTER EXISTS {{ {seven} }} }}") == ["urn:s"]
    assert rows(front, f"SELECT ?s {{ VALUES ?s {{ <urn:s> <urn:t> }} {{ SELECT ?s {{ {seven} }} }} }}") == ["urn:s"]
    assert rows(front, f"SELECT ?s {{ {{ {seven} }} UNION {{ BIND (<urn:u> AS ?s) }} }}") == ["urn:s", "urn:u"]
    assert rows(front, f"BASE <{behind}/> SELECT ?s {{ SERVICE <query> {{ BIND (<x> AS ?s) }} }}") == [f"{behind}/x"]


def test_solutions_that_repeat_or_bind_nothing_are_counted(front: str, behind: str) -> None:
    count = f"SELECT (COUNT(*) AS ?n) {{ SERVICE <{behind}/query> {{ %s }} }}"
    assert rows(front, count % "{} UNION {}") == ["2"]
    assert rows(front, count % "?no <urn:thing> ?here") == ["0"]
    assert rows(front, count % "{ BIND (1 AS ?a) } UNION { BIND (2 AS ?b) }") == ["2"]


def test_blank_nodes_of_two_answers_are_not_the_same(front: str, behind: str) -> None:
    blank = f"{{ SELECT ?b {{ SERVICE <{behind}/query> {{ GRAPH ?g {{ ?b <urn:is> ?x }} }} }} }}"
    assert rows(front, f"SELECT (COUNT(*) AS ?n) {{ {blank} }}") == ["1"]
    assert rows(front, f"SELECT (COUNT(*) AS ?n) {{ {blank} {blank} }}") == ["0"]


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?x {{ VALUES ?e {{ <{there}> }} SERVICE ?e {{ BIND (1 AS ?x) }} }}",
        "SELECT ?x {{ SERVICE ?e {{ BIND (1 AS ?x) }} }} VALUES ?e {{ <{there}> }}",
        "SELECT ?x {{ BIND (<{there}> AS ?e) OPTIONAL {{ SERVICE ?e {{ BIND (1 AS ?x) }} }} }}",
        "SELECT ?x {{ SERVICE <{there}> {{ BIND (<{there}> AS ?e) }} SERVICE ?e {{ BIND (1 AS ?x) }} }}",
        "SELECT ?x {{ VALUES (?e ?w) {{ (<{there}> 1) (<http://example.org/> 2) }} FILTER (?w = 1)"
        " SERVICE ?e {{ BIND (1 AS ?x) }} }}",
    ],
)
def test_variable_endpoint_is_looked_up_first(front: str, behind: str, query: str) -> None:
    assert rows(front, query.format(there=f"{behind}/query")) == ["1"]


def test_variable_endpoint_that_nothing_binds_is_refused(front: str) -> None:
    assert asked(front, "SELECT * { SERVICE ?e { ?s ?p ?o } }").status_code == 403


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * {{ SERVICE <http://example.org/sparql> {{ ?s ?p ?o }} }}",
        "SELECT * {{ SERVICE SILENT <http://example.org/sparql> {{ ?s ?p ?o }} }}",
        "SELECT * {{ VALUES ?e {{ <{there}> <http://example.org/sparql> }} SERVICE ?e {{ ?s ?p ?o }} }}",
        "ASK {{ FILTER EXISTS {{ SERVICE <http://example.org/sparql> {{ ?s ?p ?o }} }} }}",
        "PREFIX e: <http://example.org/> ASK {{ SERVICE e:sparql {{ ?s ?p ?o }} }}",
    ],
)
def test_host_that_is_not_on_the_list_is_refused_by_name_also_where_silent(front: str, behind: str, query: str) -> None:
    refused = asked(front, query.format(there=f"{behind}/query"))
    assert refused.status_code == 403
    assert "--allow-host example.org" in refused.json()["detail"]


@pytest.mark.parametrize(
    "query",
    ["ASK {{ ?s ?p trueSERVICE<{there}>{{}} }}", "PREFIX : <{there}> ASK {{ SERVICE: {{}} }}", "ASK {{ SERVICE"],
)
def test_what_the_parser_does_not_see_the_guard_refuses(front: str, behind: str, query: str) -> None:
    assert asked(front, query.format(there=f"{behind}/query")).status_code in (400, 403)


def test_silence_about_a_server_that_fails_is_one_solution_that_binds_nothing(front: str) -> None:
    silent = "SELECT ?x { VALUES ?x { 1 } SERVICE SILENT <http://127.0.0.1:9/> { ?s ?p ?x } }"
    assert rows(front, silent) == ["1"]
    loud = asked(front, silent.replace("SILENT ", ""))
    assert loud.status_code == 502
    assert "127.0.0.1:9" in loud.json()["detail"]


def test_value_that_is_no_endpoint_is_a_solution_that_stays_where_silent(front: str, behind: str) -> None:
    query = f'SELECT ?e ?x {{ VALUES ?e {{ <{behind}/query> "niemand"@nl 7 }} SERVICE %s ?e {{ BIND (1 AS ?x) }} }}'
    assert rows(front, query % "SILENT") == ["7,", f"{behind}/query,1", "niemand,"]
    refused = asked(front, query % "")
    assert refused.status_code == 403
    assert "?e heeft niet overal een IRI" in refused.json()["detail"]


def test_variable_that_stands_for_thousands_of_endpoints_is_refused(front: str, behind: str) -> None:
    values = " ".join(f"<{behind}/{number}>" for number in range(1001))
    refused = asked(front, f"SELECT * {{ VALUES ?e {{ {values} }} SERVICE SILENT ?e {{ ?s ?p ?o }} }}")
    assert refused.status_code == 403
    assert "meer dan 1000 servers" in refused.json()["detail"]


def test_without_a_list_every_service_is_refused(behind: str, serving: Callable[..., str], tmp_path: Path) -> None:
    front = serving(str(tmp_path / "state"), empty=True)
    assert asked(front, _LISTED.format(there=f"{behind}/query")).status_code == 403


def test_answer_of_a_stranger_that_is_no_table_is_refused(scripted: Any, own_front: str) -> None:
    json, xml = b"application/sparql-results+json", b"application/sparql-results+xml"
    row = b'{"head":{"vars":["s"]},"results":{"bindings":[{"s":%s}]}}'
    for media_type, content in (
        (b"text/html", b"<html>"),
        (json, row % b'{"type":"uri","value":"urn:a> } } DROP ALL #"}'),
        (json, row % b'{"type":"literal","value":"x","xml:lang":"nl) }"}'),
        (json, row % b'{"type":"literal","value":"x","datatype":"urn:a> ) }"}'),
        (json, row % b'{"type":"uri","value":"http://[a"}'),
        (json, row % b'{"type":"uri","value":"http://a/%zz"}'),
        (json, row % b'{"type":"literal","value":"a\\ud800"}'),
        (json, row % b'{"type":"literal","value":"x","xml:lang":"a-b-c"}'),
        (json, row % b'{"type":"literal","value":"x","xml:lang":"nl","its:dir":"up"}'),
        (json, row % b'{"type":"triple","value":{"subject":%s,"predicate":%s,"object":%s}}' % ((_LITERAL,) * 3)),
        (json, b"[" * 100_000),
        (json, b"[" * 1_000_000),
        (json, b'{"head":{"vars":["s"]},"results":{"bindings":[' + b" " * 500_000),
        (xml, b'<!DOCTYPE x [<!ENTITY a "b">]><sparql xmlns="http://www.w3.org/2005/sparql-results#"/>'),
    ):
        head = b"HTTP/1.1 200 OK\r\ncontent-type: %s\r\ncontent-length: %d\r\n\r\n" % (media_type, len(content))
        scripted.answer = head + content
        refused = asked(own_front, f"SELECT * {{ SERVICE <{scripted.address}/x> {{ ?s ?p ?o }} }}")
        assert refused.status_code == 502, content[:100]
        assert "SERVICE" in refused.json()["detail"]
        query = f"SELECT (COUNT(*) AS ?n) {{ SERVICE SILENT <{scripted.address}/x> {{ ?s ?p ?o }} }}"
        assert rows(own_front, query) == ["1"], content[:100]


def test_text_of_a_stranger_stays_text(scripted: Any, serving: Callable[..., str], behind: str) -> None:
    listed = scripted.address.removeprefix("http://")
    front = serving(f"{behind}/query", allow_hosts=listed)
    scripted.answer = _as_json(rb'{"type":"literal","value":"\" ) } # \\ \n\r\u0000"}')
    answer = asked(front, f"SELECT (STRLEN(?s) AS ?n) {{ SERVICE <{scripted.address}/x> {{ ?s ?p ?o }} }}")
    assert answer.text.split() == ["n", "13"]


@pytest.mark.parametrize(
    ("rest", "line", "token"),
    [
        ("FILTER(", 4, "}"),
        ("FILTER(iets(?s))", 4, "iets"),
        ("BIND(1 AS ?s)", 4, "?s"),
        ("FILTER(?s = 'x)", 4, None),
        ("} LIMIT x #", 4, "x"),
    ],
)
def test_mistake_in_a_query_that_asks_others_is_told_with_its_place(
    scripted: Any, own_front: str, rest: str, line: int, token: str | None
) -> None:
    scripted.answer = _as_json(b'{"type":"uri","value":"urn:a"}', b'{"type":"literal","value":"a\\nb"}')
    service = f"service\nSilent <{scripted.address}/x> {{\n?s ?p ?o }}"
    refused = asked(own_front, f"SELECT * {{ {service}\n{rest} }}")
    assert refused.status_code == 400, refused.text
    assert (refused.json()["line"], refused.json().get("token")) == (line, token)


def test_mistake_beside_service_has_a_place_in_what_was_written(front: str, behind: str) -> None:
    query = f"SELECT * {{ SERVICE <{behind}/query> {{ GRAPH <urn:veel> {{ ?s ?p ?o }} }} FILTER(iets(?s)) }}"
    refused = asked(front, query)
    assert refused.status_code == 400, refused.text
    assert query.index("iets") < refused.json()["column"] <= len(query) + 1  # some point at it, some at what follows


def test_query_that_calls_nobody_need_only_be_understood_by_the_engine(front: str, behind: str) -> None:
    beyond = "FILTER (1 != <<( <urn:a> <urn:b> 'in service' )>>)"
    assert rows(front, f"SELECT (1 AS ?n) {{ {beyond} }} # service") == ["1"]
    refused = asked(front, f"SELECT * {{ {beyond} SERVICE <{behind}/query> {{ ?s ?p ?o }} }}")
    assert refused.status_code == 403


def test_reason_that_another_server_gives_is_passed_on(
    behind: str, serving: Callable[..., str], tmp_path: Path
) -> None:
    front = serving(str(tmp_path / "state"), empty=True, allow_hosts=behind.removeprefix("http://"))
    refused = asked(front, f"SELECT * {{ SERVICE <{behind}/query> {{ ?s no:such ?o }} }}")
    assert refused.status_code == 502
    assert "(400): error at 2:" in refused.json()["detail"]


def test_direction_of_a_text_comes_along(scripted: Any, own_front: str) -> None:
    scripted.answer = _as_json(b'{"type":"literal","value":"x","xml:lang":"ar","its:dir":"rtl"}')
    query = f"SELECT (LANGDIR(?s) AS ?d) {{ SERVICE <{scripted.address}/x> {{ ?s ?p ?o }} }}"
    assert rows(own_front, query) == ["rtl"]


def test_large_answer_is_no_part_of_the_text_that_is_parsed_here(
    scripted: Any, own_front: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    lengths: list[int] = []

    def measured(text: str) -> Tree:
        lengths.append(len(text))
        return parse(text)

    monkeypatch.setattr(federation, "parse", measured)
    here = scripted.address
    scripted.answer = _as_json(*(b'{"type":"uri","value":"%s/%d"}' % (here.encode(), n) for n in range(2000)))
    first = f"SERVICE <{here}/x> {{ ?s ?p ?o }}"
    again = 'FILTER (STRENDS(STR(?s), "/7")) SERVICE ?s { BIND (1 AS ?s) }'
    assert rows(own_front, f"SELECT (COUNT(*) AS ?n) {{ {first} {again} }}") == ["1"]
    assert len(lengths) > 2
    assert max(lengths) < 1000


@pytest.mark.parametrize("kind", ["json", "xml"])
def test_answer_of_megabytes_is_taken_in_whole(scripted: Any, own_front: str, kind: str) -> None:
    texts = [f"{'é' * 100}{number}" for number in range(10_000)]
    if kind == "json":
        scripted.answer = _as_json(*(f'{{"type":"literal","value":"{text}"}}'.encode() for text in texts))
    else:
        found = "".join(f'<result><binding name="s"><literal>{text}</literal></binding></result>' for text in texts)
        head = '<sparql xmlns="http://www.w3.org/2005/sparql-results#"><head><variable name="s"/></head>'
        scripted.answer = _reply("xml", f"{head}<results>{found}</results></sparql>".encode())
    query = f"SERVICE <{scripted.address}/x> {{ ?s ?p ?o }}"
    assert rows(own_front, f"SELECT (COUNT(DISTINCT ?s) AS ?n) (SUM(STRLEN(?s)) AS ?l) {{ {query} }}") == [
        "10000,1038890"
    ]


@pytest.mark.parametrize("engine", ["embedded", "remote"])
def test_document_is_read_in_the_memory_that_changes_may_take(
    engine: str, behind: str, scripted: Any, serving: Callable[..., str], tmp_path: Path
) -> None:
    front = serving(
        str(tmp_path / "state") if engine == "embedded" else f"{behind}/query",
        empty=True,
        allow_hosts=scripted.address.removeprefix("http://"),
        update_token_file=token_file(tmp_path, "los schrijft-ongetoetst write,no-validate\n"),
        writer_memory_mb=256,
    )
    content = b"<urn:a> <urn:p> %s ." % b",".join(b"%d" % number for number in range(1_000_000))
    head = b"HTTP/1.1 200 OK\r\ncontent-type: text/turtle\r\ncontent-length: %d\r\n\r\n"
    scripted.answer = head % len(content) + content
    headers = {"authorization": "Bearer schrijft-ongetoetst", "content-type": "application/sparql-update"}
    refused = httpx.post(f"{front}/update", content=f"LOAD <{scripted.address}/x>", headers=headers, timeout=60)
    assert "256 MB" in refused.json()["detail"], refused.text
    headers["content-type"] = "text/turtle"
    refused = httpx.put(f"{front}/store?graph=urn:g", content=content, headers=headers, timeout=60)
    assert "256 MB" in refused.json()["detail"], refused.text


def _as_json(*terms: bytes) -> bytes:
    """An answer with a row for each term, as ?s."""
    bindings = b",".join(b'{"s":%s}' % term for term in terms)
    return _reply("json", b'{"head":{"vars":["s"]},"results":{"bindings":[%s]}}' % bindings)


def _reply(kind: str, content: bytes) -> bytes:
    """A whole answer over HTTP with results in a format."""
    head = b"HTTP/1.1 200 OK\r\ncontent-type: application/sparql-results+%s\r\ncontent-length: %d\r\n\r\n"
    return head % (kind.encode(), len(content)) + content


def test_query_that_waits_for_others_is_listed_and_held_to_its_deadline(
    behind: str, serving: Callable[..., str], tmp_path: Path
) -> None:
    tokens = token_file(tmp_path, "a-token-of-an-operator\n")
    with Dripping() as dripping, ThreadPoolExecutor(1) as other:
        front = serving(f"{behind}/query", allow_hosts=dripping.host, query_timeout_s=3, update_token_file=tokens)
        query = f"SELECT * {{ SERVICE SILENT <http://{dripping.host}/> {{ ?s ?p ?o }} }}"
        headers = {"x-request-id": "elders"}
        answer = other.submit(httpx.get, f"{front}/sparql", params={"query": query}, headers=headers, timeout=30)
        assert listed(front, "elders")["query"] == query
        assert answer.result().status_code == 504
        assert dripping.await_left(1)
