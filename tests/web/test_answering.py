"""What was answered before is answered at once, and is the same answer."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest

from token_file import token_file
from vakgraaf.rdf import iris
from wire import connect, everything, exchange

TOKEN = "een-token-om-te-schrijven"
COUNT = "/sparql?query=" + quote("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
PAGE = "/doc/profiel/proef-2020"
OF_ONE_REQUEST = {"x-request-id", "date"}


def lasting(answer: httpx.Response) -> tuple[int, dict[str, str], bytes]:
    """An answer without what is another each time."""
    headers = {name: value for name, value in answer.headers.items() if name not in OF_ONE_REQUEST}
    return answer.status_code, headers, answer.content


@pytest.mark.parametrize("path", [COUNT, PAGE, "/", "/.well-known/void", f"{PAGE}.ttl"])
@pytest.mark.parametrize("accept", ["*/*", "text/html", "text/turtle, */*;q=0.1"])
@pytest.mark.parametrize("coding", ["identity", "gzip", "br", "zstd"])
def test_third_answer_is_as_the_first(client: httpx.Client, path: str, accept: str, coding: str) -> None:
    headers = {"accept": accept, "accept-encoding": coding}
    first, *others = (lasting(client.get(path, headers=headers)) for _ in range(3))
    assert others == [first, first]


@pytest.mark.parametrize("path", [COUNT, PAGE])
def test_head_has_the_same_headers_and_no_body_before_and_after(client: httpx.Client, path: str) -> None:
    whole = [lasting(client.get(path)) for _ in range(2)][1]
    for _ in range(3):
        status, headers, body = lasting(client.head(path))
        assert (status, headers, body) == (whole[0], whole[1], b"")


def test_clients_that_ask_otherwise_get_something_else(client: httpx.Client) -> None:
    for _ in range(3):
        answers = {
            client.get(PAGE, headers={"accept": accept, "accept-language": language}).content
            for accept in ("text/html", "text/turtle", "application/ld+json")
            for language in ("nl", "en")
        }
        assert len(answers) == 4  # two pages; and data in two forms, of whatever language


def test_who_has_the_answer_is_told_so_time_and_again(client: httpx.Client) -> None:
    etag = client.get(PAGE).headers["etag"]
    for _ in range(3):
        answer = client.get(PAGE, headers={"if-none-match": etag})
        assert (answer.status_code, answer.content, answer.headers["etag"]) == (304, b"", etag)
    assert client.get(PAGE, headers={"if-none-match": 'W/"another"'}).status_code == 200


def test_each_answer_carries_a_name_of_its_own_or_the_one_it_was_given(client: httpx.Client) -> None:
    assert len({client.get(COUNT).headers["x-request-id"] for _ in range(4)}) == 4
    for name in ("proef-1", "proef-2"):
        assert client.get(COUNT, headers={"x-request-id": name}).headers["x-request-id"] == name


def test_after_a_write_the_answer_is_another(
    tmp_path: Path, running: Callable[..., AbstractContextManager[str]]
) -> None:
    tokens = token_file(tmp_path, f"schrijver {TOKEN}")
    triple = f"<{iris.BASE}id/ding/nieuw> <http://www.w3.org/2000/01/rdf-schema#label> 'Nieuw'@nl"
    with running(tmp_path, update_token_file=tokens) as address, httpx.Client(base_url=address, timeout=60) as client:
        before = [client.get(COUNT).json()["results"]["bindings"][0]["n"]["value"] for _ in range(3)]
        changed = client.post(
            "/update",
            data={"update": f"INSERT DATA {{ GRAPH <{iris.BASE}graph/veel> {{ {triple} }} }}"},
            headers={"authorization": f"Bearer {TOKEN}"},
        )
        assert changed.status_code < 300, changed.text
        after = [client.get(COUNT).json()["results"]["bindings"][0]["n"]["value"] for _ in range(3)]
    assert len(set(before)) == len(set(after)) == 1
    assert int(after[0]) > int(before[0])


def names_in_order(address: str, paths: list[str], *headers: str) -> list[str]:
    """The names of the answers to requests that are sent together, which are called n0, n1 and so on."""
    lines = "".join(f"{header}\r\n" for header in ("Host: x", *headers))
    sent = "".join(f"GET {path} HTTP/1.1\r\n{lines}X-Request-Id: n{n}\r\n\r\n" for n, path in enumerate(paths))
    answers = exchange(address, f"{sent}GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
    found = (line.decode() for line in answers.split(b"\r\n") if line.startswith(b"x-request-id: n"))
    return [line.removeprefix("x-request-id: ") for line in found]


def test_requests_sent_together_are_answered_in_their_order(client: httpx.Client, address: str) -> None:
    kept = [COUNT, PAGE, "/health"]
    for path in kept:
        client.get(path, headers={"accept": "*/*", "accept-encoding": "identity"})
    ask = "/sparql?query=" + quote("ASK { ?s ?p 'nooit eerder gevraagd' }")
    paths = [COUNT, ask, PAGE, COUNT, "/health", COUNT]
    for _ in range(3):
        assert names_in_order(address, paths) == [f"n{n}" for n in range(len(paths))]


def sent_bytes(client: httpx.Client) -> int:
    """How many bytes of answers this server says that it has handed over."""
    lines = client.get("/metrics").text.splitlines()
    (line,) = (line for line in lines if line.startswith("vakgraaf_sent_bytes_total"))
    return int(float(line.split()[-1]))


def test_who_asks_much_and_reads_nothing_is_not_answered_on_and_on(client: httpx.Client, address: str) -> None:
    path = "/sparql?query=" + quote("SELECT * { ?s ?p ?o } LIMIT 200")
    plain = {"host": "x", "accept": "*/*", "accept-encoding": "identity"}
    client.get(path, headers=plain)
    size = len(client.get(path, headers=plain).content)
    assert 20_000 < size < 60_000  # so that it goes out in one piece, and is kept
    request = f"GET {path} HTTP/1.1\r\nHost: x\r\nAccept: */*\r\nAccept-Encoding: identity\r\n\r\n".encode()
    before = sent_bytes(client)
    with connect(address) as connection:
        connection.sendall(3000 * request)
        assert client.get("/health").status_code == 200
        assert sent_bytes(client) - before < 1500 * size  # what the system's own buffers take
        received = 0
        while received < 20 * size:
            received += len(connection.recv(1 << 20))


@pytest.mark.parametrize("header", ["Authorization: Bearer x", "Expect: 100-continue", "Content-Length: 0"])
def test_requests_that_are_somebodys_own_are_answered_by_the_application(
    client: httpx.Client, address: str, header: str
) -> None:
    for _ in range(2):
        client.get(COUNT, headers={"host": "x"})
    with connect(address) as connection:
        connection.sendall(f"GET {COUNT} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{header}\r\n\r\n".encode())
        assert b'"value"' in everything(connection)


def test_http_1_0_and_who_closes_get_their_answer_and_the_end(client: httpx.Client, address: str) -> None:
    for _ in range(2):
        client.get(COUNT, headers={"host": "x", "accept": "*/*", "accept-encoding": "identity"})
    for line, header in (("HTTP/1.0", ""), ("HTTP/1.1", "Connection: close\r\n")):
        with connect(address) as connection:
            connection.sendall(f"GET {COUNT} {line}\r\nHost: x\r\n{header}\r\n".encode())
            answer = everything(connection)
        assert answer.startswith(b"HTTP/1.1 200")
        assert b'"value"' in answer
