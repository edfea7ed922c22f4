"""Make a backup of a store, also while a server runs on it: all of it, or nothing under the name that was asked for."""

from __future__ import annotations

import gzip
import hashlib
import io
import os
import shutil
from datetime import UTC, datetime
from importlib.metadata import version as version_of
from pathlib import Path
from typing import IO, cast

import pyoxigraph as ox

from vakgraaf.engine import versions
from vakgraaf.engine.backups import HEAD, QUADS, STATISTICS, TOLD_EVERY, VERSIONS, Backup, Progress, Sum, digest
from vakgraaf.engine.holding import Held, damaged, held
from vakgraaf.engine.state import StateDirectory, sync, write_whole
from vakgraaf.errors import InputError, StoreProblem, unwritten

_LEVEL = 3
_BY_GRAPH = "SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"
_UNNAMED = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"


def save(state: StateDirectory, target: Path, progress: Progress | None = None) -> Backup:
    """Make a backup of what counts in the folder `target`, which is there only when it is complete.

    Raises `InputError` where there is something at `target` already, `StoreProblem` where the store does not hold what
    it says it holds, `StoreFull` where there is no room.
    """
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise InputError(
            f"{target} bestaat al. Geef elke back-up een eigen map.",
            f"{target} is there already. Give every backup a directory of its own.",
        )
    if not target.name:
        raise InputError(
            "Een back-up kan niet de map zijn waarin u nu bent. Noem een nieuwe map, hierin of elders.",
            "A backup cannot be the directory that you are in. Name a new directory, in it or elsewhere.",
        )
    draft = target.with_name(f"{target.name}.draft")
    _clear(draft)
    try:
        draft.mkdir(parents=True)
        with held(state) as source:
            told = _written(source, state, draft, progress)
        write_whole(draft / HEAD, told.text())
        if target.exists():
            target.rmdir()
        draft.rename(target)
        sync(target.parent)
        return told
    except OSError as error:
        raise unwritten(target, error) from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def counted(store: ox.Store) -> dict[str, int]:
    """How many quads each graph has; "" is the unnamed one, which is there when it has any."""
    found = {name.value: 0 for name in store.named_graphs()}
    for query in (_BY_GRAPH, _UNNAMED):
        rows = store.query(query)
        assert isinstance(rows, ox.QuerySolutions)
        for row in rows:
            number = row["n"]
            assert isinstance(number, ox.Literal)
            name = row["g"] if query is _BY_GRAPH else None
            found[name.value if isinstance(name, ox.NamedNode | ox.BlankNode) else ""] = int(number.value)
    if not found[""]:
        del found[""]
    return found


def _written(source: Held, state: StateDirectory, draft: Path, progress: Progress | None) -> Backup:
    store, manifest = source.open(), source.manifest
    quads = _Quads(draft / QUADS, manifest.quads, progress)
    try:
        with quads:
            store.dump(cast(IO[bytes], quads), ox.RdfFormat.N_QUADS)
        graphs = counted(store)
    except (OSError, ValueError, RuntimeError) as error:
        if quads.failed is not None:
            raise quads.failed from error
        raise damaged(manifest, error) from error
    if not quads.lines == sum(graphs.values()) == manifest.quads:
        raise StoreProblem(
            f"De store zegt {manifest.quads} quads te hebben en heeft er {quads.lines}. Kijk met 'vakgraaf info"
            " --verify' wat er mis is.",
            f"The store says that it has {manifest.quads} quads and has {quads.lines}. See with 'vakgraaf info"
            " --verify' what is wrong.",
        )
    files = {QUADS: quads.sum}
    for name in versions.known(store):
        path = versions.place(source.versions, name)
        if path is None or not path.is_file():
            raise StoreProblem(
                f"Versie {name} staat op de lijst, en haar bestand is er niet. Kijk met 'vakgraaf info --verify'.",
                f"Version {name} is on the list, and its file is not there. See 'vakgraaf info --verify'.",
            )
        within = f"{VERSIONS}/{path.relative_to(source.versions).as_posix()}"
        files[within] = copied(path, draft / within)
    if state.statistics.is_file():
        files[STATISTICS] = copied(state.statistics, draft / STATISTICS)
    for folder in {path.parent for path in draft.rglob("*")}:
        sync(folder)
    moment = datetime.now(UTC).isoformat(timespec="seconds")
    return Backup(moment, version_of("vakgraaf"), manifest, graphs, files)


def copied(source: Path, target: Path) -> Sum:
    """Copy a file, so that its content survives a loss of power; what was written."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with source.open("rb") as old, target.open("wb") as new:
        shutil.copyfileobj(old, new)
        new.flush()
        os.fsync(new.fileno())
    with target.open("rb") as file:
        return digest(file, lambda _: None)


class _Quads(io.RawIOBase):
    """The file that quads are written to: compressed, counted line by line, with its checksum."""

    def __init__(self, path: Path, of: int, progress: Progress | None) -> None:
        self.lines = 0
        self.failed: OSError | None = None
        self._of, self._progress, self._told = of, progress, 0
        self._path = path
        self._file = path.open("wb")
        self._summed = _Summed(self._file)
        self._packed = gzip.GzipFile("", "wb", _LEVEL, self._summed, mtime=0)

    @property
    def sum(self) -> Sum:
        """What has been written, once closed."""
        return Sum(self._summed.bytes, self._summed.sha256.hexdigest())

    def writable(self) -> bool:
        """As a file has it."""
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]  # any buffer there, bytes here
        """Take in a piece."""
        try:
            self._packed.write(data)
        except OSError as error:
            self.failed = error
            raise
        self.lines += bytes(data).count(b"\n")
        if self._progress is not None and self.lines - self._told >= TOLD_EVERY:
            self._told = self.lines
            self._progress(self.lines, self._of)
        return len(data)

    def close(self) -> None:
        """Have all of it on disk."""
        if self.closed:
            return
        try:
            if self.failed is None:
                self._packed.close()
                self._file.flush()
                os.fsync(self._file.fileno())
        except OSError as error:
            self.failed = error
            raise
        finally:
            self._file.close()
            super().close()


class _Summed(io.RawIOBase):
    """A file that knows size and checksum of what went into it."""

    def __init__(self, file: IO[bytes]) -> None:
        self.sha256, self.bytes = hashlib.sha256(), 0
        self._file = file

    def writable(self) -> bool:
        """As a file has it."""
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]  # any buffer there, bytes here
        """Take in a piece."""
        self.sha256.update(data)
        self.bytes += len(data)
        self._file.write(data)
        return len(data)


def _clear(draft: Path) -> None:
    """Take away what a backup left that was interrupted; nothing else."""
    ours = {QUADS, STATISTICS, VERSIONS, HEAD, "backup.draft"}
    if not draft.exists():
        return
    if not draft.is_dir() or any(path.name not in ours for path in draft.iterdir()):
        raise InputError(
            f"{draft} bestaat en is geen onderbroken back-up. Haal hem weg of kies een andere map.",
            f"{draft} is there and is no interrupted backup. Remove it or choose another directory.",
        )
    shutil.rmtree(draft)
