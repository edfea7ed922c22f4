"""Put a backup in the place of what a state directory holds: verified first, and all of it or nothing."""

from __future__ import annotations

import gzip
import shutil
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox

from vakgraaf.engine import versions
from vakgraaf.engine.backups import QUADS, STATISTICS, TOLD_EVERY, VERSIONS, Backup, Progress, altered, verify
from vakgraaf.engine.cardinalities import keep
from vakgraaf.engine.pouring import put_in
from vakgraaf.engine.readings import make_for_many
from vakgraaf.engine.saving import copied, counted
from vakgraaf.engine.state import LAYOUT, Manifest, StateDirectory, sync
from vakgraaf.errors import unwritten


def restore(state: StateDirectory, folder: Path, progress: Progress | None = None, *, live: bool = False) -> Manifest:
    """Make what is in the backup `folder` what counts in a state directory; the new version.

    With `live` a server may have the directory: it takes this over like any other write, and takes what was there
    before away itself. Without, raises `InputError` where one has it. Raises `StoreProblem` where the backup is not
    whole, the directory is of a later layout, or it cannot be written. What was there then counts as before.
    """
    with ExitStack() as locks:
        if not live:
            locks.enter_context(state.server_lock())
        told = verify(folder, progress)
        locks.enter_context(state.writer_lock())
        state.refuse_others()
        version = max(state.last_number() + 1, told.manifest.version)
        try:
            manifest = _restored(state, folder, told, version, progress)
            if not live:
                _clear(state, manifest)
            make_for_many(state, manifest)
            return manifest
        except OSError as error:
            raise unwritten(state.path, error) from error
        finally:
            shutil.rmtree(state.store(version), ignore_errors=True)
    raise AssertionError("an ExitStack does not swallow errors")


def _restored(state: StateDirectory, folder: Path, told: Backup, version: int, progress: Progress | None) -> Manifest:
    kept = f"{VERSIONS}-{version:08}"
    manifest = replace(told.manifest, version=version, versions=kept, layout=LAYOUT)
    if version != told.manifest.version and not manifest.packaged_only:
        # Other data had or may have this number here; those of the backup had another one.
        manifest = replace(manifest, fingerprint=f"{version:x}{told.manifest.fingerprint}")
    published = False
    try:
        for place in (state.store(version), state.snapshot(version)):
            place.parent.mkdir(parents=True, exist_ok=True)
        store = _filled(state.store(version), folder / QUADS, told, progress)
        _put_versions(store, folder, told, state.versions(manifest))
        store.backup(str(state.snapshot(version)))
        del store
        if STATISTICS in told.files:
            keep(state.statistics, (folder / STATISTICS).read_text("utf-8"))
        sync(state.path)
        state.publish(manifest)
        published = True
    finally:
        if not published:
            state.remove(state.snapshot(version))
            shutil.rmtree(state.versions(manifest), ignore_errors=True)
    return manifest


def _clear(state: StateDirectory, manifest: Manifest) -> None:
    """Take away what was there before; only for who holds the server lock."""
    state.sweep(keep=manifest.version)
    for path in (*state.path.glob(f"{VERSIONS}*"), state.path / "search"):
        if path.name != manifest.versions:
            shutil.rmtree(path, ignore_errors=True)


def _filled(place: Path, source: Path, told: Backup, progress: Progress | None) -> ox.Store:
    """A new store with the quads of a backup. Raises `StoreProblem` where they are not as many as it says."""
    found: Counter[str] = Counter()

    def quads() -> Iterator[ox.Quad]:
        with gzip.open(source) as file:
            parts = ox.parse(file, ox.RdfFormat.N_QUADS, lenient=True)  # type: ignore[arg-type]  # a file
            for number, quad in enumerate(parts):
                graph = quad.graph_name
                found["" if isinstance(graph, ox.DefaultGraph) else graph.value] += 1
                if progress is not None and number % TOLD_EVERY == 0:
                    progress(number, told.manifest.quads)
                yield quad

    store = ox.Store(str(place))
    try:
        put_in(store, quads())
    except (SyntaxError, ValueError, EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise altered(source) from error
    for name in told.graphs:
        if name:
            store.add_graph(ox.BlankNode(name) if ":" not in name else ox.NamedNode(name))
    store.flush()
    store.optimize()
    as_read = {name: found[name] for name in told.graphs}
    if not (told.graphs == as_read == counted(store) and found.total() == told.manifest.quads):
        raise altered(source)
    return store


def _put_versions(store: ox.Store, folder: Path, told: Backup, target: Path) -> None:
    """The files of versions of graphs. Raises `StoreProblem` where one is missing that the store names."""
    for name in told.versions:
        copied(folder / name, target / Path(name).relative_to(VERSIONS))
    for name in versions.known(store):
        path = versions.place(target, name)
        if path is None or not path.is_file():
            raise altered(folder / VERSIONS)
    for place in {path.parent for path in target.rglob("*")}:
        sync(place)
