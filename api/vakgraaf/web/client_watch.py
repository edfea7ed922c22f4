"""Notice that a client has left while an answer is being made for it."""

from __future__ import annotations

import asyncio
from types import TracebackType

from starlette.types import Receive

from vakgraaf.errors import VakgraafError

_QUICK_S = 0.05


class ClientGoneError(VakgraafError):
    """The client has closed its connection; nobody reads this."""


def client_gone() -> ClientGoneError:
    """What is said to nobody."""
    return ClientGoneError("De verbinding is verbroken.", "The connection was closed.")


class ClientWatch:
    """Around work for one client: ends it, with `ClientGoneError`, when that client disconnects.

    The request must have been read to its end. Most work is done before anybody could leave, so the watch only begins
    after a twentieth of a second.
    """

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._watch: asyncio.Task[None] | None = None
        self._gone = False

    def __enter__(self) -> None:
        self._work = asyncio.current_task()
        self._timer = asyncio.get_running_loop().call_later(_QUICK_S, self._begin)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._timer.cancel()
        if self._watch is not None:
            self._watch.cancel()
        if self._gone and self._work is not None and kind is asyncio.CancelledError and self._work.uncancel() == 0:
            raise client_gone() from error

    def _begin(self) -> None:
        self._watch = asyncio.get_running_loop().create_task(self._wait())

    async def _wait(self) -> None:
        while (await self._receive())["type"] != "http.disconnect":
            pass
        self._gone = True
        if self._work is not None:
            self._work.cancel()
