"""SPARQL endpoints on loopback, each with data of its own, that stand for those that a test names."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pyoxigraph as ox

NOBODY = "http://invalid.endpoint.org/sparql"
"""The endpoint that the suite takes for one that never answers."""


class Endpoints:
    """The endpoints of one test; `asked` are the queries that came, each with its path."""

    def __init__(self, data: Mapping[str, Path], port: int) -> None:
        self.host = f"127.0.0.1:{port}"
        self.asked: list[tuple[str, str]] = []
        self.stores: dict[str, ox.Store] = {}
        self._addresses = {NOBODY: f"http://{self.host}/nobody"}
        for number, (endpoint, path) in enumerate(sorted(data.items())):
            store = self.stores[f"/endpoint/{number}"] = ox.Store()
            # A query that goes on to others from here should not leave this machine either.
            store.load(path=path, to_graph=ox.DefaultGraph())
            self._addresses[endpoint] = f"http://{self.host}/endpoint/{number}"

    def here(self, text: str) -> str:
        """A query, data or results with the addresses of these endpoints in place of those that the test names."""
        for endpoint, address in self._addresses.items():
            text = text.replace(endpoint, address)
        return text


@contextmanager
def serving(data: Mapping[str, Path], port: int = 0) -> Iterator[Endpoints]:
    """Endpoints for the data files given by the address that a test has for them; any other address gives 404.

    They listen on `port`, or with 0 on any that is free.
    """

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer(parse_qs(urlsplit(self.path).query).get("query", [""])[0])

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"])).decode("utf-8")
            direct = self.headers["content-type"].startswith("application/sparql-query")
            self._answer(body if direct else parse_qs(body).get("query", [""])[0])

        def _answer(self, query: str) -> None:
            path = urlsplit(self.path).path
            endpoints.asked.append((path, query))
            store = endpoints.stores.get(path)
            if store is None:
                self.send_error(404)
                return
            form = (
                ox.QueryResultsFormat.XML
                if "json" not in self.headers.get("accept", "")
                else ox.QueryResultsFormat.JSON
            )
            answer = store.query(query)
            assert not isinstance(answer, ox.QueryTriples)
            content = answer.serialize(format=form)
            assert content is not None
            self.send_response(200)
            self.send_header("content-type", form.media_type)
            self.send_header("content-length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    endpoints = Endpoints(data, server.server_port)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))  # how often it looks whether it is to stop
    thread.start()
    try:
        yield endpoints
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
