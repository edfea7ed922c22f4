"""What counts now, held still while it is read for long: whatever is written, swept or forgotten meanwhile."""

from __future__ import annotations

import fcntl
import os
import shutil
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from vakgraaf.engine.recovering import SAVING
from vakgraaf.engine.state import Manifest, StateDirectory
from vakgraaf.errors import StoreProblem, unwritten


@dataclass(frozen=True, slots=True)
class Held:
    """A version of the store in a folder of its own: `snapshot`, and `versions` with those of graphs."""

    manifest: Manifest
    snapshot: Path
    versions: Path

    def open(self) -> ox.Store:
        """The snapshot on disk. Raises `StoreProblem` where it cannot be opened."""
        try:
            return ox.Store.read_only(str(self.snapshot))
        except (OSError, ValueError, RuntimeError) as error:
            raise damaged(self.manifest, error) from error


@contextmanager
def held(state: StateDirectory) -> Iterator[Held]:
    """Hold what counts, by hard links, which take no room and no time; waits for who is writing.

    Raises `StoreProblem` where nothing counts or it cannot be held, and what `StateDirectory.manifest` raises.
    """
    folder = state.work(f"{SAVING}{uuid.uuid4().hex}")
    with ExitStack() as kept:
        kept.callback(shutil.rmtree, folder, ignore_errors=True)
        with state.writer_lock():
            manifest = state.manifest()
            if manifest is None:
                raise StoreProblem(f"In {state.path} is geen store.", f"There is no store in {state.path}.")
            try:
                folder.mkdir(parents=True)
                mark = kept.enter_context((folder / "lock").open("w"))
                fcntl.flock(mark, fcntl.LOCK_EX)  # who clears up sees by this that somebody is here
                _link(state.snapshot(manifest.version), folder / "store", "*")
                _link(state.versions(manifest), folder / "versions", "*.nq.gz")
            except OSError as error:
                raise unwritten(state.path, error) from error
        yield Held(manifest, folder / "store", folder / "versions")


def speaks_of(source: Held) -> Callable[[str], bool]:
    """A function that tells whether the store says anything of an IRI."""
    store = source.open()

    def known(iri: str) -> bool:
        return next(store.quads_for_pattern(ox.NamedNode(iri), None, None, None), None) is not None

    return known


def damaged(manifest: Manifest, error: Exception) -> StoreProblem:
    """The error that belongs to a snapshot that cannot be read."""
    return StoreProblem(
        f"Versie {manifest.version} van de store is beschadigd ({error}). Zet een back-up terug met 'vakgraaf restore"
        " MAP'.",
        f"Version {manifest.version} of the store is damaged ({error}). Restore a backup with 'vakgraaf restore DIR'.",
    )


def _link(source: Path, target: Path, pattern: str) -> None:
    for path in sorted(source.rglob(pattern)):
        place = target / path.relative_to(source)
        place.parent.mkdir(parents=True, exist_ok=True)
        os.link(path, place)
