"""What a store turns out to hold when it is started again, as graph, derived triples, versions and search have it."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from durability.acts import GRAPH
from durability.copies import copy_at_odds
from vakgraaf.engine import EmbeddedEngine, EmbeddedSettings, StateDirectory, WriterLimits, select, versions
from vakgraaf.engine.holding import held
from vakgraaf.engine.packaged import DERIVED_GRAPH, DESCRIPTION_GRAPH
from vakgraaf.engine.pool import PoolLimits
from vakgraaf.engine.recovering import put_right_for_server
from vakgraaf.engine.settling import settle
from vakgraaf.engine.verifying import verify
from vakgraaf.search.answers import Sought
from vakgraaf.search.keeper import Search
from vakgraaf.search.options import SearchOptions

_MOMENT = re.compile(r'"[^"]*"\^\^<http://www\.w3\.org/2001/XMLSchema#dateTime>')
_LABEL = f"SELECT ?l WHERE {{ GRAPH <{GRAPH}> {{ ?s <http://www.w3.org/2000/01/rdf-schema#label> ?l }} }} ORDER BY ?l"
_KEPT = "/graph/versie/"
WORDS = ("zwaluwstaart", "pengatverbinding")
"""A word of the old graph, and one of the new."""


@dataclass(frozen=True)
class Seen:
    """All quads and versions but for moments and the description, and what does not agree with what."""

    quads: frozenset[str]
    at_odds: tuple[str, ...]


def look(path: Path, *, served: bool) -> Seen:
    """See what a state directory holds once the next start has put it right.

    With `served` that start is one of a server, which is asked, and whose search is; that takes seconds. Without, it
    is what a server does before all else, in this process.
    """
    state = StateDirectory(path)
    if served:
        return asyncio.run(_serve(state))
    put_right_for_server(state)
    if state.manifest() is None:
        return Seen(frozenset(), ())
    return _found(state)


def _found(state: StateDirectory) -> Seen:
    manifest = state.manifest()
    assert manifest is not None
    with held(state) as source:
        at_odds = [f"{c.what}: {c.en}" for c in verify(source) if c.good is False]
        at_odds += _derived(source.open())
    at_odds += copy_at_odds(state, manifest)
    return Seen(_held(state), tuple(at_odds))


def _derived(store: ox.Store) -> list[str]:
    """What follows by rule from the rest, where that is something else than what is there."""
    anew, derived = ox.Store(), ox.NamedNode(DERIVED_GRAPH)
    anew.extend(quad for quad in store if quad.graph_name != derived)
    settle(anew)
    there, wanted = (set(each.quads_for_pattern(None, None, None, derived)) for each in (store, anew))
    return [f"afgeleid: {quad}" for quad in there ^ wanted]


async def _serve(state: StateDirectory) -> Seen:
    # Where there is a copy to be read from disk, that is what the server reads.
    memory_mb = 0 if any(state.readings.glob("*")) else 2048
    settings = EmbeddedSettings(
        state, memory_budget_mb=memory_mb, writer=WriterLimits(describe_after_s=3600), pool=PoolLimits(workers=1)
    )
    engine = await EmbeddedEngine.start(settings)
    try:
        seen = _found(state)
        at_odds = list(seen.at_odds)
        told = {row["l"].text for row in await select(engine, _LABEL)}
        if told != _stated(seen.quads):
            at_odds.append(f"the server says {told}, the snapshot {_stated(seen.quads)}")
        at_odds += await _searched(engine, state, seen.quads)
        return Seen(seen.quads, tuple(at_odds))
    finally:
        await engine.close()


def _held(state: StateDirectory) -> frozenset[str]:
    manifest = state.manifest()
    assert manifest is not None
    store = ox.Store.read_only(str(state.snapshot(manifest.version)))
    found = [quad for quad in store if quad.graph_name != ox.NamedNode(DESCRIPTION_GRAPH)]
    for name in versions.known(store):
        content = versions.content(state.versions(manifest), name)
        found += versions.quads(content) if content else []
    return frozenset(_MOMENT.sub("*", str(quad)) for quad in found)


def _stated(quads: frozenset[str]) -> set[str]:
    ours = (quad for quad in quads if quad.endswith(f"<{GRAPH}>") and "rdf-schema#label>" in quad)
    return {quad.split('"')[1] for quad in ours}


async def _searched(engine: EmbeddedEngine, state: StateDirectory, quads: frozenset[str]) -> list[str]:
    """See that each word is found where the graph has it, and not where it has not; in an index of these very data."""
    keeper = Search(engine, SearchOptions(search_after_s=0, search_workers=1), state.path / "search", union=True)
    await keeper.start()
    try:
        async with asyncio.timeout(60):
            while keeper._workers is None or not keeper.state.current:  # a question would only be refused
                await asyncio.sleep(0.02)
        wrong = []
        for word in WORDS:
            found = (await keeper.find(Sought(word))).total > 0
            if found != any(word in quad for quad in quads if _KEPT not in quad.rsplit(" ", 1)[-1]):
                wrong.append(f"search {'finds' if found else 'does not find'} {word}")
        return wrong
    finally:
        await keeper.close()
