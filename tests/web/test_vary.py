"""What is sent compressed to who asks for that says so, however it is sent (RFC 9110 §12.5.5)."""

from __future__ import annotations

from urllib.parse import quote

import httpx
import pytest

SMALL = "/sparql?query=" + quote("ASK { ?s ?p ?o }")
LARGE = "/sparql?query=" + quote("SELECT * { ?s ?p ?o } LIMIT 200")
PATHS = [SMALL, LARGE, "/doc/profiel/proef-2020", "/doc/profiel/proef-2020.ttl", "/", "/store?default", "/health"]
CODINGS = ["identity", "gzip"]


def _varies(answer: httpx.Response) -> int:
    """How often an answer says that it varies with Accept-Encoding; once is right."""
    return [part.strip().casefold() for part in answer.headers.get("vary", "").split(",")].count("accept-encoding")


@pytest.mark.parametrize("coding", CODINGS)
@pytest.mark.parametrize("path", PATHS)
def test_every_way_to_ask_for_a_page_is_told_that_it_varies_with_the_coding(
    client: httpx.Client, path: str, coding: str
) -> None:
    for _ in range(3):
        for method in ("GET", "HEAD"):
            answer = client.request(method, path, headers={"accept-encoding": coding})
            assert answer.status_code == 200
            assert _varies(answer) == 1


@pytest.mark.parametrize("path", [SMALL, LARGE, "/doc/profiel/proef-2020", "/store?default"])
def test_who_has_the_answer_is_told_what_it_varies_with_as_before(client: httpx.Client, path: str) -> None:
    whole = client.get(path, headers={"accept-encoding": "gzip"})
    for _ in range(3):
        same = client.get(path, headers={"accept-encoding": "gzip", "if-none-match": whole.headers["etag"]})
        assert same.status_code == 304
        assert same.headers["vary"] == whole.headers["vary"]


def test_large_answer_that_goes_out_as_a_small_one_did_varies_with_the_coding(client: httpx.Client) -> None:
    bare = {"accept-encoding": "identity", "accept": "text/csv"}
    answers = [
        client.get(f"/sparql?query={quote(f'SELECT * {{ ?s ?p ?o }} LIMIT {n}')}", headers=bare) for n in (1, 99)
    ]
    assert [_varies(answer) for answer in answers] == [1, 1]


def test_file_that_is_there_compressed_as_well_says_once_what_it_varies_with(client: httpx.Client) -> None:
    for path in ("/static/vakgraaf.css", "/favicon.ico"):
        for coding in CODINGS:
            assert _varies(client.get(path, headers={"accept-encoding": coding})) == 1


@pytest.mark.parametrize("coding", CODINGS)
@pytest.mark.parametrize("path", [SMALL, LARGE, "/doc/profiel/proef-2020", "/store?default"])
def test_head_tells_the_length_that_get_would_have_or_none(client: httpx.Client, path: str, coding: str) -> None:
    """RFC 9110 §8.6."""
    for _ in range(3):
        head, got = (client.request(method, path, headers={"accept-encoding": coding}) for method in ("HEAD", "GET"))
        assert head.content == b""
        assert head.headers.get("content-encoding") == got.headers.get("content-encoding")
        assert head.headers.get("content-length") in (None, got.headers.get("content-length"))
