"""A query that asks other servers (SERVICE) is one query: it has one deadline, one name, and one end."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from pathlib import Path

import httpx
import pytest

from dripping import Dripping
from operating import OPERATOR, listed
from token_file import token_file

_SECONDS = 3


@pytest.fixture(scope="module")
def dripping() -> Iterator[Dripping]:
    """A server that never comes to the end of an answer."""
    with Dripping() as endpoint:
        yield endpoint


@pytest.fixture(scope="module")
def asking(
    dripping: Dripping,
    tmp_path_factory: pytest.TempPathFactory,
    running: Callable[..., AbstractContextManager[str]],
) -> Iterator[str]:
    """A server that may ask that one, and whose queries may take three seconds."""
    folder: Path = tmp_path_factory.mktemp("asking")
    tokens = token_file(folder, "a-token-of-an-operator\n")
    with running(
        folder / "server", allow_hosts=dripping.host, query_timeout_s=_SECONDS, update_token_file=tokens
    ) as address:
        yield address


def _service(dripping: Dripping, silent: str = "", path: str = "") -> str:
    return f"SERVICE {silent} <http://{dripping.host}/{path}> {{ ?s ?p ?o }}"


def _ask(address: str, query: str, **more: str) -> tuple[httpx.Response, float]:
    began = time.monotonic()
    answer = httpx.get(f"{address}/sparql", params={"query": query, **more}, timeout=60)
    return answer, time.monotonic() - began


def test_calls_count_towards_the_deadline_of_their_query(asking: str, dripping: Dripping) -> None:
    answer, seconds = _ask(asking, f"SELECT * {{ {_service(dripping)} }}")
    assert answer.status_code == 504
    assert f"{_SECONDS} seconden" in answer.json()["detail"]
    assert seconds < _SECONDS + 3
    assert dripping.await_left(dripping.begun)


def test_silence_does_not_outlast_the_time_of_the_query_itself(asking: str, dripping: Dripping) -> None:
    silent = " ".join(f"OPTIONAL {{ {_service(dripping, 'SILENT')} }}" for _ in range(3))
    answer, seconds = _ask(asking, f"SELECT * {{ {silent} }}", timeout="1")
    assert answer.status_code == 504
    assert "1 seconden" in answer.json()["detail"]
    assert seconds < 4
    assert dripping.await_left(dripping.begun)


def test_evaluation_has_the_time_that_calls_have_left(asking: str, dripping: Dripping) -> None:
    heavy = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l"
    answer, seconds = _ask(asking, f"SELECT (COUNT(*) AS ?n) {{ {_service(dripping, path='2')} {heavy} }}")
    assert answer.status_code == 504
    assert seconds < _SECONDS + 1.5


def test_query_that_waits_for_others_is_listed_and_ended_by_its_name(asking: str, dripping: Dripping) -> None:
    query = f"SELECT * {{ {_service(dripping)} }}"
    with ThreadPoolExecutor(1) as other:
        asked = other.submit(
            httpx.get, f"{asking}/sparql", params={"query": query}, headers={"x-request-id": "elders"}, timeout=60
        )
        found = listed(asking, "elders")
        assert (found["query"], found["update"]) == (query, False)
        assert httpx.delete(f"{asking}/queries/elders", headers=OPERATOR).status_code == 204
        answer = asked.result(timeout=60)
    assert answer.status_code == 503
    assert answer.json()["type"].endswith("#QueryCancelled")
    assert dripping.await_left(dripping.begun)
    assert httpx.get(f"{asking}/queries", headers=OPERATOR).json() == {"queries": []}


def test_answer_that_goes_out_is_listed_as_it_was_asked_and_ended_by_its_name(asking: str, dripping: Dripping) -> None:
    query = f"SELECT * {{ {_service(dripping, path='0')} ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }}"
    headers = {"x-request-id": "onderweg"}
    with httpx.stream("GET", f"{asking}/sparql", params={"query": query}, headers=headers, timeout=30) as answer:
        chunks = answer.iter_raw()
        next(chunks)
        (found,) = httpx.get(f"{asking}/queries", headers=OPERATOR).json()["queries"]
        assert (found["id"], found["query"]) == ("onderweg", query)
        assert httpx.delete(f"{asking}/queries/onderweg", headers=OPERATOR).status_code == 204
        with pytest.raises(httpx.RemoteProtocolError):
            list(chunks)
    assert httpx.get(f"{asking}/queries", headers=OPERATOR).json() == {"queries": []}


def test_calls_end_when_who_asked_leaves(asking: str, dripping: Dripping) -> None:
    with pytest.raises(httpx.ReadTimeout):
        httpx.get(f"{asking}/sparql", params={"query": f"SELECT * {{ {_service(dripping)} }}"}, timeout=0.7)
    assert dripping.await_left(dripping.begun, seconds=1.5)
    assert httpx.get(f"{asking}/queries", headers=OPERATOR).json() == {"queries": []}


def test_calls_end_when_another_call_of_the_query_fails(asking: str, dripping: Dripping) -> None:
    answer, _ = _ask(asking, f"SELECT * {{ {_service(dripping)} {_service(dripping, path='broken')} }}")
    assert answer.status_code == 502
    assert dripping.await_left(dripping.begun, seconds=1.5)
