"""What has been asked of this server and how it went, in numbers: counted as each exchange ends.

This is on the way of every request, so it is a handful of additions; a client library with its locks and its labels
would cost more than the rest of a small answer. What is counted is bounded: an address counts under its first part
where that is one of ours, a method where HTTP knows it.
"""

from __future__ import annotations

import time
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from vakgraaf.web.access_log import PROBLEM, QUERY, Exchange
from vakgraaf.web.endings import Ending

BOUNDS_S: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0)
"""The upper bounds of the histogram of durations, in seconds."""

OTHER: Final = "other"
CACHED: Final = "vakgraaf.cached"
"""The key in a scope that says that a query was answered with what was kept."""
CONFORMS: Final = "vakgraaf.conforms"
"""The key in a scope that says what came of a validation."""

QUERY_OUTCOMES: Final = (
    "answered",
    "cached",
    "unchanged",
    "refused",
    "overloaded",
    "timed_out",
    "cancelled",
    "left",
    "failed",
)
"""What can become of a query; `left`: the client did not wait for it, `unchanged`: the client has the answer (304)."""
WRITE_OUTCOMES: Final = ("done", "refused", "not_conforming", "failed")
VALIDATION_OUTCOMES: Final = ("conforms", "does_not_conform", "unreadable", "failed")

_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "QUERY", "PATCH"})
_SPARQL = "/sparql"
_WRITES = {("/update", "POST"), ("/store", "PUT"), ("/store", "POST"), ("/store", "DELETE"), ("/links", "POST")}
_BY_PROBLEM = {
    "QueryCancelled": "cancelled",
    "QueryTimeout": "timed_out",
    "ClientGoneError": "left",
    "Overloaded": "overloaded",
}
_BY_STATUS = {200: "answered", 304: "unchanged", 499: "left", 503: "overloaded", 504: "timed_out"}


@dataclass(slots=True)
class Durations:
    """How long exchanges took: how many in each class of `BOUNDS_S` and above, and all of them together in seconds."""

    counts: list[int] = field(default_factory=lambda: [0] * (len(BOUNDS_S) + 1))
    total_s: float = 0.0


class Metrics:
    """The numbers since the start. `paths` are those of the routes that there are."""

    def __init__(self, paths: Iterable[str] = ()) -> None:
        self.began = time.time()
        self.requests: dict[tuple[str, str, int], int] = {}
        self.durations: dict[str, Durations] = {}
        self.queries = dict.fromkeys(QUERY_OUTCOMES, 0)
        self.writes = dict.fromkeys(WRITE_OUTCOMES, 0)
        self.validations = dict.fromkeys(VALIDATION_OUTCOMES, 0)
        self.connections = dict.fromkeys(Ending, 0)
        self.sent_bytes = 0
        self._exact = {label: label for label in map(label_of, paths) if label != OTHER} | {"/": "/"}

    def cut_off(self, why: Ending) -> None:
        """Count a connection that was ended before the application heard of what it asks."""
        self.connections[why] += 1

    def ended(self, exchange: Exchange) -> None:
        """Count an exchange that is over."""
        scope = exchange.scope
        route = self._exact.get(scope["path"]) or self._exact.get(label_of(exchange.path or "/"), OTHER)
        method = scope["method"]
        status = exchange.status
        key = (route, method if method in _METHODS else OTHER, status)
        self.requests[key] = self.requests.get(key, 0) + 1
        durations = self.durations.get(route)
        if durations is None:
            durations = self.durations[route] = Durations()
        seconds = time.monotonic() - exchange.began
        durations.counts[bisect_left(BOUNDS_S, seconds)] += 1
        durations.total_s += seconds
        self.sent_bytes += exchange.bytes
        if route == _SPARQL:
            if QUERY in scope:
                self.queries[_query_outcome(exchange, scope)] += 1
        elif (route, method) in _WRITES:
            self.writes[_write_outcome(status)] += 1
        elif route == "/validate" and method == "POST":
            self.validations[_validation_outcome(status, scope)] += 1


def label_of(path: str) -> str:
    """What an address counts under: its first part, without an extension."""
    first = path.removeprefix("/").partition("/")[0]
    name = first if first.startswith(".") else first.partition(".")[0]
    return OTHER if "{" in name else f"/{name}"


def _query_outcome(exchange: Exchange, scope: Mapping[str, Any]) -> str:
    if exchange.status == 200 and exchange.whole:
        return "cached" if CACHED in scope else "answered"
    problem = _BY_PROBLEM.get(scope.get(PROBLEM, ""))
    if problem is not None:
        return problem
    if exchange.status == 200:
        # Cut off: by an error, which has a name, or by a client that went away.
        return "failed" if PROBLEM in scope else "left"
    return _BY_STATUS.get(exchange.status, "refused" if exchange.status < 500 else "failed")


def _write_outcome(status: int) -> str:
    if status == 422:
        return "not_conforming"
    return "done" if status < 400 else "refused" if status < 500 else "failed"


def _validation_outcome(status: int, scope: Mapping[str, Any]) -> str:
    if status < 400:
        return "conforms" if scope.get(CONFORMS) else "does_not_conform"
    return "unreadable" if status < 500 else "failed"
