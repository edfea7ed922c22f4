"""What is written down of requests, by how much is asked for."""

from __future__ import annotations

import io
import time
from typing import Any

import pytest

from vakgraaf.web.access_log import AccessLog, Exchange, Logged


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
