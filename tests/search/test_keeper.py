"""An index comes to be whole or not at all, is kept for the next start, and follows the data."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from vakgraaf.engine import EmbeddedEngine, EmbeddedSettings, Packaged, StateDirectory, Update
from vakgraaf.errors import MissingTool, NotReady, Overloaded, QueryCrashed, QueryTimeout, UnknownThing
from vakgraaf.search import keeper, schema
from vakgraaf.search.answers import Sought
from vakgraaf.search.frames import END, frames, heading
from vakgraaf.search.keeper import Search
from vakgraaf.search.options import SearchOptions

LABEL = "<http://www.w3.org/2000/01/rdf-schema#label>"
AT_ONCE = SearchOptions(search_after_s=0)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "graphs").mkdir()
    (tmp_path / "graphs" / "eigen.ttl").write_text(f'<urn:a> {LABEL} "spijkerbroek"@nl .', "utf-8")
    return tmp_path


@asynccontextmanager
async def running(folder: Path, options: SearchOptions = AT_ONCE) -> AsyncIterator[tuple[EmbeddedEngine, Search]]:
    """A server's engine and its search."""
    settings = EmbeddedSettings(state=StateDirectory(folder / "state"), packaged=Packaged(graphs=folder / "graphs"))
    engine = await EmbeddedEngine.start(settings)
    search = Search(engine, options, folder / "state" / "search", union=True)
    await search.start()
    try:
        yield engine, search
    finally:
        await search.close()
        await engine.close()


async def current(search: Search) -> None:
    async with asyncio.timeout(60):
        while True:
            try:
                if search.state.current:
                    return
            except NotReady:
                pass
            await asyncio.sleep(0.02)


async def found(search: Search, text: str) -> list[str]:
    return [hit.iri for hit in (await search.find(Sought(text))).hits]


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / "state" / "search").iterdir())


def test_index_answers_from_the_data_and_is_kept_for_the_next_start(folder: Path) -> None:
    async def scenario() -> None:
        async with running(folder) as (_, search):
            await current(search)
            assert await found(search, "spijkerbroek") == ["urn:a"]
        kept = files(folder)
        made = [(folder / "state" / "search" / name).stat().st_mtime_ns for name in kept]
        async with running(folder, SearchOptions(search_after_s=3600)) as (_, search):
            assert search.state.current
            assert await found(search, "spijkerbroek") == ["urn:a"]
        assert files(folder) == kept
        assert [(folder / "state" / "search" / name).stat().st_mtime_ns for name in kept] == made

    asyncio.run(scenario())


def test_until_the_first_index_is_there_nothing_is_answered(folder: Path) -> None:
    async def scenario() -> None:
        async with running(folder, SearchOptions(search_after_s=3600)) as (_, search):
            with pytest.raises(NotReady):
                await search.find(Sought("spijkerbroek"))
            # Who asks does not wait for the hour to be over.
            await current(search)
            assert await found(search, "spijkerbroek") == ["urn:a"]

    asyncio.run(scenario())


def test_write_is_found_and_till_then_the_old_index_says_that_it_is_old(folder: Path) -> None:
    async def scenario() -> None:
        async with running(folder) as (engine, search):
            await current(search)
            before = search.state
            proposal = await engine.propose(Update(f'INSERT DATA {{ <urn:b> {LABEL} "spijkerjas"@nl }}'))
            await proposal.commit()
            assert not search.state.current
            assert await found(search, "spijkerbroek") == ["urn:a"]
            await current(search)
            assert await found(search, "spijkerjas") == ["urn:b"]
            assert search.state.name != before.name
            assert len(files(folder)) == 1

    asyncio.run(scenario())


def test_index_of_before_serves_a_server_that_starts_with_other_data(folder: Path) -> None:
    async def scenario() -> None:
        async with running(folder) as (_, search):
            await current(search)
        (folder / "graphs" / "eigen.ttl").write_text(f'<urn:b> {LABEL} "spijkerjas"@nl .', "utf-8")
        async with running(folder, SearchOptions(search_after_s=1)) as (_, search):
            assert not search.state.current
            assert await found(search, "spijkerbroek") == ["urn:a"]
            await current(search)
            assert await found(search, "spijkerjas") == ["urn:b"]

    asyncio.run(scenario())


def test_process_that_is_killed_leaves_no_index_and_the_next_start_no_trace_of_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeper, "_AGAIN_S", 0.05)
    killed: list[int] = []
    start = subprocess.Popen

    def start_and_kill(*arguments: object, **options: object) -> subprocess.Popen[bytes]:
        process = start(*arguments, **options)  # type: ignore[call-overload]  # whatever it is given
        if len(killed) < 2:
            killed.append(process.pid)
            os.kill(process.pid, signal.SIGKILL)
        return process  # type: ignore[no-any-return]  # of bytes, as it is asked for

    async def scenario() -> None:
        async with running(folder, SearchOptions(search_after_s=3600)) as (_, search):
            (folder / "state" / "search").mkdir()
            (folder / "state" / "search" / "draft-0").write_bytes(b"half")
            monkeypatch.setattr("vakgraaf.search.elsewhere.subprocess.Popen", start_and_kill)
            await current(search)
            assert await found(search, "spijkerbroek") == ["urn:a"]
        assert len(killed) == 2
        (name,) = files(folder)
        assert name.endswith(".index")

    asyncio.run(scenario())


def answering() -> list[int]:
    """The processes that search for this one."""
    below = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text().split()
    return [int(pid) for pid in below if b"vakgraaf.search\0answer" in Path(f"/proc/{pid}/cmdline").read_bytes()]


def test_process_that_dies_fails_what_it_was_asked_and_nothing_else(folder: Path) -> None:
    async def scenario() -> None:
        async with running(folder) as (_, search):
            await current(search)
            before = answering()
            assert len(before) == 2
            for pid in before:
                os.kill(pid, signal.SIGKILL)
            failed = await asyncio.gather(*(found(search, "spijkerbroek") for _ in range(2)), return_exceptions=True)
            assert [type(one) for one in failed] == [QueryCrashed, QueryCrashed]
            assert await asyncio.gather(*(found(search, "spijkerbroek") for _ in range(8))) == [["urn:a"]] * 8
            assert not set(before) & set(answering())
        assert answering() == []

    asyncio.run(scenario())


def test_process_that_takes_too_long_is_replaced(folder: Path) -> None:
    async def scenario() -> None:
        async with running(folder, SearchOptions(search_after_s=0, search_workers=1, search_timeout_s=0.1)) as (
            _,
            search,
        ):
            await current(search)
            (pid,) = answering()
            os.kill(pid, signal.SIGSTOP)
            with pytest.raises(QueryTimeout):
                await found(search, "spijkerbroek")
            assert await found(search, "spijkerbroek") == ["urn:a"]

    asyncio.run(scenario())


def test_who_stops_waiting_takes_nothing_from_the_others(folder: Path) -> None:
    async def scenario() -> None:
        async with running(folder, SearchOptions(search_after_s=0, search_workers=1)) as (_, search):
            await current(search)
            for _ in range(5):
                with pytest.raises(TimeoutError):
                    await asyncio.wait_for(found(search, "broek"), 1e-6)
            assert await found(search, "spijkerbroek") == ["urn:a"]

    asyncio.run(scenario())


def test_more_than_can_wait_are_told_to_come_back(folder: Path) -> None:
    async def scenario() -> None:
        async with running(folder, SearchOptions(search_after_s=0, search_workers=1)) as (_, search):
            await current(search)
            asked = [found(search, "spijkerbroek") for _ in range(200)]
            answers = await asyncio.gather(*asked, return_exceptions=True)
            kinds = {type(one) for one in answers}
            assert kinds == {list, Overloaded}
            assert await found(search, "spijkerbroek") == ["urn:a"]

    asyncio.run(scenario())


def test_half_of_the_data_makes_no_index(tmp_path: Path) -> None:
    rows = b"".join(frames(b'?s\t?o\n<urn:a>\t"spijkerbroek"@nl\n'))
    label = heading({"kind": "text", "field": 0, "role": 0, "property": "urn:label"})
    for sent in (b"", label, label + rows, label + rows + END, (label + rows + END)[:-3]):
        command = [
            sys.executable,
            "-P",
            "-m",
            "vakgraaf.search",
            "make",
            str(tmp_path / "draft"),
            '{"tag": "x", "version": 1}',
            "0",
        ]
        ended = subprocess.run(command, input=sent, check=False)
        assert ended.returncode == 2
        assert not list(tmp_path.iterdir())


def test_index_of_another_form_is_not_used(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def scenario() -> None:
        async with running(folder) as (_, search):
            await current(search)
        monkeypatch.setattr("vakgraaf.search.shelf.FORMAT", "another")
        async with running(folder, SearchOptions(search_after_s=3600)) as (_, search):
            with pytest.raises(NotReady):
                _ = search.state
        assert files(folder) == []

    asyncio.run(scenario())


def test_broken_index_is_made_anew(folder: Path) -> None:
    async def scenario() -> None:
        async with running(folder) as (_, search):
            await current(search)
        (name,) = files(folder)
        (folder / "state" / "search" / name).write_bytes(b"no index" * 1000)
        async with running(folder) as (_, search):
            await current(search)
            assert await found(search, "spijkerbroek") == ["urn:a"]

    asyncio.run(scenario())


def test_search_that_is_off_says_so(folder: Path) -> None:
    async def scenario() -> None:
        async with running(folder, SearchOptions(search=False)) as (_, search):
            with pytest.raises(UnknownThing):
                await search.find(Sought("spijkerbroek"))
        assert not (folder / "state" / "search").exists()

    asyncio.run(scenario())


def test_sqlite_without_full_text_index_is_told_of_and_nothing_else_breaks(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing() -> None:
        raise MissingTool("Zonder FTS5.", "Without FTS5.")

    monkeypatch.setattr(keeper, "require_fts5", missing)

    async def scenario() -> None:
        async with running(folder) as (_, search):
            with pytest.raises(MissingTool, match="FTS5"):
                await search.find(Sought("spijkerbroek"))

    asyncio.run(scenario())
    schema.require_fts5()
