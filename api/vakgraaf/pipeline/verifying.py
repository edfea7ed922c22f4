"""The store with everything that is made from it, held against itself."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from vakgraaf.engine import StateDirectory
from vakgraaf.engine.holding import Held, held, speaks_of
from vakgraaf.engine.verifying import Looked, verify
from vakgraaf.search import verifying as index


def verify_store(state: StateDirectory) -> Iterator[Looked]:
    """Every check in turn; a server may run on the directory. Raises `StoreProblem` where nothing can be looked at."""
    with held(state) as source:
        manifest = source.manifest
        yield Looked(
            "current.json",
            state.readable,
            f"versie {manifest.version}, indeling {manifest.layout}, {manifest.engine}",
            f"version {manifest.version}, layout {manifest.layout}, {manifest.engine}",
        )
        whole = True
        for looked in verify(source):
            whole = whole and not (looked.what == "snapshot" and looked.good is False)
            yield looked
        if whole:
            yield _index(state.path / "search", source)


def _index(folder: Path, source: Held) -> Looked:
    found = index.verify(folder, source.manifest.tag, source.manifest.version, speaks_of(source))
    if found.good is None:
        return Looked(
            "zoekindex",
            None,
            "van deze versie is er nog geen; een server maakt haar",
            "there is none of this version yet; a server makes it",
        )
    if found.good:
        return Looked("zoekindex", True, f"{found.things} dingen", f"{found.things} things")
    return Looked("zoekindex", False, found.problem, found.problem)
