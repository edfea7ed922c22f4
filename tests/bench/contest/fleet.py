"""The contestants that can take part, on the same data."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from bench.contest.contestant import Contestant, Unavailable
from bench.contest.oxigraph_server import Oxigraph
from bench.contest.rdflib_server import Rdflib, RdflibEndpoint
from bench.contest.vakgraaf_server import Vakgraaf, VakgraafInMemory
from bench.contest.virtuoso_server import Virtuoso

ALL: tuple[type[Contestant], ...] = (Vakgraaf, VakgraafInMemory, Oxigraph, Virtuoso, Rdflib, RdflibEndpoint)


def yardstick(names: Sequence[str]) -> str:
    """Whose figures the others are told as a part of: oxigraph's where it takes part, else those of who comes last."""
    return Oxigraph.name if Oxigraph.name in names else names[-1]


@contextmanager
def fleet(folder: Path, data: Path | None, statements: int, only: Sequence[str]) -> Iterator[list[Contestant]]:
    """Every contestant of `only` that is installed and can hold so much, loaded and answering.

    `data` None stands for what is packaged with Vakgraaf. Who cannot take part is named on the output, with the reason.
    """
    started: list[Contestant] = []
    exported = folder / "same.nq"
    try:
        for kind in ALL:
            if kind.name not in only:
                continue
            try:
                started.append(_start(kind, folder, data, exported, statements))
            except Unavailable as reason:
                print(f"{kind.name}: skipped, {reason}", flush=True)
        yield started
    finally:
        for contestant in started:
            contestant.stop()


def _start(kind: type[Contestant], folder: Path, data: Path | None, exported: Path, statements: int) -> Contestant:
    if kind.most_statements is not None and statements > kind.most_statements:
        raise Unavailable(f"more than {kind.most_statements} statements would take too long")
    contestant = kind(folder / kind.name)
    begun = time.perf_counter()
    try:
        if not isinstance(contestant, Vakgraaf):
            contestant.load(exported if exported.exists() or data is None else data)
        elif data is not None:
            contestant.load(data)
        loaded = time.perf_counter()
        contestant.start()
        ready = time.perf_counter()
        contestant.settle()
        if isinstance(contestant, Vakgraaf) and not exported.exists():
            contestant.export(exported)
    except Unavailable:
        contestant.stop()
        raise
    print(f"{kind.name}: loaded in {loaded - begun:.1f} s, ready after {ready - loaded:.1f} s", flush=True)
    return contestant
