"""One job on one worker, under a deadline that ends the process."""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Protocol

from vakgraaf.engine import endings, failures
from vakgraaf.engine.evaluation import Job
from vakgraaf.engine.frames import Frame, Kind
from vakgraaf.engine.interface import Options
from vakgraaf.engine.nursery import Worker
from vakgraaf.engine.observed import Running
from vakgraaf.errors import QueryCrashed, VakgraafError

_PATIENT_S = 3600.0


class Postponed(Exception):
    """The query has had its turn and said nothing yet; it begins anew when there is a place for slower ones."""


class Keeper(Protocol):
    """Whoever hands out places: is told when a turn is over and when a job has ended."""

    def turn_over(self, running: RunningJob) -> None:
        """The time in this lane is up."""

    def take_back(self, running: RunningJob) -> None:
        """The worker and its place are free, whatever state they are in."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """How far a job may go: so many bytes, and until `deadline` (monotonic), `seconds` after it was asked."""

    seconds: float
    result_bytes: int
    deadline: float

    @classmethod
    def of(cls, options: Options, most_s: float, most_bytes: int) -> Bounds:
        """The bounds of a job that is asked now with these options, where nobody from outside may ask for more."""
        if options.patient:
            return cls.from_now(_PATIENT_S, sys.maxsize)
        return cls.from_now(most_s if options.timeout_s is None else min(options.timeout_s, most_s), most_bytes)

    @classmethod
    def from_now(cls, seconds: float, result_bytes: int) -> Bounds:
        """The bounds of a job that is asked now."""
        return cls(seconds, result_bytes, time.monotonic() + seconds)

    def put_off(self, seconds: float) -> Bounds:
        """The same with so many seconds more, which are not on its account."""
        return replace(self, deadline=self.deadline + seconds)


class RunningJob:
    """A job from the moment its worker gets it until the worker is given back. `lane` is the number of its lane.

    Where `ident` is None somebody else lists it.
    """

    def __init__(self, keeper: Keeper, worker: Worker, job: Job, ident: str | None, lane: int, bounds: Bounds) -> None:
        self.worker = worker
        self.job = job
        self.ident = ident
        self.lane = lane
        self.fit = False
        self._keeper = keeper
        self.bounds = bounds
        self._began = time.monotonic()
        self._timer: asyncio.TimerHandle | None = None
        self._bytes = 0
        self._released = False
        self._ended: Exception | None = None

    @property
    def has_output(self) -> bool:
        """Whether a part of the answer has gone out, so that it cannot begin anew."""
        return self._bytes > 0

    @property
    def seconds(self) -> float:
        """How long it has been running."""
        return time.monotonic() - self._began

    def seen(self, ident: str) -> Running:
        """What an operator sees of it, by this name."""
        return Running(ident, self.job.text or "", self.seconds, self.lane > 0)

    def turn_until(self, seconds: float) -> None:
        """Have the keeper called when it has run so long in all, or end it where its deadline comes first."""
        left = min(self._began + seconds, self.bounds.deadline) - time.monotonic()
        self._timer = asyncio.get_running_loop().call_later(max(left, 0), self._tick)

    def look_again(self, seconds: float) -> None:
        """Have the keeper called in so many seconds."""
        self.turn_until(self.seconds + seconds)

    def begin(self, told: Callable[[tuple[bytes, bool] | Exception], None]) -> None:
        """Hand the job over, and have `told` called with the first chunk, and True with it where that is all.

        Else with what ended it: `Postponed`, or what ends a query.
        """
        seconds = max(self.bounds.deadline - time.monotonic(), 0.001)
        self.worker.link.send(Kind.JOB, self.job.packed(seconds))
        self.worker.link.listen(partial(self._hear, told))

    def check(self) -> None:
        """Raise what ended it, if something did."""
        if self._ended is not None:
            raise self._ended

    async def more(self) -> tuple[bytes, bool]:
        """The next chunk; True with the last. Raises what ends a query."""
        try:
            frame = await self.worker.link.receive()
        except EOFError as error:
            raise self._ending() from error
        data, last = self._read(frame)
        if last:
            self.release()
        return data, last

    async def close(self) -> None:
        """Nobody wants the rest: a worker in the middle of an answer can only be ended."""
        if not self._released:
            self.worker.kill()
            self.release()

    def end(self, reason: Exception) -> None:
        """Stop now. The place is free at once, also where a client does not take in what it was sent already."""
        if self._released:
            return
        self._ended = reason
        self.worker.kill()
        self.release()

    def release(self) -> None:
        """Give the worker back, once."""
        if not self._released:
            self._released = True
            if self._timer is not None:
                self._timer.cancel()
            self._keeper.take_back(self)

    def _tick(self) -> None:
        if time.monotonic() >= self.bounds.deadline - 0.001:
            self.end(endings.too_late(self.bounds.seconds))
        else:
            self._keeper.turn_over(self)

    def _hear(self, told: Callable[[tuple[bytes, bool] | Exception], None], frame: Frame | None) -> None:
        said: tuple[bytes, bool] | Exception
        try:
            said = self._ending() if frame is None else self._read(frame)
        except VakgraafError as error:
            said = error
        told(said)

    def _read(self, frame: Frame) -> tuple[bytes, bool]:
        kind, payload = frame
        if kind is Kind.FAILED:
            self.fit = True
            raise failures.unpacked(payload)
        self._bytes += len(payload)
        if self._bytes > self.bounds.result_bytes:
            self.end(endings.too_large(self.bounds.result_bytes))
            raise self._ending()
        self.fit = kind is Kind.LAST
        return payload, self.fit

    def _ending(self) -> Exception:
        """Why the worker is gone: ended by us, by its own timer, for want of memory, or fallen over."""
        if self._ended is not None:
            return self._ended
        if time.monotonic() >= self.bounds.deadline:
            return endings.too_late(self.bounds.seconds)
        if failures.ran_out_of_memory(self.worker.link.last_words):
            return endings.out_of_memory(self.worker.nursery.memory_mb)
        return _fallen_over()


def _fallen_over() -> VakgraafError:
    return QueryCrashed(
        "De vraag is te zwaar of te diep genest: het proces dat haar beantwoordde is omgevallen. De rest van de"
        " server heeft er geen last van.",
        "The query is too heavy or nested too deep: the process that answered it fell over. The rest of the server"
        " is not affected.",
    )
