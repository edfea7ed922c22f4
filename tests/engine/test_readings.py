"""Reading from disk: the same answers as from memory, there at once, and given up for the memory when that is ready."""

from __future__ import annotations

import asyncio
import shutil
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import pytest

from engines import with_engine
from vakgraaf.engine import (
    EmbeddedEngine,
    EmbeddedSettings,
    Packaged,
    StateDirectory,
    Update,
    WriterLimits,
    open_store,
    readings,
    select,
    whereabouts,
)
from vakgraaf.errors import StoreProblem
from vakgraaf.rdf import iris
from vakgraaf.rdf.formats import N_QUADS, RESULTS_JSON

T = TypeVar("T")
PREFIX = f"PREFIX vg: <{iris.VG}> PREFIX id: <{iris.BASE}id/> PREFIX g: <{iris.BASE}graph/>\n"
ONE_GONE = 'DELETE DATA { GRAPH g:een { id:a vg:p "twee keer" } }'
TWICE = 'INSERT DATA { GRAPH g:een { id:a vg:p "twee keer" } GRAPH g:twee { id:a vg:p "twee keer" } id:a vg:p "los" }'
QUESTIONS = {
    "everything": "SELECT (COUNT(*) AS ?v) { ?s ?p ?o }",
    "one of a thing": "SELECT ?v { id:a vg:p ?v } ORDER BY ?v",
    "by graph": "SELECT (CONCAT(STR(?g), ' ', ?o) AS ?v) { GRAPH ?g { id:a vg:p ?o } } ORDER BY ?v",
    "both": "SELECT ?v { id:a vg:p ?v . GRAPH g:een { ?s vg:p ?v } } ORDER BY ?v",
    "of one graph": "SELECT ?v FROM g:twee { id:a vg:p ?v } ORDER BY ?v",
    "of two graphs": "SELECT ?v FROM g:een FROM g:twee FROM NAMED g:een { id:a vg:p ?v . GRAPH ?g { ?s vg:p ?v } }",
    "a path": "SELECT (COUNT(*) AS ?v) { ?s (vg:p|vg:q)+ ?o }",
}


@pytest.fixture
def settings(tmp_path: Path, packaged: Packaged) -> EmbeddedSettings:
    """A state directory that is read from disk."""
    state = StateDirectory(tmp_path / "state")
    return EmbeddedSettings(state, packaged, memory_budget_mb=0, writer=WriterLimits(describe_after_s=3600))


def in_memory(settings: EmbeddedSettings) -> EmbeddedSettings:
    """The same, with room in memory."""
    return replace(settings, memory_budget_mb=2048)


async def change(engine: EmbeddedEngine, text: str) -> None:
    """Carry out an update."""
    await (await engine.propose(Update(PREFIX + text))).commit()


async def answers(engine: EmbeddedEngine) -> dict[str, list[str]]:
    """What is answered to each question, and what a dump has."""
    found = {}
    for name, text in QUESTIONS.items():
        found[name] = [row["v"].text for row in await select(engine, PREFIX + text)]
    dump = await engine.dump(None, N_QUADS)
    return found | {"dump": sorted((await dump.read()).decode().splitlines())}


def test_from_disk_a_triple_of_two_graphs_is_found_once(settings: EmbeddedSettings) -> None:
    async def work(engine: EmbeddedEngine) -> dict[str, list[str]]:
        await change(engine, TWICE)
        assert not engine.info.in_memory
        return await answers(engine)

    found = with_engine(settings, work)
    assert found["one of a thing"] == ["los", "twee keer"]
    assert len(found["by graph"]) == 2


OTHER_GONE = 'DELETE DATA { GRAPH g:twee { id:a vg:p "twee keer" } }'
ANOTHER = ("DROP GRAPH g:twee", 'INSERT DATA { GRAPH g:nieuw { id:a vg:p "twee keer", "drie" } }')
ANEW = ('DELETE DATA { id:a vg:p "los" }', "CLEAR ALL", TWICE)


# Each takes four engines; one after the other they take no more.
@pytest.mark.parametrize(
    "then",
    [
        pytest.param((ONE_GONE, OTHER_GONE, *ANOTHER, *ANEW), id="one after the other"),
        pytest.param((), id="nothing", marks=pytest.mark.slow),
        pytest.param((ONE_GONE,), id="once", marks=pytest.mark.slow),
        pytest.param((ONE_GONE, OTHER_GONE), id="both", marks=pytest.mark.slow),
        pytest.param(ANOTHER, id="another graph", marks=pytest.mark.slow),
        pytest.param(ANEW, id="all", marks=pytest.mark.slow),
    ],
)
def test_what_is_read_from_disk_is_what_is_read_from_memory(settings: EmbeddedSettings, then: tuple[str, ...]) -> None:
    async def changed(engine: EmbeddedEngine) -> list[dict[str, list[str]]]:
        found = []
        for text in (TWICE, *then):
            await change(engine, text)
            found.append(await answers(engine))
        return found

    followed = with_engine(settings, changed)
    assert with_engine(settings, answers) == followed[-1]  # by who starts now
    assert with_engine(in_memory(settings), answers) == followed[-1]
    elsewhere = replace(in_memory(settings), state=StateDirectory(settings.state.path.with_name("elsewhere")))
    assert with_engine(elsewhere, changed) == followed


def test_who_has_much_is_served_from_disk_until_the_memory_has_it(
    settings: EmbeddedSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def prepared(engine: EmbeddedEngine) -> dict[str, list[str]]:
        await change(engine, TWICE)
        return await answers(engine)

    before = with_engine(settings, prepared)
    monkeypatch.setattr(whereabouts, "MANY", 1)

    async def followed(engine: EmbeddedEngine) -> None:
        assert not engine.info.in_memory
        assert await answers(engine) == before
        tag = engine.info.tag
        async with asyncio.timeout(60):
            while not engine.info.in_memory:
                await asyncio.sleep(0.05)
        assert await answers(engine) == before
        assert engine.info.tag == tag

    with_engine(in_memory(settings), followed)


def test_a_write_while_the_memory_is_being_filled_is_seen_at_once_and_afterwards(
    settings: EmbeddedSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_engine(settings, answers)
    monkeypatch.setattr(whereabouts, "MANY", 1)

    async def work(engine: EmbeddedEngine) -> None:
        await change(engine, TWICE)
        now = await answers(engine)
        assert now["one of a thing"] == ["los", "twee keer"]
        async with asyncio.timeout(60):
            while not engine.info.in_memory:
                await asyncio.sleep(0.05)
        assert await answers(engine) == now

    with_engine(in_memory(settings), work)


def test_copies_that_nobody_reads_any_more_and_halves_of_them_go(settings: EmbeddedSettings) -> None:
    with_engine(settings, answers)
    (there,) = settings.state.readings.iterdir()
    half = there.with_name(f"{there.name}.999999999")
    half.mkdir()
    (settings.state.readings / "0-before").mkdir()
    settings.state.sweep(keep=int(there.name.partition("-")[0]))
    assert list(settings.state.readings.iterdir()) == [there]


def test_command_line_reads_much_from_disk_and_finds_the_same(
    settings: EmbeddedSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_engine(settings, lambda engine: change(engine, TWICE))

    def told() -> tuple[bool, dict[str, bytes], list[str]]:
        store = open_store(settings.state, None)
        found = {name: b"".join(store.query(PREFIX + text, RESULTS_JSON)) for name, text in QUESTIONS.items()}
        return store.info.in_memory, found, sorted(b"".join(store.export(None, N_QUADS)).decode().splitlines())

    in_memory_too, *from_memory = told()
    monkeypatch.setattr(readings, "MANY", 1)
    for _ in range(2):  # the copy is made, and then is there
        on_disk, *from_disk = told()
        assert (in_memory_too, on_disk) == (True, False)
        assert from_disk == from_memory


@pytest.mark.parametrize("union", [True, False])
def test_damaged_snapshot_is_not_read_from_disk_as_if_it_held_less(settings: EmbeddedSettings, union: bool) -> None:
    settings = replace(settings, union=union)
    asked = "SELECT (COUNT(*) AS ?v) { GRAPH ?g { ?s ?p ?o } }"

    async def counted(engine: EmbeddedEngine) -> int:
        assert not engine.info.in_memory
        return int((await select(engine, asked))[0]["v"].text)

    assert with_engine(settings, counted) > 1
    shutil.rmtree(settings.state.readings, ignore_errors=True)
    for path in settings.state.snapshot(1).glob("MANIFEST-*"):
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with pytest.raises(StoreProblem):
        with_engine(settings, counted)
