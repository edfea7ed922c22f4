"""Who may ask the remote engine now: so many at once, so many that wait, and each for so long."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from typing import TypeVar

from vakgraaf.engine.endings import cancelled, overloaded, too_large, too_late, too_many_slow
from vakgraaf.engine.interface import Options
from vakgraaf.engine.observed import Load, Running
from vakgraaf.engine.pool import PoolLimits
from vakgraaf.engine.remote.ahead import ahead
from vakgraaf.errors import VakgraafError

T = TypeVar("T")


class Places:
    """The places for queries; the limits mean what they mean for an embedded engine."""

    def __init__(self, limits: PoolLimits) -> None:
        self.limits = limits
        self._places = asyncio.Semaphore(limits.places)
        self._waiting = 0
        self._taken: dict[Place, None] = {}  # in the order in which they began

    async def take(self, text: str, options: Options, began: float | None = None) -> Place:
        """A place for the query `text`, which `began` (monotonic) then and not now, where that is given.

        Raises `Overloaded` where none comes free in time.
        """
        if self._places.locked():
            if self._waiting >= self.limits.queue_length:
                raise overloaded()
            self._waiting += 1
            try:
                self.make_room()
                async with asyncio.timeout(self.limits.queue_timeout_s):
                    await self._places.acquire()
            except TimeoutError as error:
                raise overloaded() from error
            finally:
                self._waiting -= 1
        else:
            await self._places.acquire()
        place = Place(self, text, options, time.monotonic() if began is None else began)
        self._taken[place] = None
        return place

    def seconds(self, options: Options) -> float:
        """How long a query with these options may take."""
        most = self.limits.query_timeout_s
        return most if options.timeout_s is None else min(options.timeout_s, most)

    @property
    def load(self) -> Load:
        """How busy they are."""
        return Load(self._waiting, len(self._taken), 0, self.limits.places)

    def running(self) -> list[Running]:
        """The queries that run now, the oldest first."""
        return [place.seen() for place in self._taken]

    def cancel(self, ident: str) -> bool:
        """End every query of that name, which a client may have chosen; False where there is none."""
        found = [place for place in self._taken if place.ident == ident]
        for place in found:
            place.end(cancelled())
        return bool(found)

    def make_room(self) -> None:
        """Where queries wait and more are slow than there are places for such, end the oldest without a place."""
        slow = [place for place in self._taken if place.slow]
        if self._waiting and len(slow) > self.limits.slow_workers:
            slow[self.limits.slow_workers].end(too_many_slow())

    def give_back(self, place: Place) -> None:
        """One place is free."""
        if place in self._taken:
            del self._taken[place]
            self._places.release()


class Place:
    """One query under its deadline, from the request that is sent to the last byte that is read."""

    def __init__(self, places: Places, text: str, options: Options, began: float) -> None:
        self.ident = options.ident
        self.slow = False
        self.seconds = places.seconds(options)
        self._places = places
        self._text = text
        self._bytes = 0
        self._started = began
        left = max(began + self.seconds - time.monotonic(), 0)
        self._timer = asyncio.get_running_loop().call_later(min(places.limits.quick_s, left), self._tick)
        self._ended: VakgraafError | None = None
        self._waiting: asyncio.Timeout | None = None
        self._chunks: AsyncIterator[bytes] | None = None
        self._ahead: AsyncGenerator[bytes, None] | None = None
        self._hang_up: Callable[[], Awaitable[None]] | None = None
        self._hanging_up: asyncio.Task[None] | None = None

    def seen(self) -> Running:
        """What an operator sees of it."""
        return Running(self.ident, self._text, time.monotonic() - self._started, self.slow)

    def read_from(self, chunks: AsyncIterator[bytes], hang_up: Callable[[], Awaitable[None]]) -> None:
        """From here on the query is its answer; `hang_up` ends the transfer."""
        self._chunks, self._hang_up = chunks, hang_up

    async def within(self, work: Callable[[], Awaitable[T]]) -> T:
        """Wait for a part of the work, no longer than the query may live. Raises what ended it."""
        if self._ended is not None:
            raise self._ended
        try:
            async with asyncio.timeout(None) as self._waiting:
                return await work()
        except TimeoutError as error:
            raise self._ended or too_late(self.seconds) from error
        finally:
            self._waiting = None

    def end(self, reason: VakgraafError) -> None:
        """Stop now. The place is free at once, also where a client does not take in what it was sent already."""
        self._ended = self._ended or reason
        if self._waiting is not None:
            self._waiting.reschedule(asyncio.get_running_loop().time())
        elif self._hanging_up is None:
            self._hanging_up = asyncio.create_task(self.close())
        self._release()

    async def begin(self, enough: int) -> tuple[bytes, bool]:
        """The first chunks up to `enough` bytes, and whether that is all: what fails in there still gets a status."""
        first = bytearray()
        last = False
        while not last and len(first) < enough:
            data, last = await self.more()
            first += data
        if not last and self._chunks is not None:
            self._chunks = self._ahead = ahead(self._chunks)
        return bytes(first), last

    async def more(self) -> tuple[bytes, bool]:
        """The next chunk, and whether it is the last. Raises what ended the query."""
        chunks = self._chunks
        if chunks is None:
            return b"", True
        try:
            data = await self.within(lambda: anext(chunks, b""))
        except BaseException:
            await self.close()
            raise
        self._bytes += len(data)
        if self._bytes > self._places.limits.result_bytes:
            self._ended = too_large(self._places.limits.result_bytes)
            await self.close()
            raise self._ended
        if not data:
            await self.close()
            return b"", True
        return data, False

    async def close(self) -> None:
        """Nobody wants the rest, or there is none: let go of the connection and of the place."""
        self._release()
        reading, self._ahead = self._ahead, None
        if reading is not None:
            await reading.aclose()
        hang_up, self._hang_up = self._hang_up, None
        if hang_up is not None:
            await hang_up()

    def _release(self) -> None:
        self._timer.cancel()
        self._places.give_back(self)

    def _tick(self) -> None:
        """First when the query is no longer quick, then when its time is up."""
        left = self._started + self.seconds - time.monotonic()
        if left <= 0.001:
            self.end(too_late(self.seconds))
            return
        self._timer = asyncio.get_running_loop().call_later(left, self._tick)
        self.slow = True
        self._places.make_room()
