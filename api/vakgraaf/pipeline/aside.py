"""A process beside this one, for work that takes seconds and eats memory: one job at a time, others wait their turn.

It is `python -m MODULE DESCRIPTOR`, which says READY over that connection once it can begin, and then answers each job
with one last frame. In between it may ask something, which is answered here. It ends when the connection does.
"""

from __future__ import annotations

import asyncio
import socket
import subprocess
import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from vakgraaf.engine.failures import packed, ran_out_of_memory, unpacked
from vakgraaf.engine.frames import Kind
from vakgraaf.engine.link import Link
from vakgraaf.errors import Overloaded, QueryCrashed, QueryOutOfMemory, QueryTimeout, VakgraafError

_START_S = 60.0
Answering = Callable[[bytes], Awaitable[bytes]]
"""Answers a question that the process has while it is at work."""


@dataclass(slots=True)
class Aside:
    """The way to that process, which is there from the first job on.

    `seconds` is the time that a job may take once it has begun, `memory_mb` the memory that the process may take on
    top of what it was born with, `waiting` how many jobs may wait for the one that runs.
    """

    module: str
    seconds: float
    memory_mb: int
    waiting: int
    _process: subprocess.Popen[bytes] | None = None
    _link: Link | None = None
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    _queued: int = 0

    async def ask(self, job: bytes, answering: Answering) -> bytes:
        """The answer to a job. Raises Overloaded, QueryTimeout, QueryCrashed, QueryOutOfMemory, and the error that the
        process answers with."""
        if self._queued > self.waiting:
            raise _busy()
        self._queued += 1
        try:
            async with self._turn:
                return await self._in_time(job, answering)
        finally:
            self._queued -= 1

    async def warm(self) -> None:
        """Let the process be there, so that the next job need not wait for it. Raises QueryTimeout and QueryCrashed."""
        if self._queued == 0:
            self._queued += 1
            try:
                async with self._turn:
                    await self._started()
            finally:
                self._queued -= 1

    def stop(self) -> None:
        """End the process, whatever it does."""
        if self._link is not None:
            self._link.close()
        if self._process is not None:
            self._process.kill()
            self._process.wait()
        self._process = self._link = None

    async def _in_time(self, job: bytes, answering: Answering) -> bytes:
        try:
            link = await self._started()
            async with asyncio.timeout(self.seconds):
                return await _exchange(link, job, answering)
        except TimeoutError as error:
            self.stop()
            raise _too_late(self.seconds) from error
        except EOFError as error:
            memory = self._link is not None and ran_out_of_memory(self._link.last_words)
            self.stop()
            raise (_too_much() if memory else _crashed()) from error
        except asyncio.CancelledError:
            self.stop()
            raise

    async def _started(self) -> Link:
        if self._link is not None and not self._link.gone:
            return self._link
        self.stop()
        ours, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", self.module, str(theirs.fileno()), str(self.memory_mb)],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                start_new_session=True,
            )
        link = await Link.over(ours)
        self._link = link
        async with asyncio.timeout(_START_S):
            await link.receive()
        return link


async def _exchange(link: Link, job: bytes, answering: Answering) -> bytes:
    link.send(Kind.JOB, job)
    while True:
        kind, payload = await link.receive()
        if kind is Kind.LAST:
            return payload
        if kind is Kind.FAILED:
            raise unpacked(payload)
        try:
            link.send(Kind.JOB, await answering(payload))
        except VakgraafError as error:
            link.send(Kind.FAILED, packed(error))


def _busy() -> Overloaded:
    return Overloaded(
        "Er wordt hier nu te veel tegelijk getoetst. Probeer het over enkele seconden opnieuw.",
        "Too much is being validated here at once. Try again in a few seconds.",
    )


def _too_late(seconds: float) -> QueryTimeout:
    return QueryTimeout(
        f"Het toetsen duurde langer dan {seconds:g} seconden en is afgebroken. Toets minder tegelijk, of toets met"
        " 'vakgraaf validate' op uw eigen computer: daar geldt die grens niet.",
        f"Validation took longer than {seconds:g} seconds and was stopped. Validate less at once, or use 'vakgraaf"
        " validate' on your own computer, which has no such limit.",
    )


def _crashed() -> QueryCrashed:
    return QueryCrashed(
        "Het proces dat toetst is omgevallen. Toets minder tegelijk, of elk bestand apart.",
        "The process that validates fell over. Validate less at once, or each file on its own.",
    )


def _too_much() -> QueryOutOfMemory:
    return QueryOutOfMemory(
        "Het toetsen kost meer geheugen dan hier mag. Toets minder tegelijk, of elk bestand apart.",
        "Validation takes more memory than it may here. Validate less at once, or each file on its own.",
    )
