"""A request whose headers were parsed before is read as the same request that is parsed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, suppress
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from side_by_side import servers
from vakgraaf.web.known_heads import Head, KnownHeads
from wire import connect, everything, statuses

TARGETS = [
    "/sparql?query=ASK%20{}",
    "/sparql?query=ASK+%7B%7D%0A%231",
    "/sparql?query=SELECT%20*%20%7B",
    "/health",
    "/sparql?query=ASK%7B%7D&query=ASK%7B%7D%20",
    "/h%65alth",
    "/health?",
    "/health?a#b",
    "/sparql?query=ASK{}&format=csv",
    "//health",
    "http://a.example/health",
    "/nergens",
]
HEADERS = [
    "Host: a.example\r\nAccept: */*",
    "Host: a.example\r\nAccept: text/csv\r\nX-Request-Id: proef",
    "Host: a.example\r\nAccept-Language: en",
    "Host: a.example\r\nAccept: image/png\r\nAccept-Language: en\r\nAccept: text/csv",
    "Host: b.example\r\nUpgrade: h2c\r\nConnection: Upgrade",
    "host:a.example\r\nAccept:*/*\r\nConnection: keep-alive",
    "Host: a.example\r\nContent-Length: 3",
    "Host: a.example\r\nHost: b.example",
    "Accept: */*",
]
LAST = b"GET /health HTTP/1.1\r\nHost: a.example\r\nConnection: close\r\n\r\n"
_OF_ONE_ANSWER = re.compile(rb"[0-9a-f]{16}|date: [^\r]*")


class Counting(KnownHeads):
    """Counts what it knew."""

    known = 0

    def find(self, head: bytes) -> Head | None:
        """The same."""
        found = super().find(head)
        type(self).known += found is not None
        return found


class Deaf(KnownHeads):
    """Never learns, so that everything is parsed."""

    def learn(self, *_: object) -> None:
        """Forget it at once."""


@pytest.fixture(scope="module")
def both(
    tmp_path_factory: pytest.TempPathFactory, running: Callable[..., AbstractContextManager[str]]
) -> Iterator[tuple[str, str]]:
    """A server that learns, and one that does not."""
    with servers(running, tmp_path_factory.mktemp("heads"), "KnownHeads", (Counting, Deaf)) as (knowing, parsing):
        yield knowing, parsing


def request(target: str, headers: str, method: str = "GET", version: str = "1.1") -> bytes:
    body = "abc" if "Content-Length" in headers else ""
    return f"{method} {target} HTTP/{version}\r\n{headers}\r\n\r\n{body}".encode()


requests = st.builds(
    request,
    st.sampled_from(TARGETS),
    st.sampled_from(HEADERS),
    st.sampled_from(["GET", "GET", "GET", "HEAD", "OPTIONS"]),
    st.sampled_from(["1.1", "1.1", "1.1", "1.0"]),
)


def answers(address: str, sent: list[bytes], *, one_by_one: bool) -> tuple[list[int], list[bytes]]:
    """What comes back for these requests and a last one: the statuses, and all lines but for what is another each time.

    The lines are sorted, as what was kept has its headers in another order, and is kept sooner or later.
    """
    with connect(address) as connection:
        found = b""
        with suppress(ConnectionError):  # it may close after a request that it does not understand
            for part in sent if one_by_one else [b"".join(sent)]:
                connection.sendall(part)
                if one_by_one:
                    found += connection.recv(65536)
            connection.sendall(LAST)
        found += everything(connection)
        return statuses(found), sorted(_OF_ONE_ANSWER.sub(b"", found).split(b"\r\n"))


@settings(max_examples=150)
@given(sent=st.lists(requests, max_size=6), one_by_one=st.booleans())
def test_requests_are_read_as_the_parser_reads_them(
    both: tuple[str, str], sent: list[bytes], *, one_by_one: bool
) -> None:
    knowing, parsing = (answers(address, sent, one_by_one=one_by_one) for address in both)
    assert knowing == parsing


@settings(max_examples=80)
@given(sent=st.lists(requests, min_size=1, max_size=4), cuts=st.lists(st.integers(1, 200), max_size=3))
def test_requests_in_pieces_are_read_as_the_parser_reads_them(
    both: tuple[str, str], sent: list[bytes], cuts: list[int]
) -> None:
    whole = b"".join(sent)
    places = [0, *sorted(set(cuts)), len(whole)]
    pieces = [whole[start:end] for start, end in pairwise(places)]
    knowing, parsing = (answers(address, pieces, one_by_one=False) for address in both)
    assert knowing == parsing


def test_headers_are_known_from_the_second_request_on(both: tuple[str, str]) -> None:
    Counting.known = 0
    headers = "Host: c.example\r\nAccept: application/json"
    sent = [request(target, headers) for target in ("/health", "/ready", "/health?a")]
    assert answers(both[0], sent, one_by_one=True)[0] == [200, 200, 200, 200]
    assert Counting.known == 2


@pytest.mark.parametrize(
    "head",
    [
        b"Host: a.example\r\nContent-Length: 0\r\n\r\n",
        b"Host: a.example\r\nTransfer-Encoding: chunked\r\n\r\n",
        b"Host: a.example\r\n\r\nGET / HTTP/1.1\r\nHost: a.example\r\n\r\n",
        b"Host: a.example\r\n",
        b"Host: a.example\r\nX: " + b"x" * 3000 + b"\r\n\r\n",
    ],
)
def test_what_is_more_than_the_end_of_a_head_is_not_remembered(head: bytes) -> None:
    heads = KnownHeads()
    lines = head.split(b"\r\n\r\n")[0].split(b"\r\n")
    pairs = [line.partition(b": ")[::2] for line in lines if line]
    heads.learn(head, tuple((name.lower(), value) for name, value in pairs))
    assert heads.find(head) is None


def test_a_table_of_heads_does_not_grow_without_end() -> None:
    heads = KnownHeads()
    known = [b"Host: %d.example\r\n\r\n" % number for number in range(2000)]
    for head in known:
        heads.learn(head, ((b"host", b"a"),))
    assert sum(heads.find(head) is not None for head in known) <= 512
    assert heads.find(known[-1]) is not None
