"""A change on its way to what counts: until then it can be ended, and it leaves nothing behind."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from pathlib import Path
from typing import cast

import pytest

from vakgraaf.engine import EmbeddedEngine, EmbeddedSettings, Engine, StateDirectory, Update
from vakgraaf.errors import QueryCancelled
from vakgraaf.pipeline.publish import publish
from vakgraaf.pipeline.referee import Referee
from vakgraaf.pipeline.remarks import Remark

ADDS = Update("INSERT DATA { GRAPH <urn:g> { <urn:a> a <http://xmlns.com/foaf/0.1/Person> } }")


class _Judge:
    """A referee that does something else meanwhile."""

    def __init__(self, meanwhile: Callable[[Engine], Awaitable[None]]) -> None:
        self._meanwhile = meanwhile

    async def judge(self, content: bytes, engine: Engine, replaced: Iterable[str]) -> list[Remark]:
        await self._meanwhile(engine)
        return []


def _published(tmp_path: Path, meanwhile: Callable[[Engine], Awaitable[None]]) -> tuple[int, int]:
    """The data version before and after a change that is cancelled, and that the next one has its turn."""

    async def run() -> tuple[int, int]:
        engine = await EmbeddedEngine.start(EmbeddedSettings(StateDirectory(tmp_path / "state"), describes=False))
        try:
            before = engine.info.version
            with pytest.raises(QueryCancelled, match="niets veranderd"):
                await publish(engine, ADDS, cast(Referee, _Judge(meanwhile)), "naam")
            after = engine.info.version
            assert engine.running() == []
            assert (await publish(engine, ADDS, None)).info.version == before + 1
            return before, after
        finally:
            await engine.close()

    return asyncio.run(run())


def test_change_that_is_cancelled_while_it_is_judged_never_counts(tmp_path: Path) -> None:
    async def meanwhile(engine: Engine) -> None:
        (found,) = engine.running()
        assert (found.ident, found.text, found.update) == ("naam", ADDS.text, True)
        asyncio.get_running_loop().call_later(0.05, engine.cancel, "naam")
        await asyncio.sleep(60)

    before, after = _published(tmp_path, meanwhile)
    assert before == after


def test_change_that_is_cancelled_in_the_moment_in_which_it_is_judged_never_counts(tmp_path: Path) -> None:
    async def meanwhile(engine: Engine) -> None:
        assert engine.cancel("naam")

    before, after = _published(tmp_path, meanwhile)
    assert before == after


def test_change_that_is_being_made_to_count_is_not_ended_any_more(tmp_path: Path) -> None:
    async def run() -> None:
        engine = await EmbeddedEngine.start(EmbeddedSettings(StateDirectory(tmp_path / "state"), describes=False))
        try:
            before = engine.info.version
            async with engine.working_out(ADDS, "naam"):
                proposal = await engine.propose(ADDS)
            committing = asyncio.create_task(proposal.commit())
            await asyncio.sleep(0)
            assert not engine.cancel("naam")
            assert engine.running() == []
            assert (await committing).version == before + 1
        finally:
            await engine.close()

    asyncio.run(run())
