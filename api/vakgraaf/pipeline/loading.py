"""Files of any RDF format into the store, judged by the shapes first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from vakgraaf.engine import (
    Change,
    GraphChange,
    Manifest,
    Packaged,
    Replacing,
    Source,
    StateDirectory,
    Told,
    Write,
    change_store,
    load_files,
    put_graphs,
    read_store,
)
from vakgraaf.engine.fill import fill
from vakgraaf.errors import UnreadableInput
from vakgraaf.pipeline.contents import written
from vakgraaf.pipeline.context import asked_of
from vakgraaf.pipeline.referee import judge_here
from vakgraaf.pipeline.remarks import reports
from vakgraaf.rdf.formats import RDF_FORMATS, TURTLE, by_extension
from vakgraaf.rdf.iris import graph as graph_iri
from vakgraaf.rdf.names import graph_called


def load(
    state: StateDirectory,
    packaged: Packaged | None,
    files: Sequence[Path],
    graph: str | None,
    told: Told | None = None,
    *,
    validate: bool,
) -> Manifest:
    """Load files into the store of a state directory, which is filled first where needed; the new version.

    What has no graph of its own goes into `graph` (a name or an IRI), else into the unnamed graph. `told` as
    `load_files` has it. Raises `NotConforming`, `InputError` for an empty name, and what `load_files` raises; nothing
    has changed then.
    """
    home = None if graph is None else graph_called(graph)
    sources = [_source(path, home) for path in files]
    fill(state, packaged)
    return load_files(state, sources, partial(_judge, state) if validate else None, told)


def publish(state: StateDirectory, packaged: Packaged | None, graphs: Mapping[str, str]) -> Manifest:
    """Put graphs (name → Turtle) in the place of those that there are, all or none of them; the new version.

    Raises `NotConforming` and what `put_graphs` raises; nothing has changed then.
    """
    changes = []
    for name, turtle in graphs.items():
        iri = str(graph_iri(name))
        changes.append(GraphChange(iri, turtle.encode(), TURTLE, Replacing.WHOLE, iri))
    fill(state, packaged)
    return put_graphs(state, changes, partial(_judge, state))


def carry_out(state: StateDirectory, packaged: Packaged | None, change: Change) -> Manifest:
    """Carry out a change on the store of a state directory, which is filled first where needed; the new version.

    Raises `NotConforming` and what `change_store` raises; nothing has changed then.
    """
    fill(state, packaged)
    return change_store(state, change, partial(_judge, state))


def _source(path: Path, graph: str | None) -> Source:
    name = path.name.lower().removesuffix(".gz")
    form = by_extension(name, RDF_FORMATS)
    if form is None:
        known = ", ".join(f".{f.extension}" for f in RDF_FORMATS)
        raise UnreadableInput(
            f"{path}: aan de extensie is niet te zien wat voor bestand dit is. Bekend zijn {known}, ook met .gz.",
            f"{path}: the extension does not tell what kind of file this is. Known are {known}, also with .gz.",
        )
    return Source(path, form, graph)


def _judge(state: StateDirectory, touched: Sequence[str | None], write: Write) -> bytes:
    """All touched graphs together, with what the store as it was knows of what they speak of."""
    with written(touched, write, state.path) as contents:
        if not contents.spans:
            return b""
        # Who carries out a change has the writer's lock: this is the version that it changes.
        manifest = state.manifest()
        assert manifest is not None
        store = read_store(state, manifest)
        replaced = [graph for graph in touched if graph is not None]
        return reports(judge_here(contents.whole, asked_of(store), replaced), contents)
