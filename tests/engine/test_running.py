"""One job in the hands of a worker: what it says is heard once, and the end of it too."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from types import SimpleNamespace

import pytest

from vakgraaf.engine.endings import too_many_slow
from vakgraaf.engine.evaluation import Job
from vakgraaf.engine.frames import Frame, Kind
from vakgraaf.engine.running import Bounds, Postponed, RunningJob
from vakgraaf.errors import Overloaded

Said = tuple[bytes, bool] | Exception


class _Link:
    """The end of a worker that says these frames and is then gone."""

    def __init__(self, *frames: Frame) -> None:
        self._frames = list(frames)
        self._heard: Callable[[Frame | None], None] = lambda _: None

    def send(self, kind: Kind, payload: bytes) -> None:
        """Nobody reads it."""

    def listen(self, heard: Callable[[Frame | None], None]) -> None:
        self._heard = heard

    def say(self) -> None:
        self._heard(self._frames.pop(0) if self._frames else None)

    async def receive(self) -> Frame:
        if not self._frames:
            raise EOFError
        return self._frames.pop(0)


def _job_of(link: _Link) -> tuple[RunningJob, list[str]]:
    done: list[str] = []
    worker = SimpleNamespace(link=link, kill=lambda: done.append("killed"))
    keeper = SimpleNamespace(take_back=lambda _: done.append("given back"), turn_over=lambda _: None)
    job = Job(media_type="text/csv", text="ASK {}")
    return RunningJob(keeper, worker, job, "", 0, Bounds.from_now(60, 1000)), done  # type: ignore[arg-type]  # what it asks of them


def test_first_chunk_is_heard_as_soon_as_it_is_there() -> None:
    link, heard = _Link(Frame(Kind.LAST, b"an answer")), list[Said]()
    running, _ = _job_of(link)
    running.begin(heard.append)
    assert heard == []
    link.say()
    assert heard == [(b"an answer", True)]


def test_query_whose_turn_is_over_before_its_first_words_is_to_begin_anew() -> None:
    link, heard = _Link(), list[Said]()
    running, done = _job_of(link)
    running.begin(heard.append)
    running.end(Postponed())
    link.say()
    assert [type(said) for said in heard] == [Postponed]
    assert done == ["killed", "given back"]


def test_query_that_is_ended_while_its_first_words_lie_unread_says_why() -> None:
    link, heard = _Link(Frame(Kind.DATA, b"half an ans")), list[Said]()
    running, _ = _job_of(link)
    running.begin(heard.append)
    link.say()
    running.end(too_many_slow())
    with pytest.raises(Overloaded):
        running.check()
    with pytest.raises(Overloaded):
        asyncio.run(running.more())


def test_worker_that_was_given_back_is_not_ended() -> None:
    link, heard = _Link(Frame(Kind.LAST, b"an answer")), list[Said]()
    running, done = _job_of(link)
    running.begin(heard.append)
    link.say()
    running.release()
    running.end(Postponed())
    running.check()
    assert done == ["given back"]
