"""A list that is sent in several lines is the same list (RFC 9110 §5.3)."""

from __future__ import annotations

from urllib.parse import quote

import httpx
import pytest

from wire import exchange, statuses

ASK = "/sparql?query=" + quote("ASK { ?s ?p ?o }")


def asked(address: str, path: str, *lines: str, times: int = 1) -> bytes:
    """The last of the answers to the same request, that many times over one connection."""
    head = "".join(f"{line}\r\n" for line in ("Host: x", *lines))
    again = f"GET {path} HTTP/1.1\r\n{head}\r\n" * (times - 1)
    answers = exchange(address, f"{again}GET {path} HTTP/1.1\r\n{head}Connection: close\r\n\r\n".encode())
    return b"HTTP/1.1 " + answers.rpartition(b"HTTP/1.1 ")[2]


@pytest.mark.parametrize("times", [1, 3])
def test_second_line_of_accept_counts(address: str, times: int) -> None:
    lines = ("Accept: application/x-binary-rdf-results-table", "Accept: text/csv;q=0.8")
    answer = asked(address, ASK, *lines, times=times)
    assert statuses(answer) == [200]
    assert b"content-type: text/csv" in answer


def test_each_line_of_if_none_match_counts(client: httpx.Client, address: str) -> None:
    etag = client.get(ASK).headers["etag"]
    for tags in (('"another"', etag), (etag, '"another"')):
        assert statuses(asked(address, ASK, *(f"If-None-Match: {tag}" for tag in tags), times=2)) == [304]


def test_second_line_of_accept_language_and_accept_encoding_counts(address: str) -> None:
    lines = (
        "Accept: text/html",
        "Accept-Language: de",
        "Accept-Language: en",
        "Accept-Encoding: x",
        "Accept-Encoding: br",
    )
    answer = asked(address, "/", *lines)
    assert b"content-language: en" in answer
    assert b"content-encoding: br" in answer


def test_body_is_not_taken_for_plain_where_a_second_line_says_that_it_is_compressed(address: str) -> None:
    head = "POST /sparql HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/sparql-query\r\n"
    codings = "Content-Encoding: identity\r\nContent-Encoding: gzip\r\nContent-Length: 6\r\n\r\n"
    assert statuses(exchange(address, f"{head}{codings}ASK {{}}".encode())) == [415]


def test_second_content_type_is_not_joined_to_the_first(address: str) -> None:
    kinds = "Content-Type: application/sparql-query\r\nContent-Type: text/plain\r\n"
    head = f"POST /sparql HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{kinds}Content-Length: 6\r\n\r\n"
    assert statuses(exchange(address, f"{head}ASK {{}}".encode())) == [200]
