"""Large answers: how long, how fast, how soon the first byte, and how much memory the server takes for them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bench.contest.client import N_TRIPLES, TSV, CapReached, NotAnswered, Reply, ask, fetch
from bench.contest.contestant import Contestant
from bench.contest.fleet import yardstick
from bench.contest.processes import watched
from bench.contest.table import short, show, times

_CAP_S = 60.0
_TABLE = "SELECT ?s ?p ?o WHERE { ?s ?p ?o } LIMIT 100000"
_GRAPH = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } LIMIT 100000"
_ANSWERS = (
    ("100k rows, CSV", _TABLE, "text/csv"),
    ("100k rows, TSV", _TABLE, TSV),
    ("100k rows, JSON", _TABLE, "application/sparql-results+json"),
    ("100k rows, XML", _TABLE, "application/sparql-results+xml"),
    ("100k triples, N-Triples", _GRAPH, N_TRIPLES),
    ("100k triples, Turtle", _GRAPH, "text/turtle"),
)
_WHOLE = "whole dataset, N-Quads"


def exports(contestants: Sequence[Contestant], *, quick: bool) -> list[dict[str, Any]]:
    """Measure and show; of several rounds the fastest counts, of the memory the most."""
    found: list[dict[str, Any]] = []
    for number in range(1 if quick else 3):
        for what, query, accept in _ANSWERS:
            for contestant in contestants:
                found.append({"what": what, "server": contestant.name, **_one(contestant, query, accept, number)})
    for contestant in contestants:
        found.append({"what": _WHOLE, "server": contestant.name, **_one(contestant, None, "application/n-quads", 0)})
    _show(found, [contestant.name for contestant in contestants])
    return found


def _one(contestant: Contestant, query: str | None, accept: str, number: int) -> dict[str, Any]:
    with watched(contestant.pid) as peak:
        try:
            reply = _fetch(contestant, query, accept, number)
        except (CapReached, NotAnswered) as error:
            return {"error": f"over {_CAP_S:.0f} s" if isinstance(error, CapReached) else str(error)}
    return {
        "seconds": reply.seconds,
        "first_byte_s": reply.first_byte,
        "megabytes": reply.size / 1e6,
        "megabytes_per_second": reply.megabytes_per_second,
        "memory_growth_mb": peak.growth,
    }


def _fetch(contestant: Contestant, query: str | None, accept: str, number: int) -> Reply:
    if query is not None:
        return ask(contestant.url, f"{query}\n#{number}", accept, _CAP_S, keep=False)
    address = contestant.dump_address()
    if address is None:
        raise NotAnswered("has no such address")
    return fetch(address, {"Accept": accept}, _CAP_S, keep=False)


def _show(found: list[dict[str, Any]], names: list[str]) -> None:
    cells: dict[tuple[str, str], dict[str, Any]] = {}
    for row in found:
        key = row["what"], row["server"]
        best = cells.get(key)
        if best is None or "error" in best or row.get("seconds", 1e9) < best["seconds"]:
            cells[key] = row | {"memory_growth_mb": max(_growth(row), _growth(best))}
        else:
            best["memory_growth_mb"] = max(_growth(row), _growth(best))
    rows = []
    for what in dict.fromkeys(row["what"] for row in found):
        of = cells.get((what, yardstick(names)), {}).get("seconds")
        rows.append([what, *(_cell(cells[what, name], of) for name in names)])
    title = f"Large answers: seconds (of {yardstick(names)}'s), MB/s, ms to the first byte, growth of memory in MB"
    show(title, ["answer", *names], rows)


def _growth(row: dict[str, Any] | None) -> float:
    return 0.0 if row is None else float(row.get("memory_growth_mb", 0.0))


def _cell(cell: dict[str, Any], of: float | None) -> str:
    if "error" in cell:
        return str(cell["error"])[:40].replace("\n", " ")
    return (
        f"{short(cell['seconds'])}{times(cell['seconds'], of)} {cell['megabytes_per_second']:.0f} MB/s"
        f" {short(cell['first_byte_s'] * 1000)} ms +{cell['memory_growth_mb']:.0f}"
    )
