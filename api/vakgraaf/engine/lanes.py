"""Lanes: places for queries that have run so long, and who waits for one."""

from __future__ import annotations

import asyncio
from collections import OrderedDict, deque


class Lane:
    """So many places, for queries that have run up to `until_s` seconds, at a priority (0 normal, 19 the lowest)."""

    def __init__(self, places: int, until_s: float, niceness: int) -> None:
        self.until_s = until_s
        self.niceness = niceness
        self._places = places
        self._free = places
        self._queue: deque[asyncio.Future[None]] = deque()

    @property
    def full(self) -> bool:
        """Whether somebody who comes now has to wait."""
        return self._free <= 0 or bool(self._queue)

    @property
    def waiting(self) -> int:
        """How many wait."""
        return len(self._queue)

    @property
    def overflowing(self) -> bool:
        """Whether there are twice as many in it as it has places."""
        return self._free <= -self._places

    def take(self) -> None:
        """Take a place without waiting, even where there is none."""
        self._free -= 1

    def leave(self) -> None:
        """Give a place back; who waits longest gets it."""
        self._free += 1
        while self._queue and self._free > 0:
            waiter = self._queue.popleft()
            if not waiter.done():
                self._free -= 1
                waiter.set_result(None)

    async def enter(self, seconds: float) -> None:
        """Take a place as soon as there is one. Raises `TimeoutError` after so many seconds."""
        if not self.full:
            self._free -= 1
            return
        loop = asyncio.get_running_loop()
        waiter: asyncio.Future[None] = loop.create_future()
        self._queue.append(waiter)
        end = loop.call_later(max(seconds, 0), self._give_up, waiter)
        try:
            await waiter
        except asyncio.CancelledError:
            if waiter.done() and not waiter.cancelled():
                self.leave()  # it came just too late
            elif waiter in self._queue:
                self._queue.remove(waiter)
            raise
        finally:
            end.cancel()

    def _give_up(self, waiter: asyncio.Future[None]) -> None:
        if not waiter.done():
            self._queue.remove(waiter)
            waiter.set_exception(TimeoutError())


class SlowOnes:
    """Which queries were slow when they were asked before, and in which lane they ended; the last thousand of them."""

    def __init__(self, most: int = 1024) -> None:
        self._most = most
        self._lanes: OrderedDict[int, int] = OrderedDict()

    def lane_of(self, text: str | None) -> int:
        """The number of the lane to begin in: 0 for what is not known to be slow."""
        return self._lanes.get(hash(text), 0) if text is not None else 0

    def learn(self, text: str | None, lane: int) -> None:
        """A query has ended after as long as brings it into this lane."""
        if text is None:
            return
        key = hash(text)  # not the text itself: that may be long
        self._lanes.pop(key, None)
        if lane:
            self._lanes[key] = lane
            if len(self._lanes) > self._most:
                self._lanes.popitem(last=False)
