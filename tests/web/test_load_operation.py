"""LOAD of a document on a listed host (SPARQL 1.1 Update §3.1.4): where it is, what it may be, and with SILENT."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest

from token_file import token_file

TOKEN = "laadt-van-elders"
_TURTLE, _JSON_LD = "text/turtle", "application/ld+json"
_DOCUMENTS = {
    "/diep/los.ttl": (_TURTLE, b"<verwant> <urn:p> <> ."),
    "/kapot.ttl": (_TURTLE, b"<urn:a> <urn:p> "),
    "/groot.ttl": (_TURTLE, b"<urn:a> <urn:p> " + b", ".join(b"%d" % number for number in range(100)) + b" ."),
    "/ver.jsonld": (_JSON_LD, b'{"@context": "http://a.example/context", "@id": "urn:a", "name": "b"}'),
}


class _Documents(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path == "/hier":
            self.send_response(302)
            self.send_header("Location", "/diep/los.ttl")
            self.end_headers()
            return
        kind, content = _DOCUMENTS[self.path]
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[str]:
    """A server with some documents."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Documents) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


@pytest.fixture(scope="module")
def writable(
    running: Callable[..., AbstractContextManager[str]], tmp_path_factory: pytest.TempPathFactory, elsewhere: str
) -> Iterator[str]:
    """A server that may fetch from there, and takes no long updates."""
    folder: Path = tmp_path_factory.mktemp("load")
    tokens = token_file(folder, TOKEN)
    listed = elsewhere.removeprefix("http://")
    with running(folder / "state", update_token_file=tokens, allow_hosts=listed, max_update_bytes=2000) as address:
        yield address


def _load(writable: str, operation: str) -> httpx.Response:
    headers = {
        "authorization": f"Bearer {TOKEN}",
        "content-type": "application/sparql-update",
        "accept-language": "en",
    }
    return httpx.post(f"{writable}/update", content=operation, headers=headers, timeout=60)


def test_relative_iris_are_relative_to_where_a_document_was_found(writable: str, elsewhere: str) -> None:
    assert _load(writable, f"LOAD <{elsewhere}/hier> INTO GRAPH <urn:los>").status_code == 204
    graph = httpx.get(f"{writable}/store?graph=urn:los", headers={"accept": "application/n-triples"}).text
    assert graph == f"<{elsewhere}/diep/verwant> <urn:p> <{elsewhere}/diep/los.ttl> .\n"


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("kapot.ttl", 400, "not valid Turtle"),
        ("groot.ttl", 413, "groot.ttl"),
        ("ver.jsonld", 400, "nothing is fetched"),
    ],
)
def test_document_that_cannot_be_taken_in_is_told_and_with_silent_does_nothing(
    writable: str, elsewhere: str, path: str, status: int, words: str
) -> None:
    refused = _load(writable, f"LOAD <{elsewhere}/{path}>")
    assert (refused.status_code, words in refused.json()["detail"]) == (status, True), refused.text
    after = f"INSERT DATA {{ GRAPH <urn:na> {{ <urn:na> <urn:laden> '{path}' }} }}"
    assert _load(writable, f"LOAD SILENT <{elsewhere}/{path}> ; {after}").status_code == 204
    assert path in httpx.get(f"{writable}/store?graph=urn:na", headers={"accept": "text/turtle"}).text
