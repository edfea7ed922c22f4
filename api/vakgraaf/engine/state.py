"""The state directory: which store and which snapshot count, and who may touch them.

server.lock              held by the one server that runs on this directory
writer.lock              held by whoever changes the store
current.json             the manifest; a store or snapshot that it does not name does not count
statistics.json          what the planner of queries knows of data that are read from disk; perhaps of a version before
snapshots/00000001/      what readers open and nobody changes any more; its number is the data version
snapshots/00000001.json  the manifest of that version, for when current.json cannot be read any more
snapshots/00000001.files the files of that version and their sizes, by which a damaged one is known; may be missing
readings/1-0123456789ab/ the same with all graphs merged in the unnamed one, for readers from disk; may be missing
stores/00000001/         where a first filling builds what becomes the snapshot of that number
versions/een/1.nq.gz     what the graph `een` was before it was replaced; counts if the graph `versies` names it
versions-00000001/       the same, put there by a restore; the manifest says which of these folders counts
search/                  indexes for search, each of one data version
work/server/             a writer's own copy, to try changes on; nothing in it counts

`LAYOUT` is the number of this arrangement, and is in every manifest. Layout 1 had no manifests beside the snapshots and
is understood; a later one, or files of another engine, are refused.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import NoReturn

from vakgraaf.engine.locks import locked
from vakgraaf.engine.packaged import Packaged
from vakgraaf.engine.snapshots import files_of, list_files
from vakgraaf.errors import InputError, StoreProblem

LAYOUT = 2
"""The number of the arrangement that is described above: raise it when a program of before could not use it."""
ENGINE = "pyoxigraph 0.5"
"""What the files of a snapshot were written by; another minor version may write them otherwise."""
VERSIONS = "versions"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What counts: data version, size, fingerprint of the packaged files, and whether the store holds only those.

    `counts` is what `Statistics.counts` said of this version. `versions` is the folder with the versions of graphs.
    `described` tells whether the description of the store in it is of these data, and not of those before a change.
    """

    version: int
    quads: int
    fingerprint: str
    packaged_only: bool
    counts: dict[str, dict[str, int]] = field(default_factory=dict)
    versions: str = VERSIONS
    described: bool = field(default=False, compare=False)
    layout: int = field(default=LAYOUT, compare=False)
    engine: str = field(default=ENGINE, compare=False)

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

    @property
    def readings(self) -> Path:
        """Where copies are that are made to be read from disk."""
        return self.path / "readings"

    def reading(self, manifest: Manifest) -> Path:
        """The copy of a version that is made to be read from disk; `readings` makes it."""
        return self.readings / manifest.tag

    def work(self, who: str) -> Path:
        """A folder for the writer called `who` alone."""
        return self.path / "work" / who

    def versions(self, manifest: Manifest) -> Path:
        """Where versions of graphs that were replaced are kept."""
        return self.path / manifest.versions

    @property
    def statistics(self) -> Path:
        """What the planner of queries knows."""
        return self.path / "statistics.json"

    def manifest(self) -> Manifest | None:
        """What counts now; None where nothing was ever completed.

        Where `current.json` cannot be read the newest complete snapshot counts. Raises `StoreProblem` where there is
        none, where the snapshot that counts is not there, and for a directory of a later layout or another engine.
        """
        try:
            found = _understood(self._current.read_text("utf-8"))
        except FileNotFoundError:
            return self._newest()
        except (OSError, ValueError):
            return self._newest() or _lost(self._current)
        if not self.snapshot(found.version).is_dir():
            _lost(self.snapshot(found.version))
        return found

    def refuse_others(self) -> None:
        """Raises `StoreProblem` where the directory is of a later layout or another engine, and for nothing else."""
        with suppress(OSError, ValueError):
            _understood(self._current.read_text("utf-8"))

    @property
    def readable(self) -> bool:
        """Whether `current.json` says what counts, or is not there because nothing was ever completed."""
        try:
            return bool(_understood(self._current.read_text("utf-8")))
        except FileNotFoundError:
            return self._newest() is None
        except ValueError:
            return False

    def publish(self, manifest: Manifest, *, again: bool = False) -> None:
        """Make `manifest` count, `again` where it did, in one step that survives a crash on either side of it."""
        manifest = replace(manifest, layout=LAYOUT, engine=ENGINE)
        text = json.dumps(asdict(manifest))
        if not again:
            list_files(self.snapshot(manifest.version))
        write_whole(self._beside(manifest.version), text)
        if not self._current.exists():
            sync(self.path)
            sync(self.path.parent)
        write_whole(self._current, text)

    def last_number(self) -> int:
        """The highest number in use, complete or not; 0 in an empty directory."""
        return max((int(p.name) for p in self.numbered()), default=0)

    def sweep(self, keep: int) -> None:
        """Remove every store, snapshot and copy from before version `keep`; only for who holds the server lock.

        A later one may be under way: another process may be writing. So may be a copy, as long as its maker is there.
        """
        for path in self.numbered():
            if int(path.name) < keep:
                self.remove(path)
        for path in self.readings.glob("*"):
            tag, _, maker = path.name.partition(".")
            number = tag.partition("-")[0]
            left = maker.isdigit() and not Path(f"/proc/{maker}").exists()
            if left or (not maker and number.isdigit() and int(number) < keep):
                self.remove(path)
        self._sweep_versions(keep)

    def _sweep_versions(self, keep: int) -> None:
        """Remove the folders with versions from before the one that counts, which a restore beside a server leaves."""
        counts = self.manifest()
        if counts is not None and counts.version == keep:
            for path in self.path.glob(f"{VERSIONS}*"):
                if path.name < counts.versions:
                    self.remove(path)

    def remove(self, path: Path) -> None:
        """Take away a store or a snapshot. What says that it is complete goes first."""
        if path.parent.name == "snapshots":
            self._beside(int(path.name)).unlink(missing_ok=True)
            files_of(path).unlink(missing_ok=True)
        shutil.rmtree(path, ignore_errors=True)

    @contextmanager
    def server_lock(self) -> Iterator[None]:
        """Hold the directory as its one server.

        Raises `InputError` where another server has it, and `StoreProblem` where it cannot be written to.
        """
        with ExitStack() as held:
            try:
                held.enter_context(locked(self.path, "server.lock", wait=False))
            except BlockingIOError as error:
                raise self._taken() from error
            yield

    @contextmanager
    def writer_lock(self, *, wait: bool = True) -> Iterator[None]:
        """Hold the right to change the store; waits for another writer to finish, or raises BlockingIOError.

        Raises `StoreProblem` where nothing can be written.
        """
        with locked(self.path, "writer.lock", wait=wait):
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

    def numbered(self) -> list[Path]:
        """All stores and snapshots, complete or not."""
        folders = (self.path / "stores", self.path / "snapshots")
        return [p for folder in folders if folder.is_dir() for p in folder.iterdir() if p.name.isdigit() and p.is_dir()]

    def _beside(self, version: int) -> Path:
        return self.path / "snapshots" / f"{version:08}.json"

    def _newest(self) -> Manifest | None:
        """The newest of the snapshots that were completed."""
        for path in sorted((p for p in self.numbered() if p.parent.name == "snapshots"), reverse=True):
            with suppress(FileNotFoundError, ValueError):
                return _understood(self._beside(int(path.name)).read_text("utf-8"))
        return None

    def _taken(self) -> InputError:
        owner = (self.path / "server.lock").read_text("utf-8").strip() or "?"
        return InputError(
            f"Op {self.path} draait al een server (proces {owner}). Stop die, of geef deze een eigen map met --store.",
            f"A server is running on {self.path} already (process {owner}). Stop it, or give this one a folder of its"
            " own with --store.",
        )


def write_whole(path: Path, text: str) -> None:
    """Write a file in one step, and make sure that it survives a loss of power."""
    draft = path.with_suffix(".draft")
    with draft.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    sync(path.parent)


def sync(path: Path) -> None:
    """Make sure that the names in a folder, or the content of a file, survive a loss of power."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _understood(text: str) -> Manifest:
    """A manifest that was written. Raises ValueError for what is none, `StoreProblem` for one of another layout."""
    fields = json.loads(text)
    if not isinstance(fields, dict):
        raise ValueError(text)
    if (layout := fields.setdefault("layout", 1)) > LAYOUT:
        raise StoreProblem(
            f"Deze store heeft indeling {layout}, en deze Vakgraaf kent er geen na {LAYOUT}. Gebruik de nieuwere"
            " Vakgraaf die haar gemaakt heeft, of noem met --store een andere map.",
            f"This store has layout {layout}, and this Vakgraaf knows none after {LAYOUT}. Use the newer Vakgraaf that"
            " made it, or name another directory with --store.",
        )
    if (engine := fields.get("engine", ENGINE)) != ENGINE:
        raise StoreProblem(
            f"De bestanden van deze store zijn van {engine}, en deze Vakgraaf heeft {ENGINE}. Maak een back-up met de"
            " Vakgraaf die haar gemaakt heeft (vakgraaf backup MAP), zet de map van de store opzij, en zet de back-up"
            " met deze terug (vakgraaf restore MAP).",
            f"The files of this store are of {engine}, and this Vakgraaf has {ENGINE}. Make a backup with the Vakgraaf"
            " that made it (vakgraaf backup DIR), move the directory of the store aside, and restore the backup with"
            " this one (vakgraaf restore DIR).",
        )
    try:
        return Manifest(**fields)
    except TypeError as error:
        raise ValueError(text) from error


def _lost(path: Path) -> NoReturn:
    raise StoreProblem(
        f"{path} ontbreekt of is onleesbaar, en zonder dat is niet te zeggen wat er in de store zit. Er is niets"
        " veranderd. Zet een back-up terug met 'vakgraaf restore MAP', of noem met --store een andere map.",
        f"{path} is missing or cannot be read, and nothing else says what is in the store. Nothing has changed. Restore"
        " a backup with 'vakgraaf restore DIR', or name another directory with --store.",
    )
