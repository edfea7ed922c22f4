"""The form of a backup: a folder that any program can read, and that says of itself whether it is whole.

backup.json           what it is of: data version, layout, counts; and the size and SHA-256 of every other file
quads.nq.gz           all quads of the store, also those that follow and those that describe it, as N-Quads
versions/een/1.nq.gz  versions of graphs that were replaced
statistics.json       what the planner of queries knows, where that is known
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path
from typing import IO

from vakgraaf.engine.state import Manifest
from vakgraaf.errors import StoreProblem

FORM = 1
HEAD, QUADS, STATISTICS, VERSIONS = "backup.json", "quads.nq.gz", "statistics.json", "versions"
Progress = Callable[[int, int], None]
"""Told from time to time how much has been done, and of how much."""
TOLD_EVERY = 100_000
"""After so many quads each time."""
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Sum:
    """What a file has to be: so many bytes, with this SHA-256 in hexadecimal digits."""

    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Backup:
    """What `backup.json` says. `graphs` is how many quads each graph has, "" the unnamed one; `files` by their names.

    `made` is the moment (ISO 8601), `program` the version of Vakgraaf that made it.
    """

    made: str
    program: str
    manifest: Manifest
    graphs: dict[str, int]
    files: dict[str, Sum] = field(default_factory=dict)

    @property
    def versions(self) -> list[str]:
        """The names of the files that hold versions of graphs."""
        return [name for name in self.files if name.startswith(VERSIONS + "/")]

    @property
    def size(self) -> int:
        """How many bytes all files have together."""
        return sum(one.bytes for one in self.files.values())

    def text(self) -> str:
        """What is written to `backup.json`; its last line tells whether the rest is what was written."""
        told = {"form": FORM, **asdict(self)}
        return json.dumps({**told, "check": _check(told)}, indent=1, ensure_ascii=False) + "\n"


def read(folder: Path) -> Backup:
    """What a backup says of itself. Raises `StoreProblem` where it is none, incomplete, of a later form or altered."""
    path = folder / HEAD
    try:
        told = json.loads(path.read_text("utf-8"))
        check = told.pop("check")
        if (form := told.pop("form")) > FORM:
            raise StoreProblem(
                f"{path}: dit is een back-up van een nieuwere Vakgraaf (vorm {form}); zet hem daarmee terug.",
                f"{path}: this backup is of a newer Vakgraaf (form {form}); restore it with that.",
            )
        if check != _check({"form": form, **told}):
            raise ValueError("check")
        files = {name: Sum(**one) for name, one in told.pop("files").items()}
        return Backup(manifest=Manifest(**told.pop("manifest")), files=files, **told)
    except FileNotFoundError as error:
        raise StoreProblem(
            f"{folder} is geen volledige back-up: {HEAD} ontbreekt.",
            f"{folder} is no complete backup: {HEAD} is missing.",
        ) from error
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise altered(path) from error


def verify(folder: Path, progress: Progress | None = None) -> Backup:
    """What a backup says of itself, after every file has been compared with that. Raises what `read` raises."""
    told = read(folder)
    done = 0
    for name, expected in told.files.items():
        path = folder / name
        if Path(name).is_absolute() or ".." in Path(name).parts:
            raise altered(folder / HEAD)
        try:
            with path.open("rb") as file:
                found = digest(file, partial(_tell, progress, done, told.size))
        except OSError as error:
            raise StoreProblem(
                f"{folder} is geen volledige back-up: {name} ontbreekt of is niet te lezen.",
                f"{folder} is no complete backup: {name} is missing or cannot be read.",
            ) from error
        if found != expected:
            raise altered(path)
        done += found.bytes
    return told


def digest(file: IO[bytes], told: Callable[[int], object]) -> Sum:
    """Size and checksum of an open file, read in pieces; `told` hears how many bytes have been read."""
    found, size = hashlib.sha256(), 0
    while chunk := file.read(_CHUNK):
        found.update(chunk)
        size += len(chunk)
        told(size)
    return Sum(size, found.hexdigest())


def _tell(progress: Progress | None, before: int, of: int, done: int) -> None:
    if progress is not None:
        progress(before + done, of)


def altered(path: Path) -> StoreProblem:
    """The refusal of a file that is not what was written."""
    return StoreProblem(
        f"{path} is niet wat de back-up schreef: onvolledig, beschadigd of veranderd. Er is niets teruggezet.",
        f"{path} is not what the backup wrote: incomplete, damaged or altered. Nothing has been restored.",
    )


def _check(told: dict[str, object]) -> str:
    return hashlib.sha256(json.dumps(told, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
