"""Whether this server can do its work now: what `/ready` says."""

from __future__ import annotations

import asyncio
import time

from starlette.datastructures import State

from vakgraaf.engine import Engine, ask
from vakgraaf.errors import NotReady, Overloaded, UnknownThing, VakgraafError
from vakgraaf.search.keeper import Search

_WAITS_S = 3.0
_HOLDS_S = 1.0


class Readiness:
    """Asks the engine a question of nothing, and looks whether search is there; at most once a second.

    Whoever asks goes by the same answer: those who watch a server must be no burden to it.
    """

    def __init__(self, state: State) -> None:
        self.stopping = False
        self._state = state
        self._asking = asyncio.Lock()
        self._known_until = 0.0
        self._found: NotReady | None = None

    @property
    def ready(self) -> bool:
        """What was found last."""
        return self._found is None and not self.stopping

    async def require(self) -> None:
        """Raises `NotReady` with everything that is missing."""
        if self.stopping:
            raise NotReady("De server stopt.", "The server is stopping.", ("server",))
        async with self._asking:
            if time.monotonic() >= self._known_until:
                self._found = await self._look()
                self._known_until = time.monotonic() + _HOLDS_S
        if self._found is not None:
            raise NotReady(self._found.nl, self._found.en, self._found.missing)

    async def _look(self) -> NotReady | None:
        missing = {name: problem for name, problem in (("engine", await self._engine()), ("search", self._search()))}
        problems = {name: problem for name, problem in missing.items() if problem is not None}
        if not problems:
            return None
        return NotReady(
            " ".join(problem.nl for problem in problems.values()),
            " ".join(problem.en for problem in problems.values()),
            tuple(problems),
        )

    async def _engine(self) -> VakgraafError | None:
        """What is wrong with the engine. One that has no place free is busy, and that is no reason to send all away."""
        engine: Engine = self._state.engine
        silent = NotReady(
            "De gegevens worden (opnieuw) geladen, of het proces dat ze heeft, antwoordt niet.",
            "The data are being loaded (again), or the process that has them does not answer.",
        )
        if not engine.alive:
            return silent
        try:
            async with asyncio.timeout(_WAITS_S):
                await ask(engine, "ASK {}")
        except TimeoutError:
            return silent
        except Overloaded:
            return None
        except VakgraafError as error:
            return error
        return None

    def _search(self) -> VakgraafError | None:
        """What is wrong with search; nothing where it was switched off, or where its index is somewhat behind."""
        search: Search = self._state.search
        try:
            _ = search.state
        except UnknownThing:
            return None
        except VakgraafError as error:
            return error
        return None
