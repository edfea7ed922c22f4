"""A change that is made on condition is made to what there is when it counts, or not at all (RFC 9110 §13.1)."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from pathlib import Path

import httpx
import pytest

from token_file import BEARER, Writable
from vakgraaf.engine import GraphChange, Replacing, StateDirectory, change_store
from vakgraaf.rdf.formats import TURTLE

GRAPH = "/store?graph=http://a.example/voorwaardelijk"
ADDRESSES = [GRAPH, "/store/voorwaardelijk", "/graph/voorwaardelijk"]
ONE, TWO = (f"<http://a.example/s> <http://a.example/p> {number} ." for number in (1, 2))
Running = Callable[..., AbstractContextManager[str]]


@pytest.fixture
def http(http: httpx.Client) -> httpx.Client:
    """A client that may write, to a server where the graphs of these tests are not there."""
    for address in ADDRESSES:
        http.delete(address)
    return http


def _send(http: httpx.Client, method: str, address: str, text: str = TWO, **conditions: str) -> int:
    headers = {"content-type": "text/turtle"} | {name.replace("_", "-"): value for name, value in conditions.items()}
    return http.request(method, address, content=text, headers=headers).status_code


def _tag(http: httpx.Client, address: str, accept: str = "text/turtle") -> str:
    return http.get(address, headers={"accept": accept}).headers["etag"]


def _held(http: httpx.Client, address: str) -> str:
    read = f"{address}.nt" if address.startswith("/graph") else address
    answer = http.get(read, headers={"accept": "application/n-triples"})
    return answer.text if answer.status_code == 200 else ""


@pytest.mark.parametrize("address", ADDRESSES)
def test_graph_is_made_only_where_there_is_none(http: httpx.Client, address: str) -> None:
    assert _send(http, "PUT", address, ONE, if_none_match="*") == 201
    before = _held(http, address)
    for method in ("PUT", "POST", "DELETE"):
        assert _send(http, method, address, if_none_match="*") == 412
    assert _held(http, address) == before != ""


@pytest.mark.parametrize("address", ADDRESSES)
def test_graph_that_is_not_there_is_not_replaced(http: httpx.Client, address: str) -> None:
    for condition in ("*", '"zzz"', _tag(http, "/store?default")):
        for method in ("PUT", "POST"):
            assert _send(http, method, address, if_match=condition) == 412
    assert _send(http, "DELETE", address, if_match="*") == 404
    assert _held(http, address) == ""


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE"])
@pytest.mark.parametrize("address", ADDRESSES)
def test_graph_is_changed_only_as_it_was_seen(http: httpx.Client, address: str, method: str) -> None:
    assert _send(http, "PUT", address, ONE) == 201
    seen, before = _tag(http, address), _held(http, address)
    assert _send(http, "PUT", "/store?graph=http://a.example/elders", f"# {address} {method}\n{ONE}") in (201, 204)
    _send(http, "POST", "/store?graph=http://a.example/elders", f"<urn:x:{method}> <urn:x:p> '{address}' .")
    for condition in ('"zzz"', 'W/"zzz"', "", seen):
        assert _send(http, method, address, if_match=condition) == 412
    assert _held(http, address) == before
    assert _send(http, method, address, if_none_match=_tag(http, address)) == 412
    assert _held(http, address) == before
    assert _send(http, method, address, if_match=f'"zzz", {_tag(http, address)}', if_none_match=seen) == 204
    assert _held(http, address) != before


@pytest.mark.parametrize("accept", ["text/turtle", "application/ld+json", "text/html"])
def test_tag_of_any_form_of_a_graph_is_its_tag(http: httpx.Client, accept: str) -> None:
    assert _send(http, "PUT", ADDRESSES[2], ONE) == 201
    assert _send(http, "PUT", ADDRESSES[2], TWO, if_match=_tag(http, ADDRESSES[2], accept)) == 204


def test_unnamed_graph_and_the_whole_store_are_always_there(http: httpx.Client) -> None:
    for address in ("/store?default", "/store"):
        assert _send(http, "POST", address, if_none_match="*") == 412
        assert _send(http, "POST", address, if_match='"zzz"') == 412
        assert _send(http, "POST", address, if_match="*") in (201, 204)
        assert _send(http, "POST", address, if_match=_tag(http, address, "*/*")) in (201, 204)


def test_of_writers_who_saw_the_same_one_wins(http: httpx.Client, writable: str) -> None:
    assert _send(http, "PUT", GRAPH, ONE) == 201

    def write(number: int) -> int:
        text = f"<http://a.example/s> <http://a.example/door> {number} ."
        headers = BEARER | {"content-type": "text/turtle", "if-match": seen}
        return httpx.put(f"{writable}{GRAPH}", content=text, headers=headers, timeout=60).status_code

    for turn in (1, 2, 3):
        seen = _tag(http, GRAPH)
        with ThreadPoolExecutor(6) as threads:
            assert sorted(threads.map(write, range(6 * turn, 6 * turn + 6))) == [204, 412, 412, 412, 412, 412]


def test_of_writers_who_make_the_same_graph_one_wins(http: httpx.Client, writable: str) -> None:
    def write(number: int) -> int:
        headers = BEARER | {"content-type": "text/turtle", "if-none-match": "*"}
        text = f"<http://a.example/s> <http://a.example/p> {number} ."
        return httpx.put(f"{writable}{GRAPH}", content=text, headers=headers, timeout=60).status_code

    with ThreadPoolExecutor(6) as threads:
        assert sorted(threads.map(write, range(6))) == [201, 412, 412, 412, 412, 412]


def test_what_another_program_wrote_meanwhile_is_not_overwritten(writable_by: Writable, tmp_path: Path) -> None:
    with writable_by(tmp_path) as address, httpx.Client(base_url=address, timeout=60, headers=BEARER) as http:
        assert _send(http, "PUT", GRAPH, ONE) == 201
        state = StateDirectory(tmp_path / "state")
        for number in range(3):
            seen = _tag(http, GRAPH)
            new = f"<http://a.example/s> <http://a.example/door> {number} .".encode()
            change_store(state, GraphChange(GRAPH.partition("=")[2], new, TURTLE, Replacing.WHOLE))
            # It counts from here on; the server looks for it once a second.
            assert _send(http, "PUT", GRAPH, if_match=seen) == 412
            until = time.monotonic() + 20
            while f'"{number}"^^' not in _held(http, GRAPH) and time.monotonic() < until:
                time.sleep(0.05)
            assert f'"{number}"^^' in _held(http, GRAPH)
        assert _send(http, "PUT", GRAPH, if_match=_tag(http, GRAPH)) == 204


def test_what_cannot_be_done_anyhow_is_told_first(http: httpx.Client) -> None:
    stale = {"if_match": '"zzz"'}
    assert _send(http, "PUT", GRAPH, "<a> <b> .", **stale) == 400
    assert _send(http, "PUT", "/graph/afgeleid", ONE, **stale) == 403
    http.headers["authorization"] = "Bearer onbekend"
    assert _send(http, "PUT", GRAPH, ONE, **stale) == 401
