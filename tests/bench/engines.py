"""`scripts/bench engines`: the questions asked of the engine itself and of rdflib, both in memory and in this process.

Without a server, as a small question takes longer on its way through HTTP than with either. `reader` is what a process
that answers does with a question; `guard` what is done before that, where it is read from the connection.
"""

from __future__ import annotations

import argparse
import io
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from rdflib import Dataset

from bench.asking import questions
from bench.contest.client import accept_for
from bench.contest.table import geometric_mean, short, show
from bench.contest.vakgraaf_server import Vakgraaf
from bench.registry import statements
from vakgraaf.engine import GuardLimits, StateDirectory, check
from vakgraaf.engine.evaluation import Job, run
from vakgraaf.engine.replica import Replica, load
from vakgraaf.sparql.statistics import Statistics

Ask = Callable[[str], object]


def main() -> None:
    """Load both, ask each question of both in turn, and print the medians."""
    parser = argparse.ArgumentParser(prog="scripts/bench engines", description=__doc__)
    parser.add_argument("--statements", type=int, default=100_000, help="size of the registry (%(default)s)")
    parser.add_argument("--rounds", type=int, default=3, help="how often each is asked (%(default)s)")
    asked = parser.parse_args()
    print(f"{asked.statements} statements; load average {os.getloadavg()[0]:.1f}", flush=True)
    with tempfile.TemporaryDirectory(prefix="vakgraaf-bench-") as where:
        replica, same = _loaded(Path(where), asked.statements)
        dataset = Dataset(default_union=True)
        dataset.parse(same, format="nquads")
    engines: list[Ask] = [_guarded, lambda query: _read(replica, query), lambda query: _ask_rdflib(dataset, query)]
    rows, alone, together = [], [], []
    for name, text in questions().items():
        guard, reader, theirs = (1000 * median for median in _medians(engines, text, asked.rounds))
        alone.append(reader / theirs)
        together.append((guard + reader) / theirs)
        rows.append([name, *map(short, (guard, reader, theirs, alone[-1], together[-1]))])
    rows.append(["geometric mean", "", "", "", *(short(geometric_mean(ratios)) for ratios in (alone, together))])
    header = ["question", "guard", "reader", "rdflib", "reader of rdflib", "both of rdflib"]
    show("Questions on the registry, in one process: ms", header, rows)


def _loaded(where: Path, size: int) -> tuple[Replica, Path]:
    """The registry as readers hold it, and the same as a file."""
    server, data, same = Vakgraaf(where / "vakgraaf"), where / "registry.nq", where / "same.nq"
    with data.open("w", encoding="utf-8") as file:
        file.writelines(statements(size))
    server.load(data)
    server.export(same)
    state = StateDirectory(server.state)
    manifest = state.manifest()
    assert manifest is not None, "it was loaded just now"
    counted = Statistics.from_json(state.statistics.read_text("utf-8"))
    return replace(load(state.snapshot(manifest.version), merged=True), statistics=counted), same


def _medians(engines: list[Ask], text: str, rounds: int) -> list[float]:
    """Seconds, of each engine; no text comes twice."""
    found: list[list[float]] = [[] for _ in engines]
    for number in range(rounds):
        for ask, times in zip(engines, found, strict=True):
            begun = time.perf_counter()
            ask(f"{text}\n#{number}")
            times.append(time.perf_counter() - begun)
    return [statistics.median(times) for times in found]


def _guarded(query: str) -> None:
    check(query, GuardLimits())


def _read(replica: Replica, query: str) -> None:
    job = Job(accept_for(query), query, names_graphs="GRAPH" in query or "FROM" in query)
    run(replica, job, io.BytesIO())


def _ask_rdflib(dataset: Dataset, query: str) -> None:
    result = dataset.query(query)
    result.serialize(format="nt" if result.type in ("CONSTRUCT", "DESCRIBE") else "json")


if __name__ == "__main__":
    main()
