"""One line of JSON a request, for an operator's tools. Without the text of queries, unless that is asked for."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, TextIO

from starlette.types import Scope

QUERY = "vakgraaf.query"
"""The key in a scope with the text of a query."""
PROBLEM = "vakgraaf.problem"
"""The key in a scope with the class of the error that an exchange ended with."""


class Logged(StrEnum):
    """Which requests are written down: none, those that failed on our side or were not finished, or all."""

    NOTHING = "nothing"
    PROBLEMS = "problems"
    REQUESTS = "requests"


@dataclass(slots=True)
class Exchange:
    """A request and what became of it; `whole` tells whether the answer went out to its end."""

    scope: Mapping[str, Any]
    name: str
    began: float
    status: int = 0
    bytes: int = 0
    whole: bool = False

    @property
    def path(self) -> str:
        """The address without what a proxy puts before it."""
        path: str = self.scope["path"]
        return path.removeprefix(self.scope.get("root_path", ""))

    @property
    def failed(self) -> bool:
        """Whether something went wrong that is not the client's doing, or the answer was cut off."""
        # That a server is not ready is the answer, to who asks every second and writes it down.
        expected = self.status == 503 and self.path == "/ready"
        return not (self.whole and (self.status < 500 or expected))


def now() -> str:
    """The time as lines of the log have it (ISO 8601, UTC)."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def note_query(scope: Scope, text: str) -> None:
    """Have the text of a query at hand for the log."""
    scope[QUERY] = text


class AccessLog:
    """Writes a line for each exchange that `logged` covers; with `queries` the text of the query goes along."""

    def __init__(self, logged: Logged, *, queries: bool, output: TextIO | None = None) -> None:
        self._logged = logged
        self._queries = queries
        self._output = output

    def ended(self, exchange: Exchange) -> None:
        """Write about an exchange that has ended."""
        if self._logged is Logged.NOTHING or (self._logged is Logged.PROBLEMS and not exchange.failed):
            return
        scope = exchange.scope
        line: dict[str, object] = {
            "time": now(),
            "request": exchange.name,
            "method": scope["method"],
            "path": scope["path"],
            "status": exchange.status,
            "ms": round((time.monotonic() - exchange.began) * 1000, 1),
            "bytes": exchange.bytes,
            "whole": exchange.whole,
        }
        if PROBLEM in scope:
            line["problem"] = scope[PROBLEM]
        if self._queries and QUERY in scope:
            line["query"] = scope[QUERY]
        print(json.dumps(line, ensure_ascii=False), file=self._output or sys.stderr, flush=True)
