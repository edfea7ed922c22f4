"""The reader pool: who may ask now, which worker answers, and what happens when it takes too long or falls over."""

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
    """How many workers, how many may wait for one and how long, and how long a query may take (seconds)."""

    workers: int = 2
    queue_length: int = 64
    queue_timeout_s: float = 10.0
    query_timeout_s: float = 30.0


class Pool:
    """Killable workers on one snapshot, forked when they are needed."""

    def __init__(self, limits: PoolLimits, settings: NurserySettings, nursery: Nursery) -> None:
        self._limits = limits
        self._settings = settings
        self._nursery = nursery
        self._places = asyncio.Semaphore(limits.workers)
        self._restart = asyncio.Lock()
        self._waiting = 0
        self._idle: list[Worker] = []
        self._busy: set[Worker] = set()

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
        while any(worker.nursery is old for worker in self._busy):
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
        self._busy.add(worker)
        running = _Running(self, worker, self._limits.query_timeout_s)
        try:
            data, last = await running.begin(job)
        except BaseException:
            running.release()
            raise
        if last:
            running.release()
            return Answer(data)
        return Answer(data, running.more, running.close)

    def take_back(self, worker: Worker, *, fit: bool) -> None:
        """A worker returns; one that is dead, not fit or of an earlier snapshot is not used again."""
        self._busy.discard(worker)
        if fit and worker.alive and worker.nursery is self._nursery:
            self._idle.append(worker)
        else:
            worker.kill()
        self._places.release()

    def close(self) -> None:
        """End all processes at once."""
        for worker in (*self._idle, *self._busy):
            worker.kill()
        self._idle.clear()
        self._nursery.close()

    async def _place(self) -> None:
        if self._places.locked() and self._waiting >= self._limits.queue_length:
            raise _overloaded()
        self._waiting += 1
        try:
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
        async with self._restart:
            if self._nursery is nursery:
                nursery.close()
                self._nursery = await Nursery.start(self._settings)
        return await self._nursery.fork()


class _Running:
    """One job on one worker, under a deadline that ends the process."""

    def __init__(self, pool: Pool, worker: Worker, seconds: float) -> None:
        self._pool = pool
        self._worker = worker
        self._seconds = seconds
        self._started = time.monotonic()
        self._timer = asyncio.get_running_loop().call_later(seconds, self._expire)
        self._released = False
        self._fit = False
        self._expired = False

    async def begin(self, job: Job) -> tuple[bytes, bool]:
        message = json.dumps({"seconds": self._seconds, "job": asdict(job)}).encode()
        with suppress(OSError):  # a worker that died while idle is found out by reading
            await frames.write(self._worker.writer, frames.Kind.JOB, message)
        return await self._read()

    async def more(self) -> tuple[bytes, bool]:
        data, last = await self._read()
        if last:
            self.release()
        return data, last

    async def close(self) -> None:
        """Nobody wants the rest: a worker in the middle of an answer can only be ended."""
        if not self._released:
            self._worker.kill()
            self.release()

    def release(self) -> None:
        """Give the worker back, once."""
        if not self._released:
            self._released = True
            self._timer.cancel()
            self._pool.take_back(self._worker, fit=self._fit)

    def _expire(self) -> None:
        self._expired = True
        self._worker.kill()

    async def _read(self) -> tuple[bytes, bool]:
        try:
            kind, payload = await frames.read(self._worker.reader)
        except (OSError, asyncio.IncompleteReadError) as error:
            raise self._end() from error
        if kind is frames.Kind.FAILED:
            self._fit = True
            raise failure(payload)
        self._fit = kind is frames.Kind.LAST
        return payload, self._fit

    def _end(self) -> VakgraafError:
        """Why the worker is gone: ended by a deadline, or fallen over."""
        if self._expired or time.monotonic() - self._started >= self._seconds:
            return QueryTimeout(
                f"De vraag duurde langer dan {self._seconds:g} seconden en is afgebroken. Vraag minder tegelijk, of zet"
                " er een LIMIT op.",
                f"The query took longer than {self._seconds:g} seconds and was stopped. Ask less at once, or"
                " set a LIMIT.",
            )
        return QueryCrashed(
            "De vraag is te zwaar of te diep genest: het proces dat haar beantwoordde is omgevallen. De rest van de"
            " server heeft er geen last van.",
            "The query is too heavy or nested too deep: the process that answered it fell over. The rest of the server"
            " is not affected.",
        )


def _overloaded() -> Overloaded:
    return Overloaded(
        "Het is nu te druk: alle plaatsen zijn bezet. Probeer het straks opnieuw.",
        "Too busy now: every place is taken. Try again shortly.",
    )
