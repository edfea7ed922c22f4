"""A change too large to be followed quad by quad: made on the whole store in memory, which is then written anew.

Reading single quads back from disk takes some fifteen times as long as from memory, so what follows from much is
better derived there.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox

from vakgraaf.engine.description import redescribe
from vakgraaf.engine.fill import add_derived
from vakgraaf.engine.ledger import Ledger, names
from vakgraaf.engine.packaged import DERIVED_GRAPH
from vakgraaf.engine.replica import load


class Rebuilding(Ledger):
    """A ledger on a whole store in memory, which notes no more than the graphs that are touched."""

    def __init__(self, base: Path) -> None:
        super().__init__(load(base, merged=False).store, base, sys.maxsize)

    def finish(self, folder: Path) -> tuple[ox.Store, dict[str, dict[str, int]]]:
        """Derive and describe, and write it all to a new store in `folder`; that store, and its counts."""
        draft = self.store
        if draft.contains_named_graph(derived := ox.NamedNode(DERIVED_GRAPH)):
            draft.remove_graph(derived)
        add_derived(draft)
        counts = redescribe(draft).counts()
        store = ox.Store(str(folder))
        store.bulk_extend(draft)
        for name in draft.named_graphs():
            store.add_graph(name)
        store.flush()
        return store, counts

    def touched(self) -> tuple[str | None, ...]:
        """The graphs that may have changed."""
        return names(self._graphs)

    def _noted(self, quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
        for quad in quads:
            self.touch(quad.graph_name)
            yield quad
