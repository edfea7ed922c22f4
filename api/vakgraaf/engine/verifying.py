"""Is the store whole, and does what is made from it agree with it?"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import IO, cast

import pyoxigraph as ox

from vakgraaf.engine import replica, versions
from vakgraaf.engine.claims import known_claims
from vakgraaf.engine.description import description
from vakgraaf.engine.fill import add_derived
from vakgraaf.engine.holding import Held
from vakgraaf.engine.packaged import DERIVED_GRAPH, DESCRIPTION_GRAPH
from vakgraaf.engine.saving import counted
from vakgraaf.errors import StoreProblem

_DERIVED, _DESCRIPTION = ox.NamedNode(DERIVED_GRAPH), ox.NamedNode(DESCRIPTION_GRAPH)
_FEW = 3


@dataclass(frozen=True, slots=True)
class Looked:
    """What was looked at, whether it is as it should be (None: that could not be told), and a sentence about it."""

    what: str
    good: bool | None
    nl: str
    en: str


def verify(source: Held, memory_mb: int) -> Iterator[Looked]:
    """Look at everything in turn; what takes more than so much memory is looked at on disk, or said not to be.

    Where the store cannot be read, nothing else is looked at.
    """
    try:
        store = source.open()
        yield _quads(source, store)
    except (OSError, ValueError, RuntimeError, StoreProblem) as error:
        yield Looked("snapshot", False, f"niet te lezen: {error}", f"cannot be read: {error}")
        return
    fits = replica.copies(source.manifest.quads, memory_mb) >= 2
    asked = replica.load(source.snapshot, merged=False).store if fits else store
    yield _described(source, asked)
    yield _derived(asked) if fits else _not_derived(memory_mb)
    yield _versions(source, store)


def _quads(source: Held, store: ox.Store) -> Looked:
    """Read every quad and every term, and count the quads by graph along another way into the store."""
    lines = _Lines()
    store.dump(cast(IO[bytes], lines), ox.RdfFormat.N_QUADS)
    graphs, said = counted(store), source.manifest.quads
    if lines.count == sum(graphs.values()) == said:
        return Looked(
            "snapshot", True, f"{said} quads in {len(graphs)} grafen", f"{said} quads in {len(graphs)} graphs"
        )
    by_graph = sum(graphs.values())
    return Looked(
        "snapshot",
        False,
        f"{lines.count} quads gelezen, {by_graph} geteld per graaf, {said} volgens current.json",
        f"{lines.count} quads read, {by_graph} counted by graph, {said} as current.json has it",
    )


def _described(source: Held, store: ox.Store) -> Looked:
    """Compare what the store says of itself (VoID) with what is counted now."""
    if not source.manifest.described:
        return Looked(
            "beschrijving",
            None,
            "nog van vóór de laatste wijziging; een server maakt haar na enkele seconden opnieuw",
            "still of before the last change; a server makes it anew within seconds",
        )
    found, wanted = description(store)
    there = set(store.quads_for_pattern(None, None, None, _DESCRIPTION))
    if found.counts() != source.manifest.counts:
        return Looked("beschrijving", False, "current.json telt anders", "current.json counts otherwise")
    return _compared("beschrijving", set(wanted), there)


def _derived(store: ox.Store) -> Looked:
    """Compare what follows by rule with what is found when all of it is derived anew; `store` is in memory."""
    there = set(store.quads_for_pattern(None, None, None, _DERIVED)) | known_claims(store)
    if store.contains_named_graph(_DERIVED):
        store.remove_graph(_DERIVED)
    add_derived(store)
    return _compared("afgeleid", set(store.quads_for_pattern(None, None, None, _DERIVED)), there)


def _not_derived(memory_mb: int) -> Looked:
    return Looked(
        "afgeleid",
        None,
        f"niet opnieuw afgeleid: dat past niet in {memory_mb} MB (VAKGRAAF_MEMORY_BUDGET_MB)",
        f"not derived anew: that does not fit in {memory_mb} MB (VAKGRAAF_MEMORY_BUDGET_MB)",
    )


def _versions(source: Held, store: ox.Store) -> Looked:
    """See that every version that is on the list is there and can be read."""
    listed = versions.known(store)
    lost = [name for name in listed if not _readable(source, name)]
    if lost:
        return Looked("versies", False, f"niet te lezen: {', '.join(lost)}", f"cannot be read: {', '.join(lost)}")
    return Looked("versies", True, f"{len(listed)} op de lijst", f"{len(listed)} on the list")


def _readable(source: Held, name: str) -> bool:
    content = versions.content(source.versions, name)
    try:
        return content is not None and all(
            isinstance(quad.graph_name, ox.NamedNode) and quad.graph_name.value.startswith(name)
            for quad in versions.quads(content)
        )
    except (OSError, ValueError, SyntaxError, EOFError):
        return False


def _compared(what: str, wanted: set[ox.Quad], there: set[ox.Quad]) -> Looked:
    missing, more = wanted - there, there - wanted
    if not missing and not more:
        return Looked(what, True, f"{len(there)} quads", f"{len(there)} quads")
    shown = "; ".join(_shown((*sorted(map(str, missing)), *sorted(map(str, more)))))
    return Looked(
        what,
        False,
        f"{len(missing)} ontbreken, {len(more)} te veel: {shown}",
        f"{len(missing)} missing, {len(more)} too many: {shown}",
    )


def _shown(quads: Iterable[str]) -> Iterator[str]:
    for number, quad in enumerate(quads):
        if number == _FEW:
            yield "…"
            return
        yield quad


class _Lines(io.RawIOBase):
    """A file that keeps nothing but the number of its lines."""

    def __init__(self) -> None:
        self.count = 0

    def writable(self) -> bool:
        """As a file has it."""
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]  # any buffer there, bytes here
        """Take in a piece."""
        self.count += bytes(data).count(b"\n")
        return len(data)
