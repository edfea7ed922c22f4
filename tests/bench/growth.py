"""`scripts/bench growth`: how each cost grows with the data, beside other servers; writes docs/performance.md."""

from __future__ import annotations

import argparse
import os
import platform
import random
import re
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import cycle
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from bench.browsing import read
from bench.contest.client import N_TRIPLES, CapReached, NotAnswered, accept_for, ask
from bench.contest.contestant import Contestant, Unavailable
from bench.contest.oxigraph_server import Oxigraph
from bench.contest.processes import memory_mb, watched
from bench.contest.rdflib_server import Rdflib
from bench.contest.table import short
from bench.contest.vakgraaf_server import Vakgraaf
from bench.contest.virtuoso_server import Virtuoso
from bench.registry import statements
from bench.searching import await_index, words_of
from vakgraaf.pipeline.checks import example_queries, packaged_queries

_KINDS: tuple[type[Contestant], ...] = (Vakgraaf, Oxigraph, Virtuoso, Rdflib)
_SIZES = (10_000, 1_000_000, 10_000_000)
_CAP_S = 60.0
_LOOKUPS = 300
_SEEN_S = 2.0
_PROFILE = re.compile(rb"<([^>]*/id/profiel/[^>]*)> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> ")
_NAME = re.compile(rb'rdf-schema#label> "([^"\\]*)"@nl ')
_EACH = 7
_TABLE = re.compile(r"(?<=<!-- growth -->\n).*?(?=<!-- /growth -->)", re.DOTALL)
_PAGE = Path(__file__).resolve().parents[2] / "docs" / "performance.md"

_ROWS = (
    "load, statements a second",
    "load, memory at most, MB",
    "ready after, s",
    "memory, MB",
    "lookup of a thing, p50 / p99 ms",
    "example queries, p50 / p99 ms",
    "page of a profile, p50 / p95 ms",
    "search, p50 / p95 ms",
    "validation of everything, s",
    "candidates for links between two profiles, s",
)
_Figures = dict[str, str]


class Sample(NamedTuple):
    """What is looked up, and what is searched for."""

    things: list[str]
    words: list[str]


def main() -> None:
    """Measure size after size, one server at a time, and write the table."""
    parser = argparse.ArgumentParser(prog="scripts/bench growth", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=_SIZES, help="statements in the registry")
    names = [kind.name for kind in _KINDS]
    parser.add_argument("--servers", nargs="+", choices=names, default=names, help="whom to measure")
    parser.add_argument("--out", type=Path, default=_PAGE, help="the page to put the table in (%(default)s)")
    asked = parser.parse_args()
    load = os.getloadavg()[0]
    found: dict[tuple[str, int], _Figures] = {}
    for size in asked.sizes:
        with tempfile.TemporaryDirectory(prefix="vakgraaf-growth-") as where:
            data = Path(where, "registry.nq")
            with data.open("w", encoding="utf-8") as file:
                file.writelines(statements(size))
            for kind in (kind for kind in _KINDS if kind.name in asked.servers):
                found[kind.name, size] = _measured(kind, Path(where, kind.name), data, size)
                _write(asked.out, load, _markdown(found, asked.sizes, asked.servers))
    print(_markdown(found, asked.sizes, asked.servers))


def _write(page: Path, load: float, table: str) -> None:
    """Put the table of what has been measured by now in its page: all of it takes the better part of an hour."""
    today = datetime.now(UTC).date().isoformat()
    about = (
        f"{today}, {os.cpu_count()} cores, Python {platform.python_version()}, load average {load:.1f} at the start.\n"
    )
    page.write_text(_TABLE.sub(lambda _: f"\n{about}\n{table}\n", page.read_text("utf-8")), "utf-8")


def _measured(kind: type[Contestant], folder: Path, data: Path, size: int) -> _Figures:
    """All figures of one server at one size; one that cannot take part has none but the reason."""
    if kind.most_statements is not None and size > kind.most_statements:
        return {_ROWS[0]: "too large"}
    try:
        contestant = kind(folder)
        if isinstance(contestant, Vakgraaf):
            contestant.settings = {**contestant.settings, "VAKGRAAF_RESULT_CACHE_MB": "0"}  # nothing is answered twice
        begun = time.perf_counter()
        with watched(os.getpid(), every_s=1.0) as peak:
            contestant.load(data)
        loaded = time.perf_counter()
        contestant.start()
    except Unavailable as reason:
        print(f"{kind.name}: {reason}", flush=True)
        return {_ROWS[0]: "-"}
    ready = time.perf_counter()
    contestant.settle()
    try:
        # rdflib has no store that outlasts it: it loads at the start.
        lasting = not isinstance(contestant, Rdflib)
        loading = (loaded if lasting else ready) - begun
        figures = {_ROWS[0]: f"{size / loading:,.0f}"}
        if lasting:
            # What is over within a few looks was not seen at its highest.
            memory = f"{peak.growth:,.0f}" if loading > _SEEN_S else ""
            figures |= {_ROWS[1]: memory, _ROWS[2]: f"{ready - loaded:.1f}"}
        print(*(f"{size:>9} {kind.name}: {row}: {figure}" for row, figure in figures.items()), sep="\n", flush=True)
        sample = _sample(data)
        for row, measure in _MEASURES.items():
            figures[row] = measure(contestant, sample)
            print(f"{size:>9} {kind.name}: {row}: {figures[row]}", flush=True)
    finally:
        contestant.stop()
    if isinstance(contestant, Vakgraaf):
        figures[_ROWS[8]] = _validation(contestant, data)
        figures[_ROWS[9]] = _linking(contestant, sample)
    return figures


def _sample(data: Path) -> Sample:
    """Profiles of the registry, different ones in turn, and words from all of it."""
    things, names = set[str](), list[str]()
    with data.open("rb") as file:
        for number, line in enumerate(file):
            if match := _PROFILE.match(line):
                things.add(match[1].decode())
            if number % _EACH == 0 and (named := _NAME.search(line)):
                names.append(named[1].decode())
    return Sample(random.Random(1).sample(sorted(things), min(len(things), _LOOKUPS)), words_of(names))


def _memory(contestant: Contestant, sample: Sample) -> str:
    return f"{memory_mb(contestant.pid):,.0f}"


def _lookup(contestant: Contestant, sample: Sample) -> str:
    numbered = zip(cycle(sample.things), range(_LOOKUPS), strict=False)
    queries = [f"CONSTRUCT {{ <{thing}> ?p ?o }} WHERE {{ <{thing}> ?p ?o }} #{n}" for thing, n in numbered]
    return _times(contestant, queries, N_TRIPLES)


def _examples(contestant: Contestant, sample: Sample) -> str:
    """Three times each; p99 is then about the slowest of all."""
    texts = [text for _, text in example_queries(packaged_queries())]
    return _times(contestant, [f"{text}\n#{time.time_ns()}" for _ in range(3) for text in texts], None)


def _times(contestant: Contestant, queries: Sequence[str], accept: str | None) -> str:
    spent, lost = [], 0
    for query in queries:
        try:
            spent.append(ask(contestant.url, query, accept or accept_for(query), _CAP_S).seconds * 1000)
        except CapReached:
            spent.append(_CAP_S * 1000)
            lost += 1
            contestant.after_cap()
        except NotAnswered:
            lost += 1
    if len(spent) < 2:
        return "-"
    note = f" ({lost} not answered)" if lost else ""
    return f"{short(statistics.median(spent))} / {short(statistics.quantiles(spent, n=100)[-1])}{note}"


def _page(contestant: Contestant, sample: Sample) -> str:
    if not isinstance(contestant, Vakgraaf):
        return ""
    paths = ["/doc/" + quote(thing.partition("/id/")[2], safe="/-") for thing in sample.things]
    found = read(contestant.port, contestant.pid, paths, 1, 5.0)
    return f"{short(found.p50)} / {short(found.p95)}"


def _search(contestant: Contestant, sample: Sample) -> str:
    if not isinstance(contestant, Vakgraaf):
        return ""
    await_index(contestant.port)
    paths = [f"/search?q={quote(word)}" for word in sample.words]
    found = read(contestant.port, contestant.pid, paths, 1, 5.0)
    return f"{short(found.p50)} / {short(found.p95)}"


def _validation(contestant: Vakgraaf, data: Path) -> str:
    begun = time.perf_counter()
    contestant.validate(data)
    return f"{time.perf_counter() - begun:.1f}"


def _linking(contestant: Vakgraaf, sample: Sample) -> str:
    graphs = [thing.replace("/id/profiel/", "/graph/register-") for thing in sample.things[:2]]
    begun = time.perf_counter()
    contestant.propose(*graphs)
    return f"{time.perf_counter() - begun:.1f}"


_MEASURES: Mapping[str, Callable[[Contestant, Sample], str]] = {
    _ROWS[3]: _memory,
    _ROWS[4]: _lookup,
    _ROWS[5]: _examples,
    _ROWS[6]: _page,
    _ROWS[7]: _search,
}


def _markdown(found: Mapping[tuple[str, int], _Figures], sizes: Sequence[int], servers: Sequence[str]) -> str:
    return "\n".join(_lines(found, sizes, servers))


def _lines(found: Mapping[tuple[str, int], _Figures], sizes: Sequence[int], servers: Sequence[str]) -> Iterator[str]:
    yield "| statements | " + " | ".join(["", *servers]) + " |"
    yield "|--:|---|" + "--:|" * len(servers)
    for size in sizes:
        for row in _ROWS:
            cells = [found.get((server, size), {}).get(row, "") for server in servers]
            if any(cells):
                yield f"| {size:,} | {row} | " + " | ".join(cells) + " |"


if __name__ == "__main__":
    main()
