"""Changes as the web process sees them: proposed to another process, which is there only when somebody writes."""

from __future__ import annotations

import asyncio
import json
import os
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from vakgraaf.engine import changer, changes, failures
from vakgraaf.engine.endings import change_crashed, change_out_of_memory, change_too_late, overloaded
from vakgraaf.engine.frames import Kind
from vakgraaf.engine.guard import GuardLimits
from vakgraaf.engine.interface import Change, StoreInfo
from vakgraaf.engine.link import Link
from vakgraaf.engine.state import Manifest, StateDirectory
from vakgraaf.errors import QueryCrashed, QueryOutOfMemory, QueryTimeout, StoreProblem, VakgraafError

Process = subprocess.Popen[bytes]


@dataclass(frozen=True, slots=True)
class WriterLimits:
    """How long a change may take and may wait for its turn, in seconds, and how much memory it may take.

    After the last change in so many seconds the description of the store is made anew.
    """

    timeout_s: float = 120.0
    queue_timeout_s: float = 30.0
    queue_length: int = 64
    memory_mb: int = 4096
    describe_after_s: float = 5.0


@dataclass(slots=True)
class Writer:
    """The way to the process that makes changes; one proposal at a time."""

    state: StateDirectory
    union: bool
    guard: GuardLimits
    limits: WriterLimits
    _process: Process | None = None
    _link: Link | None = None
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    _waiting: int = 0

    async def propose(self, change: Change, adopt: Adopt) -> EmbeddedProposal:
        """Have a change made. `adopt` is told what was published, after a commit.

        Raises what `Changing.carry_out` does, QueryTimeout, QueryCrashed, QueryOutOfMemory or Overloaded.
        """
        await self._take_turn()
        try:
            answer = json.loads(await self._made(changes.packed(change)))
        except BaseException:
            self.release()
            raise
        return EmbeddedProposal(self, adopt, self._process, tuple(answer["touched"]), answer["created"])

    async def describe(self, path: Path, version: int, adopt: Adopt) -> None:
        """Have the description in the file `path` taken in, if `version` still counts."""
        await self._take_turn()
        try:
            answer = json.loads(await self.order(changer.DESCRIBE, json.dumps([str(path), version]).encode()))
            if answer is not None:
                await adopted(answer, adopt)
        finally:
            self.release()

    async def _made(self, change: bytes) -> bytes:
        """Have a change made; once more where the process fell over that was there, as it may have died before."""
        used = self._process
        try:
            return await self.order(changer.MAKE, change)
        except QueryCrashed:
            if used is None:
                raise
            return await self.order(changer.MAKE, change)

    async def order(self, order: bytes, payload: bytes = b"", maker: Process | None = None) -> bytes:
        """Ask the process something. Where no answer comes (late, crashed, nobody waits) it is ended.

        With `maker` it is asked of that one only: another knows nothing of the change that it made.
        """
        link = await self._connected() if maker is None else self._still(maker)
        try:
            async with asyncio.timeout(self.limits.timeout_s):
                link.send(Kind.JOB, order + payload)
                parts = []
                while True:
                    kind, part = await link.receive()
                    parts.append(part)
                    if kind is Kind.FAILED:
                        raise failures.unpacked(part)
                    if kind is Kind.LAST:
                        return b"".join(parts)
        except TimeoutError as error:
            self.stop()
            raise change_too_late(self.limits.timeout_s) from error
        except EOFError as error:
            self.stop()
            if failures.ran_out_of_memory(link.last_words):
                raise change_out_of_memory(self.limits.memory_mb) from error
            raise change_crashed() from error
        except asyncio.CancelledError:
            self.stop()
            raise

    @property
    def busy(self) -> bool:
        """Whether somebody has a turn."""
        return self._turn.locked()

    def release(self) -> None:
        """Let the next proposal have its turn."""
        self._turn.release()

    def stop(self) -> None:
        """End the process; what it has not published never was."""
        if self._link is not None:
            self._link.close()
        if self._process is not None:
            self._process.kill()
            self._process.wait()
        self._process = self._link = None

    async def _take_turn(self) -> None:
        if self._turn.locked() and self._waiting >= self.limits.queue_length:
            raise overloaded()
        self._waiting += 1
        try:
            async with asyncio.timeout(self.limits.queue_timeout_s):
                await self._turn.acquire()
        except TimeoutError as error:
            raise overloaded() from error
        finally:
            self._waiting -= 1

    def _still(self, maker: Process) -> Link:
        """The way to the process that made a change, if it is there yet. Raises QueryCrashed."""
        if self._link is None or self._link.gone or maker is not self._process or maker.poll() is not None:
            self.stop()
            raise change_crashed()
        return self._link

    async def _connected(self) -> Link:
        there = self._process is not None and self._process.poll() is None
        if there and self._link is not None and not self._link.gone:
            return self._link
        self.stop()
        ours, theirs = socket.socketpair()
        options = {
            "parent": os.getpid(),
            "state": str(self.state.path),
            "who": "server",
            "union": self.union,
            "memory_mb": self.limits.memory_mb,
            "max_bytes": self.guard.max_bytes,
            "max_nesting": self.guard.max_nesting,
            "max_update_bytes": self.guard.max_update_bytes,
        }
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "vakgraaf.engine", "changer", str(theirs.fileno()), json.dumps(options)],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                start_new_session=True,
            )
        self._link = await Link.over(ours)
        return self._link


Adopt = Callable[[Manifest, int, Path | None], Awaitable[StoreInfo]]
"""Told what was published, and by what it differs from which version; answers from it from then on."""


async def adopted(answer: dict[str, Any], adopt: Adopt) -> StoreInfo:
    """Go on with what was published; the file with the difference is needed no longer after that.

    Raises `StoreProblem` where readers cannot follow: the change counts, and is looked for again soon.
    """
    delta = None if answer["delta"] is None else Path(answer["delta"])
    manifest = Manifest(**answer["manifest"])
    try:
        return await adopt(manifest, answer["base"], delta)
    except VakgraafError as error:
        raise _unfollowed(manifest.version, error) from error
    finally:
        if delta is not None:
            delta.unlink(missing_ok=True)


def _unfollowed(version: int, error: VakgraafError) -> StoreProblem:
    """What is told where who asks may think that nothing was changed."""
    return StoreProblem(
        f"De wijziging telt en staat op schijf (versie {version}), maar de server kan haar nog niet lezen; zo lang"
        f" komen antwoorden uit de gegevens van daarvoor. {error.nl}",
        f"The change counts and is on disk (version {version}), but the server cannot read it yet; until then answers"
        f" come from the data of before. {error.en}",
    )


@dataclass(slots=True)
class EmbeddedProposal:
    """A `Proposal` of the embedded engine."""

    _writer: Writer
    _adopt: Adopt
    _maker: Process | None
    touched: tuple[str | None, ...]
    created: bool
    _ended: bool = False

    async def content(self, graph: str | None) -> bytes:
        """What a touched graph will hold, as N-Triples."""
        return await self._writer.order(changer.CONTENT, json.dumps(graph).encode(), self._maker)

    async def commit(self, remarks: bytes = b"") -> StoreInfo:
        """Make it count, at once and for good, and answer from it from now on. Goes on when nobody waits any more."""
        return await asyncio.shield(asyncio.ensure_future(self._commit(remarks)))

    async def discard(self) -> None:
        """Forget it; the store is as it was."""
        async with self._ending():
            with suppress(QueryCrashed):  # nothing is left of it
                await self._writer.order(changer.DISCARD, maker=self._maker)

    async def _commit(self, remarks: bytes) -> StoreInfo:
        async with self._ending():
            before = self._writer.state.manifest()
            try:
                answer = json.loads(await self._writer.order(changer.COMMIT, remarks, self._maker))
            except (QueryTimeout, QueryCrashed, QueryOutOfMemory, StoreProblem):
                # It may have happened between publishing and saying so.
                published = self._writer.state.manifest()
                if published is None or published == before:
                    raise
                answer = {"manifest": asdict(published), "base": published.version, "delta": None}
            return await adopted(answer, self._adopt)

    @asynccontextmanager
    async def _ending(self) -> AsyncIterator[None]:
        if self._ended:
            raise RuntimeError("this proposal has ended")
        self._ended = True
        try:
            yield
        finally:
            self._writer.release()
