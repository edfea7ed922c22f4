"""A replica with versions of graphs in it, for as long as one question takes."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import pyoxigraph as ox

from vakgraaf.engine import versions
from vakgraaf.engine.replica import Replica, plain
from vakgraaf.errors import QueryRefused


@contextmanager
def with_versions(replica: Replica, packed: Sequence[str], dataset: Sequence[str] | None) -> Iterator[Replica]:
    """The replica with these versions as named graphs; no union of graphs knows of them.

    A store that is read from disk cannot take them in: then there are only they and the graphs of the `dataset` that
    the question names. Where it names none (None) it is refused (`QueryRefused`).
    """
    there = (quad for one in packed for quad in versions.quads(base64.b64decode(one)))
    quads = versions.listed(replica.store, there)
    try:
        replica.store.bulk_extend(quads)
    except RuntimeError:  # read-only
        yield plain(_small(replica.store, quads, dataset))
        return
    try:
        yield replica
    finally:
        for name in {quad.graph_name for quad in quads}:
            replica.store.remove_graph(name)


def _small(store: ox.Store, quads: list[ox.Quad], dataset: Sequence[str] | None) -> ox.Store:
    """A store in memory with only the versions and the graphs of the dataset."""
    if dataset is None:
        raise QueryRefused(
            "Een versie van een graaf is hier alleen te bevragen met FROM of default-graph-uri: noem elke graaf waar de"
            " vraag over gaat.",
            "A version of a graph can be asked here with FROM or default-graph-uri only: name every graph that the"
            " question is about.",
        )
    small = ox.Store()
    small.bulk_extend(quads)
    for name in set(dataset):
        if not versions.is_version(name):
            small.bulk_extend(store.quads_for_pattern(None, None, None, ox.NamedNode(name)))
    return small
