"""Where a change is made: on a copy of the store, of which a snapshot then becomes the next version, or nothing does.

What counts is the newest published snapshot. The copy is thrown away whenever it could be anything else than that.
"""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import IO

import pyoxigraph as ox

from vakgraaf.engine import describing
from vakgraaf.engine.backups import Progress
from vakgraaf.engine.cardinalities import keep
from vakgraaf.engine.changing import Changing
from vakgraaf.engine.delta import Delta
from vakgraaf.engine.interface import UNNAMED, Change
from vakgraaf.engine.ledger import UNNAMED_GRAPH, Graph, Ledger, TooMuchError
from vakgraaf.engine.packaged import DESCRIPTION_GRAPH
from vakgraaf.engine.readable import readable
from vakgraaf.engine.rebuilding import Rebuilding
from vakgraaf.engine.remarks import replace as replace_remarks
from vakgraaf.engine.rules import Rules
from vakgraaf.engine.snapshots import opened
from vakgraaf.engine.state import Manifest, StateDirectory
from vakgraaf.engine.upkeep import maintain
from vakgraaf.engine.versions import Keeping
from vakgraaf.errors import VakgraafError

_DESCRIPTION = ox.NamedNode(DESCRIPTION_GRAPH)
AT_MOST = 100_000
"""How many quads a change may touch to be followed one by one."""

CHANGES_A_COPY = 250
"""How many changes are made on one copy. Of files that it reads the engine keeps a part in memory, also of those that
are no longer there, up to some hundreds of megabytes; it lets go of that with the store. Another is open at once."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a change comes to: the graphs whose content becomes another, and whether one comes to be."""

    touched: tuple[str | None, ...]
    created: bool


@dataclass(frozen=True, slots=True)
class Published:
    """A version that counts; `delta` leads to it from version `base`, None where readers should load it anew."""

    manifest: Manifest
    base: int
    delta: Path | None


class Workbench:
    """One writer's place: a change at a time, made with `make` and ended with `commit` or `discard`."""

    def __init__(self, state: StateDirectory, who: str, changing: Changing) -> None:
        self._state = state
        self._folder = state.work(who)
        self._changing = changing
        self._store: ox.Store | None = None
        self._manifest: Manifest | None = None
        self._made = 0
        self._rules: Rules | None = None
        self._work: Ledger | None = None
        self._touched: tuple[str | None, ...] = ()
        self._held = ExitStack()

    @property
    def place(self) -> Path:
        """The state directory that it works for."""
        return self._state.path

    def make(self, change: Change) -> Outcome:
        """Make a change that does not count yet.

        Raises what `Changing.carry_out` does, and `StoreProblem` for a store that is damaged; nothing is then left of
        it.
        """
        return self.carry_out(lambda ledger: self._changing.carry_out(change, ledger))

    def carry_out(self, work_of: Callable[[Ledger], None], *, large: bool = False) -> Outcome:
        """As `make`, with a function that changes a ledger; `large` tells that it will be too much to be followed."""
        self._held.enter_context(self._state.writer_lock())
        try:
            work = self._followed(work_of) if not large else None
            if work is None:
                manifest = self._state.manifest()
                assert manifest is not None
                self._forget()
                self._work = work = self._rebuilding(self._copied(manifest), manifest)
                work_of(work)
            self._touched = work.touched()
            return Outcome(self._touched, bool(work.came()))
        except BaseException as error:
            self.discard(certain=isinstance(error, VakgraafError))
            raise

    def _followed(self, work_of: Callable[[Ledger], None]) -> Ledger | None:
        """The change on the copy, quad by quad; None where it is too much for that."""
        store = self._current()
        assert self._manifest is not None
        self._work = work = Ledger(store, self._state.snapshot(self._manifest.version), AT_MOST)
        try:
            work_of(work)
            for _ in readable(work.delta().added):
                pass  # it raises where readers could not take one in
        except TooMuchError:
            return None
        return work

    def write(self, graph: str | None, file: IO[bytes]) -> None:
        """Write what a graph will hold, as N-Triples; nothing where it will not be."""
        assert self._work is not None
        store = self._work.store
        name: Graph = UNNAMED_GRAPH if graph is None or graph == UNNAMED else ox.NamedNode(graph)
        if not isinstance(name, ox.NamedNode) or store.contains_named_graph(name):
            store.dump(file, ox.RdfFormat.N_TRIPLES, from_graph=name)

    def content(self, graph: str | None) -> bytes:
        """As `write`, in memory."""
        with BytesIO() as file:
            self.write(graph, file)
            return file.getvalue()

    def commit(self, remarks: bytes = b"", about: Iterable[str | None] = (), told: Progress | None = None) -> Published:
        """Make the change count, with what follows from it, what it replaces, and `remarks` (see `remarks.replace`).

        The remarks are on the graphs that the change touches, and on those in `about`. Where much is reckoned anew
        `told` hears how many of about how many quads have been read for it.
        """
        assert self._work is not None
        try:
            manifest = self._state.manifest()
            assert manifest is not None
            keeping = Keeping(self._state.versions(manifest), self._work)
            with self._work.unlimited():
                replace_remarks(self._work, {*self._touched, *about}, remarks)
                keeping.keep()
            published = self._published(self._work, told)
            keeping.sweep()
            return published
        except BaseException:
            self._forget()
            raise
        finally:
            self._work = None
            self._held.close()

    def _published(self, work: Ledger, told: Progress | None) -> Published:
        if isinstance(work, Rebuilding):
            return self._publish_rebuilt(work, told)
        try:
            return self._publish_ledger(work)
        except TooMuchError:  # more follows from it than can be followed
            assert self._manifest is not None
            return self._publish_rebuilt(self._rebuilding(work.store, self._manifest), told)

    def discard(self, *, certain: bool = True) -> None:
        """Forget the change. Where it is `certain` what it changed, that is turned back; else the copy is made anew."""
        try:
            if certain and self._work is not None and self._store is not None:
                _undo(self._store, self._work.delta())
            else:
                self._forget()
        except TooMuchError:
            self._forget()
        finally:
            self._work = None
            self._held.close()

    def describe(self, path: Path, version: int) -> Published | None:
        """Take in the description of a version that was made meanwhile; None where another version counts by now."""
        self._held.enter_context(self._state.writer_lock())
        try:
            store = self._current()
            assert self._manifest is not None
            if self._manifest.version != version:
                return None
            counts, planning, quads = describing.read(path)
            self._work = work = Ledger(store, self._state.snapshot(version), AT_MOST)
            there = set(store.quads_for_pattern(None, None, None, _DESCRIPTION))
            work.remove(there.difference(quads))
            work.add(set(quads) - there)
            self._manifest = replace(self._manifest, counts=counts)
            keep(self._state.statistics, planning)
            published = self._publish_ledger(work, described=True)
            if published.base == published.manifest.version:  # it was right already, and that is worth to be known
                self._state.publish(published.manifest)
            return published
        except BaseException:
            self._forget()
            raise
        finally:
            self._work = None
            self._held.close()

    def close(self) -> None:
        """Leave nothing behind."""
        self._forget()

    def _current(self) -> ox.Store:
        """The copy, made from the newest snapshot unless it is that already; anew after so many changes."""
        manifest = self._state.manifest()
        assert manifest is not None
        if self._store is None or manifest != self._manifest or self._made >= CHANGES_A_COPY:
            self._forget()
            self._store, self._manifest = self._copied(manifest), manifest
        self._made += 1
        return self._store

    def _copied(self, manifest: Manifest) -> ox.Store:
        place = self._place()
        opened(self._state.snapshot(manifest.version)).backup(str(place))
        return ox.Store(str(place))

    def _rebuilding(self, store: ox.Store, manifest: Manifest) -> Rebuilding:
        """For a change that is more than can be followed."""
        return Rebuilding(store, self._state.snapshot(manifest.version), self._folder)

    def _place(self) -> Path:
        """A folder that nothing was ever opened in: a store that is being let go of may still hold the one before."""
        self._folder.mkdir(parents=True, exist_ok=True)
        return self._folder / uuid.uuid4().hex

    def _forget(self) -> None:
        self._store = self._manifest = self._rules = self._work = None
        self._made = 0
        shutil.rmtree(self._folder, ignore_errors=True)

    def _publish_ledger(self, ledger: Ledger, *, described: bool = False) -> Published:
        assert self._manifest is not None
        before = replace(self._manifest, described=described)
        self._rules = maintain(ledger, self._rules, before.quads)
        delta = ledger.delta()
        if not len(delta) and not delta.graphs_added and not delta.graphs_removed and before == self._state.manifest():
            return Published(before, before.version, None)
        version = self._state.last_number() + 1
        path = self._folder / f"{version:08}.delta"
        delta.write(path)
        quads = before.quads + len(delta.added) - len(delta.removed)
        self._manifest = self._publish(ledger.store, replace(before, version=version, quads=quads))
        return Published(self._manifest, before.version, path)

    def _publish_rebuilt(self, work: Rebuilding, told: Progress | None) -> Published:
        before = self._state.manifest()
        assert before is not None
        about = before.quads + work.came_in
        found = work.finish(None if told is None else lambda done: told(done, max(done, about)))
        keep(self._state.statistics, found.planning().to_json())
        version, quads = self._state.last_number() + 1, len(work.store)
        manifest = replace(before, version=version, quads=quads, counts=found.counts(), described=True)
        published = self._publish(work.store, manifest)
        self._store, self._manifest, self._rules = work.store, published, None
        return Published(published, before.version, None)

    def _publish(self, store: ox.Store, manifest: Manifest) -> Manifest:
        snapshot = self._state.snapshot(manifest.version)
        snapshot.parent.mkdir(parents=True, exist_ok=True)
        # Another fingerprint: the same number of another directory may hold other data.
        manifest = replace(manifest, fingerprint=uuid.uuid4().hex, packaged_only=False)
        try:
            store.backup(str(snapshot))
            self._state.publish(manifest)
        except BaseException:
            if self._state.manifest() != manifest:
                self._state.remove(snapshot)
            raise
        return manifest


def _undo(store: ox.Store, delta: Delta) -> None:
    for quad in delta.added:
        store.remove(quad)
    store.extend(delta.removed)
    for name in delta.graphs_removed:
        store.add_graph(name)
    for name in delta.graphs_added:
        store.remove_graph(name)
