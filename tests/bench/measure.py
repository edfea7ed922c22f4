"""Measure what the documentation claims, side by side in one run. Not a test: run it with scripts/bench.

Every row is the median of a few interleaved rounds; read the ratios, not the seconds.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pyshacl
from rdflib import Dataset, Graph

from vakgraaf.engine import GuardLimits, LocalStore, StateDirectory, check, offers, open_store
from vakgraaf.engine.fill import fill
from vakgraaf.pipeline.checks import example_queries, packaged_queries
from vakgraaf.pipeline.documents import build
from vakgraaf.rdf.formats import N_QUADS
from vakgraaf.resources import folder
from vakgraaf.settings import Settings
from vakgraaf.validation import validate
from vakgraaf.validation.shapes import packaged_context, packaged_shapes

ROUNDS = 3


def seconds(what: Callable[[], object]) -> float:
    start = time.perf_counter()
    what()
    return time.perf_counter() - start


def compare(title: str, ours: Callable[[], object], peer: Callable[[], object] | None = None) -> None:
    """Print one row: our median, and the peer's median over ours."""
    own, other = [], []
    for _ in range(ROUNDS):
        own.append(seconds(ours))
        if peer:
            other.append(seconds(peer))
    ratio = f"{statistics.median(other) / statistics.median(own):8.1f}x" if peer else ""
    print(f"{title:<58} {statistics.median(own) * 1000:10.1f} ms {ratio}", flush=True)


def ask_all(store: LocalStore, texts: list[str]) -> int:
    answers = (store.query(text, offers(check(text, GuardLimits()).form)[0]) for text in texts)
    return sum(len(chunk) for answer in answers for chunk in answer)


def rdflib_answers(rdflib: Dataset, text: str) -> bool:
    """False where rdflib 7.6 trips over a query: it cannot sort rows that lack a value."""
    try:
        rdflib.query(text).serialize()
    except TypeError:
        return False
    return True


def main() -> None:
    """Print the table."""
    print(f"{'what (median of ' + str(ROUNDS) + ')':<58} {'Vakgraaf':>13} {'peer':>9}")
    compare("ingest of both documents, to Turtle", lambda: list(build(folder("data/sources"))))
    graphs = [Graph().parse(path) for path in sorted(folder("data/graphs").glob("*.ttl"))]
    shapes, context = packaged_shapes(), packaged_context()

    def plain() -> None:
        for graph in graphs:
            pyshacl.validate(graph, shacl_graph=shapes, ont_graph=context)

    compare("SHACL over both graphs (peer: pySHACL as it comes)", lambda: [validate(graph) for graph in graphs], plain)
    with tempfile.TemporaryDirectory() as where:
        numbers = iter(range(100))

        def fill_next() -> None:
            fill(StateDirectory(Path(where, str(next(numbers)))), Settings().packaged())

        compare("fill a store: load, derive, snapshot", fill_next)
        store = open_store(StateDirectory(Path(where, "0")), Settings().packaged())
        quads = b"".join(store.export(None, N_QUADS)).decode()
        rdflib = Dataset(default_union=True)
        rdflib.parse(data=quads, format="nquads")
        texts = [text for _, text in example_queries(packaged_queries()) if rdflib_answers(rdflib, text)]
        compare(
            f"the {len(texts)} example queries, serialised (peer: rdflib)",
            lambda: ask_all(store, texts),
            lambda: [rdflib.query(text).serialize() for text in texts],
        )


if __name__ == "__main__":
    main()
