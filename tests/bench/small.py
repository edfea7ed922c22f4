"""Small queries at several numbers of clients: how many answers a second, and how long each takes."""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Sequence
from typing import Any

from bench.contest.client import JSON, N_TRIPLES, NotAnswered, ask
from bench.contest.contestant import Contestant
from bench.contest.fleet import yardstick
from bench.contest.load import Rate, Requests, measure
from bench.contest.table import short, show, times

_CLIENTS = (1, 8, 32)
_OF_21_TRIPLES = """
PREFIX vg: <https://w3id.org/vakgraaf/def#>
SELECT DISTINCT ?s WHERE {
  { SELECT ?s (COUNT(DISTINCT ?p) AS ?ps) (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s a vg:Kerntaak ; ?p ?o } } GROUP BY ?s }
  FILTER(?n = 21)
} ORDER BY ?s LIMIT 300"""


def small(contestants: Sequence[Contestant], *, quick: bool) -> list[dict[str, Any]]:
    """Measure and show; every row of the result is one cell of the table."""
    rounds, seconds = (1, 1.0) if quick else (2, 3.0)
    found: list[dict[str, Any]] = []
    for title, requests in _kinds(contestants[0]):
        for clients in _CLIENTS:
            rates: dict[str, list[Rate]] = {contestant.name: [] for contestant in contestants}
            for _ in range(rounds):
                for contestant in contestants:
                    rates[contestant.name].append(measure(contestant.url, requests, clients, seconds))
            found += [
                {"what": title, "clients": clients, "server": name, **_middle(measured)}
                for name, measured in rates.items()
            ]
    _show(found, [contestant.name for contestant in contestants])
    return found


def _kinds(source: Contestant) -> Iterator[tuple[str, Requests]]:
    things = _kerntaken(source)
    points = [f"CONSTRUCT WHERE {{ <{thing}> ?p ?o }}" for thing in things]
    label = "SELECT ?l WHERE {{ <https://w3id.org/vakgraaf/id/skill/skill-{}> <{}> ?l }} LIMIT 5"
    labels = [label.format(number, "http://www.w3.org/2000/01/rdf-schema#label") for number in range(300)]
    for title, queries, accept in (
        ("CONSTRUCT, 21 triples", points, N_TRIPLES),
        ("ASK {}", ["ASK {}"], JSON),
        ("SELECT, a few rows", labels, JSON),
    ):
        yield f"{title}, each another", Requests(queries, accept, vary=True)
        yield f"{title}, repeated", Requests(queries[:1], accept, vary=False)


def _kerntaken(source: Contestant) -> list[str]:
    body = ask(source.url, _OF_21_TRIPLES, "text/csv").body.decode()
    found = body.split()[1:]
    if not found:
        raise NotAnswered("there is no kerntaak with 21 triples in this registry")
    return found


def _middle(rates: list[Rate]) -> dict[str, float]:
    return {
        "per_second": statistics.median(rate.per_second for rate in rates),
        "p50_ms": statistics.median(rate.p50_ms for rate in rates),
        "p99_ms": statistics.median(rate.p99_ms for rate in rates),
        "bad": sum(rate.bad for rate in rates),
    }


def _show(found: list[dict[str, Any]], names: list[str]) -> None:
    cells = {(row["what"], row["clients"], row["server"]): row for row in found}
    rows = []
    for what, clients in dict.fromkeys((row["what"], row["clients"]) for row in found):
        of = cells.get((what, clients, yardstick(names)), {}).get("per_second")
        line = [f"{what}, {clients} client{'s' if clients > 1 else ''}"]
        for name in names:
            cell = cells[what, clients, name]
            line.append(_cell(cell, of))
        rows.append(line)
    show(f"Small queries: answers a second (of {yardstick(names)}'s), p50 / p99 in ms", ["query", *names], rows)


def _cell(cell: dict[str, Any], of: float | None) -> str:
    bad = f" {cell['bad']} bad" if cell["bad"] else ""
    latencies = f"{short(cell['p50_ms'])} / {short(cell['p99_ms'])}"
    return f"{cell['per_second']:.0f}{times(cell['per_second'], of)} {latencies}{bad}"
