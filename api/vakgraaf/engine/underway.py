"""What is under way beside the queries that the pool lists: listed from its beginning, and ended by its name."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager

from vakgraaf.engine import endings
from vakgraaf.engine.attempt import heard
from vakgraaf.engine.interface import Answer, Begun, Listener
from vakgraaf.engine.observed import Running
from vakgraaf.errors import VakgraafError


class Underway:
    """What is under way, in the order in which it began; after `quick_s` seconds it is slow."""

    def __init__(self, quick_s: float) -> None:
        self._quick_s = quick_s
        self._errands: dict[Errand, None] = {}

    def begin(self, ident: str, text: str, *, update: bool = False) -> Errand:
        """Something that begins now. It is listed until it is over: see `Errand`."""
        errand = Errand(ident, text, update=update, over=self._errands.pop)
        self._errands[errand] = None
        return errand

    @asynccontextmanager
    async def listed(self, ident: str, text: str, *, update: bool = False) -> AsyncIterator[None]:
        """Around what a task waits for. Raises what ended it, at the latest where one leaves this."""
        errand = self.begin(ident, text, update=update)
        try:
            async with errand.endable():
                yield
        finally:
            self._errands.pop(errand)

    def running(self) -> list[Running]:
        """All of it, the oldest first."""
        return [errand.seen(self._quick_s) for errand in self._errands]

    def cancel(self, ident: str) -> bool:
        """End all of that name; False where there is none."""
        found = [errand for errand in self._errands if errand.ident == ident]
        for errand in found:
            errand.end(endings.change_cancelled() if errand.update else endings.cancelled())
        return bool(found)


class Errand:
    """One of them, until `over` is told."""

    def __init__(self, ident: str, text: str, *, update: bool, over: Callable[[Errand], object]) -> None:
        self.ident = ident
        self.update = update
        self._text = text
        self._over = over
        self._started = time.monotonic()
        self._reason: VakgraafError | None = None
        self._waiting: asyncio.Timeout | None = None
        self._begun: Begun | None = None

    def seen(self, quick_s: float) -> Running:
        """What an operator sees of it."""
        seconds = time.monotonic() - self._started
        return Running(self.ident, self._text, seconds, seconds > quick_s, self.update)

    def end(self, reason: VakgraafError) -> None:
        """Stop now: who waits for it gets the reason, and an answer that has begun breaks off with it."""
        if self._reason is not None:
            return
        self._reason = reason
        if self._waiting is not None:
            self._waiting.reschedule(asyncio.get_running_loop().time())
        elif self._begun is not None:
            self._begun.end(reason)

    async def answered(self, working: Coroutine[None, None, Answer]) -> Answer:
        """What `working` comes to; it is not over before that is closed. Raises what ended it."""
        answer: Answer | None = None
        try:
            async with self.endable():
                answer = await working
        except BaseException:
            self._over(self)
            if answer is not None:
                await answer.close()
            raise
        if answer.complete:
            self._over(self)
        else:
            answer.at_end(lambda: self._over(self))
        return answer

    async def hear(self, ask: Callable[[Listener], Begun]) -> Answer:
        """As `heard`: from here on what `ask` begins is what is to be ended."""

        def begin(told: Listener) -> Begun:
            self._begun = ask(told)
            return self._begun

        return await heard(begin)

    @asynccontextmanager
    async def endable(self) -> AsyncIterator[None]:
        """Around what a task waits for. Raises what ended it, at the latest where one leaves this."""
        try:
            async with asyncio.timeout(None) as self._waiting:
                yield
        except TimeoutError as error:
            if self._reason is None:
                raise
            raise self._reason from error
        finally:
            self._waiting = None
        if self._reason is not None:  # in the same moment as it was done
            raise self._reason
