"""Numbers as Prometheus reads them: its text format, version 0.0.4."""

from __future__ import annotations

import resource
import sys
from collections.abc import Iterable, Iterator, Mapping
from itertools import accumulate

from vakgraaf.engine import Load, StoreInfo
from vakgraaf.web.metrics import BOUNDS_S, Metrics

MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"

_Sample = tuple[str, Mapping[str, str], float]


def counted(metrics: Metrics) -> Iterator[str]:
    """What was counted since the start, line by line."""
    requests = (
        ("", {"route": route, "method": method, "status": f"{status}"}, float(n))
        for (route, method, status), n in sorted(metrics.requests.items())
    )
    yield from _family("vakgraaf_requests_total", "counter", "Requests that have ended.", requests)
    yield from _family(
        "vakgraaf_request_duration_seconds", "histogram", "From the head of a request to its end.", _durations(metrics)
    )
    for name, text, outcomes in (
        ("queries", "SPARQL queries", metrics.queries),
        ("writes", "Requests to change the data", metrics.writes),
        ("validations", "Requests to judge a document or data", metrics.validations),
    ):
        samples: list[_Sample] = [("", {"outcome": outcome}, n) for outcome, n in outcomes.items()]
        yield from _family(f"vakgraaf_{name}_total", "counter", f"{text} by outcome.", samples)
    ends: list[_Sample] = [("", {"reason": why.value}, n) for why, n in metrics.connections.items()]
    yield from _family("vakgraaf_connections_cut_off_total", "counter", "Connections that the server gave up.", ends)
    yield from _number("vakgraaf_sent_bytes_total", "counter", "Bytes of bodies of answers.", metrics.sent_bytes)
    yield from _number("process_start_time_seconds", "gauge", "When the server began (Unix time).", metrics.began)
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    yield from _number("vakgraaf_web_memory_max_bytes", "gauge", "The most that the web process has taken.", most)


def present(info: StoreInfo, load: Load, ready: bool, software: str) -> Iterator[str]:
    """How things are now, line by line."""
    about = [("", {"version": software}, 1.0)]
    yield from _family("vakgraaf_info", "gauge", "The software.", about)
    yield from _number("vakgraaf_ready", "gauge", "Whether /ready says so.", ready)
    yield from _number("vakgraaf_store_version", "gauge", "Data version that is answered from.", info.version)
    yield from _number("vakgraaf_store_quads", "gauge", "Quads in the store.", info.quads)
    yield from _number("vakgraaf_store_in_memory", "gauge", "Whether readers hold the data in memory.", info.in_memory)
    yield from _number("vakgraaf_queue_length", "gauge", "Queries that wait for a place.", load.waiting)
    states: list[_Sample] = [("", {"state": "busy"}, load.running), ("", {"state": "idle"}, load.idle)]
    yield from _family("vakgraaf_workers", "gauge", "Workers that are alive.", states)
    yield from _number("vakgraaf_places", "gauge", "Queries that can run at the same time.", load.places)


def _durations(metrics: Metrics) -> Iterator[_Sample]:
    for route, durations in sorted(metrics.durations.items()):
        *upto, total = accumulate(durations.counts)
        for bound, n in zip(BOUNDS_S, upto, strict=True):
            yield "_bucket", {"route": route, "le": f"{bound:g}"}, n
        yield "_bucket", {"route": route, "le": "+Inf"}, total
        yield "_sum", {"route": route}, durations.total_s
        yield "_count", {"route": route}, total


def _number(name: str, kind: str, text: str, value: float) -> Iterator[str]:
    yield from _family(name, kind, text, [("", {}, value)])


def _family(name: str, kind: str, text: str, samples: Iterable[_Sample]) -> Iterator[str]:
    """One metric; the values of labels are ours, so none has a quotation mark or a line end in it."""
    yield f"# HELP {name} {text}\n# TYPE {name} {kind}\n"
    for suffix, labels, value in samples:
        told = ",".join(f'{label}="{text}"' for label, text in labels.items())
        yield f"{name}{suffix}{{{told}}} {_figure(value)}\n" if told else f"{name}{suffix} {_figure(value)}\n"


def _figure(value: float) -> str:
    return f"{int(value)}" if float(value).is_integer() else f"{value!r}"
