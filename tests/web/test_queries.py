"""What an operator sees of running queries and changes, and how one is ended."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from pathlib import Path

import httpx
import pytest

from operating import OPERATOR, listed
from token_file import token_file

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
HEAVY = f"INSERT {{ GRAPH <urn:hv> {{ <urn:x> <urn:x> ?n }} }} WHERE {{ {{ {ENDLESS} }} }}"
FLOOD = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
WRITER = {"authorization": "Bearer a-token-for-writing-only"}


@pytest.fixture(scope="module")
def operated(
    tmp_path_factory: pytest.TempPathFactory, running: Callable[..., AbstractContextManager[str]]
) -> Iterator[str]:
    """A server whose operator has a token."""
    folder: Path = tmp_path_factory.mktemp("operated")
    tokens = token_file(folder, "a-token-of-an-operator\nwriter a-token-for-writing-only write\n")
    with running(folder / "server", update_token_file=tokens, query_timeout_s=20) as address:
        yield address


def test_running_query_is_listed_by_the_name_of_its_request_and_ended_by_it(operated: str) -> None:
    with ThreadPoolExecutor(1) as other:
        asked = other.submit(
            httpx.get,
            f"{operated}/sparql",
            params={"query": ENDLESS},
            headers={"x-request-id": "proef-7"},
            timeout=30,
        )
        found = listed(operated, "proef-7")
        assert found["query"] == ENDLESS
        assert found["seconds"] >= 0
        assert httpx.delete(f"{operated}/queries/proef-7", headers=OPERATOR).status_code == 204
        answer = asked.result(timeout=60)
    assert answer.status_code == 503
    assert answer.json()["type"].endswith("#QueryCancelled")
    assert httpx.get(f"{operated}/queries", headers=OPERATOR).json() == {"queries": []}
    assert httpx.delete(f"{operated}/queries/proef-7", headers=OPERATOR).status_code == 404


def test_cancelling_in_the_middle_of_an_answer_breaks_the_transfer(operated: str) -> None:
    headers = {"x-request-id": "proef-8"}
    with httpx.stream("GET", f"{operated}/sparql", params={"query": FLOOD}, headers=headers, timeout=30) as answer:
        chunks = answer.iter_raw()
        next(chunks)
        assert httpx.delete(f"{operated}/queries/proef-8", headers=OPERATOR).status_code == 204
        with pytest.raises(httpx.RemoteProtocolError):
            list(chunks)


@pytest.mark.parametrize(("headers", "status"), [({}, 401), ({"authorization": "Bearer wrong"}, 401), (WRITER, 403)])
def test_queries_of_others_are_not_for_everybody(operated: str, headers: dict[str, str], status: int) -> None:
    assert httpx.get(f"{operated}/queries", headers=headers).status_code == status
    assert httpx.delete(f"{operated}/queries/x", headers=headers).status_code == status


def test_without_a_token_file_nobody_sees_queries(address: str) -> None:
    assert httpx.get(f"{address}/queries", headers=OPERATOR).status_code == 403


def test_update_that_is_worked_out_is_listed_as_one_and_ended_by_its_name(operated: str) -> None:
    before = httpx.get(f"{operated}/health").json()
    with ThreadPoolExecutor(1) as other:
        asked = other.submit(_update, operated, HEAVY, "zwaar")
        found = listed(operated, "zwaar")
        assert (found["query"], found["update"]) == (HEAVY, True)
        assert httpx.delete(f"{operated}/queries/zwaar", headers=OPERATOR).status_code == 204
        answer = asked.result(timeout=60)
    assert answer.status_code == 503
    assert answer.json()["type"].endswith("#QueryCancelled")
    assert httpx.get(f"{operated}/queries", headers=OPERATOR).json() == {"queries": []}
    assert httpx.get(f"{operated}/health").json() == before
    assert _update(operated, "CLEAR SILENT GRAPH <urn:hv>", "licht").status_code == 204, "the next one has its turn"


def test_update_ends_when_its_client_leaves_before_it_counts(operated: str) -> None:
    before = httpx.get(f"{operated}/health").json()
    with pytest.raises(httpx.ReadTimeout):
        _update(operated, HEAVY, "weg", seconds=2)
    began = time.monotonic()
    assert _update(operated, "CLEAR SILENT GRAPH <urn:hv>", "licht").status_code == 204
    assert time.monotonic() - began < 10
    assert httpx.get(f"{operated}/health").json() == before


def test_graph_that_waits_for_its_turn_is_listed_by_what_it_is_about(operated: str) -> None:
    graph = "urn:gestuurd"
    with ThreadPoolExecutor(2) as others:
        first = others.submit(_update, operated, HEAVY, "eerst")
        listed(operated, "eerst")
        second = others.submit(
            httpx.put,
            f"{operated}/store",
            params={"graph": graph},
            content="<urn:a> <urn:b> <urn:c> .",
            headers=OPERATOR | {"content-type": "text/turtle", "x-request-id": "daarna"},
            timeout=60,
        )
        assert listed(operated, "daarna")["query"] == f"PUT GRAPH <{graph}>"
        ids = [each["id"] for each in httpx.get(f"{operated}/queries", headers=OPERATOR).json()["queries"]]
        assert ids == ["eerst", "daarna"]
        for name in reversed(ids):
            assert httpx.delete(f"{operated}/queries/{name}", headers=OPERATOR).status_code == 204
        assert {first.result(60).status_code, second.result(60).status_code} == {503}
    assert httpx.get(f"{operated}/store", params={"graph": graph}).status_code == 404


def test_all_of_one_name_end_together(operated: str) -> None:
    with ThreadPoolExecutor(2) as others:
        headers = {"x-request-id": "samen"}
        asked = others.submit(httpx.get, f"{operated}/sparql", params={"query": ENDLESS}, headers=headers, timeout=60)
        listed(operated, "samen")
        changed = others.submit(_update, operated, HEAVY, "samen")
        _await_running(operated, 2)
        assert httpx.delete(f"{operated}/queries/samen", headers=OPERATOR).status_code == 204
        assert {asked.result(60).status_code, changed.result(60).status_code} == {503}


def _update(address: str, text: str, name: str, seconds: float = 60) -> httpx.Response:
    headers = OPERATOR | {"x-request-id": name}
    return httpx.post(f"{address}/update", data={"update": text}, headers=headers, timeout=seconds)


def _await_running(address: str, number: int) -> None:
    """Wait until so many queries and changes run."""
    until = time.monotonic() + 60
    while len(httpx.get(f"{address}/queries", headers=OPERATOR).json()["queries"]) < number:
        assert time.monotonic() < until, "they never ran together"
        time.sleep(0.02)
