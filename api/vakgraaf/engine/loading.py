"""Files into the store, all of them or none: for the command line, also while a server runs on the directory."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import pyoxigraph as ox

from vakgraaf.engine.changing import Changing
from vakgraaf.engine.guard import GuardLimits
from vakgraaf.engine.ledger import UNNAMED_GRAPH, Ledger
from vakgraaf.engine.reading import unreadable
from vakgraaf.engine.state import Manifest, StateDirectory
from vakgraaf.engine.updating import COMPUTED, computed
from vakgraaf.engine.workbench import Workbench
from vakgraaf.errors import unusable
from vakgraaf.rdf.formats import Format

_LARGE_BYTES = 8 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Source:
    """A file to be loaded, and the graph for what it has in none; None is the unnamed graph."""

    path: Path
    form: Format
    graph: str | None

    @property
    def packed(self) -> bool:
        """Whether it is compressed."""
        return self.path.suffix.lower() == ".gz"

    def open(self) -> IO[bytes]:
        """The file, uncompressed. Raises `UnreadableInput`."""
        try:
            return gzip.open(self.path) if self.packed else self.path.open("rb")  # type: ignore[return-value]  # bytes
        except OSError as error:
            raise unusable(self.path, error) from error


def load_files(
    state: StateDirectory, sources: list[Source], judge: Callable[[list[bytes]], None] | None = None
) -> Manifest:
    """Add what is in the files to a store that is there; the new version.

    `judge` is handed what each touched graph will hold, as N-Triples, and raises where that may not be. Raises
    `UnreadableInput`, `SyntaxProblem` and `QueryRefused`; nothing has changed then.
    """
    bench = Workbench(state, "load", Changing(union=True, guard=GuardLimits()))

    def work(ledger: Ledger) -> None:
        for source in sources:
            ledger.add(_quads(source))

    try:
        size = sum(source.path.stat().st_size * (10 if source.packed else 1) for source in sources)
        outcome = bench.carry_out(work, large=size > _LARGE_BYTES)
        if judge is not None:
            try:
                judge([bench.content(graph) for graph in outcome.touched])
            except BaseException:
                bench.discard()
                raise
        return bench.commit().manifest
    except OSError as error:
        raise unusable(Path(error.filename or state.path), error) from error
    finally:
        bench.close()


def _quads(source: Source) -> Iterator[ox.Quad]:
    home = UNNAMED_GRAPH if source.graph is None else ox.NamedNode(source.graph)
    syntax = ox.RdfFormat.from_media_type(source.form.media_type)
    base = source.path.resolve().as_uri()
    try:
        with source.open() as file:
            for quad in ox.parse(file, syntax, base_iri=base, rename_blank_nodes=True):
                if isinstance(quad.graph_name, ox.DefaultGraph):
                    quad = ox.Quad(quad.subject, quad.predicate, quad.object, home)
                if isinstance(quad.graph_name, ox.NamedNode) and quad.graph_name.value in COMPUTED:
                    raise computed(quad.graph_name.value)
                yield quad
    except (SyntaxError, ValueError, EOFError) as error:
        raise unreadable(error, source.form, str(source.path)) from error
