"""A change too large to be followed quad by quad: made on the whole store in memory, which is then written anew.

Reading single quads back from disk takes some fifteen times as long as from memory, so what follows from much is
better derived there.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pyoxigraph as ox

from vakgraaf.engine.description import redescribe
from vakgraaf.engine.fill import add_derived
from vakgraaf.engine.ledger import Ledger, names, put_in
from vakgraaf.engine.packaged import DERIVED_GRAPH, DESCRIPTION_GRAPH
from vakgraaf.engine.pouring import poured, take_in
from vakgraaf.engine.replica import load
from vakgraaf.engine.statistics import Statistics
from vakgraaf.errors import StoreProblem

_DERIVED, _DESCRIPTION = ox.NamedNode(DERIVED_GRAPH), ox.NamedNode(DESCRIPTION_GRAPH)


class Rebuilding(Ledger):
    """A ledger on a whole store in memory, which notes no more than the graphs that are touched."""

    def __init__(self, base: Path) -> None:
        super().__init__(load(base, merged=False).store, base, sys.maxsize)

    def add(self, quads: Iterable[ox.Quad]) -> None:
        """Put quads in, however many."""
        put_in(self.store, self._noted(quads))

    def finish(self, folder: Path) -> tuple[ox.Store, Statistics]:
        """Derive and describe, and write it all to a new store in `folder`; that store, and what was counted.

        What is stated is written by another process, while what follows from it is found here.
        """
        draft = self.store
        if draft.contains_named_graph(_DERIVED):
            draft.remove_graph(_DERIVED)
        with _written(draft, folder):
            add_derived(draft)
            found = redescribe(draft)
        store = ox.Store(str(folder))
        for name in (_DERIVED, _DESCRIPTION):
            if store.contains_named_graph(name):
                store.remove_graph(name)
            with poured(draft, [name]) as triples:
                take_in(store, triples, name)
        for graph in draft.named_graphs():
            store.add_graph(graph)
        store.flush()
        store.optimize()  # whoever reads from it then takes a quarter of the time, at ten million
        return store, found

    def touched(self) -> tuple[str | None, ...]:
        """The graphs that may have changed."""
        return names(self._graphs)

    def _noted(self, quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
        for quad in quads:
            self.touch(quad.graph_name)
            yield quad


@contextmanager
def _written(draft: ox.Store, folder: Path) -> Iterator[None]:
    """Have what `draft` holds now written to a store in `folder`; it is there at the end. Raises `StoreProblem`."""
    command = [sys.executable, "-P", "-m", "vakgraaf.engine", "keep", str(folder)]
    with poured(draft) as quads, subprocess.Popen(command, stdin=quads) as keeper:
        quads.close()  # the keeper has it now
        try:
            yield
        except BaseException:
            keeper.kill()
            raise
    if keeper.returncode != 0:
        raise StoreProblem(
            f"De store in {folder} kon niet worden geschreven; er is niets veranderd. Is de schijf vol?",
            f"The store in {folder} could not be written; nothing has changed. Is the disk full?",
        )


def keep(folder: str) -> None:
    """Put what comes on standard input into a new store; blank nodes keep their labels."""
    store = ox.Store(folder)
    take_in(store, sys.stdin.buffer)
    store.flush()
