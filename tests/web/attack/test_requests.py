"""Requests that mean one thing to a proxy and another to a server, or that no client would send."""

from __future__ import annotations

import json
from contextlib import suppress
from socket import SHUT_WR

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wire import connect, everything, exchange, statuses

ASK = b"ASK {}"
GET = b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\n"
HEADERS = b"Host: x\r\nAccept: application/json\r\nConnection: close\r\n"
POST = b"POST /sparql HTTP/1.1\r\n" + HEADERS + b"Content-Type: application/sparql-query\r\n"
CHUNKED = b"Transfer-Encoding: chunked\r\n"
CHUNKS = b"6\r\nASK {}\r\n0\r\n\r\n"
HIDDEN = b"GET /hidden HTTP/1.1\r\nHost: x\r\n\r\n"

TWO_MEANINGS = {
    "length and chunks": POST + b"Content-Length: 6\r\n" + CHUNKED + b"\r\n" + CHUNKS,
    "chunks and length": POST + CHUNKED + b"Content-Length: 6\r\n\r\n" + CHUNKS,
    "two lengths": POST + b"Content-Length: 6\r\nContent-Length: 60\r\n\r\n" + ASK,
    "one length twice": POST + b"Content-Length: 6\r\nContent-Length: 6\r\n\r\n" + ASK,
    "list of lengths": POST + b"Content-Length: 6, 6\r\n\r\n" + ASK,
    "length with a sign": POST + b"Content-Length: +6\r\n\r\n" + ASK,
    "length below zero": POST + b"Content-Length: -6\r\n\r\n" + ASK,
    "length in hexadecimals": POST + b"Content-Length: 0x6\r\n\r\n" + ASK,
    "length beyond numbers": POST + b"Content-Length: 99999999999999999999999\r\n\r\n" + ASK,
    "space before a colon": POST + b"Content-Length : 6\r\n\r\n" + ASK,
    "space before the other colon": POST + b"Transfer-Encoding : chunked\r\n\r\n" + CHUNKS,
    "unknown coding": POST + b"Transfer-Encoding: xchunked\r\n\r\n" + CHUNKS,
    "chunks inside a coding": POST + b"Transfer-Encoding: chunked, identity\r\n\r\n" + CHUNKS,
    "coding inside chunks": POST + b"Transfer-Encoding: gzip, chunked\r\n\r\n" + CHUNKS,
    "chunks twice": POST + CHUNKED + CHUNKED + b"\r\n" + CHUNKS,
    "vertical tab": POST + b"Transfer-Encoding: \x0bchunked\r\n\r\n" + CHUNKS,
    "folded line": GET + HEADERS + b"X-A: b\r\n c\r\n\r\n",
    "folded length": POST + b"Content-Length:\r\n 6\r\n\r\n" + ASK,
    "line feeds alone": GET.replace(b"\r", b"") + HEADERS.replace(b"\r", b"") + b"\n",
    "one line feed alone": GET + b"Host: x\nX: y\r\n\r\n",
    "carriage return alone": GET + b"Host: x\rX: y\r\n\r\n",
    "zero byte": GET + HEADERS + b"X: a\x00b\r\n\r\n",
    "header without a name": GET + HEADERS + b": a\r\n\r\n",
    "header without a colon": GET + HEADERS + b"abc\r\n\r\n",
    "chunk ended by a line feed": POST + CHUNKED + b"\r\n6\nASK {}\n0\n\n",
    "extension ended by a line feed": POST + CHUNKED + b"\r\n6;a\nASK {}\r\n0\r\n\r\n",
    "chunk longer than it says": POST + CHUNKED + b"\r\n6\r\nASK {}0\r\n\r\n",
    "size of a chunk with a space": POST + CHUNKED + b"\r\n6 \r\nASK {}\r\n0\r\n\r\n",
    "size of a chunk with a prefix": POST + CHUNKED + b"\r\n0x6\r\nASK {}\r\n0\r\n\r\n",
    "size of a chunk beyond numbers": POST + CHUNKED + b"\r\nfffffffffffffffff\r\nASK {}\r\n0\r\n\r\n",
    "space in the address": b"GET /doc/a b HTTP/1.1\r\n" + HEADERS + b"\r\n",
    "bytes that are no ASCII in the address": b"GET /doc/\xff HTTP/1.1\r\n" + HEADERS + b"\r\n",
    "method in small letters": GET.lower() + HEADERS + b"\r\n",
    "version that there is not": GET.replace(b"1.1", b"1.2") + HEADERS + b"\r\n",
    "another protocol": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "TLS": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    "tunnel": b"CONNECT evil.example:80 HTTP/1.1\r\nHost: evil.example\r\n\r\n",
    "no host": GET + b"Connection: close\r\n\r\n",
    "two hosts": GET + HEADERS + b"Host: y\r\n\r\n",
    "host with a path": GET + b"Host: a/b\r\n\r\n",
    "host with a user": GET + b"Host: a@b\r\n\r\n",
    "host that is markup": GET + b"Host: a<b>\r\n\r\n",
    "host with a space": GET + b"Host: a b\r\n\r\n",
    "headers of 100 kB": GET + HEADERS + b"X: " + b"a" * 100_000 + b"\r\n\r\n",
    "20,000 headers": GET + HEADERS + b"X: a\r\n" * 20_000 + b"\r\n",
}


@pytest.mark.parametrize("sent", TWO_MEANINGS.values(), ids=TWO_MEANINGS)
def test_request_with_two_meanings_is_refused_and_nothing_after_it_is_read(address: str, sent: bytes) -> None:
    (status,) = statuses(exchange(address, sent + HIDDEN))
    assert status in (400, 431, 501)


@pytest.mark.parametrize(
    "sent",
    [
        POST + CHUNKED + b"\r\n6;a=b\r\nASK {}\r\n0\r\n\r\n",
        POST + CHUNKED + b"\r\n6\r\nASK {}\r\n0\r\nAccept: text/csv\r\nHost: y\r\n\r\n",
        b"\r\n\r\n" + GET + HEADERS + b"\r\n",
        GET.replace(b"/sparql", b"http://evil.example/sparql") + HEADERS + b"\r\n",
    ],
    ids=["extension of a chunk", "fields after the body", "empty lines before", "whole address"],
)
def test_request_that_is_odd_but_good_means_one_thing(address: str, sent: bytes) -> None:
    answer = exchange(address, sent)
    assert statuses(answer) == [200]
    assert b"application/json" in answer or b"sparql-results+json" in answer  # and not the type of a field after it


def test_body_of_a_get_is_no_second_request(address: str) -> None:
    sent = GET + HEADERS + b"Content-Length: %d\r\n\r\n" % len(HIDDEN) + HIDDEN
    assert statuses(exchange(address, sent)) == [200]


def test_body_of_a_request_that_was_refused_is_no_second_request(address: str) -> None:
    refused = b"POST /update HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n" % len(HIDDEN) + HIDDEN
    assert statuses(exchange(address, refused + GET + HEADERS + b"\r\n")) == [403, 200]


def test_what_follows_the_last_request_is_not_read(address: str) -> None:
    assert statuses(exchange(address, GET + HEADERS + b"\r\n" + HIDDEN)) == [200]


def test_rubbish_after_a_request_does_not_take_its_answer_away(address: str) -> None:
    slow = b"GET /doc/profiel/proef-2020 HTTP/1.1\r\nHost: x%d\r\n\r\n"
    for n in range(5):
        assert statuses(exchange(address, slow % n + b"rubbish\r\n\r\n")) == [200]
        assert statuses(exchange(address, 3 * (slow % n), b"rubbish", b"\r\n\r\n"))[:3] == 3 * [200]


def test_body_that_is_longer_than_announced_is_answered_as_far_as_it_was_read(address: str) -> None:
    body = 'SELECT * { ?é ?p "één" } LIMIT 1'
    keeps = POST.replace(b"Connection: close\r\n", b"")
    sent = keeps + b"Content-Length: %d\r\n\r\n" % len(body) + body.encode()
    assert statuses(exchange(address, sent)) == [400]
    assert b"SyntaxProblem" in exchange(address, sent)


def test_connection_that_http_1_0_asks_to_keep_is_closed_also_after_an_answer_of_before(address: str) -> None:
    for version in (b"1.1", b"1.1", b"1.0", b"1.0"):
        keep = b"Connection: " + (b"close" if version == b"1.1" else b"keep-alive")
        sent = b"GET /sparql?query=ASK%7B%7D HTTP/" + version + b"\r\nHost: kept\r\n" + keep + b"\r\n\r\n"
        answer = exchange(address, sent)
        assert statuses(answer) == [200]
        assert b"connection: close" in answer.lower()


def test_offer_of_another_protocol_is_let_go_and_the_body_is_read(address: str) -> None:
    offer = b"Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAA\r\n"
    keeps = POST.replace(b"Connection: close\r\n", b"")
    sent = keeps + offer + b"Content-Length: 6\r\n\r\n" + ASK
    socket = GET + HEADERS.replace(b"Connection: close\r\n", b"Connection: Upgrade, close\r\nUpgrade: websocket\r\n")
    answer = exchange(address, sent[:-3], sent[-3:] + keeps + CHUNKED + offer + b"\r\n" + CHUNKS + socket + b"\r\n")
    assert statuses(answer) == [200, 200, 200]
    assert answer.count(b'"boolean":true') == 3


def test_compressed_body_is_refused_and_never_unpacked(address: str) -> None:
    answer = exchange(address, POST + b"Content-Encoding: gzip\r\nContent-Length: 6\r\n\r\n" + ASK)
    assert statuses(answer) == [415]
    assert b"Content-Encoding" in answer


EXPECT = b"Expect: 100-continue\r\n"


@pytest.mark.parametrize(
    ("head", "status"),
    [
        (POST + b"Content-Length: 99999999\r\n", 413),
        (POST.replace(b"sparql-query", b"pdf") + b"Content-Length: 6\r\n", 415),
        (POST.replace(b"sparql-query", b"pdf") + CHUNKED, 415),
    ],
    ids=["too long", "no query", "no query, in chunks"],
)
def test_who_waits_for_a_go_ahead_is_not_asked_for_what_is_refused(address: str, head: bytes, status: int) -> None:
    """RFC 9110 §10.1.1."""
    assert statuses(exchange(address, head + EXPECT + b"\r\n")) == [status]


def test_only_who_waits_for_a_go_ahead_and_knows_one_gets_it(address: str) -> None:
    sent = POST + b"Content-Length: 6\r\n" + EXPECT + b"\r\n" + ASK
    assert statuses(exchange(address, sent)) == [100, 200]
    assert statuses(exchange(address, sent.replace(b"HTTP/1.1", b"HTTP/1.0"))) == [200]


@pytest.mark.parametrize(("language", "word"), [("nl", "adres"), ("en", "address")])
def test_what_cannot_be_read_is_refused_in_words(address: str, language: str, word: str) -> None:
    """A browser, curl and many a library send such an address as it was typed."""
    sent = f"GET /doc/caf\xe9 HTTP/1.1\r\nHost: x\r\nAccept-Language: {language}\r\n\r\n"
    head, _, body = exchange(address, sent.encode()).partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 400 ")
    assert b"\r\ndate: " in head  # RFC 9110 §6.6.1
    assert b"application/problem+json" in head
    problem = json.loads(body)
    assert (problem["status"], word in problem["detail"]) == (400, True)


_PIECES = st.sampled_from(
    (
        GET,
        POST,
        HEADERS,
        CHUNKED,
        CHUNKS,
        ASK,
        HIDDEN,
        b"Content-Length: 6\r\n",
        b"\r\n",
        b"\n",
        b"\r",
        b" ",
        b":",
        b"0",
    )
)


@pytest.mark.slow
@given(st.lists(_PIECES | st.binary(max_size=8), max_size=12).map(b"".join))
def test_no_bytes_at_all_are_an_error_of_the_server(address: str, sent: bytes) -> None:
    with connect(address) as connection:
        connection.sendall(sent + b"\r\n\r\n")
        connection.shutdown(SHUT_WR)
        connection.settimeout(0.3)
        with suppress(TimeoutError):
            assert all(status < 500 or status == 501 for status in statuses(everything(connection)))
    assert httpx.get(f"{address}/health").status_code == 200
