"""A job that is ended while what it said lies unread: a web process with its hands full reads late."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace

import pytest

from vakgraaf.engine.evaluation import Job
from vakgraaf.engine.frames import Frame, Kind
from vakgraaf.engine.running import Bounds, Postponed, RunningJob


def _job_that_said(*frames: Frame) -> RunningJob:
    said = list(frames)

    async def receive() -> Frame:
        if not said:
            raise EOFError
        return said.pop(0)

    worker = SimpleNamespace(link=SimpleNamespace(send=lambda *_: None, receive=receive), kill=lambda: None)
    keeper = SimpleNamespace(take_back=lambda _: None, turn_over=lambda _: None)
    job = Job(media_type="text/csv", text="ASK {}")
    return RunningJob(keeper, worker, job, "", 0, Bounds.from_now(60, 1000))  # type: ignore[arg-type]  # what it asks of them


def test_query_whose_turn_is_over_with_its_first_words_unread_begins_anew() -> None:
    running = _job_that_said(Frame(Kind.DATA, b"half an ans"))
    running.end(Postponed())
    with pytest.raises(Postponed):
        asyncio.run(running.begin())


def test_answer_that_lies_there_whole_counts_all_the_same() -> None:
    running = _job_that_said(Frame(Kind.LAST, b"an answer"))
    running.end(Postponed())
    assert asyncio.run(running.begin()) == (b"an answer", True)
