"""What is too long is refused for that reason, with the limit, before anything is done with it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import httpx
import pytest

QUERY = {"content-type": "application/sparql-query"}
LONGEST = 65_535


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """The server as the command line starts it, with its own end of each connection."""
    state = str(tmp_path_factory.mktemp("state"))
    command = [sys.executable, "-m", "vakgraaf", "serve", "--port", "0", "--empty", "--store", state]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        found = re.search(r"http://\S+", server.stdout.readline())
        assert found
        try:
            with httpx.Client(base_url=found[0], timeout=30) as client:
                yield client
        finally:
            server.terminate()


def _address(length: int) -> str:
    start = "/sparql?query=ASK%7B%7D%23"
    return start + "a" * (length - len(start))


def _get(served: httpx.Client, address: str, language: str = "nl") -> tuple[int, dict[str, Any]]:
    """Status and JSON, by a client that has no limit of its own."""
    with closing(HTTPConnection(served.base_url.host, served.base_url.port, timeout=30)) as connection:
        connection.request("GET", address, headers={"Accept-Language": language})
        answer = connection.getresponse()
        return answer.status, json.loads(answer.read())


def test_longest_address_that_can_be_read_is_answered(served: httpx.Client) -> None:
    assert _get(served, _address(LONGEST)) == (200, {"head": {}, "boolean": True})


@pytest.mark.parametrize("length", [LONGEST + 1, 300_000, 30_000_000])
def test_longer_address_is_refused_for_what_it_is(served: httpx.Client, length: int) -> None:
    for language, word in (("nl", "Het adres"), ("en", "The address")):
        status, problem = _get(served, _address(length), language)
        assert status == problem["status"] == 414
        assert problem["detail"].startswith(word)
        assert all(name in problem["detail"] for name in (str(LONGEST), "POST", "VAKGRAAF_MAX_QUERY_BYTES"))
    assert served.get("/sparql?query=ASK%7B%7D").status_code == 200


def test_longer_path_is_refused_as_well(served: httpx.Client) -> None:
    assert _get(served, "/doc/" + "a" * 70_000)[0] == 414


@pytest.mark.parametrize("length", [1_000_000, 30_000_000])
@pytest.mark.parametrize("streamed", [False, True])
def test_body_that_is_too_long_is_refused_with_the_limit_and_its_setting(
    served: httpx.Client, length: int, streamed: bool
) -> None:
    body: bytes | Iterator[bytes] = b"#" * length
    if streamed:
        body = (b"#" * 100_000 for _ in range(length // 100_000))
    for language in ("nl", "en"):
        answer = served.post("/sparql", content=body, headers={**QUERY, "accept-language": language})
        assert (answer.status_code, answer.headers["content-type"]) == (413, "application/problem+json")
        assert "VAKGRAAF_MAX_QUERY_BYTES" in answer.json()["detail"]
        if streamed:
            break


def test_query_that_is_too_long_says_how_long_it_may_be(
    tmp_path: Path, running: Callable[..., AbstractContextManager[str]]
) -> None:
    with (
        running(tmp_path, max_query_bytes=1000) as address,
        httpx.Client(base_url=address, headers={"accept-language": "en"}, timeout=30) as client,
    ):
        text = "ASK {} #" + "é" * 500
        refused = [
            client.get("/sparql", params={"query": text}),
            client.get("/sparql", params={"query": text, "explain": "on"}),
            client.post("/sparql", content=text.encode(), headers=QUERY),
            client.post("/sparql", data={"query": text}),
            client.request("QUERY", "/sparql", content=text.encode(), headers=QUERY),
        ]
        assert client.head("/sparql", params={"query": text}).status_code == 414
        assert client.get("/sparql", params={"query": text[:500]}).status_code == 200
    assert [answer.status_code for answer in refused] == [414, 414, 413, 413, 413]
    for answer in refused:
        problem = answer.json()
        assert problem["type"].endswith("#QueryTooLong")
        assert "1008 bytes" in problem["detail"]
        assert "at most 1000" in problem["detail"]
        assert "VAKGRAAF_MAX_QUERY_BYTES" in problem["detail"]
