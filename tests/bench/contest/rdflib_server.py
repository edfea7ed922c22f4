"""rdflib in memory behind the smallest possible server, and rdflib-endpoint."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from rdflib import Dataset

from bench.contest.client import JSON, N_TRIPLES
from bench.contest.contestant import Contestant, Unavailable, run

_MOST = 100_000


class Rdflib(Contestant):
    """rdflib's own SPARQL engine; the server around it answers one question at a time."""

    name = "rdflib"
    most_statements = _MOST

    def load(self, data: Path) -> None:
        self._data = data

    def command(self) -> Sequence[str]:
        return (sys.executable, "-W", "ignore", "-m", "bench.contest.rdflib_server", str(self._data), str(self.port))


class RdflibEndpoint(Contestant):
    """rdflib-endpoint, in an environment of its own under the user's cache folder."""

    name = "rdflib-endpoint"
    path = "/"
    most_statements = _MOST

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
        place = cache / "vakgraaf-bench" / "rdflib-endpoint"
        self._program = place / "bin" / "rdflib-endpoint"
        if not self._program.is_file():
            run([sys.executable, "-m", "venv", str(place)])
            run([str(place / "bin" / "python"), "-m", "pip", "install", "--quiet", "rdflib-endpoint[cli]"])
        if not self._program.is_file():
            raise Unavailable("could not be installed")

    def load(self, data: Path) -> None:
        self._data = data

    def command(self) -> Sequence[str]:
        return (str(self._program), "serve", "--host", "127.0.0.1", "--port", str(self.port), str(self._data))


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    dataset: Dataset

    def do_GET(self) -> None:
        self._answer(urlsplit(self.path).query)

    def do_POST(self) -> None:
        self._answer(self.rfile.read(int(self.headers["Content-Length"])).decode())

    def _answer(self, form: str) -> None:
        media_type, body = answered(self.dataset, parse_qs(form)["query"][0])
        self.send_response(200)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: the log is for what goes wrong."""


def loaded(data: Path) -> Dataset:
    """N-Quads in memory, all graphs together as the default graph."""
    dataset = Dataset(default_union=True)
    dataset.parse(data, format="nquads")
    return dataset


def answered(dataset: Dataset, query: str) -> tuple[str, bytes]:
    """The type and the bytes of an answer."""
    result = dataset.query(query)
    graph = result.type in ("CONSTRUCT", "DESCRIBE")
    body = result.serialize(format="nt" if graph else "json")
    return (N_TRIPLES if graph else JSON), body or b""


def main(data: str, port: str) -> None:
    """Load, then answer until ended."""
    _Handler.dataset = loaded(Path(data))
    HTTPServer(("127.0.0.1", int(port)), _Handler).serve_forever()


if __name__ == "__main__":
    main(*sys.argv[1:])
