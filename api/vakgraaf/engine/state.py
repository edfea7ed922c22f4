"""The state directory: which store and which snapshot count, and who may touch them.

server.lock           held by the one server that runs on this directory
writer.lock           held by whoever changes the store
current.json          the manifest; a store or snapshot that it does not name does not count
statistics.json       what the planner of queries knows of data that are read from disk; it may be of a version before
snapshots/00000001/   what readers open and nobody changes any more; its number is the data version
stores/00000001/      where a first filling builds what becomes the snapshot of that number
versions/een/1.nq.gz  what the graph `een` was before it was replaced; counts if the graph `versies` names it
work/server/          a writer's own copy, to try changes on; nothing in it counts
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

from vakgraaf.engine.packaged import Packaged
from vakgraaf.errors import InputError


@dataclass(frozen=True, slots=True)
class Manifest:
    """What counts: data version, size, fingerprint of the packaged files, and whether the store holds only those.

    `counts` is what `Statistics.counts` said of this version.
    """

    version: int
    quads: int
    fingerprint: str
    packaged_only: bool
    counts: dict[str, dict[str, int]] = field(default_factory=dict)

    @property
    def tag(self) -> str:
        """Tells this version from the same number of another state directory."""
        return f"{self.version}-{self.fingerprint[:12]}"

    def stays(self, packaged: Packaged | None) -> bool:
        """Whether the store is to be left as it is: it holds more than what was packaged, or just what is so now."""
        return packaged is None or not self.packaged_only or self.fingerprint == packaged.fingerprint()


@dataclass(frozen=True, slots=True)
class StateDirectory:
    """The folder that holds everything that is not in the repository."""

    path: Path

    def store(self, version: int) -> Path:
        """Where the store of `version` is built."""
        return self.path / "stores" / f"{version:08}"

    def snapshot(self, version: int) -> Path:
        """The snapshot of `version`."""
        return self.path / "snapshots" / f"{version:08}"

    def work(self, who: str) -> Path:
        """A folder for the writer called `who` alone."""
        return self.path / "work" / who

    @property
    def versions(self) -> Path:
        """Where versions of graphs that were replaced are kept."""
        return self.path / "versions"

    @property
    def statistics(self) -> Path:
        """What the planner of queries knows."""
        return self.path / "statistics.json"

    def manifest(self) -> Manifest | None:
        """What counts now; None where nothing was ever completed, or where its snapshot has been taken away."""
        try:
            manifest = Manifest(**json.loads(self._current.read_text("utf-8")))
        except (FileNotFoundError, ValueError, TypeError):
            return None
        return manifest if self.snapshot(manifest.version).is_dir() else None

    def publish(self, manifest: Manifest) -> None:
        """Make `manifest` count, in one step that survives a crash on either side of it."""
        draft = self._current.with_suffix(".draft")
        with draft.open("w", encoding="utf-8") as file:
            json.dump(asdict(manifest), file)
            file.flush()
            os.fsync(file.fileno())
        _sync(self.path / "snapshots")
        draft.replace(self._current)
        _sync(self.path)

    def last_number(self) -> int:
        """The highest number in use, complete or not; 0 in an empty directory."""
        return max((int(p.name) for p in self._numbered()), default=0)

    def sweep(self, keep: int) -> None:
        """Remove every store and snapshot from before version `keep`; only for who holds the server lock.

        A later one may be under way: another process may be writing.
        """
        for path in self._numbered():
            if int(path.name) < keep:
                shutil.rmtree(path, ignore_errors=True)

    @contextmanager
    def server_lock(self) -> Iterator[None]:
        """Hold the directory as its one server. Raises `InputError` where another server has it."""
        with self._locked("server.lock", wait=False):
            yield

    @contextmanager
    def writer_lock(self) -> Iterator[None]:
        """Hold the right to change the store; waits for another writer to finish."""
        with self._locked("writer.lock", wait=True):
            yield

    def stamp(self) -> int:
        """Changes whenever something is published; 0 before that. Cheap to ask."""
        try:
            return self._current.stat().st_mtime_ns
        except FileNotFoundError:
            return 0

    @property
    def _current(self) -> Path:
        return self.path / "current.json"

    def _numbered(self) -> list[Path]:
        folders = (self.path / "stores", self.path / "snapshots")
        return [p for folder in folders if folder.is_dir() for p in folder.iterdir() if p.name.isdigit()]

    @contextmanager
    def _locked(self, name: str, *, wait: bool) -> Iterator[None]:
        """An advisory lock that the system releases when the process ends, however it ends."""
        self.path.mkdir(parents=True, exist_ok=True)
        with (self.path / name).open("a+") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
            except BlockingIOError as error:
                file.seek(0)
                owner = file.read().strip() or "?"
                raise InputError(
                    f"Op {self.path} draait al een server (proces {owner}). Stop die, of geef deze een eigen map met"
                    " --store.",
                    f"A server is running on {self.path} already (process {owner}). Stop it, or give this one a folder"
                    " of its own with --store.",
                ) from error
            file.truncate(0)
            file.write(str(os.getpid()))
            file.flush()
            yield


def _sync(folder: Path) -> None:
    """Make sure that what is in a folder survives a loss of power."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
