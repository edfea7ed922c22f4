"""`scripts/bench engines`: the questions asked of the engine itself and of rdflib, both in memory and in this process.

Without a server, as a small question takes longer on its way through HTTP than with either. `reader` is what a process
that answers does with a question; `guard` what is done before that, where it is read from the connection. Asked in
turn, each finds the caches of the processor as another left them, which is most of what a small question takes; asked
in a row, it finds its own.
"""

from __future__ import annotations

import argparse
import io
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path

from bench.asking import questions
from bench.contest import rdflib_server
from bench.contest.client import accept_for
from bench.contest.table import geometric_mean, short, show
from bench.contest.vakgraaf_server import Vakgraaf
from bench.registry import statements
from vakgraaf.engine import GuardLimits, StateDirectory, check
from vakgraaf.engine.evaluation import Job, run
from vakgraaf.engine.replica import Replica, load
from vakgraaf.sparql.statistics import Statistics


def main() -> None:
    """Load both, ask each question of both in turn, and print the medians."""
    parser = argparse.ArgumentParser(prog="scripts/bench engines", description=__doc__)
    parser.add_argument("--statements", type=int, default=100_000, help="size of the registry (%(default)s)")
    parser.add_argument("--rounds", type=int, default=3, help="how often each is asked (%(default)s)")
    parser.add_argument("--in-a-row", action="store_true", help="ask each all rounds before the next, not in turn")
    asked = parser.parse_args()
    print(f"{asked.statements} statements; load average {os.getloadavg()[0]:.1f}", flush=True)
    with tempfile.TemporaryDirectory(prefix="vakgraaf-bench-") as where:
        replica, same = _loaded(Path(where), asked.statements)
        dataset = rdflib_server.loaded(same)
    guard = partial(check, limits=GuardLimits())
    # As in a process that answers, not in the thread that loaded: where much was loaded, memory is handed out slowly.
    with ThreadPoolExecutor(1) as apart:
        rows, alone, together = [], [], []
        for name, text in questions().items():
            reader = partial(_read, replica, guard(text).names_graphs)
            engines = [guard, reader, partial(rdflib_server.answered, dataset)]
            medians = apart.submit(_medians, engines, text, asked.rounds, in_a_row=asked.in_a_row).result()
            before, ours, theirs = (1000 * median for median in medians)
            alone.append(ours / theirs)
            together.append((before + ours) / theirs)
            rows.append([name, *map(short, (before, ours, theirs, alone[-1], together[-1]))])
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


def _medians(engines: Sequence[Callable[[str], object]], text: str, rounds: int, *, in_a_row: bool) -> list[float]:
    """Seconds, of each engine; no text comes twice."""
    found: dict[int, list[float]] = {which: [] for which in range(len(engines))}
    turns = [(which, number) for number in range(rounds) for which in found]
    for which, number in sorted(turns) if in_a_row else turns:
        begun = time.perf_counter()
        engines[which](f"{text}\n#{number}")
        found[which].append(time.perf_counter() - begun)
    return [statistics.median(times) for times in found.values()]


def _read(replica: Replica, names_graphs: bool, query: str) -> None:
    run(replica, Job(accept_for(query), query, names_graphs=names_graphs), io.BytesIO())


if __name__ == "__main__":
    main()
