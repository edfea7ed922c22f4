"""What an operator sees of running queries, and how one is ended."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from pathlib import Path

import httpx
import pytest

from token_file import token_file

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
FLOOD = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
OPERATOR = {"authorization": "Bearer a-token-of-an-operator"}
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
        found = _listed(operated, "proef-7")
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


def _listed(address: str, name: str) -> dict[str, object]:
    """The query of that name, as soon as it is in the list."""
    for _ in range(1200):
        found = httpx.get(f"{address}/queries", headers=OPERATOR).json()["queries"]
        for query in found:
            if query["id"] == name:
                return dict(query)
        time.sleep(0.05)
    raise AssertionError(f"{name} was never listed")
