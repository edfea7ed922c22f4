"""What is done to a working store, with what was there before: at the end the difference is known exactly."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pyoxigraph as ox

from vakgraaf.engine.delta import Delta, GraphName
from vakgraaf.engine.pouring import put_in
from vakgraaf.engine.stored import as_stored

Graph = ox.NamedNode | ox.BlankNode | ox.DefaultGraph
UNNAMED_GRAPH = ox.DefaultGraph()


class TooMuchError(Exception):
    """More has changed than a ledger is for; who asked should work on the whole store instead."""


class Ledger:
    """A working store that notes what changes, up to `limit` quads. Raises `TooMuchError` from any method beyond that.

    `base` is a snapshot of the store as it was; `forgotten` are versions of graphs that go for good.
    """

    def __init__(self, store: ox.Store, base: Path, limit: int) -> None:
        self.store = store
        self._base = base
        self._limit = limit
        self._opened: ox.Store | None = None
        self._before: dict[ox.Quad, bool] = {}
        self._graphs: dict[Graph, bool] = {}
        self._whole: set[Graph] = set()
        self._replaced: set[Graph] = set()
        self.forgotten: list[str] = []

    def remove(self, quads: Iterable[ox.Quad]) -> None:
        """Take quads out."""
        for quad in self._noted(quads):
            self.store.remove(quad)

    def add(self, quads: Iterable[ox.Quad]) -> None:
        """Put quads in; their graphs come to be where they were not."""
        put_in(self.store, iter(list(self._noted(quads))))

    def touch(self, graph: Graph) -> None:
        """Note whether a graph is there, before it comes or goes."""
        if graph not in self._graphs:
            self._graphs[graph] = self.has(graph)

    def touch_whole(self, graph: Graph) -> None:
        """Compare this graph as a whole at the end: something is about to change it that does not say how."""
        self.touch(graph)
        self._whole.add(graph)

    def replace(self, graph: Graph) -> None:
        """Note that a graph is sent, loaded, copied or removed whole, and not edited triple by triple."""
        self.touch(graph)
        self._replaced.add(graph)

    @contextmanager
    def unlimited(self) -> Iterator[None]:
        """Take in, for a while, what goes with a change however large that is."""
        limit, self._limit = self._limit, sys.maxsize
        try:
            yield
        finally:
            self._limit = limit

    def replaced(self) -> list[Graph]:
        """The graphs that were noted so, by name; they need not have become others."""
        return sorted(self._replaced, key=str)

    def has(self, graph: Graph) -> bool:
        """Whether there is such a graph now; the unnamed one is there when it holds anything."""
        if isinstance(graph, ox.DefaultGraph):
            return next(self.store.quads_for_pattern(None, None, None, graph), None) is not None
        return self.store.contains_named_graph(graph)

    def came(self) -> list[Graph]:
        """The graphs that are there now and were not."""
        return [graph for graph, was in self._graphs.items() if not was and self.has(graph)]

    def went(self) -> list[Graph]:
        """The graphs that were there and are not now."""
        return [graph for graph, was in self._graphs.items() if was and not self.has(graph)]

    def delta(self) -> Delta:
        """What has changed since `base`."""
        removed: list[ox.Quad] = []
        added: list[ox.Quad] = []
        for graph in self._whole:
            old, new = (set(self._quads(store, graph)) for store in (self.before(), self.store))
            removed += old - new
            added += new - old
        for quad, was in self._before.items():
            if quad.graph_name not in self._whole and (quad in self.store) != was:
                (removed if was else added).append(quad)
        if len(removed) + len(added) > self._limit:
            raise TooMuchError
        return Delta(tuple(removed), tuple(added), _named(self.went()), _named(self.came()))

    def touched(self) -> tuple[str | None, ...]:
        """The graphs that have changed, by their IRIs, sorted; None, first, is the unnamed one."""
        delta = self.delta()
        quads = (*delta.removed, *delta.added)
        return names({quad.graph_name for quad in quads} | {*self.came(), *self.went()})

    def before(self) -> ox.Store:
        """The store as it was."""
        if self._opened is None:
            self._opened = ox.Store.read_only(str(self._base))
        return self._opened

    def _noted(self, quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
        for quad in as_stored(quads):  # else one quad in two spellings would count twice
            self.touch(quad.graph_name)
            if quad not in self._before:
                self._before[quad] = quad in self.store
                if len(self._before) > 2 * self._limit:
                    raise TooMuchError
            yield quad

    def _quads(self, store: ox.Store, graph: Graph) -> Iterator[ox.Quad]:
        for number, quad in enumerate(store.quads_for_pattern(None, None, None, graph)):
            if number > self._limit:
                raise TooMuchError
            yield quad


def names(graphs: Iterable[Graph]) -> tuple[str | None, ...]:
    """Graphs by their IRIs, sorted, and None for the unnamed one before all."""
    found = set(graphs)
    iris = sorted(graph.value for graph in found if not isinstance(graph, ox.DefaultGraph))
    return (None, *iris) if UNNAMED_GRAPH in found else tuple(iris)


def _named(graphs: Iterable[Graph]) -> tuple[GraphName, ...]:
    return tuple(graph for graph in graphs if not isinstance(graph, ox.DefaultGraph))
