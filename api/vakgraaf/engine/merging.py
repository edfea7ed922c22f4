"""The default graph of a dataset that names several graphs: their RDF merge (SPARQL 1.1 Query §13.2.1), a set.

The engine reads one graph after the other, so that a triple that two of them state is there twice. Where there is such
a triple the graphs are merged in a store of their own, for as long as one question takes: as far as that looks at them.
A graph that is named twice is one graph, though the engine reads it twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, islice
from typing import NamedTuple

import pyoxigraph as ox

from vakgraaf.sparql.lookups import Lookup, looked_up

Graph = ox.NamedNode | ox.BlankNode | ox.DefaultGraph

_FEW = 8
"""So many graphs are compared with each other; more are merged without looking."""
_ENOUGH = 10_000
"""Graphs with more triples than this are as large as each other."""


class Reading(NamedTuple):
    """Where to read a dataset: a store, and which graphs of that are its default graph and its named ones."""

    store: ox.Store
    default: list[Graph]
    named: list[Graph]


def together(store: ox.Store, default: Sequence[Graph], named: Sequence[Graph], query: str) -> Reading:
    """Where to read the merge of the graphs `default` of a store, beside its graphs `named`, for one query.

    That is the store itself, where no triple that the query looks at is in two of them.
    """
    graphs, names = sorted(set(default), key=str), list(dict.fromkeys(named))
    if len(graphs) < 2:
        return Reading(store, graphs, names)
    lookups = looked_up(query)
    if not any(_repeats(store, graphs, lookup) for lookup in lookups):
        return Reading(store, graphs, names)
    found = ox.Store()
    for lookup in lookups:
        for graph in graphs:
            quads = _looked_at(store, graph, lookup)
            found.bulk_extend(ox.Quad(quad.subject, quad.predicate, quad.object) for quad in quads)
        for graph in names:
            found.bulk_extend(_looked_at(store, graph, lookup))
    return Reading(found, [ox.DefaultGraph()], names)


def _looked_at(store: ox.Store, graph: Graph, lookup: Lookup) -> Iterator[ox.Quad]:
    subject, predicate, value = (None if name is None else ox.NamedNode(name) for name in lookup)
    return store.quads_for_pattern(subject, predicate, value, graph)


def _repeats(store: ox.Store, graphs: list[Graph], lookup: Lookup) -> bool:
    """Whether a triple is in two of these graphs, or may be: many are not compared with each other."""
    there = [graph for graph in graphs if next(_looked_at(store, graph, lookup), None) is not None]
    if len(there) > _FEW:
        return True
    small_first = sorted(there, key=lambda graph: sum(1 for _ in islice(_looked_at(store, graph, lookup), _ENOUGH)))
    pattern = " ".join(f"?v{i}" if name is None else f"<{name}>" for i, name in enumerate(lookup))
    return any(
        bool(store.query(f"ASK {{ {_within(one, pattern)} {_within(other, pattern)} }}"))  # looks for the first's
        for one, other in combinations(small_first, 2)
    )


def _within(graph: Graph, pattern: str) -> str:
    return f"{pattern} ." if isinstance(graph, ox.DefaultGraph) else f"GRAPH {graph} {{ {pattern} }}"
