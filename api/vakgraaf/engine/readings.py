"""The copy of a version that is read from disk where the default graph is all graphs together.

The engine's own union is a bag: a triple that two graphs state is found twice. So the merge of all graphs (SPARQL 1.1
§13.1) stands in the unnamed graph of the copy, and what the unnamed graph itself states in a file beside it. It is made
in a process of its own (`python -m vakgraaf.engine reading …`), whole or not at all, also after a loss of power, from
the copy of the version before where that is there. Nothing is lost with it: what has no such copy is read from its
snapshot into memory.
"""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox

from vakgraaf.engine import delta as deltas
from vakgraaf.engine.elsewhere import LOWEST_PRIORITY, done_elsewhere
from vakgraaf.engine.pouring import poured, take_in
from vakgraaf.engine.replica import Replica
from vakgraaf.engine.snapshots import opened as whole
from vakgraaf.engine.state import Manifest, StateDirectory, sync
from vakgraaf.errors import UnreadableInput

MANY = 100_000
"""From so many quads on it takes longer to load them into memory than anybody should wait for a server."""
_STORE, _UNNAMED = "store", "unnamed.nq"


def present(state: StateDirectory, manifest: Manifest) -> bool:
    """Whether there is a copy of this version to be read."""
    return state.reading(manifest).is_dir()


def opened(place: Path) -> Replica:
    """The copy, to be asked. Raises OSError where it has gone."""
    unnamed = ox.Store()
    with (place / _UNNAMED).open("rb") as file:
        unnamed.bulk_extend(ox.parse(file, ox.RdfFormat.N_QUADS, lenient=True))
    store = ox.Store.read_only(str(place / _STORE))
    return Replica(store, unnamed, store)


def make(
    snapshot: Path,
    target: Path,
    before: Path | None = None,
    difference: Path | None = None,
) -> None:
    """Make the copy `target`, unless it is there: from the one `before` with a delta, else from the snapshot.

    Raises `UnreadableInput` where neither is there any more, `StoreProblem` where the snapshot is damaged, OSError
    where there is no room.
    """
    if target.is_dir():
        return
    draft = target.with_name(f"{target.name}.{os.getpid()}")
    draft.mkdir(parents=True)
    try:
        try:
            if before is not None and difference is not None and before.is_dir():
                _followed(before, difference, draft)
            else:
                _merged(snapshot, draft)
        except (RuntimeError, ValueError, SyntaxError) as error:
            raise UnreadableInput(
                f"{snapshot} is niet te lezen: {error}.", f"{snapshot} cannot be read: {error}."
            ) from error
        _forced(draft)
        with suppress(OSError):  # somebody else has made it meanwhile
            draft.rename(target)
        sync(target.parent)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def make_for_many(state: StateDirectory, manifest: Manifest) -> None:
    """As `make`, where there is so much that a server should not begin without. It can, only later."""
    if manifest.quads >= MANY:
        with suppress(UnreadableInput, OSError):
            make(state.snapshot(manifest.version), state.reading(manifest))


async def make_elsewhere(
    state: StateDirectory,
    manifest: Manifest,
    before: Manifest | None = None,
    difference: Path | None = None,
    *,
    nobody_waits: bool = False,
) -> bool:
    """As `make`, in another process, with the lowest priority where nobody waits for it; whether it worked."""
    places = [state.snapshot(manifest.version), state.reading(manifest)]
    if before is not None and difference is not None:
        places += [state.reading(before), difference]
    niceness = str(LOWEST_PRIORITY if nobody_waits else 0)
    return await done_elsewhere("reading", niceness, *map(str, places))


def main(niceness: str, *places: str) -> None:
    """Make one."""
    os.nice(int(niceness))
    make(*map(Path, places))


def _forced(draft: Path) -> None:
    """See to it that all of a copy is on disk before it has its name: with that it counts, and is not looked at again.

    The engine forces its log and the list of its files, not what it took in at once, and the file beside it is ours.
    """
    for path in draft.rglob("*"):
        sync(path)
    sync(draft)


def _merged(snapshot: Path, draft: Path) -> None:
    kept = whole(snapshot)
    _write(kept.quads_for_pattern(None, None, None, ox.DefaultGraph()), draft)
    kept.backup(str(draft / _STORE))
    store = ox.Store(str(draft / _STORE))
    with poured(kept, list(kept.named_graphs())) as triples:
        take_in(store, triples, ox.DefaultGraph())
    store.flush()
    store.optimize()


def _followed(before: Path, difference: Path, draft: Path) -> None:
    replica = opened(before)
    replica.store.backup(str(draft / _STORE))
    store = ox.Store(str(draft / _STORE))
    deltas.apply(replace(replica, store=store, merge=store), deltas.read(difference))
    _write(replica.unnamed, draft)
    store.flush()


def _write(unnamed: object, draft: Path) -> None:
    """What the unnamed graph itself states; mostly nothing."""
    with (draft / _UNNAMED).open("wb") as file:
        ox.serialize(unnamed, file, ox.RdfFormat.N_QUADS)  # type: ignore[arg-type]  # a store is an iterable of quads
