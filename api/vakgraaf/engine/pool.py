"""The reader pool: who may ask now, which worker answers, and what happens when it takes too long or falls over.

A query begins in a quick place. After `quick_s` it is slow: its process gets the lowest priority, so that quick ones
win the processor, and it moves to a slow place. Where those are taken it stays on as long as nobody waits.
"""

from __future__ import annotations

import asyncio
import json
import time
from contextlib import suppress
from dataclasses import asdict, dataclass

from vakgraaf.engine import frames
from vakgraaf.engine.evaluation import Job
from vakgraaf.engine.interface import Answer
from vakgraaf.engine.nursery import Nursery, NurserySettings, Worker, failure
from vakgraaf.errors import Overloaded, QueryCrashed, QueryTimeout, VakgraafError


@dataclass(frozen=True, slots=True)
class PoolLimits:
    """How many queries run at once, how many wait and how long, and how long one may take; all times in seconds.

    `workers` places are for quick queries, `slow_workers` more for those that have run longer than `quick_s`.
    """

    workers: int = 2
    slow_workers: int = 6
    quick_s: float = 1.0
    queue_length: int = 64
    queue_timeout_s: float = 10.0
    query_timeout_s: float = 30.0

    @property
    def places(self) -> int:
        """How many queries can run at the same time, each in a process of its own."""
        return self.workers + self.slow_workers


class Pool:
    """Killable workers on one snapshot, forked when they are needed."""

    def __init__(self, limits: PoolLimits, settings: NurserySettings, nursery: Nursery) -> None:
        self._limits = limits
        self._settings = settings
        self._nursery = nursery
        self._places = asyncio.Semaphore(limits.places)
        self._restart = asyncio.Lock()
        self._waiting = 0
        self._idle: list[Worker] = []
        self._running: dict[_Running, None] = {}  # in the order in which they began
        self._revival: asyncio.Task[None] | None = None

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

    async def switch(self, settings: NurserySettings) -> None:
        """Answer from another snapshot from now on; what runs on the old one may finish."""
        fresh = await Nursery.start(settings)
        self._settings, old, self._nursery = settings, self._nursery, fresh
        for worker in self._idle:
            worker.kill()
        self._idle.clear()
        while any(running.worker.nursery is old for running in self._running):
            await asyncio.sleep(0.05)
        old.close()

    async def run(self, job: Job) -> Answer:
        """The answer to `job`, its first chunk there.

        Raises SyntaxProblem, QueryTimeout, QueryCrashed, or Overloaded where no worker came free in time.
        """
        await self._place()
        try:
            worker = self._idle_worker() or await self._fork()
        except BaseException:
            self._places.release()
            raise
        running = _Running(self, worker, self._limits)
        self._running[running] = None
        try:
            data, last = await running.begin(job)
        except BaseException:
            running.release()
            raise
        if last:
            running.release()
            return Answer(data)
        return Answer(data, running.more, running.close)

    @property
    def alive(self) -> bool:
        """Whether the process that holds the data is there. Where it has gone it is started again, behind this."""
        if self._nursery.running:
            return True
        if self._revival is None or self._revival.done():
            self._revival = asyncio.create_task(self._revive_quietly(self._nursery))
        return False

    def make_room(self) -> None:
        """Where queries wait and there are more slow ones than places for them, end the oldest without such a place."""
        slow = [running for running in self._running if running.slow]
        if self._waiting and len(slow) > self._limits.slow_workers:
            slow[self._limits.slow_workers].end(_too_many_slow())

    def take_back(self, running: _Running, *, fit: bool) -> None:
        """A worker returns; one that is dead, not fit, slowed down or of an earlier snapshot is not used again."""
        del self._running[running]
        worker = running.worker
        if fit and worker.alive and not running.slow and worker.nursery is self._nursery:
            self._idle.append(worker)
        else:
            worker.kill()
        self._places.release()

    def close(self) -> None:
        """End all processes at once."""
        if self._revival is not None:
            self._revival.cancel()
        for worker in (*self._idle, *(running.worker for running in self._running)):
            worker.kill()
        self._idle.clear()
        self._nursery.close()

    async def _place(self) -> None:
        if self._places.locked() and self._waiting >= self._limits.queue_length:
            raise _overloaded()
        self._waiting += 1
        try:
            if self._places.locked():
                self.make_room()
            async with asyncio.timeout(self._limits.queue_timeout_s):
                await self._places.acquire()
        except TimeoutError as error:
            raise _overloaded() from error
        finally:
            self._waiting -= 1

    def _idle_worker(self) -> Worker | None:
        """A worker that waits and is still there; those that died while idle (their zygote was killed) are let go."""
        while self._idle:
            worker = self._idle.pop()
            if not worker.reader.at_eof():
                return worker
            worker.kill()
        return None

    async def _fork(self) -> Worker:
        """A new worker; where the zygote has gone (killed, out of memory) it is started again, once for all."""
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


class _Running:
    """One job on one worker, under a deadline that ends the process."""

    def __init__(self, pool: Pool, worker: Worker, limits: PoolLimits) -> None:
        self.worker = worker
        self.slow = False
        self._pool = pool
        self._seconds = limits.query_timeout_s
        self._started = time.monotonic()
        loop = asyncio.get_running_loop()
        self._timers = (
            loop.call_later(limits.quick_s, self._slow_down),
            loop.call_later(self._seconds, lambda: self.end(_too_late(self._seconds))),
        )
        self._released = False
        self._fit = False
        self._ended: VakgraafError | None = None

    async def begin(self, job: Job) -> tuple[bytes, bool]:
        message = json.dumps({"seconds": self._seconds, "job": asdict(job)}).encode()
        with suppress(OSError):  # a worker that died while idle is found out by reading
            await frames.write(self.worker.writer, frames.Kind.JOB, message)
        return await self._read()

    async def more(self) -> tuple[bytes, bool]:
        data, last = await self._read()
        if last:
            self.release()
        return data, last

    async def close(self) -> None:
        """Nobody wants the rest: a worker in the middle of an answer can only be ended."""
        if not self._released:
            self.worker.kill()
            self.release()

    def end(self, reason: VakgraafError) -> None:
        """Stop now. The place is free at once, also where a client does not take in what it was sent already."""
        self._ended = reason
        self.worker.kill()
        self.release()

    def release(self) -> None:
        """Give the worker back, once."""
        if not self._released:
            self._released = True
            for timer in self._timers:
                timer.cancel()
            self._pool.take_back(self, fit=self._fit)

    def _slow_down(self) -> None:
        self.slow = True
        self.worker.lower_priority()
        self._pool.make_room()

    async def _read(self) -> tuple[bytes, bool]:
        try:
            kind, payload = await frames.read(self.worker.reader)
        except (OSError, asyncio.IncompleteReadError) as error:
            raise self._ending() from error
        if kind is frames.Kind.FAILED:
            self._fit = True
            raise failure(payload)
        self._fit = kind is frames.Kind.LAST
        return payload, self._fit

    def _ending(self) -> VakgraafError:
        """Why the worker is gone: ended by us, by its own timer, or fallen over."""
        if self._ended is not None:
            return self._ended
        if time.monotonic() - self._started >= self._seconds:
            return _too_late(self._seconds)
        return QueryCrashed(
            "De vraag is te zwaar of te diep genest: het proces dat haar beantwoordde is omgevallen. De rest van de"
            " server heeft er geen last van.",
            "The query is too heavy or nested too deep: the process that answered it fell over. The rest of the server"
            " is not affected.",
        )


def _too_late(seconds: float) -> QueryTimeout:
    return QueryTimeout(
        f"De vraag duurde langer dan {seconds:g} seconden en is afgebroken. Vraag minder tegelijk, of zet er een LIMIT"
        " op.",
        f"The query took longer than {seconds:g} seconds and was stopped. Ask less at once, or set a LIMIT.",
    )


def _too_many_slow() -> Overloaded:
    return Overloaded(
        "Er zijn nu te veel zware vragen tegelijk; deze is afgebroken om plaats te maken. Probeer het straks opnieuw,"
        " of vraag minder tegelijk.",
        "There are too many heavy queries at once; this one was stopped to make room. Try again shortly, or ask less"
        " at once.",
    )


def _overloaded() -> Overloaded:
    return Overloaded(
        "Het is nu te druk: alle plaatsen zijn bezet. Probeer het straks opnieuw.",
        "Too busy now: every place is taken. Try again shortly.",
    )
