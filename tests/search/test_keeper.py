"""An index is kept for the next start, and follows the data."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import pytest

from vakgraaf.errors import NotReady, UnknownThing
from vakgraaf.search.answers import Sought
from vakgraaf.search.options import SearchOptions

sys.path.insert(0, str(Path(__file__).parent))

from small_engine import SmallEngine
from small_search import AT_ONCE, BROEK, LABEL, answering, current, found, kept, running

JAS = f'GRAPH <urn:g> {{ <urn:b> {LABEL} "spijkerjas"@nl }}'
NEVER = SearchOptions(search_after_s=3600, search_workers=1)


def test_index_answers_from_the_data_and_is_kept_for_the_next_start(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with running(tmp_path) as (_, search):
            await current(search)
            assert await found(search, "spijkerbroek") == ["urn:a"]
        before = kept(tmp_path)
        assert len(before) == 1
        async with running(tmp_path, NEVER) as (engine, search):
            assert search.state.current
            assert await found(search, "spijkerbroek") == ["urn:a"]
            assert engine.asked == 0
        assert kept(tmp_path) == before

    asyncio.run(scenario())


def test_until_the_first_index_is_there_nothing_is_answered(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with running(tmp_path, NEVER) as (_, search):
            with pytest.raises(NotReady):
                await search.find(Sought("spijkerbroek"))
            # Who asks does not wait for the hour to be over.
            await current(search)
            assert await found(search, "spijkerbroek") == ["urn:a"]

    asyncio.run(scenario())


def test_write_is_found_and_till_then_the_old_index_says_that_it_is_old(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with running(tmp_path) as (engine, search):
            await current(search)
            before = search.state
            engine.write(JAS)
            old = search.state
            assert (old.current, old.version) == (False, before.version)
            assert await found(search, "spijkerbroek") == ["urn:a"]
            await current(search)
            assert await found(search, "spijkerjas") == ["urn:b"]
            assert search.state.name != old.name
            assert search.state.version == before.version + 1

    asyncio.run(scenario())
    assert len(kept(tmp_path)) == 1


def test_index_of_before_serves_a_server_that_starts_with_other_data(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with running(tmp_path) as (_, search):
            await current(search)
        other = SmallEngine(JAS)
        other.version = 7
        async with running(tmp_path, NEVER, other) as (_, search):
            assert not search.state.current
            assert await found(search, "spijkerbroek") == ["urn:a"]

    asyncio.run(scenario())


def test_data_that_change_while_they_are_asked_for_are_asked_for_again(tmp_path: Path) -> None:
    async def scenario() -> None:
        engine = SmallEngine(BROEK)
        engine.changing = [JAS]
        async with running(tmp_path, AT_ONCE, engine) as (_, search):
            await current(search)
            assert search.state.version == 2
            assert await found(search, "spijkerjas") == ["urn:b"]

    asyncio.run(scenario())


def test_engine_that_does_not_tell_of_changes_is_asked_again_after_a_while(tmp_path: Path) -> None:
    async def scenario() -> None:
        engine = SmallEngine(BROEK, tells=False)
        options = SearchOptions(search_after_s=0, search_workers=1, search_refresh_s=0.01)
        async with running(None, options, engine) as (_, search):
            await current(search)
            engine._load(JAS)  # behind the back of everybody
            await current(search, search.state.name)
            await current(search, search.state.name)
            assert await found(search, "spijkerjas") == ["urn:b"]

    asyncio.run(scenario())


def test_unnamed_graph_and_named_ones_are_searched_where_they_are_apart(tmp_path: Path) -> None:
    async def scenario() -> None:
        engine = SmallEngine(f'{BROEK} <urn:b> {LABEL} "spijkerjas"@nl .', union=False)
        async with running(tmp_path, AT_ONCE, engine) as (_, search):
            await current(search)
            assert await found(search, "spijkerbroek") == ["urn:a"]
            assert await found(search, "spijkerjas") == ["urn:b"]

    asyncio.run(scenario())


def test_index_of_another_form_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def scenario() -> None:
        async with running(tmp_path) as (_, search):
            await current(search)
        monkeypatch.setattr("vakgraaf.search.shelf.FORMAT", "another")
        async with running(tmp_path, NEVER) as (_, search):
            with pytest.raises(NotReady):
                _ = search.state
        assert kept(tmp_path) == {}

    asyncio.run(scenario())


def test_search_that_is_off_says_so_and_costs_nothing(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with running(tmp_path / "search", SearchOptions(search=False)) as (engine, search):
            with pytest.raises(UnknownThing):
                await search.find(Sought("spijkerbroek"))
            assert engine.asked == 0
            assert answering() == []
        assert not (tmp_path / "search").exists()

    asyncio.run(scenario())
