"""Is the store whole, and does what is made from it agree with it?"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import IO, cast

import pyoxigraph as ox

from vakgraaf.engine import versions
from vakgraaf.engine.description import description
from vakgraaf.engine.holding import Held
from vakgraaf.engine.packaged import DERIVED_GRAPH, DESCRIPTION_GRAPH
from vakgraaf.engine.saving import counted
from vakgraaf.engine.settling import FOLLOWS_OTHERWISE, reading
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


def verify(source: Held) -> Iterator[Looked]:
    """Look at everything in turn. Where the store cannot be read, nothing else is looked at."""
    try:
        store = source.open()
        yield _quads(source, store)
    except (OSError, ValueError, RuntimeError, StoreProblem) as error:
        nl, en = (error.nl, error.en) if isinstance(error, StoreProblem) else (error, error)
        yield Looked("snapshot", False, f"niet te lezen: {nl}", f"cannot be read: {en}")
        return
    for what, look in (("beschrijving", partial(_described, source)), ("afgeleid", _derived)):
        try:
            yield look(store)
        except OSError as error:  # it puts aside what does not fit in memory
            yield Looked(what, None, f"niet te toetsen: {error}", f"cannot be checked: {error}")
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
    missing, more = ({*map(str, one - other)} for one, other in ((set(wanted), there), (there, set(wanted))))
    return _compared("beschrijving", len(there), missing, more)


def _derived(store: ox.Store) -> Looked:
    """Compare what follows with what is found when all of it is derived anew."""
    with reading(store) as read:
        more, missing = (set(map(_line, lines)) for lines in read.differences())
    for known, right in FOLLOWS_OTHERWISE:
        held, wanted = known(store), right(store)
        more |= set(map(str, held - wanted))
        missing |= set(map(str, wanted - held))
    return _compared("afgeleid", sum(1 for _ in store.quads_for_pattern(None, None, None, _DERIVED)), missing, more)


def _line(quad: bytes) -> str:
    return quad.decode().removesuffix(" .\n")


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


def _compared(what: str, size: int, missing: set[str], more: set[str]) -> Looked:
    if not missing and not more:
        return Looked(what, True, f"{size} quads", f"{size} quads")
    shown = "; ".join(_shortened([*sorted(missing), *sorted(more)]))
    return Looked(
        what,
        False,
        f"{len(missing)} ontbreken, {len(more)} te veel: {shown}",
        f"{len(missing)} missing, {len(more)} too many: {shown}",
    )


def _shortened(quads: list[str]) -> list[str]:
    return quads if len(quads) <= _FEW else [*quads[:_FEW], "…"]


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
