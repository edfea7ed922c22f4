"""Requests that are meant to hurt. Whatever they get, it has to be an answer, or an end, in time."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from itertools import count
from urllib.parse import quote, urlsplit

from bench.contest.client import JSON, CapReached, NotAnswered, ask, fetch
from bench.soaking.counts import Counts

_EVERY_S = 2.0
_CAP_S = 60.0
_QUERIES = {
    "cartesian product": "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "runaway path": "SELECT (COUNT(*) AS ?n) WHERE { ?a (!<urn:a>|^!<urn:b>)* ?b . ?b (!<urn:c>)* ?c }",
    "catastrophic regex": "SELECT ?o WHERE { ?s ?p ?o FILTER(REGEX(STR(?o), '^(([a-z ])+.)+[A-Z]([a-z ])+$')) }",
    "sort of millions": "SELECT ?a ?d WHERE { ?a ?b ?c . ?d ?e ?f } ORDER BY DESC(CONCAT(STR(?c), STR(?f))) ?a",
    "deep nesting": f"SELECT * WHERE {'{' * 20_000}{'}' * 20_000}",
    "deep nesting of arithmetic": f"SELECT ({'(' * 90}1{')' * 90} AS ?x) WHERE {{}}",
    "long chain of unions": f"SELECT * WHERE {{ {' UNION '.join(['{ ?s ?p ?o }'] * 4000)} }}",
}


def hostile(url: str, counts: Counts, ended: threading.Event) -> None:
    """Every two seconds another one, without waiting for those before it; ends when the last has ended."""
    acts: list[tuple[str, Callable[[], str]]] = [
        *((name, lambda query=query: _ask(url, query)) for name, query in _QUERIES.items()),
        ("30 MB body", lambda: _large(url)),
        ("client leaves half-way", lambda: _leave(url)),
        ("half a request", lambda: _half(url)),
    ]
    running: list[threading.Thread] = []
    for number in count():
        if ended.wait(_EVERY_S):
            break
        name, act = acts[number % len(acts)]
        thread = threading.Thread(target=_run, args=(name, act, counts))
        thread.start()
        running.append(thread)
    for thread in running:
        thread.join()


def _run(name: str, act: Callable[[], str], counts: Counts) -> None:
    try:
        counts.add(f"hostile {name}: {act()}")
    except (CapReached, TimeoutError):
        counts.add("hostile unanswered", f"{name}: nothing within {_CAP_S:.0f} s")
    except OSError:  # the server is away
        counts.add(f"hostile {name}: cut off")


def _ask(url: str, query: str) -> str:
    """The status it got, or that the connection ended."""
    try:
        ask(url, f"{query}\n# {threading.get_ident()}", JSON, _CAP_S, keep=False)
    except NotAnswered as error:
        status = str(error)[:3]
        return status if status.isdigit() else "cut off"
    return "200"


def _large(url: str) -> str:
    headers = {"Content-Type": "application/sparql-query", "Accept": JSON}
    try:
        fetch(url, headers, _CAP_S, body=b"ASK {} #" + b"x" * 30_000_000)
    except NotAnswered as error:
        status = str(error)[:3]
        return status if status.isdigit() else "cut off"
    return "200"


def _leave(url: str) -> str:
    """Ask for a large answer, read a little, and close."""
    query = quote("SELECT * WHERE { ?s ?p ?o . ?a ?b ?c }")
    with _connection(url) as connection:
        connection.sendall(
            f"GET {urlsplit(url).path}?query={query} HTTP/1.1\r\nHost: x\r\nAccept: {JSON}\r\n\r\n".encode()
        )
        connection.recv(10_000)
    return "left"


def _half(url: str) -> str:
    """Announce a body and send a part of it."""
    with _connection(url) as connection:
        head = f"POST {urlsplit(url).path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
        connection.sendall(f"{head}Content-Length: 1000\r\n\r\nASK".encode())
    return "left"


def _connection(url: str) -> socket.socket:
    parts = urlsplit(url)
    assert parts.hostname is not None
    return socket.create_connection((parts.hostname, parts.port or 80), timeout=_CAP_S)
