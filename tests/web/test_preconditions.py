"""What is asked on condition of what there is (RFC 9110 §13): of what is read, and of what is changed."""

from __future__ import annotations

from urllib.parse import quote

import httpx
import pytest

QUERY = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
ASKED = f"/sparql?query={quote(QUERY)}"
PAGE = "/doc/profiel/proef-2020"


@pytest.mark.parametrize("path", [ASKED, PAGE, "/store?default", "/store", "/graph/proef-2020.ttl", "/sparql", "/"])
def test_who_wants_what_there_was_is_not_given_what_there_is(client: httpx.Client, path: str) -> None:
    etag = client.get(path).headers["etag"]
    for _ in range(2):  # the second time it could be one that was kept
        for method in ("GET", "HEAD"):
            for stale in ('"zzz"', 'W/"zzz", "yyy"', ""):
                assert client.request(method, path, headers={"if-match": stale}).status_code == 412
            for fresh in (etag, f'"zzz", {etag}', "*", etag.removeprefix("W/")):
                assert client.request(method, path, headers={"if-match": fresh}).status_code == 200
    assert client.get(path, headers={"if-match": '"zzz"', "if-none-match": etag}).status_code == 412
    assert client.get(path, headers={"if-match": etag, "if-none-match": etag}).status_code == 304


def test_what_is_not_there_is_not_there_on_any_condition(client: httpx.Client) -> None:
    for path in ("/store?graph=urn:x:nergens", "/graph/nergens.ttl", "/doc/ding/nergens"):
        assert client.get(path, headers={"if-match": '"zzz"'}).status_code == 404


def test_why_a_condition_fails_is_told(client: httpx.Client) -> None:
    answer = client.get(ASKED, headers={"if-match": '"zzz"', "accept-language": "en"})
    assert answer.json()["status"] == 412
    assert "If-Match" in answer.json()["detail"]
    assert "etag" not in answer.headers


@pytest.mark.parametrize("kind", ["application/sparql-query", "application/x-www-form-urlencoded"])
def test_who_has_the_answer_to_a_query_method_is_told_so(client: httpx.Client, kind: str) -> None:
    body = QUERY if kind.endswith("query") else f"query={quote(QUERY)}"

    def asked(**conditions: str) -> httpx.Response:
        headers = {"content-type": kind} | {name.replace("_", "-"): value for name, value in conditions.items()}
        return client.request("QUERY", "/sparql", content=body, headers=headers)

    etag = asked().headers["etag"]
    same = asked(if_none_match=etag)
    assert (same.status_code, same.content, same.headers["etag"]) == (304, b"", etag)
    assert asked(if_none_match='"zzz"').status_code == 200
    assert asked(if_match='"zzz"').status_code == 412
    assert asked(if_match=etag).status_code == 200
