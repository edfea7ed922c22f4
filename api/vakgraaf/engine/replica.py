"""Snapshots into memory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import pyoxigraph as ox

from vakgraaf.engine.pouring import take_in
from vakgraaf.engine.snapshots import opened, unfinished, unreadable
from vakgraaf.errors import StoreProblem
from vakgraaf.sparql.statistics import Statistics

_DAMAGED = 3
BYTES_PER_QUAD = 1000
"""Measured: some 360 bytes a quad, and the merge of all graphs twice more."""


@dataclass(frozen=True, slots=True)
class Replica:
    """A store to be asked, and where the triples of its unnamed graph are.

    In a merged replica the unnamed graph of `store` holds the RDF merge of all graphs (SPARQL 1.1 §13.1): the engine's
    own union is a bag, in which a triple that two graphs state counts twice. What the unnamed graph itself states then
    is in `unnamed`, a store of its own. `merge` has the merge and no other graph: the engine looks at every quad of a
    resource, whatever its graph, so a query that names none is answered there in half the time; on disk it is `store`.
    In any other replica all three are the same. Without `statistics` queries are asked as they are; `drift` is how many
    quads have changed since they were counted.
    """

    store: ox.Store
    unnamed: ox.Store
    merge: ox.Store
    statistics: Statistics | None = None
    drift: int = 0


def copies(quads: int, budget_mb: int) -> int:
    """How many replicas of a store of so many quads stay under the budget together.

    Forks share their parent's pages at first, but not for long: each counts in full.
    """
    return budget_mb * 1024 * 1024 // (max(quads, 1) * BYTES_PER_QUAD)


def plain(store: ox.Store) -> Replica:
    """A store that holds each graph as it is."""
    return Replica(store, store, store)


def load(snapshot: Path, *, merged: bool) -> Replica:
    """The snapshot in memory. Blank nodes keep their labels, so that a delta names the same ones.

    Another process reads the disk, so that this one has no threads and can be forked. Raises `StoreProblem`.
    """
    store = ox.Store()
    with tempfile.TemporaryFile() as names:
        with subprocess.Popen(
            [sys.executable, "-P", "-m", "vakgraaf.engine", "unload", str(snapshot), str(names.fileno())],
            stdout=subprocess.PIPE,
            stdin=subprocess.DEVNULL,
            pass_fds=[names.fileno()],
        ) as reader:
            assert reader.stdout is not None
            broken: Exception | None = None
            try:
                take_in(store, reader.stdout)
            except (SyntaxError, ValueError, MemoryError) as error:
                broken = error
        names.seek(0)
        if reader.returncode == _DAMAGED:
            raise StoreProblem(**json.load(names))
        full = isinstance(broken, MemoryError)
        if full or reader.returncode < 0 or (reader.returncode and broken is None):
            raise unfinished(snapshot, "MemoryError" if full else f"code {reader.returncode}") from broken
        if broken is not None:
            raise unreadable(snapshot, str(broken)) from broken
        for name in json.load(names):
            store.add_graph(ox.NamedNode(name))
    if not merged:
        return plain(store)
    unnamed = ox.Store()
    unnamed.extend(store.quads_for_pattern(None, None, None, ox.DefaultGraph()))
    store.update("INSERT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }")
    merge = ox.Store()
    merge.bulk_extend(store.quads_for_pattern(None, None, None, ox.DefaultGraph()))
    return Replica(store, unnamed, merge)


def main(snapshot: str, names: str) -> None:
    """Write the snapshot to standard output as N-Quads, and to `names` those of its graphs: empty ones have no quad.

    Where it cannot be read the code says so, and what is to be told stands in `names`.
    """
    with open(int(names), "w", encoding="utf-8") as file:
        try:
            store = opened(Path(snapshot))
            json.dump([name.value for name in store.named_graphs() if isinstance(name, ox.NamedNode)], file)
            store.dump(sys.stdout.buffer, ox.RdfFormat.N_QUADS)
            sys.stdout.flush()
        except BrokenPipeError:
            os._exit(1)  # who asked was killed; at a usual end there would be a second try to write
        except (OSError, ValueError, RuntimeError) as error:
            _tell(file, unreadable(Path(snapshot), str(error)))
        except StoreProblem as error:
            _tell(file, error)


def _tell(file: IO[str], error: StoreProblem) -> None:
    """Leave why it cannot be read to who asked."""
    file.seek(0)
    file.truncate()
    json.dump({"nl": error.nl, "en": error.en}, file)
    file.flush()
    os._exit(_DAMAGED)
