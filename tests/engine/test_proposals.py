"""Changes that are proposed and no more: what a proposal tells, what is refused, and that the store stays as it was.

None of these changes the store, so all of them share an engine.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import pytest

from vakgraaf.engine import (
    Dataset,
    EmbeddedEngine,
    EmbeddedSettings,
    Packaged,
    StateDirectory,
    StoreInfo,
    Update,
)
from vakgraaf.errors import InputError, QueryCrashed, QueryRefused, SyntaxProblem
from vakgraaf.rdf import iris
from vakgraaf.rdf.formats import N_QUADS, N_TRIPLES

T = TypeVar("T")
Watching = Callable[[Callable[[EmbeddedEngine], Awaitable[Any]]], Any]
ONE, NEW = (str(iris.graph(name)) for name in ("een", "nieuw"))
PREFIX = f"PREFIX vg: <{iris.VG}> PREFIX id: <{iris.BASE}id/> PREFIX g: <{iris.BASE}graph/>\n"


def _settings(state: Path, packaged: Packaged, where: str) -> EmbeddedSettings:
    return EmbeddedSettings(StateDirectory(state), packaged, memory_budget_mb=2048 if where == "memory" else 0)


@pytest.fixture(scope="module", params=["memory", "disk"])
def watching(
    tmp_path_factory: pytest.TempPathFactory, lasting_packaged: Packaged, request: pytest.FixtureRequest
) -> Iterator[Watching]:
    """`watching(work)` lets `work` use an engine that tests share; it fails where the store does not stay as it was."""
    settings = _settings(tmp_path_factory.mktemp("shared") / "state", lasting_packaged, request.param)
    with asyncio.Runner() as runner:
        engine = runner.run(EmbeddedEngine.start(settings))
        before = engine.info, runner.run(_graph(engine, None))
        try:
            yield lambda work: _unchanged(runner, engine, work, before)
        finally:
            runner.run(engine.close())


def _unchanged(
    runner: asyncio.Runner,
    engine: EmbeddedEngine,
    work: Callable[[EmbeddedEngine], Awaitable[T]],
    before: tuple[StoreInfo, set[str]],
) -> T:
    async def run() -> T:
        result = await work(engine)
        assert (engine.info, await _graph(engine, None)) == before
        return result

    return runner.run(run())


async def _graph(engine: EmbeddedEngine, graph: str | None) -> set[str]:
    answer = await engine.dump(graph, N_QUADS if graph is None else N_TRIPLES)
    return set((await answer.read()).decode().splitlines())


def test_proposal_tells_which_graphs_it_touches_and_what_they_will_hold(watching: Watching) -> None:
    async def work(engine: EmbeddedEngine) -> None:
        text = 'INSERT DATA { GRAPH g:een { id:a vg:p "1" } id:a vg:p 2 }'
        proposal = await engine.propose(Update(f"{PREFIX}DELETE DATA {{ GRAPH g:twee {{ id:x vg:p 1 }} }} ; {text}"))
        assert proposal.touched == (None, ONE)
        content = (await proposal.content(ONE)).decode()
        assert f'<{iris.BASE}id/a> <{iris.VG}p> "1" .' in content
        assert set(content.splitlines()) - {f'<{iris.BASE}id/a> <{iris.VG}p> "1" .'} == await _graph(engine, ONE)
        await proposal.discard()

    watching(work)


REFUSED = {
    "LOAD": "LOAD <http://127.0.0.1:9/> INTO GRAPH <http://a.example/>",
    "LOAD without a space": "PREFIX ex: <http://127.0.0.1:9/> LOADex:x",
    "LOAD after another": "CLEAR DEFAULT ; LOAD <http://127.0.0.1:9/>",
    "SERVICE": "INSERT { ?s ?p ?o } WHERE { SERVICE SILENT <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "a computed graph": "INSERT DATA { GRAPH g:afgeleid { id:a vg:p 1 } }",
    "clearing a computed graph": "CLEAR GRAPH g:afgeleid",
}


@pytest.mark.parametrize("text", REFUSED.values(), ids=REFUSED.keys())
def test_update_that_dials_out_or_writes_what_is_computed_is_refused(watching: Watching, text: str) -> None:
    async def work(engine: EmbeddedEngine) -> None:
        with pytest.raises((QueryRefused, SyntaxProblem)):
            await engine.propose(Update(PREFIX + text))

    watching(work)


def test_load_silent_from_where_nothing_may_be_fetched_changes_nothing_and_says_nothing(
    watching: Watching,
) -> None:
    async def work(engine: EmbeddedEngine) -> None:
        with socket.create_server(("127.0.0.1", 0)) as bait:
            bait.settimeout(0.2)
            proposal = await engine.propose(Update(f"LOAD SILENT <http://127.0.0.1:{bait.getsockname()[1]}/>"))
            assert proposal.touched == ()
            await proposal.discard()
            with pytest.raises(TimeoutError):
                bait.accept()

    watching(work)


def test_update_that_does_not_parse_is_refused_with_its_place(watching: Watching) -> None:
    async def work(engine: EmbeddedEngine) -> None:
        with pytest.raises(SyntaxProblem) as problem:
            await engine.propose(Update("INSERT DATA {\n <http://a.example/> <x:p> ?v }"))
        assert problem.value.line == 2

    watching(work)


async def _seen(engine: EmbeddedEngine, dataset: Dataset | None = None) -> int:
    """How many things the pattern of an update sees."""
    text = PREFIX + "INSERT { GRAPH g:nieuw { ?t vg:seen true } } WHERE { ?t a vg:Kerntaak }"
    proposal = await engine.propose(Update(text, dataset) if dataset else Update(text))
    lines = (await proposal.content(NEW)).splitlines()
    await proposal.discard()
    return len(lines)


def test_pattern_reads_the_default_dataset_as_a_query_does(watching: Watching) -> None:
    async def work(engine: EmbeddedEngine) -> tuple[int, int]:
        return await _seen(engine), await _seen(engine, Dataset(default_graphs=(ONE,)))

    assert watching(work) == (3, 2)


@pytest.mark.parametrize("where", ["memory", "disk"])
def test_pattern_reads_the_unnamed_graph_where_that_is_the_default(
    tmp_path: Path, packaged: Packaged, where: str
) -> None:
    async def run() -> tuple[int, int]:
        engine = await EmbeddedEngine.start(replace(_settings(tmp_path / "state", packaged, where), union=False))
        try:
            return await _seen(engine), await _seen(engine, Dataset(default_graphs=(ONE,)))
        finally:
            await engine.close()

    assert asyncio.run(run()) == (0, 2)


def test_dataset_is_not_given_twice(watching: Watching) -> None:
    async def work(engine: EmbeddedEngine) -> None:
        for clause in ("WITH g:een DELETE { ?s ?p ?o } WHERE", "DELETE { ?s ?p ?o } USING g:een WHERE"):
            with pytest.raises(InputError, match="using-graph-uri"):
                await engine.propose(Update(f"{PREFIX}{clause} {{ ?s ?p ?o }}", Dataset(default_graphs=(ONE,))))

    watching(work)


def test_change_whose_process_is_killed_before_it_counts_is_refused_and_not_asked_of_another(
    watching: Watching, capfd: pytest.CaptureFixture[str]
) -> None:
    async def work(engine: EmbeddedEngine) -> None:
        proposal = await engine.propose(Update(f"INSERT DATA {{ GRAPH <{NEW}> {{ <urn:a> <urn:b> 1 }} }}"))
        process = engine._writer._process
        assert process is not None
        process.kill()
        with pytest.raises(QueryCrashed):
            await proposal.commit()
        other = await engine.propose(Update(f"INSERT DATA {{ GRAPH <{NEW}> {{ <urn:a> <urn:b> 2 }} }}"))
        process = engine._writer._process
        assert process is not None
        process.kill()
        await other.discard()

    watching(work)
    assert "Traceback" not in capfd.readouterr().err
