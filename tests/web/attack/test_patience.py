"""Clients that are slow on purpose: each gets its time and no more, and takes no place from others for longer."""

from __future__ import annotations

import itertools
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any
from urllib.parse import quote

import httpx
import pytest

from serving import cut_off
from wire import connect, everything, statuses

POST = b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\nConnection: close\r\n"
TOO_LONG_S = 20


@pytest.fixture(scope="module")
def hurried(
    tmp_path_factory: pytest.TempPathFactory, running: Callable[..., AbstractContextManager[str]]
) -> Iterator[str]:
    """A server with little patience and one place."""
    patience: dict[str, Any] = {"header_timeout_s": 0.3, "client_timeout_s": 1, "max_requests": 1}
    with running(tmp_path_factory.mktemp("hurried"), **patience) as address:
        yield address


def trickle(address: str, begin: bytes, rest: bytes) -> bytes:
    """What comes back for a request of which a byte comes now and then."""
    with connect(address) as connection:
        connection.sendall(begin)
        connection.settimeout(0.05)
        until = time.monotonic() + TOO_LONG_S
        for byte in itertools.cycle(rest):
            try:
                connection.sendall(bytes([byte]))
                found = connection.recv(65536)
            except TimeoutError:
                assert time.monotonic() < until, "the server waits for ever"
                continue
            except (ConnectionResetError, BrokenPipeError):
                return b""
            return found


@pytest.mark.parametrize("sent", [b"", b"\r\n", b"GET /heal", b"GET /health HTTP/1.1\r\nHost: x\r\nX-A"])
def test_who_does_not_finish_a_head_is_not_waited_for(hurried: str, sent: bytes) -> None:
    with connect(hurried, TOO_LONG_S) as connection:
        connection.sendall(sent)
        assert statuses(everything(connection)) == ([408] if sent.strip() else [])


@pytest.mark.parametrize(
    ("reason", "sent"),
    [
        ("late", b"GET /heal"),
        ("malformed", b"GET /health HTTP/1.1\r\nHost x\r\n\r\n"),
        ("too_large", POST + b"Transfer-Encoding: chunked\r\n\r\n6\r\nASK {}\r\n0\r\n" + b"X-A: b\r\n" * 20_000),
    ],
)
def test_connection_that_is_cut_off_is_counted_once(hurried: str, reason: str, sent: bytes) -> None:
    before = cut_off(hurried, reason)
    with connect(hurried, TOO_LONG_S) as connection:
        connection.sendall(sent)
        everything(connection)
    assert cut_off(hurried, reason) == before + 1


def test_who_leaves_or_only_waits_is_not_counted_as_cut_off(hurried: str) -> None:
    before = cut_off(hurried, "late")
    with connect(hurried, TOO_LONG_S) as connection:
        assert everything(connection) == b""
    with connect(hurried) as connection:
        connection.sendall(b"GET /heal")
    assert cut_off(hurried, "late") == before


def test_who_sends_empty_lines_for_ever_is_not_waited_for(hurried: str) -> None:
    assert trickle(hurried, b"", b"\r\n") == b""


@pytest.mark.parametrize(
    ("begin", "rest"),
    [
        (b"GET /health HTTP/1.1\r\nHost: x\r\nX-A: ", b"a"),
        (b"GET /", b"a"),
        (POST + b"Content-Length: 100000\r\n\r\n", b"#"),
        (POST + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\n#\r\n"),
    ],
    ids=["header", "address", "body", "chunks"],
)
def test_who_sends_a_byte_now_and_then_is_not_waited_for(hurried: str, begin: bytes, rest: bytes) -> None:
    assert statuses(trickle(hurried, begin, rest)) == [408]


def test_fields_after_a_body_have_an_end(hurried: str) -> None:
    with connect(hurried) as connection:
        connection.sendall(POST + b"Transfer-Encoding: chunked\r\n\r\n6\r\nASK {}\r\n0\r\n")
        connection.sendall(b"X-A: b\r\n" * 20_000)
        assert statuses(everything(connection)) == []


def test_header_without_an_end_is_refused_before_it_fills_the_memory(hurried: str) -> None:
    with connect(hurried) as connection:
        connection.sendall(b"GET /health HTTP/1.1\r\nHost: x\r\nX-A: ")
        with pytest.raises((ConnectionResetError, BrokenPipeError)):
            connection.sendall(b"a" * 50_000_000)


def test_body_that_comes_steadily_is_read_to_its_end(hurried: str) -> None:
    query = b"ASK {} #" + b"." * (8 * 8192 - 8)
    with connect(hurried, TOO_LONG_S) as connection:
        connection.sendall(POST + b"Content-Length: %d\r\n\r\n" % len(query))
        for begin in range(0, len(query), 8192):
            connection.sendall(query[begin : begin + 8192])
            time.sleep(0.2)  # far less than the patience, and eight times this is more
        assert statuses(everything(connection)) == [200]


def test_who_takes_nothing_in_does_not_keep_its_place(hurried: str) -> None:
    ask = b"GET /graph/veel.nt HTTP/1.1\r\nHost: x%d\r\nAccept-Encoding: identity\r\n\r\n"
    with socket.socket() as silent:
        # Not connect(): the little room to receive has to be there from the first.
        silent.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        silent.connect((httpx.URL(hurried).host, httpx.URL(hurried).port))
        silent.sendall(b"".join(ask % n for n in range(300)))
        for status, problem in ((503, "the place is never taken"), (200, "the place is never free again")):
            until = time.monotonic() + TOO_LONG_S
            while httpx.get(f"{hurried}/doc/problem", headers={"host": f"y{until}"}).status_code != status:
                assert time.monotonic() < until, problem


def test_who_takes_in_a_long_answer_slowly_but_steadily_gets_all_of_it(hurried: str) -> None:
    query = "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 30000"
    until = time.monotonic() + TOO_LONG_S
    while (whole := httpx.get(f"{hurried}/sparql", params={"query": query, "format": "csv"})).status_code != 200:
        assert time.monotonic() < until, "the place is never free"
    # To HTTP/1.0 it goes in one piece, of which the system takes much at once and then nothing for a while.
    ask = b"GET /sparql?format=csv&query=%b HTTP/1.0\r\nHost: x\r\n\r\n" % quote(query).encode()
    found = b""
    with connect(hurried, TOO_LONG_S) as connection:
        connection.sendall(ask)
        for _ in range(30):
            found += connection.recv(40_000)
            time.sleep(0.1)  # four hundred thousand bytes in a second, where four thousand would do
        found += everything(connection)
    assert len(found.partition(b"\r\n\r\n")[2]) == len(whole.content)
