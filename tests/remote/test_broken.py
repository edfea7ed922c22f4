"""What another server does wrong is seen: as a status where there is time for one, else as a broken transfer."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pytest

from token_file import token_file
from vakgraaf.engine import PoolLimits

_HEAD = b"HTTP/1.1 200 OK\r\ncontent-type: "
_ROW = b'{"x":{"type":"literal","value":"' + b"x" * 1000 + b'"}},'
_START = b'{"head":{"vars":["x"]},"results":{"bindings":['


def chunked(*chunks: bytes, end: bool = True) -> bytes:
    parts = [f"{len(chunk):x}\r\n".encode() + chunk + b"\r\n" for chunk in chunks]
    return b"transfer-encoding: chunked\r\n\r\n" + b"".join(parts) + (b"0\r\n\r\n" if end else b"")


@pytest.fixture
def changing(scripted: Any, serving: Callable[..., str], tmp_path: Path) -> Callable[..., str]:
    """A server in front of the scripted one that takes changes, with the settings that are given."""
    tokens = token_file(tmp_path, "los schrijft-ongetoetst write,no-validate\n")
    update = f"{scripted.address}/update"
    return partial(serving, f"{scripted.address}/sparql", remote_update_url=update, update_token_file=tokens)


def changed(front: str) -> httpx.Response:
    headers = {"authorization": "Bearer schrijft-ongetoetst", "content-type": "application/sparql-update"}
    update = "INSERT DATA { <urn:a> <urn:b> 1 }"
    return httpx.post(f"{front}/update?no-validate=true", content=update, headers=headers)


def asked(front: str, accept: str = "application/sparql-results+json") -> httpx.Response:
    query = {"query": "SELECT ?x WHERE { ?x ?y ?z }"}
    return httpx.post(f"{front}/sparql", data=query, headers={"accept": accept, "accept-encoding": "identity"})


@pytest.mark.parametrize(
    ("accept", "answer"),
    [
        (
            "application/sparql-results+json",
            _HEAD + b"application/sparql-results+json\r\n" + chunked(_START, _ROW, end=False),
        ),
        ("application/sparql-results+json", _HEAD + b"application/sparql-results+json\r\ncontent-length: 999\r\n\r\n{"),
        (
            "application/sparql-results+json",
            _HEAD
            + b"application/sparql-results+json\r\n"
            + chunked(_START, b"{The SPARQL operation has been cancelled"),
        ),
        (
            "text/csv",
            _HEAD + b"text/csv\r\nserver: Oxigraph\r\n" + chunked(b"x\r\n1\r\nThe SPARQL operation has been cancelled"),
        ),
        ("text/csv", _HEAD + b"application/sparql-results+json\r\n" + chunked(_START, _ROW)),
        (
            "application/sparql-results+json",
            _HEAD
            + b"application/sparql-results+xml\r\n"
            + chunked(b"<sparql xmlns='http://www.w3.org/2005/sparql-results#'><head>"),
        ),
        ("application/sparql-results+json", _HEAD + b"text/html\r\n" + chunked(b"<html>Welcome</html>")),
        ("application/sparql-results+json", b"not http at all\r\n\r\n"),
        ("application/sparql-results+json", b"HTTP/1.1 401 Unauthorized\r\ncontent-length: 0\r\n\r\n"),
        ("application/sparql-results+json", b"HTTP/1.1 500 Oops\r\ncontent-length: 4\r\n\r\nOops"),
    ],
)
def test_answer_that_fails_at_its_beginning_has_a_status_for_it(
    scripted: Any, serving: Callable[..., str], accept: str, answer: bytes
) -> None:
    front = serving(f"{scripted.address}/sparql", remote_kind="oxigraph" if accept == "text/csv" else "generic")
    scripted.answer = answer
    problem = asked(front, accept)
    assert problem.status_code == 502, problem.text
    assert problem.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("end", [True, False])
@pytest.mark.parametrize("accept", ["application/sparql-results+json", "text/csv"])
def test_answer_that_fails_later_breaks_ours(
    scripted: Any, serving: Callable[..., str], accept: str, end: bool
) -> None:
    front = serving(f"{scripted.address}/sparql")
    scripted.answer = _HEAD + b"application/sparql-results+json\r\n" + chunked(_START, *[_ROW] * 400, end=end)
    with pytest.raises(httpx.RemoteProtocolError):
        asked(front, accept)


@pytest.mark.parametrize(
    ("status", "body", "expected"),
    [
        (b"400 Bad", b"MALFORMED QUERY: Encountered x at line 3, column 7.", 400),
        (b"429 Slow down", b"later", 503),
        (b"503 Busy", b"busy", 503),
        (b"503 Busy", b"Query evaluation timed out", 504),
        (b"500 Error", b"Virtuoso 42000 Error The estimated execution time 86 (sec) exceeds the limit", 504),
    ],
)
def test_refusals_of_the_other_server_become_ours(
    scripted: Any, serving: Callable[..., str], status: bytes, body: bytes, expected: int
) -> None:
    front = serving(f"{scripted.address}/sparql")
    scripted.answer = b"HTTP/1.1 " + status + b"\r\ncontent-length: " + str(len(body)).encode() + b"\r\n\r\n" + body
    problem = asked(front)
    assert problem.status_code == expected
    if expected == 400:
        assert (problem.json()["line"], problem.json()["column"]) == (3, 7)


@pytest.mark.parametrize("sign", [b"200 OK\r\nx-sql-state: S1TAT", b"206 Partial Content"])
def test_answer_that_its_engine_says_is_half_is_a_timeout(
    scripted: Any, serving: Callable[..., str], sign: bytes
) -> None:
    front = serving(f"{scripted.address}/sparql")
    scripted.answer = scripted.OK.replace(b"200 OK", sign)
    assert asked(front).status_code == 504


def test_message_of_the_other_server_is_shown_without_its_markup(scripted: Any, serving: Callable[..., str]) -> None:
    front = serving(f"{scripted.address}/sparql")
    body = b"<html><script>x</script><b>No &amp; no</b>" + b"!" * 5000
    scripted.answer = b"HTTP/1.1 500 E\r\ncontent-type: text/html\r\ncontent-length: %d\r\n\r\n" % len(body) + body
    detail = asked(front).json()["detail"]
    assert "<" not in detail
    assert "No & no" in detail
    assert len(detail) < 1000


def test_client_that_leaves_ends_the_request_behind(scripted: Any, serving: Callable[..., str]) -> None:
    front = serving(f"{scripted.address}/sparql")
    scripted.answer = b""
    scripted.hold.clear()
    with pytest.raises(httpx.ReadTimeout):
        httpx.post(f"{front}/sparql", data={"query": "ASK { ?s ?p ?o }"}, timeout=0.3)
    assert scripted.gone.wait(5)


def test_places_and_queue_are_limited_on_our_side(scripted: Any, serving: Callable[..., str]) -> None:
    front = serving(
        f"{scripted.address}/sparql", workers=1, slow_workers=0, queue_length=0, quick_query_s=30, query_timeout_s=30
    )
    scripted.answer = b""
    scripted.hold.clear()
    places = PoolLimits(workers=1, slow_workers=0).places
    askers = [threading.Thread(target=asked_quietly, args=(front,)) for _ in range(places)]
    for asker in askers:
        asker.start()
    while sum(b"ASK+%7B+%3Fs" in request for request in scripted.requests) < places:
        time.sleep(0.02)
    assert asked(front).status_code == 503
    scripted.hold.set()
    for asker in askers:
        asker.join()


def asked_quietly(front: str) -> None:
    httpx.post(f"{front}/sparql", data={"query": "ASK { ?s ?p ?o }"}, timeout=30)


def test_credentials_come_from_a_file_and_never_from_the_address(
    scripted: Any, serving: Callable[..., str], tmp_path: Any
) -> None:
    secret = tmp_path / "secret"
    secret.write_text("Bearer abc\n", "utf-8")
    serving(f"{scripted.address}/sparql", remote_credentials_file=secret)
    assert b"authorization: Bearer abc" in scripted.requests[0]


@pytest.mark.parametrize(
    "answer",
    [
        b"302 Found\r\nlocation: /login",
        b"303 See Other\r\nlocation: /login",
        b"302 Found",
        b"304 Not Modified",
        b"307 Temporary Redirect\r\nlocation: http://127.0.0.1:1/",
    ],
)
def test_change_that_the_other_server_did_not_make_is_not_called_made(
    scripted: Any, changing: Callable[..., str], answer: bytes
) -> None:
    front = changing(remote_store_url=f"{scripted.address}/store")
    bearer = {"authorization": "Bearer schrijft-ongetoetst", "accept-language": "en"}
    scripted.answer = b"HTTP/1.1 " + answer + b"\r\ncontent-length: 0\r\n\r\n"
    for path, kind, text in (
        ("/update", "application/sparql-update", "INSERT DATA { <urn:a> <urn:b> 1 }"),
        ("/store?default", "text/turtle", "<urn:a> <urn:b> 1 ."),
    ):
        joint = "&" if "?" in path else "?"
        headers = {**bearer, "content-type": kind}
        done = httpx.post(f"{front}{path}{joint}no-validate=true", content=text, headers=headers)
        assert done.status_code == 502, (path, done.text)
        assert "redirects" in done.json()["detail"], path


def test_query_that_is_sent_elsewhere_is_the_fault_of_the_other_server(
    scripted: Any, serving: Callable[..., str]
) -> None:
    front = serving(f"{scripted.address}/sparql")
    scripted.answer = b"HTTP/1.1 307 Go\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\n\r\n"
    problem = asked(front)
    assert problem.status_code == 502
    assert "--allow-host" not in problem.text


def test_change_that_nothing_is_heard_of_in_its_own_time_may_have_been_made(
    scripted: Any, changing: Callable[..., str]
) -> None:
    front = changing(write_timeout_s=1.5, query_timeout_s=0.5)
    scripted.answer = b""
    scripted.hold.clear()
    began = time.monotonic()
    done = changed(front)
    assert done.status_code == 504
    assert time.monotonic() - began > 1.4
    assert "Kijk wat er nu is" in done.json()["detail"]


def test_who_sends_a_change_that_gets_half_an_answer_is_told_to_look(
    scripted: Any, changing: Callable[..., str]
) -> None:
    front = changing()
    scripted.answer = b"HTTP/1.1 20"
    done = changed(front)
    assert done.status_code == 502, done.text
    assert "Kijk of de wijziging is gedaan" in done.json()["detail"]
