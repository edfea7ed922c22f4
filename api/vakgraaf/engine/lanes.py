"""Lanes: places for queries that have run so long, and who waits for one."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from typing import Protocol


class Waiter(Protocol):
    """Who wants a place."""

    def entered(self) -> None:
        """It has a place."""

    def turned_away(self) -> None:
        """It has waited long enough, and gets none."""


class Lane:
    """So many places, for queries that have run up to `until_s` seconds, at a priority (0 normal, 19 the lowest)."""

    def __init__(self, places: int, until_s: float, niceness: int) -> None:
        self.until_s = until_s
        self.niceness = niceness
        self._places = places
        self._free = places
        self._queue: dict[Waiter, asyncio.TimerHandle] = {}  # in the order in which they came

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
        """Give a place back; who waits longest gets it, before this returns."""
        self._free += 1
        while self._queue and self._free > 0:
            waiter = next(iter(self._queue))
            self._queue.pop(waiter).cancel()
            self._free -= 1
            waiter.entered()

    def enter(self, waiter: Waiter) -> bool:
        """Give it a place where there is one; whether there was."""
        if self._free <= 0 or self._queue:
            return False
        self._free -= 1
        waiter.entered()
        return True

    def queue(self, waiter: Waiter, seconds: float) -> None:
        """Give it a place as soon as there is one, or turn it away after so many seconds."""
        self._queue[waiter] = asyncio.get_running_loop().call_later(max(seconds, 0), self._turn_away, waiter)

    def forget(self, waiter: Waiter) -> None:
        """It waits no longer."""
        self._queue.pop(waiter).cancel()

    def _turn_away(self, waiter: Waiter) -> None:
        del self._queue[waiter]
        waiter.turned_away()


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
