"""An engine that is away, a process that dies, too many who ask: of none of that is half an index left."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from vakgraaf.errors import MissingTool, NotReady, Overloaded, QueryCrashed, QueryTimeout, RemoteFailure
from vakgraaf.search import keeper, schema
from vakgraaf.search.answers import Sought
from vakgraaf.search.frames import END, frames, heading
from vakgraaf.search.options import SearchOptions
from vakgraaf.search.shelf import Shelf

sys.path.insert(0, str(Path(__file__).parent))

from small_engine import SmallEngine
from small_search import AT_ONCE, BROEK, answering, current, found, kept, running


def test_answer_that_is_too_long_for_the_engine_is_asked_for_in_parts(tmp_path: Path) -> None:
    async def scenario() -> None:
        engine = SmallEngine(BROEK)
        engine.failing = [QueryTimeout("Te lang.", "Too long.")]
        async with running(tmp_path, AT_ONCE, engine) as (_, search):
            await current(search)
            assert await found(search, "spijkerbroek") == ["urn:a"]

    asyncio.run(scenario())


def test_engine_that_is_away_is_asked_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeper, "_AGAIN_S", 0.01)

    async def scenario() -> None:
        engine = SmallEngine(BROEK)
        engine.failing = [RemoteFailure("Weg.", "Gone.")] * 3
        async with running(tmp_path, AT_ONCE, engine) as (_, search):
            await current(search)
            assert await found(search, "spijkerbroek") == ["urn:a"]

    asyncio.run(scenario())


def test_why_no_index_can_be_made_is_told_to_who_asks_and_once_to_the_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(keeper, "_AGAIN_S", 0.01)
    draft = Shelf.draft
    tried: list[Path] = []

    def nowhere(shelf: Shelf) -> Path:
        tried.append(draft(shelf))
        return tried[-1] if len(tried) > 3 else tmp_path / "weg" / "draft"

    monkeypatch.setattr(Shelf, "draft", nowhere)

    async def scenario() -> None:
        async with running(tmp_path) as (_, search):
            while len(tried) < 3:
                await asyncio.sleep(0.01)
            with pytest.raises(NotReady, match="unable to open database file"):
                await search.suggest("a", 1)
            await current(search)

    asyncio.run(scenario())
    assert [record.levelname for record in caplog.records if "database" in record.message] == ["WARNING"]


def test_process_that_is_killed_leaves_no_index_and_the_next_start_no_trace_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeper, "_AGAIN_S", 0.01)
    killed: list[int] = []
    start = subprocess.Popen

    def start_and_kill(*arguments: object, **options: object) -> subprocess.Popen[bytes]:
        process = start(*arguments, **options)  # type: ignore[call-overload]  # whatever it is given
        if "make" in arguments[0] and len(killed) < 2:  # type: ignore[operator]  # a list
            killed.append(process.pid)
            os.kill(process.pid, signal.SIGKILL)
        return process  # type: ignore[no-any-return]  # of bytes, as it is asked for

    async def scenario() -> None:
        (tmp_path / "draft-0").write_bytes(b"half")
        (tmp_path / "draft-0.rows").write_bytes(b"half")
        monkeypatch.setattr("vakgraaf.search.elsewhere.subprocess.Popen", start_and_kill)
        async with running(tmp_path) as (_, search):
            await current(search)
            assert await found(search, "spijkerbroek") == ["urn:a"]
        assert len(killed) == 2
        (name,) = kept(tmp_path)
        assert name.endswith(".index")

    asyncio.run(scenario())


def test_process_that_dies_fails_what_it_was_asked_and_nothing_else(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with running(tmp_path, SearchOptions(search_after_s=0, search_workers=2)) as (_, search):
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


def test_process_that_takes_too_long_is_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vakgraaf.search.workers._GRACE_S", 0)

    async def scenario() -> None:
        options = SearchOptions(search_after_s=0, search_workers=1, search_timeout_s=1)
        async with running(tmp_path, options) as (_, search):
            await current(search)
            (pid,) = answering()
            os.kill(pid, signal.SIGSTOP)
            with pytest.raises(QueryTimeout):
                await found(search, "spijkerbroek")
            # On a busy machine the next one may not be there within the second.
            async with asyncio.timeout(60):
                while pid in answering() or not answering():
                    with suppress(QueryTimeout):
                        await found(search, "spijkerbroek")
                while True:
                    with suppress(QueryTimeout):
                        assert await found(search, "spijkerbroek") == ["urn:a"]
                        break

    asyncio.run(scenario())


def test_who_stops_waiting_takes_nothing_from_the_others(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with running(tmp_path) as (_, search):
            await current(search)
            for _ in range(5):
                with pytest.raises(TimeoutError):
                    await asyncio.wait_for(found(search, "broek"), 1e-6)
            assert await found(search, "spijkerbroek") == ["urn:a"]

    asyncio.run(scenario())


def test_more_than_can_wait_are_told_to_come_back(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with running(tmp_path) as (_, search):
            await current(search)
            asked = [found(search, "spijkerbroek") for _ in range(200)]
            answers = await asyncio.gather(*asked, return_exceptions=True)
            assert {type(one) for one in answers} == {list, Overloaded}
            assert await found(search, "spijkerbroek") == ["urn:a"]

    asyncio.run(scenario())


def test_half_of_the_data_makes_no_index(tmp_path: Path) -> None:
    rows = b"".join(frames(b'?s\t?o\n<urn:a>\t"spijkerbroek"@nl\n'))
    label = heading({"kind": "text", "field": 0, "role": 0, "property": "urn:label"})
    command = [
        sys.executable,
        "-P",
        "-m",
        "vakgraaf.search",
        "make",
        str(tmp_path / "new"),
        '{"tag": "x", "version": 1}',
        "0",
    ]
    for sent in (b"", label, label + rows, label + rows + END, (label + rows + END)[:-3]):
        assert subprocess.run(command, input=sent, check=False).returncode == 2
        assert kept(tmp_path) == {}
    assert subprocess.run(command, input=label + rows + END + END, check=False).returncode == 0
    assert list(kept(tmp_path)) == ["new"]


def test_broken_index_is_made_anew(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with running(tmp_path) as (_, search):
            await current(search)
        (name,) = kept(tmp_path)
        (tmp_path / name).write_bytes(b"no index" * 1000)
        async with running(tmp_path) as (_, search):
            await current(search)
            assert await found(search, "spijkerbroek") == ["urn:a"]

    asyncio.run(scenario())


def test_sqlite_without_full_text_index_is_told_of_and_nothing_else_breaks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing() -> None:
        raise MissingTool("Zonder FTS5.", "Without FTS5.")

    monkeypatch.setattr(keeper, "require_fts5", missing)

    async def scenario() -> None:
        async with running(tmp_path) as (_, search):
            with pytest.raises(MissingTool, match="FTS5"):
                await search.find(Sought("spijkerbroek"))

    asyncio.run(scenario())
    schema.require_fts5()
