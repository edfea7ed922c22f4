"""What is around every answer: names, compression, what is kept, what is written down, and who has to wait."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from select import select
from typing import Any
from urllib.parse import quote

import httpx
import pytest

from vakgraaf.engine import Engine, Listener
from vakgraaf.web.manners import Asked
from wire import connect

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
FLOOD = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
EVERYTHING = "SELECT * { ?s ?p ?o } ORDER BY ?s ?p ?o"


@pytest.mark.parametrize("path", ["/", "/health", "/sparql?query=ASK{}", "/sparql?query=nonsense", "/nothing-here"])
def test_every_answer_names_its_request(client: httpx.Client, path: str) -> None:
    first, second = client.get(path), client.get(path)
    assert first.headers["x-request-id"] != second.headers["x-request-id"]
    given = client.get(path, headers={"x-request-id": "proef-1"})
    assert given.headers["x-request-id"] == "proef-1"
    strange = client.get(path, headers={"x-request-id": 'a" onload="x'})
    assert strange.headers["x-request-id"] not in ("", 'a" onload="x')


def test_problem_carries_the_name_of_its_request(client: httpx.Client) -> None:
    answer = client.get("/sparql", params={"query": "nonsense"})
    assert answer.json()["request"] == answer.headers["x-request-id"]


def test_error_that_nobody_foresaw_is_answered_and_counted_as_any_other(
    client: httpx.Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> str:
        raise RuntimeError("nobody foresaw this")

    def counted(sample: str) -> int:
        lines = client.get("/metrics").text.splitlines()
        return sum(int(line.rpartition(" ")[2]) for line in lines if line.startswith(sample))

    samples = (
        'vakgraaf_requests_total{route="/sparql",method="POST",status="500"}',
        'vakgraaf_queries_total{outcome="failed"}',
    )
    before = [counted(sample) for sample in samples]
    monkeypatch.setattr("vakgraaf.web.sparql.data_since", fail)
    answer = client.post("/sparql", data={"query": "ASK {} # unforeseen"})
    assert answer.status_code == 500
    assert answer.json()["request"] == answer.headers["x-request-id"]
    assert answer.headers["access-control-allow-origin"] == "*"
    # Over the same connection: nothing was said of its end.
    assert [counted(sample) for sample in samples] == [number + 1 for number in before]
    (record,) = (one for one in caplog.records if answer.headers["x-request-id"] in one.getMessage())
    assert record.exc_info is not None


def test_error_of_the_engine_that_nobody_foresaw_is_told_on_the_shorter_way_too(
    client: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(asked: Asked, engine: Engine, ident: str, told: Listener) -> None:
        asyncio.get_running_loop().call_soon(told, RuntimeError("nobody foresaw this"))

    assert [client.get("/sparql", params={"query": f"ASK {{}} # {n}"}).status_code for n in range(2)] == [200, 200]
    monkeypatch.setattr(Asked, "begin", fail)
    answer = client.get("/sparql", params={"query": "ASK {} # failing"})
    assert answer.status_code == 500
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["request"] == answer.headers["x-request-id"]


@pytest.mark.parametrize(("path", "methods"), [("/sparql", {"GET", "HEAD", "POST", "QUERY"}), ("/", {"GET", "HEAD"})])
def test_options_tells_what_an_address_allows(client: httpx.Client, path: str, methods: set[str]) -> None:
    answer = client.options(path)
    assert answer.status_code == 204
    assert "content-length" not in answer.headers  # RFC 9110 §8.6
    assert set(answer.headers["allow"].split(", ")) == methods | {"OPTIONS"}


@pytest.mark.parametrize("coding", ["gzip", "br", "zstd"])
@pytest.mark.parametrize("accept", ["application/sparql-results+json", "text/csv", "text/tab-separated-values"])
def test_compressed_answer_says_the_same(client: httpx.Client, coding: str, accept: str) -> None:
    plain = client.get(
        "/sparql", params={"query": EVERYTHING}, headers={"accept": accept, "accept-encoding": "identity"}
    )
    answer = client.get("/sparql", params={"query": EVERYTHING}, headers={"accept": accept, "accept-encoding": coding})
    assert answer.headers["content-encoding"] == coding
    assert "accept-encoding" in answer.headers["vary"].casefold()
    assert answer.content == plain.content


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("br;q=1.0, gzip;q=0.8, *;q=0.1", "br"),
        ("gzip;q=0.5, br;q=0.4", "gzip"),
        ("gzip;q=1.0,deflate;q=0.6,identity;q=0.3", "gzip"),
        ("gzip;q=0.5, identity", None),
        ("*;q=0.5", "zstd"),
        ("zstd;q=0, *;q=0.5", "br"),
        ("br;q=0, gzip;q=0", None),
        ("br;q=x", None),
    ],
)
def test_answer_comes_in_the_coding_that_the_client_likes_best(
    client: httpx.Client, accepted: str, coding: str | None
) -> None:
    headers = {"accept": "text/csv", "accept-encoding": accepted}
    for _ in range(3):
        answer = client.get("/sparql", params={"query": EVERYTHING}, headers=headers)
        assert answer.headers.get("content-encoding") == coding


def test_graphs_are_compressed_too(client: httpx.Client) -> None:
    for accept in ("text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json"):
        answer = client.get(
            "/sparql",
            params={"query": "CONSTRUCT WHERE { ?s ?p ?o }"},
            headers={"accept": accept, "accept-encoding": "gzip"},
        )
        assert answer.headers["content-encoding"] == "gzip"


CODINGS = ("identity", "gzip", "br", "zstd")
TABLES = ("text/csv", "text/tab-separated-values", "application/sparql-results+json", "application/sparql-results+xml")


# Each coding and each format once by default, and each with each with the slow tests.
@pytest.mark.parametrize(
    ("coding", "accept"),
    [
        pytest.param(coding, accept, marks=[] if m == n else pytest.mark.slow)
        for m, coding in enumerate(CODINGS)
        for n, accept in enumerate(TABLES)
    ],
)
def test_transfer_that_breaks_off_is_visibly_broken(client: httpx.Client, coding: str, accept: str) -> None:
    headers = {"accept": accept, "accept-encoding": coding}
    with client.stream("GET", "/sparql", params={"query": FLOOD, "timeout": "500ms"}, headers=headers) as answer:
        assert answer.status_code == 200
        with pytest.raises(httpx.RemoteProtocolError):
            _read(answer)


def test_what_was_asked_before_needs_no_worker(narrow: str) -> None:
    question = {"query": "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"}
    first = _when_free(f"{narrow}/sparql", params=question)
    with _occupying(narrow):  # the one worker that there is
        again = httpx.post(f"{narrow}/sparql", data=question, timeout=20)
    assert again.json() == first.json()


def test_page_that_was_shown_before_needs_no_worker(
    tmp_path: Path, running: Callable[..., AbstractContextManager[str]]
) -> None:
    with running(tmp_path, workers=1, slow_workers=0, quick_query_s=60, query_timeout_s=60) as address:
        page, headers = f"{address}/doc/profiel/proef-2020", {"accept": "text/html"}
        first = httpx.get(page, headers=headers, timeout=20)
        assert first.status_code == 200
        with _occupying(address):  # the one worker that there is
            again = httpx.get(page, headers=headers, timeout=20)
            same = httpx.get(page, headers=headers | {"if-none-match": first.headers["etag"]}, timeout=20)
        assert again.text == first.text
        assert same.status_code == 304


def test_clock_and_dice_are_never_remembered(client: httpx.Client) -> None:
    answers = {client.get("/sparql", params={"query": "SELECT (STRUUID() AS ?x) {}"}).text for _ in range(3)}
    assert len(answers) == 3


def test_answer_that_is_too_long_is_refused_or_broken_off(
    tmp_path: Path, running: Callable[..., AbstractContextManager[str]]
) -> None:
    with running(tmp_path, max_result_mb=1) as address:
        whole = httpx.get(f"{address}/sparql", params={"query": EVERYTHING}, headers={"accept": "text/csv"})
        assert whole.status_code == 200
        asked = {"params": {"query": FLOOD, "format": "csv"}, "headers": {"accept-encoding": "identity"}}
        with httpx.stream("GET", f"{address}/sparql", **asked) as answer:
            with pytest.raises(httpx.RemoteProtocolError):
                _read(answer)
            assert 0 < answer.num_bytes_downloaded < 1_200_000


def test_more_requests_than_fit_are_told_when_to_come_back(
    tmp_path: Path, running: Callable[..., AbstractContextManager[str]]
) -> None:
    with running(tmp_path, max_requests=1, query_timeout_s=60) as address:
        with _occupying(address, ENDLESS):
            refused = httpx.get(f"{address}/health", timeout=20)
        assert refused.status_code == 503
        assert int(refused.headers["retry-after"]) > 0
        assert refused.json()["type"].endswith("#Overloaded")
        assert _when_free(f"{address}/health").status_code == 200


def _requests(log: Path) -> list[dict[str, Any]]:
    """The lines about requests; those about the server itself say which event they are of."""
    lines = [json.loads(line) for line in log.read_text("utf-8").splitlines() if line.startswith("{")]
    return [line for line in lines if "event" not in line]


def test_log_is_json_without_queries_unless_asked(tmp_path: Path) -> None:
    for queries, wanted in (("false", {"/sparql": None}), ("true", {"/sparql": "ASK { ?geheim ?p ?o }"})):
        with _logging(tmp_path / queries, VAKGRAAF_LOG="requests", VAKGRAAF_LOG_QUERIES=queries) as (address, log):
            httpx.get(address + "sparql", params={"query": "ASK { ?geheim ?p ?o }"}, headers={"x-request-id": "n1"})
        lines = _requests(log)
        assert {line["path"]: line.get("query") for line in lines if line["request"] == "n1"} == wanted
        assert all(line["status"] == 200 and line["whole"] and line["ms"] >= 0 for line in lines)
        assert ("geheim" in log.read_text("utf-8")) is (queries == "true")


@pytest.fixture(scope="module")
def logging(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """A server that writes down what it does by default, with a short deadline: its address and its log."""
    with _logging(tmp_path_factory.mktemp("logging"), VAKGRAAF_QUERY_TIMEOUT_S="1") as found:
        yield found


def test_log_of_problems_has_only_those(logging: tuple[str, Path]) -> None:
    address, log = logging
    httpx.get(address + "sparql", params={"query": "ASK {}"})
    httpx.get(address + "sparql", params={"query": "nonsense"})
    httpx.get(address + "sparql", params={"query": _sorting()}, headers={"x-request-id": "slow"}, timeout=20)
    until = time.monotonic() + 20
    while not (lines := _requests(log)) and time.monotonic() < until:
        time.sleep(0.02)
    assert [(line["request"], line["status"]) for line in lines] == [("slow", 504)]


def test_client_that_leaves_in_the_middle_of_its_question_leaves_no_stack_trace(logging: tuple[str, Path]) -> None:
    address, log = logging
    with connect(address) as half:
        half.sendall(b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n")
        half.sendall(b"Content-Length: 100\r\n\r\nASK {")
        time.sleep(0.3)
    time.sleep(0.3)
    assert httpx.get(address + "sparql", params={"query": "ASK {}"}).status_code == 200
    assert "Traceback" not in log.read_text("utf-8")


@contextmanager
def _occupying(address: str, query: str = "") -> Iterator[None]:
    """Have a query without an end answered meanwhile, so that its place is taken; then leave it."""
    with connect(address) as connection:
        connection.sendall(f"GET /sparql?query={quote(query or _in_graphs())} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        time.sleep(0.5)
        yield
        assert select([connection], [], [], 0)[0] == [], "it was not occupied to the end"


def _when_free(address: str, **values: Any) -> httpx.Response:
    """An answer as soon as there is a place for it; the place of who left is soon free."""
    until = time.monotonic() + 20
    while (answer := httpx.get(address, timeout=20, **values)).status_code == 503 and time.monotonic() < until:
        time.sleep(0.05)
    return answer


@contextmanager
def _logging(folder: Path, **environment: str) -> Iterator[tuple[str, Path]]:
    """A server as the command line makes it: its address, and the file that its standard error goes to."""
    folder.mkdir(parents=True, exist_ok=True)
    log = folder / "log"
    command = [sys.executable, "-m", "vakgraaf", "serve", "--port", "0", "--empty", "--store", str(folder / "state")]
    with (
        log.open("w", encoding="utf-8") as output,
        subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=output, text=True, env=os.environ | environment
        ) as server,
    ):
        assert server.stdout is not None
        try:
            yield server.stdout.readline().removeprefix("Vakgraaf: ").strip(), log
        finally:
            server.terminate()
            server.wait(timeout=60)


def _read(answer: httpx.Response) -> None:
    for _ in answer.iter_raw():
        pass


def _in_graphs() -> str:
    return "SELECT (COUNT(*) AS ?n) { " + " ".join(f"GRAPH ?g{i} {{ ?a{i} ?b{i} ?c{i} }}" for i in range(5)) + " }"


def _sorting() -> str:
    """Takes for ever on an empty store too."""
    numbers = " ".join(str(n) for n in range(100))
    values = " ".join(f"VALUES ?v{i} {{ {numbers} }}" for i in range(6))
    return f"SELECT (COUNT(*) AS ?n) {{ {values} }}"
