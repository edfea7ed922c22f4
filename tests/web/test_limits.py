"""What a query cannot do to the server, and what the client sees when a query ends badly."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager
from itertools import cycle
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlparse

import httpx
import pytest

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
FLOOD = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
DEEP = "ASK { FILTER(" + "!" * 200_000 + "true) }"  # no bracket is nested: it is the engine that falls over
_PLAIN = {"accept-encoding": "identity"}
ENDLESS_IN_GRAPHS = (
    "SELECT (COUNT(*) AS ?n) { " + " ".join(f"GRAPH ?g{i} {{ ?a{i} ?b{i} ?c{i} }}" for i in range(5)) + " }"
)


def ask(address: str) -> float:
    """Seconds until `ASK {}` is answered, by a worker."""
    begun = time.monotonic()
    assert httpx.get(f"{address}/sparql", params={"query": f"ASK {{}} # {begun}"}, timeout=20).json()["boolean"] is True
    return time.monotonic() - begun


def answered_beside(address: str, slow: list[Future[Any]]) -> int:
    """How many queries and questions after its health the server answered before the first of the slow was done."""
    answered = 0
    while not any(each.done() for each in slow):
        ask(address)
        assert httpx.get(f"{address}/health", timeout=20).status_code == 200
        answered += 1
        time.sleep(0.02)
    return answered


def ask_until_free(address: str) -> None:
    """Ask until there is a place for it, for a third of the time that a query may hold one."""
    until = time.monotonic() + 20
    while httpx.get(f"{address}/sparql", params={"query": "ASK {} # free"}, timeout=20).status_code == 503:
        assert time.monotonic() < until, "its worker is not free"


def test_slow_query_ends_at_its_deadline_and_others_do_not_wait(address: str) -> None:
    with ThreadPoolExecutor(1) as other:
        begun = time.monotonic()
        slow = other.submit(httpx.get, f"{address}/sparql", params={"query": ENDLESS}, timeout=20)
        time.sleep(0.2)
        assert answered_beside(address, [slow]) > 2
        answer = slow.result()
    assert answer.status_code == 504
    assert answer.json()["type"].endswith("#QueryTimeout")
    assert 1.9 < time.monotonic() - begun < 15


def test_quick_queries_stay_quick_beside_six_slow_ones_and_health_does_not_wait(
    tmp_path: Path, running: Callable[..., AbstractContextManager[str]]
) -> None:
    # Enough for each of them to get its turn on a machine that has more to do.
    with running(tmp_path, query_timeout_s=4) as address, ThreadPoolExecutor(6) as others:
        slow = [others.submit(_status, address, ENDLESS) for _ in range(6)]
        time.sleep(0.1)
        assert answered_beside(address, slow) > 2
        assert {s.result() for s in slow} == {(504, "QueryTimeout")}


def test_slow_query_without_a_place_waits_for_one_and_keeps_no_quick_one_back(
    tmp_path: Path, running: Callable[..., AbstractContextManager[str]]
) -> None:
    limits = {"workers": 1, "slow_workers": 1, "quick_query_s": 0.3, "query_timeout_s": 2, "queue_timeout_s": 10}
    with running(tmp_path, **limits) as address, ThreadPoolExecutor(4) as others:
        slow = [others.submit(_status, address, f"{ENDLESS} # {n}") for n in range(4)]
        time.sleep(0.5)
        assert answered_beside(address, slow) > 2
        assert {s.result() for s in slow} <= {(504, "QueryTimeout"), (503, "Overloaded")}
        ask(address)


def test_health_answers_while_every_place_is_taken(narrow: str) -> None:
    host = urlparse(narrow)
    with socket.create_connection((host.hostname or "", host.port or 0)) as connection:
        connection.sendall(f"GET /sparql?query={quote(ENDLESS_IN_GRAPHS)} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        time.sleep(0.3)
        assert httpx.get(f"{narrow}/health", timeout=20).json()["status"] == "ok"
    ask_until_free(narrow)


def test_client_that_takes_nothing_in_holds_its_place_no_longer_than_the_deadline(
    tmp_path: Path, running: Callable[..., AbstractContextManager[str]]
) -> None:
    # Its own deadline is far before that of who waits for its place, or both could end in the same moment.
    limits = {"workers": 1, "slow_workers": 0, "quick_query_s": 60, "query_timeout_s": 15}
    with (
        running(tmp_path, **limits) as address,
        httpx.stream("GET", f"{address}/sparql", params={"query": FLOOD, "timeout": "1"}, timeout=20),
    ):
        assert ask(address) < 8


def test_query_that_crashes_the_engine_takes_nobody_along(
    tmp_path: Path, running: Callable[..., AbstractContextManager[str]]
) -> None:
    with running(tmp_path, query_timeout_s=60) as address, ThreadPoolExecutor(4) as others:
        crashing = [others.submit(httpx.post, f"{address}/sparql", data={"query": DEEP}, timeout=60) for _ in range(4)]
        ask(address)
        answers = [c.result() for c in crashing]
        assert {(a.status_code, a.json()["type"].rpartition("#")[2]) for a in answers} == {(500, "QueryCrashed")}
        ask(address)


LONG = {
    "BIND": "SELECT * {" + "".join(f"BIND({n} AS ?x{n}) " for n in range(3000)) + "}",
    "DESCRIBE": "DESCRIBE " + " ".join(f"<http://example.org/{n}>" for n in range(3000)),
    "FILTER": "ASK { FILTER(1" + " + 1" * 10_000 + " > 10000) }",
}


def test_query_of_thousands_of_clauses_is_answered(
    tmp_path: Path, running: Callable[..., AbstractContextManager[str]]
) -> None:
    with running(tmp_path, query_timeout_s=60) as address:
        for name, query in LONG.items():
            answer = httpx.post(f"{address}/sparql", data={"query": query}, timeout=60)
            assert answer.status_code == 200, (name, answer.text)


HOARDING = [
    "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c ?f",
    "SELECT DISTINCT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?a LIMIT 1",
    "SELECT (COUNT(DISTINCT *) AS ?n) { ?a ?b ?c . ?d ?e ?f }",
    'SELECT (STRLEN(?z) AS ?n) { BIND("' + "x" * 1000 + '" AS ?x0) '
    + " ".join(f"BIND(CONCAT(?x{n}, ?x{n}, ?x{n}, ?x{n}) AS ?x{n + 1})" for n in range(12))
    + " BIND(?x12 AS ?z) }",
]  # fmt: skip


def test_query_that_needs_too_much_memory_is_told_so_and_what_to_do(
    tmp_path: Path, running: Callable[..., AbstractContextManager[str]]
) -> None:
    advice = {"nl": "maak het patroon nauwer", "en": "narrow the pattern"}
    with running(tmp_path, worker_memory_mb=80, query_timeout_s=60) as address:
        for query, (language, words) in zip(HOARDING, cycle(advice.items())):
            answer = httpx.get(
                f"{address}/sparql", params={"query": query}, headers={"accept-language": language}, timeout=70
            )
            problem = answer.json()
            assert (answer.status_code, problem["type"].rpartition("#")[2]) == (507, "QueryOutOfMemory"), query
            assert words in problem["detail"]
            assert "80 MB" in problem["detail"]
            assert "VAKGRAAF_WORKER_MEMORY_MB" in problem["detail"]
        ask(address)


def test_deadline_in_the_middle_of_an_answer_breaks_the_transfer(address: str) -> None:
    sizes: list[int] = []
    parameters = {"query": FLOOD, "format": "csv", "timeout": "500ms"}
    with httpx.stream("GET", f"{address}/sparql", params=parameters, headers=_PLAIN, timeout=20) as answer:
        assert answer.status_code == 200
        with pytest.raises(httpx.RemoteProtocolError):
            sizes.extend(len(chunk) for chunk in answer.iter_raw())
    assert sum(sizes) > 100_000


def test_http_1_0_never_gets_half_an_answer_that_looks_whole(address: str) -> None:
    """HTTP/1.0 has no chunks: where the answer breaks off there is no status 200 at all."""
    assert (
        b" 504 " in _raw(address, f"GET /sparql?timeout=500ms&query={quote(FLOOD)} HTTP/1.0\r\n\r\n").split(b"\r\n")[0]
    )
    whole = _raw(address, f"GET /sparql?query={quote('SELECT * { ?s ?p ?o }')} HTTP/1.0\r\n\r\n")
    head, _, body = whole.partition(b"\r\n\r\n")
    assert f"content-length: {len(body)}".encode() in head
    assert len(body) > 70_000


def test_hundred_thousand_rows_begin_before_they_end(address: str) -> None:
    query = "SELECT ?a ?d { ?a ?b ?c . ?d ?e ?f } LIMIT 100000"
    asked = {"query": query, "format": "tsv"}
    with httpx.stream("GET", f"{address}/sparql", params=asked, headers=_PLAIN, timeout=20) as answer:
        assert answer.headers["transfer-encoding"] == "chunked"
        sizes = [len(chunk) for chunk in answer.iter_raw()]
    assert len(sizes) > 20
    assert sum(sizes) > 5_000_000


def test_client_that_leaves_before_the_answer_frees_its_worker(narrow: str) -> None:
    ask_until_free(narrow)
    host = urlparse(narrow)
    with socket.create_connection((host.hostname or "", host.port or 0)) as connection:
        connection.sendall(f"GET /sparql?query={quote(ENDLESS_IN_GRAPHS)} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        time.sleep(0.3)
    ask_until_free(narrow)  # the only worker is, long before its deadline of 60 seconds


def test_client_that_leaves_in_the_middle_of_an_answer_frees_its_worker(narrow: str) -> None:
    flood = "SELECT * { GRAPH ?x { ?a ?b ?c } GRAPH ?y { ?d ?e ?f } GRAPH ?z { ?g ?h ?i } }"
    with httpx.stream("GET", f"{narrow}/sparql", params={"query": flood}, timeout=20) as answer:
        next(answer.iter_raw())
    ask_until_free(narrow)


def test_full_queue_says_so_and_when_to_come_back(narrow: str) -> None:
    host = urlparse(narrow)
    with socket.create_connection((host.hostname or "", host.port or 0)) as connection:
        connection.sendall(f"GET /sparql?query={quote(ENDLESS_IN_GRAPHS)} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        time.sleep(0.3)
        with ThreadPoolExecutor(3) as threads:
            url = f"{narrow}/sparql"
            asked = [{"query": f"ASK {{}} # {n}"} for n in range(3)]
            answers = list(threads.map(lambda fields: httpx.get(url, params=fields, timeout=20), asked))
    assert {a.status_code for a in answers} == {503}
    assert all(int(a.headers["retry-after"]) > 0 for a in answers)
    ask_until_free(narrow)


def test_server_that_reads_from_disk_gives_the_same_answers(narrow: str, address: str) -> None:
    query = "SELECT DISTINCT ?s ?p ?o { GRAPH ?g { ?s ?p ?o } } ORDER BY ?s ?p ?o"
    in_memory, on_disk = (
        httpx.get(f"{a}/sparql", params={"query": query, "format": "csv"}, timeout=20).text for a in (address, narrow)
    )
    assert in_memory == on_disk
    assert httpx.get(f"{narrow}/health").json()["in_memory"] is False
    assert httpx.get(f"{address}/health").json()["in_memory"] is True


def test_own_default_graph_is_the_unnamed_one(narrow: str) -> None:
    assert httpx.get(f"{narrow}/sparql", params={"query": "ASK { ?s ?p ?o }"}).json()["boolean"] is False


@pytest.fixture
def bait() -> Iterator[tuple[int, list[object]]]:
    """A port on loopback, and what arrives there."""
    arrived: list[object] = []
    listener = socket.create_server(("127.0.0.1", 0))

    def wait() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            arrived.append(connection)
            connection.close()

    thread = threading.Thread(target=wait)
    thread.start()
    yield listener.getsockname()[1], arrived
    listener.shutdown(socket.SHUT_RDWR)
    listener.close()
    thread.join()


@pytest.mark.parametrize(
    "template",
    [
        "SELECT * {{ SERVICE <{u}> {{ ?s ?p ?o }} }}",
        "SELECT * {{ service silent <{u}> {{ ?s ?p ?o }} }}",
        "ASK {{ FILTER EXISTS {{ SERVICE <{u}> {{}} }} }}",
        "SELECT (EXISTS {{ SERVICE <{u}> {{}} }} AS ?x) {{}}",
        "SELECT * {{ ?s ?p ?o }} ORDER BY (EXISTS {{ SERVICE <{u}> {{}} }})",
        "SELECT (SUM(IF(EXISTS {{ SERVICE <{u}> {{}} }}, 1, 0)) AS ?x) {{ ?s ?p ?o }}",
        "SELECT * {{ VALUES ?u {{ <{u}> }} SERVICE ?u {{ ?s ?p ?o }} }}",
        "SELECT * {{ \\u0053ERVICE <{u}> {{ ?s ?p ?o }} }}",
        "PREFIX : <{u}> ASK {{ SERVICE:x {{}} }}",
        "ASK {{ ?s ?p trueSERVICE<{u}>{{}} }}",
        "SELECT * FROM <{u}> {{ ?s ?p ?o }}",
        "LOAD <{u}>",
    ],
)
def test_no_query_makes_the_server_dial_out(address: str, bait: tuple[int, list[object]], template: str) -> None:
    port, arrived = bait
    query = template.format(u=f"http://127.0.0.1:{port}/")
    answer = httpx.get(f"{address}/sparql", params={"query": query}, timeout=20)
    assert answer.status_code == (200 if "FROM" in template else 403)
    time.sleep(0.05)
    assert arrived == []


def _status(address: str, query: str) -> tuple[int, str]:
    """Status and kind of problem."""
    answer = httpx.get(f"{address}/sparql", params={"query": query}, timeout=20)
    return answer.status_code, answer.json()["type"].rpartition("#")[2]


def _raw(address: str, request: str) -> bytes:
    host = urlparse(address)
    with socket.create_connection((host.hostname or "", host.port or 0)) as connection:
        connection.sendall(request.encode())
        received = bytearray()
        while part := connection.recv(65536):
            received += part
    return bytes(received)
