"""`/health`, `/ready` and `/metrics`: what they say is so, and nothing in them is anybody's business."""

from __future__ import annotations

import asyncio
import re
import socket
from collections.abc import Callable
from types import SimpleNamespace

import httpx
import pytest
from starlette.datastructures import State

from vakgraaf.errors import NotReady, Overloaded, QueryCrashed, UnknownThing, VakgraafError
from vakgraaf.web.access_log import Exchange
from vakgraaf.web.metrics import Metrics
from vakgraaf.web.readiness import Readiness
from vakgraaf.web.waiting_room import doorkeeper

_HELP = re.compile(r"# HELP [a-z_]+ [^\n\\]+")
_TYPE = re.compile(r"# TYPE ([a-z_]+) (counter|gauge|histogram)")
_SAMPLE = re.compile(r'([a-z_]+)(?:\{([a-z]+="[^"\\\n]*"(?:,[a-z]+="[^"\\\n]*")*)\})? (-?[0-9.e+-]+)')


def read(text: str) -> dict[str, float]:
    """The samples of a text in the format of Prometheus, read strictly: name and labels → value."""
    assert text.endswith("\n")
    found: dict[str, float] = {}
    kinds: set[str] = set()
    for line in text.splitlines():
        if line.startswith("# HELP"):
            assert _HELP.fullmatch(line), line
        elif line.startswith("#"):
            kind = _TYPE.fullmatch(line)
            assert kind is not None, line
            assert kind[1] not in kinds, "a family is told of once"
            kinds.add(kind[1])
        else:
            sample = _SAMPLE.fullmatch(line)
            assert sample is not None, line
            assert re.sub(r"_(bucket|sum|count)$", "", sample[1]) in kinds | {sample[1]}
            key = f"{sample[1]}{{{sample[2]}}}" if sample[2] else sample[1]
            assert key not in found, key
            found[key] = float(sample[3])
    return found


def metrics(client: httpx.Client) -> dict[str, float]:
    answer = client.get("/metrics")
    assert answer.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"
    return read(answer.text)


def grown(client: httpx.Client, ask: Callable[[], object], name: str) -> float:
    before = metrics(client).get(name, 0)
    ask()
    return metrics(client).get(name, 0) - before


def outcome(of: str, name: str) -> str:
    return f'vakgraaf_{of}_total{{outcome="{name}"}}'


def test_server_that_works_is_alive_and_ready(client: httpx.Client) -> None:
    alive, ready = client.get("/health"), client.get("/ready")
    assert (alive.status_code, alive.json()["status"]) == (200, "ok")
    assert (ready.status_code, ready.json()["status"]) == (200, "ready")
    assert ready.json()["data_version"] == alive.json()["data_version"] > 0
    assert client.head("/ready").status_code == 200


def test_metrics_say_what_is_answered_from(client: httpx.Client) -> None:
    now, health = metrics(client), client.get("/health").json()
    assert now["vakgraaf_store_version"] == health["data_version"]
    assert now["vakgraaf_store_quads"] == health["quads"]
    assert now['vakgraaf_workers{state="busy"}'] == now["vakgraaf_queue_length"] == 0
    assert now['vakgraaf_workers{state="idle"}'] > 0


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("SELECT (1 + 41 AS ?n) {}", "answered"),
        ("SELECT * { ?", "refused"),
        ("SELECT * { SERVICE <http://a.example/> { ?s ?p ?o } }", "refused"),
        ("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", "timed_out"),
    ],
)
def test_queries_are_counted_by_what_became_of_them(client: httpx.Client, query: str, name: str) -> None:
    def ask() -> None:
        client.post("/sparql", data={"query": query})

    assert grown(client, ask, outcome("queries", name)) == 1


def test_answer_that_is_given_again_counts_as_cached_or_unchanged(client: httpx.Client) -> None:
    query = {"query": "SELECT (1 + 42 AS ?n) {}"}
    first = client.get("/sparql", params=query)
    assert grown(client, lambda: client.get("/sparql", params=query), outcome("queries", "cached")) == 1
    same = {"if-none-match": first.headers["etag"]}
    asked = lambda: client.get("/sparql", params=query, headers=same)  # noqa: E731  # said once
    assert grown(client, asked, outcome("queries", "unchanged")) == 1


def test_service_description_is_a_request_and_no_query(client: httpx.Client) -> None:
    before = metrics(client)
    client.get("/sparql", headers={"accept": "text/turtle"})
    after = metrics(client)
    changed = {name for name in after if after[name] != before.get(name, 0)}
    assert 'vakgraaf_requests_total{route="/sparql",method="GET",status="200"}' in changed
    assert not [name for name in changed if "queries" in name]


def test_validations_and_writes_are_counted_by_outcome(client: httpx.Client) -> None:
    turtle = {"content-type": "text/turtle"}

    def validate(body: str) -> None:
        client.post("/validate", content=body, headers=turtle)

    good = "<https://w3id.org/vakgraaf/id/ding/x> <http://purl.org/dc/terms/title> 'x'@nl ."
    assert grown(client, lambda: validate(good), outcome("validations", "conforms")) == 1
    bad = "<https://w3id.org/vakgraaf/id/kerntaak/x-1> a <https://w3id.org/vakgraaf/def#Kerntaak> ."
    assert grown(client, lambda: validate(bad), outcome("validations", "does_not_conform")) == 1
    assert grown(client, lambda: validate("<x"), outcome("validations", "unreadable")) == 1
    update = {"update": "CLEAR ALL"}
    assert grown(client, lambda: client.post("/update", data=update), outcome("writes", "refused")) == 1


def test_histogram_adds_up(client: httpx.Client) -> None:
    client.get("/doc/kerntaak/proef-2020-1")
    now = metrics(client)
    counts = [n for name, n in now.items() if "_bucket" in name and 'route="/doc"' in name]
    assert counts == sorted(counts)
    assert counts[-1] == now['vakgraaf_request_duration_seconds_count{route="/doc"}'] > 0
    assert now['vakgraaf_request_duration_seconds_sum{route="/doc"}'] > 0


def test_labels_are_bounded_and_hold_nothing_that_a_client_wrote(client: httpx.Client) -> None:
    client.get("/ready")
    client.get("/doc/x")
    before = len(metrics(client))
    for number in range(30):
        client.get(f"/geheim-{number}/geheim?query=geheim")
        client.get(f"/doc/geheim-{number}")
        client.request(f"GEHEIM{number}", "/", headers={"x-geheim": "geheim", "authorization": "Bearer geheim"})
    text = client.get("/metrics").text
    assert "geheim" not in text.lower()
    # One for each of two addresses and one for the methods, each with a histogram of its own at most.
    assert len(read(text)) - before < 60


def exchange(path: str, status: int, whole: bool = True, **noted: str) -> Exchange:
    scope = {"method": "GET", "path": path, "vakgraaf.query": "…"} | {f"vakgraaf.{k}": v for k, v in noted.items()}
    return Exchange(scope, "", 0.0, status, 0, whole)


@pytest.mark.parametrize(
    ("status", "whole", "problem", "expected"),
    [
        (200, False, None, "left"),
        (200, False, "QueryTimeout", "timed_out"),
        (200, False, "ResultTooLarge", "failed"),
        (503, True, "QueryCancelled", "cancelled"),
        (503, True, "Overloaded", "overloaded"),
        (499, True, "ClientGoneError", "left"),
        (507, True, "QueryOutOfMemory", "failed"),
        (502, True, "RemoteFailure", "failed"),
    ],
)
def test_each_ending_of_a_query_has_its_name(status: int, whole: bool, problem: str | None, expected: str) -> None:
    counts = Metrics(["/sparql"])
    counts.ended(exchange("/sparql", status, whole, **({"problem": problem} if problem else {})))
    assert [name for name, n in counts.queries.items() if n] == [expected]


class Silent:
    """An engine that does what it is told."""

    def __init__(self, alive: bool, problem: VakgraafError | None) -> None:
        self.alive = alive
        self._problem = problem

    def check(self, text: str) -> str:
        return text

    async def query(self, *_: object) -> SimpleNamespace:
        if self._problem is not None:
            raise self._problem

        async def answer() -> bytes:
            return b'{"boolean": true}'

        return SimpleNamespace(read=answer)


class Index:
    """Search that has an index, or says why not."""

    def __init__(self, problem: VakgraafError | None) -> None:
        self._problem = problem

    @property
    def state(self) -> str:
        if self._problem is not None:
            raise self._problem
        return "there"


@pytest.mark.parametrize(
    ("engine", "search", "missing"),
    [
        (Silent(True, None), Index(None), None),
        (Silent(True, Overloaded("vol", "full")), Index(None), None),
        (Silent(True, None), Index(UnknownThing("uit", "off")), None),
        (Silent(False, None), Index(None), ("engine",)),
        (Silent(True, QueryCrashed("om", "down")), Index(None), ("engine",)),
        (Silent(True, None), Index(NotReady("nog niet", "not yet")), ("search",)),
        (Silent(False, None), Index(NotReady("nog niet", "not yet")), ("engine", "search")),
    ],
)
def test_ready_names_what_is_missing(engine: Silent, search: Index, missing: tuple[str, ...] | None) -> None:
    readiness = Readiness(State({"engine": engine, "search": search}))
    if missing is None:
        asyncio.run(readiness.require())
        assert readiness.ready
    else:
        with pytest.raises(NotReady) as problem:
            asyncio.run(readiness.require())
        assert problem.value.missing == missing
        assert not readiness.ready


def test_who_asks_while_the_data_are_loaded_hears_so_at_once() -> None:
    async def asked() -> list[httpx.Response]:
        with socket.create_server(("127.0.0.1", 0)) as listener:
            address = f"http://127.0.0.1:{listener.getsockname()[1]}"
            async with doorkeeper(listener), httpx.AsyncClient(base_url=address, timeout=60) as client:
                return [
                    await client.get("/health"),
                    await client.get("/ready", headers={"accept-language": "en"}),
                    await client.post("/sparql", data={"query": "ASK {}"}),
                    await client.head("/"),
                ]

    alive, ready, query, head = asyncio.run(asked())
    assert (alive.status_code, alive.json()) == (200, {"status": "starting"})
    assert (ready.status_code, ready.json()["missing"], ready.headers["retry-after"]) == (503, ["engine"], "2")
    assert "being loaded" in ready.json()["detail"]
    assert (query.status_code, query.json()["title"]) == (503, "Nog niet klaar")
    assert (head.status_code, head.content) == (503, b"")
