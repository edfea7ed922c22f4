"""How long somebody waits for a judgement: on one addendum, on no addendum, and on a graph that changes in a registry.

The server and the processes in which it judges have been used before; programs on the command line begin anew.
"""

from __future__ import annotations

import http.client
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

from bench.contest.table import short, show
from bench.contest.vakgraaf_server import Vakgraaf
from bench.registry import statements
from bench.searching import await_index
from token_file import token_file
from vakgraaf.rdf.iris import BASE
from vakgraaf.resources import folder

ROUNDS = 9
_TOKEN = "een-token-voor-de-meting"
_NO_PROFILE = "Beste buren,\n\nZaterdag is de straat afgesloten.\nNeem een stoel mee.\n" * 40
NOT_A_PROFILE = 422
_TURTLE, _TEXT, _TRIPLES = "text/turtle", "text/plain", "application/n-triples"


def waiting(addendum: str, sizes: list[int]) -> None:
    """Print the medians, for the packaged addendum of that name and for registries of these sizes."""
    with tempfile.TemporaryDirectory(prefix="vakgraaf-waiting-") as where:
        rows = [*_addendum(Path(where, "packaged"), addendum)]
        for size in sizes:
            rows += _changed(Path(where, str(size)), size)
    show(f"Waiting for a judgement, median and worst of {ROUNDS}", ("what", "median", "worst"), rows)


def _addendum(where: Path, name: str) -> list[tuple[str, ...]]:
    graph, text = folder("data/graphs") / f"{name}.ttl", folder("data/sources") / f"{name}.txt"
    server = Vakgraaf(where)
    server.start()
    try:
        server.settle()
        await_index(server.port)
        rows = [
            _row(f"POST /validate, {what}", lambda given=given: _validate(server, *given))
            for what, given in {
                "an addendum in Turtle": (graph.read_bytes(), _TURTLE),
                "an addendum in Turtle, in the context of the store": (graph.read_bytes(), _TURTLE, "store"),
                "the text of an addendum": (text.read_bytes(), _TEXT),
                "a text that is no profile": (_NO_PROFILE.encode(), _TEXT),
            }.items()
        ]
    finally:
        server.stop()
    for what, path in (("an addendum in Turtle", graph), ("the text of an addendum", text)):
        rows.append(_row(f"vakgraaf validate, {what}", lambda path=path: _command(path)))
    return rows


def _changed(where: Path, size: int) -> list[tuple[str, ...]]:
    where.mkdir()
    data = where / "registry.nq"
    with data.open("w", encoding="utf-8") as file:
        file.writelines(statements(size))
    server = Vakgraaf(where / "server")
    server.load(data)
    tokens = str(token_file(where, f"meting {_TOKEN} write,no-validate\n"))
    server.settings = {"VAKGRAAF_UPDATE_TOKEN_FILE": tokens, "VAKGRAAF_RATE_LIMIT": "0"}
    server.start()
    try:
        server.settle()
        await_index(server.port)
        graph = f"{BASE}graph/register-profiel-1"
        lines = _ask(server, "GET", f"/store?graph={quote(graph, '')}", {"Accept": _TRIPLES}).splitlines()
        place = next(at for at, line in enumerate(lines) if b'"@nl' in line)
        numbers = iter(range(1000))

        def put(*judged: str) -> None:
            changed = list(lines)
            changed[place] = changed[place].replace(b'"@nl', b' %d"@nl' % next(numbers))
            headers = {"Content-Type": _TRIPLES, "Authorization": f"Bearer {_TOKEN}"}
            _ask(server, "PUT", f"/store?graph={quote(graph, '')}{''.join(judged)}", headers, b"\n".join(changed))

        what = f"a graph of {len(lines)} statements in a registry of {size}"
        return [_row(f"PUT /store, {what}", put), _row("the same, unjudged", lambda: put("&no-validate"))]
    finally:
        server.stop()


def _row(what: str, once: Callable[[], None]) -> tuple[str, ...]:
    once()
    times = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        once()
        times.append(time.perf_counter() - began)
    return what, f"{short(statistics.median(times))} s", f"{short(max(times))} s"


def _validate(server: Vakgraaf, content: bytes, media_type: str, context: str = "none") -> None:
    _ask(server, "POST", f"/validate?format=json&context={context}", {"Content-Type": media_type}, content)


def _command(path: Path) -> None:
    command = [sys.executable, "-P", "-m", "vakgraaf", "validate", str(path), "--format", "json"]
    judged = subprocess.run(command, stdout=subprocess.PIPE, check=False)
    json.loads(judged.stdout)


def _ask(server: Vakgraaf, method: str, path: str, headers: dict[str, str], body: bytes | None = None) -> bytes:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    try:
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        said = answer.read()
    finally:
        connection.close()
    if answer.status >= 400 and answer.status != NOT_A_PROFILE:
        raise RuntimeError(f"{method} {path}: {answer.status} {said[:300]!r}")
    return said
