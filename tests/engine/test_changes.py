"""Changes: proposed, committed or discarded, and seen by the next query; what was worked out is what came to be."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import pytest

from engines import with_engine
from vakgraaf.engine import (
    UNNAMED,
    Change,
    EmbeddedEngine,
    EmbeddedSettings,
    GraphChange,
    GraphRemoval,
    Packaged,
    Replacing,
    StateDirectory,
    Update,
    WriterLimits,
    select,
    subset,
)
from vakgraaf.engine.nursery import Nursery
from vakgraaf.errors import InputError, UnknownThing
from vakgraaf.rdf import iris
from vakgraaf.rdf.formats import N_QUADS, N_TRIPLES, TRIG, TURTLE

T = TypeVar("T")
ONE, TWO, NEW = (str(iris.graph(name)) for name in ("een", "twee", "nieuw"))
PREFIX = f"PREFIX vg: <{iris.VG}> PREFIX id: <{iris.BASE}id/> PREFIX g: <{iris.BASE}graph/>\n"


# Reading from disk gets its claims by default where it differs most: in the readers that follow.
@pytest.fixture(params=["memory", pytest.param("disk", marks=pytest.mark.slow)])
def settings(tmp_path: Path, packaged: Packaged, request: pytest.FixtureRequest) -> EmbeddedSettings:
    state = StateDirectory(tmp_path / "state")
    budget = 2048 if request.param == "memory" else 0
    # The description is only made anew where a test waits for it.
    return EmbeddedSettings(state, packaged, memory_budget_mb=budget, writer=WriterLimits(describe_after_s=3600))


async def _change(engine: EmbeddedEngine, change: Change | str) -> None:
    proposal = await engine.propose(Update(PREFIX + change) if isinstance(change, str) else change)
    await proposal.commit()


async def _graph(engine: EmbeddedEngine, graph: str | None) -> set[str]:
    answer = await engine.dump(graph, N_QUADS if graph is None else N_TRIPLES)
    return set((await answer.read()).decode().splitlines())


async def _values(engine: EmbeddedEngine, pattern: str) -> list[str]:
    rows = await select(engine, f"{PREFIX}SELECT ?v WHERE {{ {pattern} }} ORDER BY ?v")
    return [row["v"].text for row in rows]


UPDATES = {
    "data": (
        'INSERT DATA { id:a vg:p "own" . GRAPH g:een { id:a vg:p "1" ; vg:q [ vg:r _:x ] . _:x vg:p 01 } }',
        'DELETE DATA { id:a vg:p "own" . GRAPH g:een { id:a vg:p "1" } }',
    ),
    "where": (
        'INSERT { GRAPH g:nieuw { ?t vg:p "seen" } } WHERE { ?t a vg:Taak }',
        "WITH g:nieuw DELETE { ?t vg:p ?v } INSERT { ?t vg:q ?v } WHERE { ?t vg:p ?v }",
        "DELETE { GRAPH ?g { ?s a ?c } } INSERT { GRAPH ?g { ?s vg:was ?c } } "
        "WHERE { GRAPH ?g { ?s a ?c . ?s a vg:Kerntaak } }",
        "DELETE WHERE { GRAPH g:nieuw { ?s ?p ?o } }",
    ),
    "using": (
        "INSERT { GRAPH g:nieuw { ?s vg:n ?o } } USING g:een USING NAMED g:twee WHERE { ?s ?p ?o . GRAPH ?g {} }",
    ),
    "shared blank nodes": (
        "INSERT DATA { GRAPH g:nieuw { _:x vg:p _:y } GRAPH g:een { _:x vg:q 1 } }",
        "INSERT { GRAPH g:nieuw { _:x vg:of ?s } GRAPH g:twee { _:x vg:of ?s } } "
        "WHERE { GRAPH g:een { ?s a vg:Kerntaak } }",
        "INSERT { GRAPH ?g { _:x vg:near ?g } GRAPH g:twee { _:x vg:far ?s } } WHERE # {\n"
        "{ VALUES ?n { g:afgeleid g:versies g:nieuw 'none' } BIND(IF(ISIRI(?n), ?n, BNODE()) AS ?g) ?s a vg:Kerntaak }",
    ),
    "managing": (
        "CREATE GRAPH g:nieuw",
        "COPY g:een TO g:nieuw",
        "MOVE g:nieuw TO g:drie ; ADD g:twee TO DEFAULT",
        "CLEAR GRAPH g:twee ; DROP GRAPH g:drie",
        "CLEAR DEFAULT ; DROP SILENT GRAPH g:nergens",
        "DROP NAMED",
        "INSERT DATA { id:a vg:p 1 }",
        "DROP ALL",
    ),
    "in order": (
        'INSERT DATA { GRAPH g:nieuw { id:a vg:p "1" } } ; '
        'WITH g:nieuw DELETE { ?s ?p ?o } INSERT { ?s ?p "2" } WHERE { ?s ?p ?o } ; '
        "CLEAR GRAPH g:een ; INSERT DATA { GRAPH g:een { id:b vg:p 3 } }",
    ),
}


# To start two engines takes longer than all of these; each kind by itself is for who has the time.
ONE_BY_ONE = ("data", "using", "shared blank nodes", "where", "in order")
TEXTS = {
    "managing": UPDATES["managing"],
    "content": tuple(text for name in ONE_BY_ONE for text in UPDATES[name]),
    **{name: UPDATES[name] for name in ONE_BY_ONE},
}
BY_DEFAULT = ("memory-managing", "disk-content")
CASES = [
    pytest.param(where, texts, id=name, marks=[] if name in BY_DEFAULT else pytest.mark.slow)
    for where in ("memory", "disk")
    for kind, texts in TEXTS.items()
    for name in [f"{where}-{kind}"]
]


@pytest.mark.parametrize(("settings", "texts"), CASES, indirect=["settings"])
def test_readers_that_follow_see_what_readers_that_load_anew_see(
    settings: EmbeddedSettings, texts: tuple[str, ...]
) -> None:
    async def whole(engine: EmbeddedEngine) -> tuple[set[str], ...]:
        graphs = set(await _values(engine, "GRAPH ?v {}"))
        union = {str(row) for row in await select(engine, "SELECT * { ?s ?p ?o }")}
        return await _graph(engine, None), await _graph(engine, UNNAMED), union, graphs

    async def changed(engine: EmbeddedEngine) -> list[tuple[set[str], ...]]:
        seen = [await whole(engine)]
        for text in texts:
            before = engine.info
            await _change(engine, text)
            assert engine.info.version == before.version + 1
            seen.append(await whole(engine))
            assert seen[-1] != seen[-2], text
            assert len(seen[-1][0]) == engine.info.quads
        return seen

    last = with_engine(settings, changed)[-1]
    assert with_engine(settings, whole) == last


def test_what_follows_is_right_after_each_change(settings: EmbeddedSettings) -> None:
    async def work(engine: EmbeddedEngine) -> None:
        derived = "GRAPH g:afgeleid { ?v a vg:Taak }"
        before = await _values(engine, derived)
        await _change(engine, "INSERT DATA { GRAPH g:nieuw { id:z a vg:Kerntaak } }")
        assert await _values(engine, derived) == sorted([*before, f"{iris.BASE}id/z"])
        await _change(engine, "INSERT DATA { GRAPH g:een { id:z a vg:Taak } }")
        assert await _values(engine, derived) == before
        await _change(engine, "DELETE WHERE { GRAPH g:een { id:z a ?any } }")
        assert f"{iris.BASE}id/z" in await _values(engine, derived)
        await _change(engine, "DROP GRAPH g:nieuw")
        assert await _values(engine, derived) == before
        await _change(engine, GraphRemoval(str(iris.graph("ontology"))))
        assert await _values(engine, derived) == []

    with_engine(settings, work)


def test_discarded_or_failed_change_leaves_no_trace(settings: EmbeddedSettings) -> None:
    async def work(engine: EmbeddedEngine) -> None:
        before, info = await _graph(engine, None), engine.info
        for text in ("DROP ALL", 'INSERT DATA { GRAPH g:een { id:a vg:p "1" } GRAPH g:nieuw { id:a vg:p [] } }'):
            proposal = await engine.propose(Update(PREFIX + text))
            assert proposal.touched
            await proposal.discard()
        with pytest.raises(InputError):
            await engine.propose(
                Update(f"{PREFIX}INSERT DATA {{ GRAPH g:x {{ id:a vg:p 1 }} }} ; DROP GRAPH g:nergens")
            )
        assert (await _graph(engine, None), engine.info) == (before, info)
        await _change(engine, "INSERT DATA { GRAPH g:een { id:b vg:p 1 } }")
        added = await _graph(engine, None) - before
        assert [line.split(" ")[0] for line in added] == [f"<{iris.BASE}id/b>"]

    with_engine(settings, work)


def test_graph_that_is_sent_replaces_or_adds(settings: EmbeddedSettings) -> None:
    async def work(engine: EmbeddedEngine) -> None:
        def sent(text: str, how: Replacing, graph: str | None = NEW) -> GraphChange:
            return GraphChange(graph, text.encode(), TURTLE, how, base="http://a.example/x")

        proposal = await engine.propose(sent("<> <p> [] .", Replacing.WHOLE))
        assert proposal.created
        await proposal.commit()
        await _change(engine, sent("<> <p> 1 .", Replacing.NOTHING))
        assert len(await _graph(engine, NEW)) == 2
        proposal = await engine.propose(sent("<> <p> 2 .", Replacing.WHOLE))
        assert not proposal.created
        await proposal.commit()
        assert [line.split('"')[1] for line in await _graph(engine, NEW)] == ["2"]
        await _change(engine, sent("<> <p> 3 .", Replacing.WHOLE, None))
        assert len(await _graph(engine, UNNAMED)) == 1
        await _change(engine, sent("", Replacing.WHOLE))
        assert await _graph(engine, NEW) == set()
        await _change(engine, GraphRemoval(NEW))
        with pytest.raises(UnknownThing):
            await engine.dump(NEW, N_TRIPLES)
        with pytest.raises(UnknownThing):
            await engine.propose(GraphRemoval(NEW))
        trig = f"<{ONE}> {{ <http://a.example/x> <http://a.example/p> 1 }} <{NEW}> {{ <http://a.example/x> a <y:> }}"
        await _change(engine, GraphChange(None, trig.encode(), TRIG, Replacing.WHOLE))
        assert (len(await _graph(engine, ONE)), len(await _graph(engine, NEW))) == (1, 1)

    with_engine(settings, work)


@pytest.mark.slow
def test_change_too_large_to_be_followed_is_made_all_the_same(settings: EmbeddedSettings) -> None:
    quads = "".join(f"<{iris.BASE}id/n{n}> a <{iris.VG}Kerntaak> .\n" for n in range(11_000))

    async def work(engine: EmbeddedEngine) -> None:
        before = len(await _graph(engine, str(iris.graph("afgeleid"))))
        await _change(engine, GraphChange(NEW, quads.encode(), TURTLE, Replacing.NOTHING))
        assert len(await _graph(engine, str(iris.graph("afgeleid")))) == before + 11_000
        await _change(engine, "INSERT DATA { GRAPH g:een { id:a vg:p 1 } }")
        assert len(await _graph(engine, NEW)) == 11_000
        await _change(engine, GraphRemoval(NEW))
        assert len(await _graph(engine, str(iris.graph("afgeleid")))) == before
        assert len(await _graph(engine, None)) == engine.info.quads

    with_engine(settings, work)


@pytest.mark.slow
def test_description_of_the_store_follows_by_itself(settings: EmbeddedSettings) -> None:
    triples = f"SELECT ?v {{ GRAPH g:beschrijving {{ <{subset(ONE)}> <http://rdfs.org/ns/void#triples> ?v }} }}"

    async def count(engine: EmbeddedEngine) -> str:
        return (await select(engine, PREFIX + triples))[0]["v"].text

    async def work(engine: EmbeddedEngine) -> None:
        before = int(await count(engine))
        await _change(engine, "INSERT DATA { GRAPH g:een { id:a vg:p 1 } }")
        async with asyncio.timeout(60):
            while int(await count(engine)) == before:
                await asyncio.sleep(0.1)
        assert int(await count(engine)) == before + 1
        assert engine.info.counts["graphs"][ONE] == before + 1
        version = engine.info.version
        await asyncio.sleep(0.5)
        assert engine.info.version == version

    with_engine(replace(settings, writer=WriterLimits(describe_after_s=0.1)), work)


def processes_for(what: str, state: StateDirectory) -> set[str]:
    """The processes of this one that do this for the engine on this directory."""
    children = {child for file in Path("/proc/self/task").glob("*/children") for child in file.read_text().split()}
    found = set()
    for one in children:
        with suppress(OSError):  # it has ended
            command = Path("/proc", one, "cmdline").read_bytes()
            if f"\0{what}\0".encode() in command and str(state.path).encode() in command:
                found.add(one)
    return found


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="processes are looked for in /proc")
def test_process_that_has_made_a_large_change_makes_the_next_one(settings: EmbeddedSettings) -> None:
    quads = "".join(f'<urn:x-test:{n}> <urn:x-test:p> "{n}" .\n' for n in range(100_001))

    async def work(engine: EmbeddedEngine) -> None:
        await _change(engine, "INSERT DATA { GRAPH g:een { id:a vg:p 1 } }")
        before = processes_for("changer", settings.state)
        await _change(engine, GraphChange(NEW, quads.encode(), N_TRIPLES, Replacing.WHOLE))
        await _change(engine, "INSERT DATA { GRAPH g:een { id:a vg:p 2 } }")
        assert len(before) == 1
        assert processes_for("changer", settings.state) == before

    with_engine(settings, work)


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="processes are looked for in /proc")
def test_description_of_a_version_that_has_been_followed_is_not_worked_on(settings: EmbeddedSettings) -> None:
    async def work(engine: EmbeddedEngine) -> None:
        most = 0
        for number in range(4):
            await _change(engine, f"INSERT DATA {{ GRAPH g:een {{ id:a vg:p {number} }} }}")
            async with asyncio.timeout(20):
                while not processes_for("describe", settings.state):  # it begins by and by
                    await asyncio.sleep(0.001)
            most = max(most, len(processes_for("describe", settings.state)))
        assert most == 1

    with_engine(replace(settings, writer=WriterLimits(describe_after_s=0)), work)


def test_nobody_is_answered_from_a_version_before_it_is_the_one_that_counts(
    tmp_path: Path, packaged: Packaged, monkeypatch: pytest.MonkeyPatch
) -> None:
    followed = Nursery.advance

    async def advance(nursery: Nursery, snapshot: Path, delta: Path | None) -> None:
        await followed(nursery, snapshot, delta)
        await asyncio.sleep(0.3)

    async def ask(engine: EmbeddedEngine) -> tuple[list[str], int]:
        return await _values(engine, "GRAPH g:nieuw { id:a vg:p ?v }"), engine.info.version

    async def work(engine: EmbeddedEngine) -> None:
        proposal = await engine.propose(Update(f'{PREFIX} INSERT DATA {{ GRAPH g:nieuw {{ id:a vg:p "1" }} }}'))
        before = engine.info.version
        commit = asyncio.ensure_future(proposal.commit())
        while not commit.done():
            for values, version in await asyncio.gather(*(ask(engine) for _ in range(8))):
                assert not values or version > before
        await commit
        assert await ask(engine) == (["1"], before + 1)

    monkeypatch.setattr(Nursery, "advance", advance)
    with_engine(EmbeddedSettings(StateDirectory(tmp_path / "state"), packaged), work)
