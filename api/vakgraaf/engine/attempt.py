"""One query from when it is asked to the first chunk of its answer: it waits for a place, for a worker, for a turn.

It goes from one to the next where something happens (a place is given back, a chunk comes in) and not in a task of its
own: for a small query those rounds of the loop took as long as the query.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from functools import partial
from typing import Protocol

from vakgraaf.engine.endings import cancelled, overloaded
from vakgraaf.engine.evaluation import Job
from vakgraaf.engine.interface import Answer, Begun, Listener
from vakgraaf.engine.lanes import Waiter
from vakgraaf.engine.nursery import Worker
from vakgraaf.engine.running import Bounds, Postponed, RunningJob
from vakgraaf.errors import VakgraafError


class Places(Protocol):
    """Whoever has the places and the workers."""

    def admit(self, waiter: Waiter, lane: int, deadline: float) -> bool:
        """Let it wait for a place in a lane; False where too many do."""

    def leave(self, lane: int) -> None:
        """It needs its place no more."""

    def forget(self, waiter: Waiter, lane: int) -> None:
        """It waits no longer."""

    def idle_worker(self) -> Worker | None:
        """A worker that can begin at once."""

    async def fork(self) -> Worker:
        """A new one. Raises `VakgraafError`."""

    def begin(self, worker: Worker, job: Job, ident: str | None, lane: int, bounds: Bounds) -> RunningJob:
        """The job in the hands of a worker."""


class Attempt:
    """`told` is called once, with the answer or with why there is none; perhaps before `enter` returns."""

    def __init__(self, places: Places, job: Job, ident: str | None, bounds: Bounds, told: Listener) -> None:
        self._places, self._job, self._ident, self._bounds = places, job, ident, bounds
        self._told: Listener | None = told
        self._lane = 0
        self._waiting = False
        self._forking: asyncio.Task[Worker] | None = None
        self._running: RunningJob | None = None

    def enter(self, lane: int) -> None:
        """Begin, as soon as there is a place in that lane."""
        self._lane, self._running, self._waiting = lane, None, True
        if not self._places.admit(self, lane, self._bounds.deadline):
            self.turned_away()

    def entered(self) -> None:
        """Called where it has a place."""
        self._waiting = False
        worker = self._places.idle_worker()
        if worker is not None:
            self._begin(worker)
        else:
            self._forking = asyncio.create_task(self._places.fork())
            self._forking.add_done_callback(partial(self._forked, time.monotonic()))

    def turned_away(self) -> None:
        """Called where it gets no place."""
        self._waiting = False
        self._tell(overloaded())

    def end(self, reason: VakgraafError) -> None:
        """Stop, wherever it is; an answer that has begun breaks off. After the last chunk it does nothing."""
        if self._running is not None:
            self._running.end(reason)
        elif self._forking is not None:
            self._forking.cancel()
            self._tell(reason)
        elif self._waiting:
            self._waiting = False
            self._places.forget(self, self._lane)
            self._tell(reason)

    def _forked(self, began: float, forking: asyncio.Task[Worker]) -> None:
        self._forking = None
        self._bounds = self._bounds.put_off(time.monotonic() - began)
        error = asyncio.CancelledError() if forking.cancelled() else forking.exception()
        if error is None and self._told is not None:
            self._begin(forking.result())
            return
        self._places.leave(self._lane)
        if error is None:
            forking.result().kill()  # it came just too late
        elif isinstance(error, Exception):  # not where it was cancelled: then that was told
            self._tell(error)

    def _begin(self, worker: Worker) -> None:
        self._running = self._places.begin(worker, self._job, self._ident, self._lane, self._bounds)
        self._running.begin(self._hear)

    def _hear(self, said: tuple[bytes, bool] | Exception) -> None:
        running = self._running
        assert running is not None, "what was begun is heard of"
        if isinstance(said, Postponed):
            self._bounds = running.bounds
            self.enter(running.lane + 1)
        elif isinstance(said, Exception):
            running.release()
            self._tell(said)
        elif said[1]:
            running.release()
            self._tell(Answer(said[0], running.worker.tag))
        else:
            self._tell(Answer(said[0], running.worker.tag, running.more, running.close, running.check))

    def _tell(self, said: Answer | Exception) -> None:
        told, self._told = self._told, None
        if told is not None:
            told(said)


async def heard(ask: Callable[[Listener], Begun]) -> Answer:
    """What comes of what `ask` begins, which ends where this is cancelled. Raises what is told."""
    found: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
    begun = ask(_settle(found))
    try:
        return await found
    except asyncio.CancelledError:
        begun.end(cancelled())
        raise


def _settle(found: asyncio.Future[Answer]) -> Listener:
    """What fills a future with what is told."""

    def told(said: Answer | Exception) -> None:
        if found.done():
            return  # nobody waits for it, and who waited has ended it
        if isinstance(said, Exception):
            found.set_exception(said)
        else:
            found.set_result(said)

    return told
