"""A store for one reader in its own process: the command line's way in."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pyoxigraph as ox

from vakgraaf.engine import columns, readings, versions
from vakgraaf.engine.cardinalities import kept
from vakgraaf.engine.evaluation import Job, run
from vakgraaf.engine.frames import CHUNK
from vakgraaf.engine.guard import Form, GuardLimits, check
from vakgraaf.engine.interface import StoreInfo
from vakgraaf.engine.packaged import Packaged
from vakgraaf.engine.replica import Replica, load, plain
from vakgraaf.engine.snapshots import opened
from vakgraaf.engine.state import Manifest, StateDirectory
from vakgraaf.engine.writer import fill_elsewhere
from vakgraaf.errors import UnknownThing, UnreadableInput
from vakgraaf.rdf.formats import COLUMN_FORMATS, DATASET_FORMATS, GRAPH_FORMATS, RDF_FORMATS, RESULT_FORMATS, Format

_IN_MEMORY = 8 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class LocalStore:
    """The newest snapshot of a state directory; a server may run on the directory meanwhile.

    Versions of graphs are in the folder `kept`.
    """

    info: StoreInfo
    replica: Replica
    kept: Path

    def query(self, text: str, form: Format, limits: GuardLimits | None = None) -> Iterator[bytes]:
        """The answer to a query, in chunks; the default graph is the union of all named graphs.

        Raises QueryRefused, SyntaxProblem, and UnreadableInput where `form` cannot hold the answer.
        """
        query = check(text, limits or GuardLimits())
        if form not in offers(query.form):
            raise UnreadableInput(
                f"{query.form.value} kan niet als {form.title} worden gegeven.",
                f"{query.form.value} cannot be given as {form.title}.",
            )
        names = versions.packed(self.kept, versions.named_in(query.text))
        return self._run(Job(form.media_type, query.text, names_graphs=query.names_graphs, versions=names))

    def export(
        self,
        graph: str | None,
        form: Format,
        leave_out: frozenset[str] = frozenset(),
        leave_out_of: frozenset[str] = frozenset(),
    ) -> Iterator[bytes]:
        """One named graph, or with None all quads (TriG, N-Quads), in chunks.

        The properties `leave_out` are left out of the graphs `leave_out_of`. Raises UnknownThing, UnreadableInput.
        """
        if graph is not None and (there := versions.packed(self.kept, [graph])):
            return self._run(Job(form.media_type, graph=graph, versions=there))
        if graph is not None and not self.replica.store.contains_named_graph(ox.NamedNode(graph)):
            raise UnknownThing(f"Er is geen graaf {graph}.", f"There is no graph {graph}.")
        if form not in (DATASET_FORMATS if graph is None else GRAPH_FORMATS):
            raise UnreadableInput(
                f"{form.title} past hier niet: één graaf gaat als Turtle, N-Triples, RDF/XML of JSON-LD, alles samen"
                " als TriG of N-Quads.",
                f"{form.title} does not fit here: one graph goes as Turtle, N-Triples, RDF/XML or JSON-LD, everything"
                " as TriG or N-Quads.",
            )
        return self._run(
            Job(form.media_type, graph=graph, leave_out=tuple(leave_out), leave_out_of=tuple(leave_out_of))
        )

    def graphs(self) -> list[str]:
        """The IRIs of all named graphs, sorted."""
        return sorted(n.value for n in self.replica.store.named_graphs() if isinstance(n, ox.NamedNode))

    def _run(self, job: Job) -> Iterator[bytes]:
        with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as file:
            run(self.replica, job, file)
            file.seek(0)
            while chunk := file.read(CHUNK):
                yield chunk


def open_store(state: StateDirectory, packaged: Packaged | None) -> LocalStore:
    """The store of a state directory, filled first where needed: in memory, or on disk where there is much.

    Raises what `fill` raises.
    """
    manifest = fill_elsewhere(state, packaged)
    on_disk = _on_disk(state, manifest)
    replica = on_disk or load(state.snapshot(manifest.version), merged=True)
    info = StoreInfo(manifest.version, manifest.tag, manifest.quads, in_memory=on_disk is None)
    return LocalStore(info, replica, state.versions(manifest))


def _on_disk(state: StateDirectory, manifest: Manifest) -> Replica | None:
    """The copy that is made for reading, made now where there is none of this version; None where there is little."""
    if manifest.quads < readings.MANY:
        return None
    readings.make_for_many(state, manifest)
    try:
        return replace(readings.opened(state.reading(manifest)), statistics=kept(state.statistics))
    except OSError:  # there is no room for it, or a server has just replaced it
        return None


def read_store(state: StateDirectory, manifest: Manifest) -> LocalStore:
    """A version of the store as it lies on disk: there at once, slower to ask; its default graph is the unnamed one.

    Raises `StoreProblem` where it cannot be read.
    """
    store = opened(state.snapshot(manifest.version))
    info = StoreInfo(manifest.version, manifest.tag, manifest.quads, in_memory=False)
    return LocalStore(info, plain(store), state.versions(manifest))


def offers(form: Form) -> tuple[Format, ...]:
    """The formats in which a query of this form can be answered, the default first."""
    if form.gives_graph:
        return RDF_FORMATS
    return RESULT_FORMATS + COLUMN_FORMATS if form is Form.SELECT and columns.AVAILABLE else RESULT_FORMATS
