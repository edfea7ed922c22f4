"""The default graph of a dataset that names several graphs: their RDF merge (SPARQL 1.1 Query §13.2.1), a set.

The engine reads one graph after the other, so that a triple that two of them state is there twice. Where there is such
a triple the graphs are merged in a store of their own, for as long as one question takes: as far as that looks at them.
A graph that is named twice is one graph, though the engine reads it twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

import pyoxigraph as ox

from vakgraaf.sparql.properties import properties_read

Graph = ox.NamedNode | ox.BlankNode | ox.DefaultGraph

_FEW = 8
"""So many graphs are compared with each other; more are merged without looking."""


class Reading(NamedTuple):
    """Where to read a dataset: a store, and which graphs of that are its default graph and its named ones."""

    store: ox.Store
    default: list[Graph]
    named: list[Graph]


def together(store: ox.Store, default: Sequence[Graph], named: Sequence[Graph], query: str) -> Reading:
    """Where to read the merge of the graphs `default` of a store, beside its graphs `named`, for one query.

    That is the store itself, where no triple is in two of them.
    """
    graphs, names = sorted(set(default), key=str), list(dict.fromkeys(named))
    if len(graphs) <= _FEW and not any(_overlap(store, *pair) for pair in combinations(graphs, 2)):
        return Reading(store, graphs, names)
    found = ox.Store()
    properties = properties_read(query)
    for graph in graphs:
        quads = _looked_at(store, graph, properties)
        found.bulk_extend(ox.Quad(quad.subject, quad.predicate, quad.object) for quad in quads)
    if properties is None:  # else it looks at no named graph
        for graph in names:
            found.bulk_extend(_looked_at(store, graph, None))
    return Reading(found, [ox.DefaultGraph()], names)


def _looked_at(store: ox.Store, graph: Graph, properties: frozenset[str] | None) -> Iterator[ox.Quad]:
    """The quads of a graph with these properties; None is any."""
    if properties is None:
        yield from store.quads_for_pattern(None, None, None, graph)
        return
    for name in properties:
        yield from store.quads_for_pattern(None, ox.NamedNode(name), None, graph)


def _overlap(store: ox.Store, one: Graph, other: Graph) -> bool:
    return bool(store.query(f"ASK {{ {_all_of(one)} {_all_of(other)} }}"))


def _all_of(graph: Graph) -> str:
    return "?s ?p ?o ." if isinstance(graph, ox.DefaultGraph) else f"GRAPH {graph} {{ ?s ?p ?o }}"
