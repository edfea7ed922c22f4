"""The reader pool: who may ask now, which worker answers, and what happens when it takes too long or falls over.

A query begins in the lane for instant ones. When it takes longer it goes on in the next lane, at a lower priority, so
that quick ones win the processor. Where the next lane is full it makes room for who waits behind it: it is ended and
begins anew when its turn comes. A query that was slow before begins in the lane where it ended.
"""

from __future__ import annotations

import asyncio
import math
import time
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from vakgraaf.engine.attempt import Attempt, heard
from vakgraaf.engine.endings import cancelled, too_many_slow
from vakgraaf.engine.evaluation import Job
from vakgraaf.engine.interface import AS_USUAL, Answer, Listener, Options
from vakgraaf.engine.lanes import Lane, SlowOnes, Waiter
from vakgraaf.engine.nursery import Nursery, NurserySettings, Worker
from vakgraaf.engine.observed import Load, Running
from vakgraaf.engine.running import Bounds, Postponed, RunningJob
from vakgraaf.errors import QueryCrashed, VakgraafError

_LOOK_AGAIN_S = 0.05


@dataclass(frozen=True, slots=True)
class PoolLimits:
    """How many queries run at once, how many wait and how long, and how long one may take; all times in seconds.

    `workers` places are for queries that have run up to a tenth of `quick_s`, as many for those up to `quick_s`, and
    `slow_workers` for slower ones. `result_bytes` is how long an answer may be.
    """

    workers: int = 2
    slow_workers: int = 6
    quick_s: float = 1.0
    queue_length: int = 256
    queue_timeout_s: float = 10.0
    query_timeout_s: float = 30.0
    result_bytes: int = 1024**3

    @property
    def places(self) -> int:
        """How many queries can run at the same time, each in a process of its own."""
        return 2 * self.workers + self.slow_workers

    def with_slow_workers(self, most: int) -> PoolLimits:
        """The same with at most so many places for slow queries."""
        return replace(self, slow_workers=min(self.slow_workers, most))


class Pool:
    """Killable workers on one snapshot, forked when they are needed."""

    def __init__(self, limits: PoolLimits, settings: NurserySettings, nursery: Nursery) -> None:
        self._limits = limits
        self._settings = settings
        self._nursery = nursery
        self._lanes = _lanes(limits)
        self._last = len(self._lanes) - 1
        self._slow = SlowOnes()
        self._restart = asyncio.Lock()
        self._advancing = False
        self._idle: list[Worker] = []
        self._running: dict[RunningJob, None] = {}  # in the order in which they began
        self._revival: asyncio.Task[None] | None = None
        self._reserve: asyncio.Task[None] | None = None
        self._retiring: list[asyncio.Task[None]] = []

    @classmethod
    async def start(cls, limits: PoolLimits, settings: NurserySettings) -> Pool:
        """Load the snapshot and have one worker ready. Raises `VakgraafError` where it cannot be loaded."""
        pool = cls(limits, settings, await Nursery.start(settings))
        try:
            pool._idle.append(await pool._nursery.fork())
        except BaseException:
            pool.close()
            raise
        return pool

    async def switch(self, settings: NurserySettings, fresh: Nursery | None = None) -> None:
        """Answer from another snapshot from now on; what runs on the old one may finish.

        `fresh` is a nursery with these settings that was started already. Raises what `Nursery.start` raises.
        """
        async with self._restart:
            fresh = fresh or await Nursery.start(settings)
            self._settings, old, self._nursery = settings, self._nursery, fresh
        for worker in self._idle:
            worker.kill()
        self._idle.clear()
        self._retiring = [task for task in self._retiring if not task.done()]
        self._retiring.append(asyncio.create_task(self._retire(old)))

    async def advance(self, settings: NurserySettings, delta: Path | None) -> None:
        """Answer from the next version, which differs by `delta`, from now on; what runs on the old one may finish.

        No query begins on it before this ends, as kept answers of before are given until then. Raises `VakgraafError`
        where the zygote cannot follow; then `switch` can.
        """
        async with self._restart:
            self._advancing = True
            try:
                await self._nursery.advance(settings, delta)
                self._settings = settings
                fresh = await self._nursery.fork()
            finally:
                self._advancing = False
        idle, self._idle = self._idle, [fresh]
        for worker in idle:
            worker.kill()

    async def run(self, job: Job, options: Options = AS_USUAL) -> Answer:
        """The answer to `job`, its first chunk there.

        Raises SyntaxProblem, QueryTimeout, QueryCrashed, QueryCancelled, ResultTooLarge, or Overloaded where no
        worker came free in time.
        """
        return await heard(partial(self.ask, job, options))

    def bounds(self, options: Options) -> Bounds:
        """How far a query with these options may go that begins now."""
        return Bounds.of(options, self._limits.query_timeout_s, self._limits.result_bytes)

    def ask(self, job: Job, options: Options, told: Listener, bounds: Bounds | None = None) -> Attempt:
        """As `run`; `told` hears what comes of it. With `bounds` it began before, and is listed elsewhere."""
        ident = options.ident if bounds is None else None
        attempt = Attempt(self, job, ident, bounds or self.bounds(options), told)
        attempt.enter(0 if job.explain else min(self._slow.lane_of(job.text), self._last))
        return attempt

    @property
    def alive(self) -> bool:
        """Whether the process that holds the data is there. Where it has gone it is started again, behind this."""
        if self._nursery.running:
            return True
        if self._revival is None or self._revival.done():
            self._revival = asyncio.create_task(self._revive_quietly(self._nursery))
        return False

    @property
    def load(self) -> Load:
        """How busy it is."""
        waiting = sum(lane.waiting for lane in self._lanes)
        return Load(waiting, len(self._running), len(self._idle), self._limits.places)

    def was_slow(self, text: str) -> bool:
        """Whether a query did not end as an instant one when it was last asked."""
        return self._slow.lane_of(text) > 0

    def running(self) -> list[Running]:
        """The queries that run now, the oldest first."""
        return [running.seen(running.ident) for running in self._running if running.ident is not None]

    def cancel(self, ident: str) -> bool:
        """End every query of that name, which a client may have chosen; False where there is none."""
        found = [running for running in self._running if running.ident == ident]
        for running in found:
            running.end(cancelled())
        return bool(found)

    def turn_over(self, running: RunningJob) -> None:
        """Let a query go on in the next lane; where that is full it waits, unless nobody needs its place."""
        here, after = self._lanes[running.lane], self._lanes[min(running.lane + 1, self._last)]
        overflow = running.has_output and not after.overflowing
        if here is not after and (not after.full or (here.waiting and overflow)):
            after.take()
            here.leave()
            running.lane += 1
            running.worker.lower_priority(after.niceness)
            running.turn_until(after.until_s)
        elif not here.waiting or here is after:
            running.look_again(_LOOK_AGAIN_S)
        else:
            running.end(too_many_slow() if running.has_output else Postponed())

    def take_back(self, running: RunningJob) -> None:
        """A worker returns; one that is dead, not fit, of low priority or of an earlier version is not used again.

        One that is used again has its own copies of the pages that a query touches; a new one has to make them.
        """
        del self._running[running]
        worker = running.worker
        as_born = worker.fresh and worker.nursery is self._nursery and not self._lanes[running.lane].niceness
        if running.fit and worker.alive and as_born and len(self._idle) < 2 * self._limits.workers:
            self._idle.append(worker)
        else:
            worker.kill()
        if not running.job.explain:
            self._slow.learn(running.job.text, self._lane_after(running.seconds))
        self._lanes[running.lane].leave()

    async def settle(self) -> None:
        """Let what is done behind the queries end; to be called before `close` where there is a loop to wait on."""
        tasks = [task for task in (self._revival, self._reserve, *self._retiring) if task is not None]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def close(self) -> None:
        """End all processes at once."""
        for worker in (*self._idle, *(running.worker for running in self._running)):
            worker.kill()
        self._idle.clear()
        self._nursery.close()

    def admit(self, waiter: Waiter, lane: int, deadline: float) -> bool:
        """Let it wait for a place in a lane; False where too many do."""
        if not self._lanes[lane].enter(waiter):
            if sum(one.waiting for one in self._lanes) >= self._limits.queue_length:
                return False
            self._lanes[lane].queue(waiter, min(self._limits.queue_timeout_s, deadline - time.monotonic()))
        return True

    def leave(self, lane: int) -> None:
        """Somebody needs a place no more."""
        self._lanes[lane].leave()

    def forget(self, waiter: Waiter, lane: int) -> None:
        """It waits no longer."""
        self._lanes[lane].forget(waiter)

    def begin(self, worker: Worker, job: Job, ident: str | None, lane: int, bounds: Bounds) -> RunningJob:
        """The job in the hands of a worker, in a lane in which it has a place."""
        if not self._idle:
            self._keep_reserve()
        place = self._lanes[lane]
        worker.lower_priority(place.niceness)
        running = RunningJob(self, worker, job, ident, lane, bounds)
        running.turn_until(place.until_s)
        self._running[running] = None
        return running

    async def _retire(self, old: Nursery) -> None:
        """End a zygote when the last query on its forks has ended."""
        with closing(old):
            while any(running.worker.nursery is old for running in self._running):
                await asyncio.sleep(_LOOK_AGAIN_S)

    def _lane_after(self, seconds: float) -> int:
        for number, lane in enumerate(self._lanes):
            if seconds < lane.until_s:
                return number
        return self._last

    def idle_worker(self) -> Worker | None:
        """A worker that waits and is still there; those that died while idle are let go."""
        while self._idle:
            worker = self._idle.pop()
            if not worker.link.gone:
                return worker
            worker.kill()
        return None

    def _keep_reserve(self) -> None:
        """Have some workers forked behind this: with much data that takes longer than a small query."""
        if self._reserve is None or self._reserve.done():
            self._reserve = asyncio.create_task(self._fill_reserve())

    async def _fill_reserve(self) -> None:
        with suppress(VakgraafError):
            while len(self._idle) < self._limits.workers and not self._advancing:
                worker = await self._nursery.fork()
                if not worker.fresh or worker.nursery is not self._nursery or self._advancing:
                    worker.kill()
                    return
                self._idle.append(worker)

    async def fork(self) -> Worker:
        """A new worker; where the zygote has gone (killed, out of memory) it is started again, once for all."""
        while self._advancing:  # it would be of the next version
            await asyncio.sleep(_LOOK_AGAIN_S / 10)
        nursery = self._nursery
        with suppress(QueryCrashed):
            return await nursery.fork()
        await self._revive(nursery)
        return await self._nursery.fork()

    async def _revive(self, gone: Nursery) -> None:
        async with self._restart:
            if self._nursery is gone:
                gone.close()
                self._nursery = await Nursery.start(self._settings)

    async def _revive_quietly(self, gone: Nursery) -> None:
        """Nobody waits for this; whoever asks next tries again and gets the error."""
        with suppress(VakgraafError):
            await self._revive(gone)


def _lanes(limits: PoolLimits) -> list[Lane]:
    lanes = [Lane(limits.workers, limits.quick_s / 10, 0), Lane(limits.workers, limits.quick_s, 0)]
    if limits.slow_workers:
        lanes.append(Lane(limits.slow_workers, math.inf, 19))
    return lanes
