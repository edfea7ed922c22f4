"""A query on its way to its answer: whoever asked hears once what came of it, wherever it is ended."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import pytest

from vakgraaf.engine import Answer
from vakgraaf.engine.attempt import Attempt
from vakgraaf.engine.endings import cancelled, too_late
from vakgraaf.engine.evaluation import Job
from vakgraaf.engine.lanes import Waiter
from vakgraaf.engine.running import Bounds, Postponed
from vakgraaf.errors import Overloaded, QueryCancelled, QueryCrashed, QueryTimeout, VakgraafError

Said = tuple[bytes, bool] | Exception


@dataclass
class _Places:
    """One place in each lane and one worker; notes what is done."""

    full: bool = False
    workers: int = 1
    forks: list[asyncio.Future[Any]] = field(default_factory=list)
    done: list[str] = field(default_factory=list)
    waiting: list[Waiter] = field(default_factory=list)
    told: Callable[[Said], None] | None = None
    ended: list[VakgraafError] = field(default_factory=list)

    def admit(self, waiter: Waiter, lane: int, deadline: float) -> bool:
        self.done.append(f"into lane {lane}")
        if self.full:
            return False
        self.waiting.append(waiter)
        return True

    def leave(self, lane: int) -> None:
        self.done.append(f"out of lane {lane}")

    def forget(self, waiter: Waiter, lane: int) -> None:
        self.done.append(f"forgotten in lane {lane}")

    def idle_worker(self) -> Any:
        if not self.workers:
            return None
        self.workers -= 1
        return "worker"

    async def fork(self) -> Any:
        self.forks.append(asyncio.get_running_loop().create_future())
        return await self.forks[-1]

    def begin(self, worker: Any, job: Job, ident: str, lane: int, bounds: Bounds) -> Any:
        def begin(told: Callable[[Said], None]) -> None:
            self.done.append(f"begun in lane {lane}")
            self.told = told

        def release() -> None:
            self.done.append("given back")

        more = close = check = None
        tag = SimpleNamespace(tag="1")
        return SimpleNamespace(
            begin=begin,
            release=release,
            lane=lane,
            bounds=bounds,
            worker=tag,
            end=self.ended.append,
            more=more,
            close=close,
            check=check,
        )


def _asked(places: _Places) -> tuple[Attempt, list[Answer | Exception]]:
    heard: list[Answer | Exception] = []
    job = Job(media_type="text/csv", text="ASK {}")
    attempt = Attempt(places, job, "", Bounds.from_now(60, 1000), heard.append)
    attempt.enter(0)
    return attempt, heard


def test_answer_goes_to_who_asked_and_the_worker_back_before_that() -> None:
    places = _Places()
    _, heard = _asked(places)
    places.waiting[0].entered()
    assert places.told is not None
    places.told((b"ja", True))
    (answer,) = heard
    assert isinstance(answer, Answer)
    assert (answer.first, answer.complete) == (b"ja", True)
    assert places.done == ["into lane 0", "begun in lane 0", "given back"]


def test_query_whose_turn_is_over_begins_anew_among_slower_ones() -> None:
    places = _Places(workers=2)
    _, heard = _asked(places)
    places.waiting[0].entered()
    assert places.told is not None
    places.told(Postponed())
    places.waiting[1].entered()
    places.told(too_late(1))
    assert [type(said) for said in heard] == [QueryTimeout]
    assert places.done == ["into lane 0", "begun in lane 0", "into lane 1", "begun in lane 1", "given back"]


def test_who_finds_no_place_is_turned_away_at_once() -> None:
    _, heard = _asked(_Places(full=True))
    assert [type(said) for said in heard] == [Overloaded]


def test_who_waited_for_too_long_is_turned_away() -> None:
    places = _Places()
    _, heard = _asked(places)
    places.waiting[0].turned_away()
    assert [type(said) for said in heard] == [Overloaded]


def test_query_that_is_ended_while_it_waits_leaves_the_queue() -> None:
    places = _Places()
    attempt, heard = _asked(places)
    attempt.end(cancelled())
    attempt.end(cancelled())
    assert [type(said) for said in heard] == [QueryCancelled]
    assert places.done == ["into lane 0", "forgotten in lane 0"]


def test_query_that_is_ended_while_it_runs_is_told_of_by_its_job() -> None:
    places = _Places()
    attempt, heard = _asked(places)
    places.waiting[0].entered()
    attempt.end(cancelled())
    assert [type(why) for why in places.ended] == [QueryCancelled]
    assert heard == []


def _while_a_worker_is_made(act: Callable[[_Places, Attempt], Coroutine[Any, Any, None]]) -> tuple[_Places, list[Any]]:
    async def run() -> tuple[_Places, list[Any]]:
        places = _Places(workers=0)
        attempt, heard = _asked(places)
        places.waiting[0].entered()
        await asyncio.sleep(0)
        await act(places, attempt)
        for _ in range(4):
            await asyncio.sleep(0)
        return places, heard

    return asyncio.run(run())


def test_query_begins_when_its_worker_is_there() -> None:
    async def come(places: _Places, _: Attempt) -> None:
        places.forks[0].set_result("worker")

    places, heard = _while_a_worker_is_made(come)
    assert (places.done, heard) == (["into lane 0", "begun in lane 0"], [])


def test_where_no_worker_can_be_made_the_place_is_free_again() -> None:
    async def fail(places: _Places, _: Attempt) -> None:
        places.forks[0].set_exception(QueryCrashed("weg", "gone"))

    places, heard = _while_a_worker_is_made(fail)
    assert (places.done, [type(said) for said in heard]) == (["into lane 0", "out of lane 0"], [QueryCrashed])


@pytest.mark.parametrize("too_late", [False, True])
def test_query_that_is_ended_while_its_worker_is_made_takes_none(*, too_late: bool) -> None:
    killed: list[str] = []

    async def end(places: _Places, attempt: Attempt) -> None:
        if too_late:
            places.forks[0].set_result(SimpleNamespace(kill=lambda: killed.append("killed")))
            await asyncio.sleep(0)  # the task is done, and nobody has looked yet
        attempt.end(cancelled())

    places, heard = _while_a_worker_is_made(end)
    assert (places.done, [type(said) for said in heard]) == (["into lane 0", "out of lane 0"], [QueryCancelled])
    assert killed == (["killed"] if too_late else [])
