"""Fill a state directory from what is packaged: all of it, or nothing."""

from __future__ import annotations

import shutil

import pyoxigraph as ox

from vakgraaf.engine.cardinalities import keep
from vakgraaf.engine.description import describe
from vakgraaf.engine.packaged import Packaged
from vakgraaf.engine.recovering import put_right
from vakgraaf.engine.settling import settle
from vakgraaf.engine.state import Manifest, StateDirectory
from vakgraaf.errors import SyntaxProblem, unwritten


def fill(state: StateDirectory, packaged: Packaged | None) -> Manifest:
    """Make sure that the state directory has a store and a snapshot, and return what counts.

    A directory without one is filled. One that holds packaged data only is filled again when the files have changed
    since; the old store counts until the new one is complete. A store that holds anything else is left alone. Without
    `packaged` (None) a new store stays empty and one that is there stays what it is.
    A directory of an earlier layout becomes one of this. Raises `SyntaxProblem` where a packaged file does not parse,
    `StoreProblem` where the directory cannot be used or written; it then stays as it was.
    """
    with state.writer_lock():
        put_right(state)
        current = state.manifest()
        if current is not None and current.stays(packaged):
            return current
        packaged = packaged or Packaged()
        return _build(state, packaged, packaged.fingerprint())


def _build(state: StateDirectory, packaged: Packaged, fingerprint: str) -> Manifest:
    """A new store under a new number, its snapshot, and only then the manifest that makes both count."""
    version = state.last_number() + 1
    for place in (state.store(version), state.snapshot(version)):
        place.parent.mkdir(parents=True, exist_ok=True)
    try:
        # In memory first: reading single quads back from disk takes some fifteen times as long.
        draft = ox.Store()
        for path, graph in packaged.files():
            _load(draft, path.read_bytes(), path.name, ox.NamedNode(graph))
        found = settle(draft)
        # What starts empty stays empty: nothing, not even a description, is in a store that nobody put it in.
        if len(draft):
            describe(draft, found)
        store = ox.Store(str(state.store(version)))
        store.bulk_extend(draft)
        store.flush()
        store.backup(str(state.snapshot(version)))
        manifest = Manifest(version, len(store), fingerprint, packaged_only=True, counts=found.counts(), described=True)
        keep(state.statistics, found.planning().to_json())
        state.publish(manifest)
    except BaseException as error:
        shutil.rmtree(state.store(version), ignore_errors=True)
        current = state.manifest()
        if current is None or current.version != version:
            state.remove(state.snapshot(version))
        if isinstance(error, OSError):
            raise unwritten(state.path, error) from error
        raise
    del store
    shutil.rmtree(state.store(version), ignore_errors=True)
    return manifest


def _load(store: ox.Store, content: bytes, name: str, graph: ox.NamedNode) -> None:
    try:
        store.bulk_load(input=content, format=ox.RdfFormat.TURTLE, to_graph=graph, base_iri=graph.value)
    except SyntaxError as error:
        line, column = getattr(error, "lineno", None), getattr(error, "offset", None)
        raise SyntaxProblem(
            f"{name} is geen geldige Turtle: {error}.", f"{name} is not valid Turtle: {error}.", line, column
        ) from error
