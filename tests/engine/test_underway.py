"""What is under way is listed by what it is about, and ended once."""

from __future__ import annotations

import asyncio

import pytest

from vakgraaf.engine import Answer, Change, GraphChange, GraphRemoval, Replacing, Update
from vakgraaf.engine.changes import told_of
from vakgraaf.engine.underway import Underway
from vakgraaf.errors import QueryCancelled
from vakgraaf.rdf.formats import TRIG, TURTLE


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (Update("CLEAR ALL"), "CLEAR ALL"),
        (GraphChange("urn:g", b"", TURTLE, Replacing.WHOLE), "PUT GRAPH <urn:g>"),
        (GraphChange(None, b"", TURTLE, Replacing.NOTHING), "POST DEFAULT"),
        (GraphChange(None, b"", TRIG, Replacing.NOTHING), "POST (TriG)"),
        (GraphRemoval("urn:g"), "DELETE GRAPH <urn:g>"),
        (GraphRemoval(None), "DELETE DEFAULT"),
    ],
)
def test_change_is_told_of_by_its_text_or_by_its_graph(change: Change, told: str) -> None:
    assert told_of(change) == told


def test_who_is_ended_twice_hears_it_once_and_is_listed_no_more() -> None:
    async def run() -> Underway:
        underway = Underway(quick_s=0)

        async def work() -> None:
            async with underway.listed("naam", "CLEAR ALL", update=True):
                await asyncio.sleep(60)

        working = asyncio.create_task(work())
        await asyncio.sleep(0.01)
        assert [(each.ident, each.slow, each.update) for each in underway.running()] == [("naam", True, True)]
        assert underway.cancel("naam")
        await asyncio.sleep(0)
        underway.cancel("naam")
        with pytest.raises(QueryCancelled):
            await working
        return underway

    underway = asyncio.run(run())
    assert underway.running() == []
    assert not underway.cancel("naam")


def test_answer_is_listed_until_it_is_closed() -> None:
    async def run() -> None:
        async def more() -> tuple[bytes, bool]:
            return b"", True

        async def work() -> Answer:
            return Answer(b"a part", "1", more)

        underway = Underway(quick_s=60)
        answer = await underway.begin("naam", "ASK {}").answered(work())
        assert [each.text for each in underway.running()] == ["ASK {}"]
        await answer.close()
        assert underway.running() == []

    asyncio.run(run())


def test_timeout_of_the_work_itself_is_not_taken_for_its_end() -> None:
    async def run() -> None:
        async with Underway(quick_s=60).listed("naam", "ASK {}"):
            raise TimeoutError

    with pytest.raises(TimeoutError):
        asyncio.run(run())
