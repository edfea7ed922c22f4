"""Snapshots into memory."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox

from vakgraaf.errors import UnreadableInput

BYTES_PER_QUAD = 700
"""Measured: some 400 bytes a quad, and the merge of all graphs once more."""


def fits(quads: int, copies: int, budget_mb: int) -> bool:
    """Whether `copies` replicas of a store of so many quads stay under the budget.

    Forks share their parent's pages at first, but not for long: each counts in full.
    """
    return quads * BYTES_PER_QUAD * copies <= budget_mb * 1024 * 1024


def load(snapshot: Path, *, merged: bool) -> ox.Store:
    """The snapshot as an in-memory store.

    With `merged` its unnamed graph holds the RDF merge of all graphs (SPARQL 1.1 §13.1): the engine's own union is a
    bag, in which a triple that two graphs state counts twice. Another process reads the disk, so that this one has
    no threads and can be forked.
    """
    arguments = [
        sys.executable,
        "-P",
        "-m",
        "vakgraaf.engine",
        "unload",
        str(snapshot),
        "merged" if merged else "",
    ]
    store = ox.Store()
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL) as reader:
        assert reader.stdout is not None
        store.bulk_load(input=reader.stdout, format=ox.RdfFormat.N_QUADS)
    if reader.returncode != 0:
        raise UnreadableInput(
            f"De momentopname {snapshot.name} is niet te lezen.",
            f"The snapshot {snapshot.name} cannot be read.",
        )
    return store


def main(snapshot: str, merged: str) -> None:
    """Write the snapshot to standard output as N-Quads, the merge first; in one stream blank nodes stay the same."""
    store = ox.Store.read_only(snapshot)
    if merged == "merged":
        everything = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
        triples = store.query(everything, use_default_graph_as_union=True)
        assert isinstance(triples, ox.QueryTriples)
        triples.serialize(sys.stdout.buffer, ox.RdfFormat.N_TRIPLES)
        quads = (q for name in store.named_graphs() for q in store.quads_for_pattern(None, None, None, name))
        ox.serialize(quads, sys.stdout.buffer, ox.RdfFormat.N_QUADS)
    else:
        store.dump(sys.stdout.buffer, ox.RdfFormat.N_QUADS)
