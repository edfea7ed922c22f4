"""What is written down of requests, by how much is asked for."""

from __future__ import annotations

import io
import json
import logging
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import httpx
import pytest

from vakgraaf.web.access_log import AccessLog, Exchange, Logged
from vakgraaf.web.events import log_as_json


def written(logged: Logged, path: str, status: int, *, whole: bool = True) -> bool:
    """Whether an exchange leaves a line."""
    output = io.StringIO()
    scope: dict[str, Any] = {"type": "http", "method": "GET", "path": path, "headers": []}
    AccessLog(logged, queries=False, output=output).ended(Exchange(scope, "n", time.monotonic(), status, 0, whole))
    return bool(output.getvalue())


@pytest.mark.parametrize(
    ("path", "status", "whole", "line"),
    [
        ("/sparql", 200, True, False),
        ("/sparql", 404, True, False),
        ("/sparql", 200, False, True),
        ("/sparql", 503, True, True),
        ("/ready", 503, True, False),
        ("/ready", 500, True, True),
        ("/ready", 503, False, True),
    ],
)
def test_of_problems_those_are_written_down_that_are_ours(path: str, status: int, whole: bool, line: bool) -> None:
    assert written(Logged.PROBLEMS, path, status, whole=whole) is line
    assert written(Logged.REQUESTS, path, status, whole=whole)
    assert not written(Logged.NOTHING, path, status, whole=whole)


def test_answer_that_breaks_off_has_one_line_that_says_why(
    running: Callable[..., AbstractContextManager[str]],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    query = "SELECT * { " + " ".join(f"?a{n} ?b{n} ?c{n} ." for n in range(4)) + " }"
    with running(tmp_path) as address, httpx.Client(base_url=address) as client:
        capsys.readouterr()
        with pytest.raises(httpx.RemoteProtocolError):
            client.get("/sparql", params={"query": query, "timeout": "0.3"}, headers={"x-request-id": "breekt-af"})
        (line,) = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert (line["request"], line["whole"], line["problem"]) == ("breekt-af", False, "QueryTimeout")


def test_what_the_server_itself_says_of_such_an_answer_is_left_out(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logging.root, "handlers", [])
    monkeypatch.setattr(logging.root, "level", logging.root.level)
    log_as_json()
    for message in ("ASGI callable returned without completing response.", "Iets anders"):
        logging.getLogger("tests").error(message)
    (line,) = capsys.readouterr().err.splitlines()
    assert json.loads(line)["message"] == "Iets anders"
