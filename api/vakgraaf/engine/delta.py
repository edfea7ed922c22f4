"""What two versions of the store differ in: quads that went and quads that came, and named graphs likewise.

A named graph counts here even when it is empty: the engine keeps a list of those that there are.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from vakgraaf.engine.replica import Replica

GraphName = ox.NamedNode | ox.BlankNode


@dataclass(frozen=True, slots=True)
class Delta:
    """The difference between two versions; no quad is in both `removed` and `added`."""

    removed: tuple[ox.Quad, ...] = ()
    added: tuple[ox.Quad, ...] = ()
    graphs_removed: tuple[GraphName, ...] = ()
    graphs_added: tuple[GraphName, ...] = ()

    def __len__(self) -> int:
        """How many quads differ."""
        return len(self.removed) + len(self.added)

    def write(self, path: Path) -> None:
        """Write it down, for `read`; blank nodes keep their labels."""
        removed = bytes(ox.serialize(self.removed, format=ox.RdfFormat.N_QUADS) or b"")
        head = {
            "removed": len(removed),
            "graphs_removed": [str(name) for name in self.graphs_removed],
            "graphs_added": [str(name) for name in self.graphs_added],
        }
        with path.open("wb") as file:
            file.write(json.dumps(head).encode() + b"\n")
            file.write(removed)
            ox.serialize(self.added, file, ox.RdfFormat.N_QUADS)


def read(path: Path) -> Delta:
    """The delta that was written to `path`."""
    with path.open("rb") as file:
        head = json.loads(file.readline())
        removed = file.read(head["removed"])
        return Delta(
            tuple(ox.parse(removed, ox.RdfFormat.N_QUADS, lenient=True)),
            tuple(ox.parse(file.read(), ox.RdfFormat.N_QUADS, lenient=True)),
            tuple(map(named, head["graphs_removed"])),
            tuple(map(named, head["graphs_added"])),
        )


def named(text: str) -> GraphName:
    """The name of a graph as N-Quads writes it."""
    return ox.BlankNode(text[2:]) if text.startswith("_:") else ox.NamedNode(text[1:-1])


def apply(replica: Replica, delta: Delta) -> None:
    """Bring a replica to the version that `delta` leads to."""
    store, unnamed = replica.store, replica.unnamed
    merged = unnamed is not store
    merges = (store,) if replica.merge is store else (store, replica.merge)
    for name in delta.graphs_added:
        store.add_graph(name)
    for quad in delta.removed:
        home = unnamed if isinstance(quad.graph_name, ox.DefaultGraph) else store
        home.remove(quad)
        if merged and not _stated(replica, quad):
            for place in merges:
                place.remove(ox.Quad(quad.subject, quad.predicate, quad.object))
    store.extend(delta.added)
    if merged:
        bare = [ox.Quad(quad.subject, quad.predicate, quad.object) for quad in delta.added]
        for place in merges:
            place.extend(bare)
        unnamed.extend(quad for quad in delta.added if isinstance(quad.graph_name, ox.DefaultGraph))
    for name in delta.graphs_removed:
        store.remove_graph(name)


def _stated(replica: Replica, quad: ox.Quad) -> bool:
    """Whether any graph of the store still states this triple; in `store` the unnamed one is but their merge."""
    subject, predicate, value = quad.subject, quad.predicate, quad.object
    if ox.Quad(subject, predicate, value) in replica.unnamed:
        return True
    return any(
        not isinstance(found.graph_name, ox.DefaultGraph)
        for found in replica.store.quads_for_pattern(subject, predicate, value, None)
    )
