"""An engine's answer as an HTTP response."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Coroutine, Mapping
from typing import Any, TypeVar

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from vakgraaf.engine import Answer
from vakgraaf.errors import VakgraafError

T = TypeVar("T")

_SPOOL = 1024 * 1024


class AnswerResponse(Response):
    """Streams an answer. What breaks off after the status line breaks the transfer: the client sees it is incomplete.

    A client that leaves ends the query at once. A small answer goes with its length; so does any to
    HTTP/1.0, which has no chunks, so that an early end would look like the end.
    """

    def __init__(self, answer: Answer, content_type: str, headers: Mapping[str, str]) -> None:
        super().__init__(content=None, headers={**headers, "content-type": content_type})
        del self.headers["content-length"]
        self._answer = answer
        self._started = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await until_gone(receive, self._send_all(scope, send))
        except VakgraafError:
            if not self._started:
                raise
            # No last chunk: the server closes the connection in the middle of the body.
        finally:
            await self._answer.close()

    async def _send_all(self, scope: Scope, send: Send) -> None:
        if self._answer.complete or scope.get("http_version") == "1.0":
            await self._send_whole(send)
            return
        await self._start(send)
        if scope["method"] == "HEAD":
            await send({"type": "http.response.body", "body": b"", "more_body": False})
            return
        async for chunk in self._answer.chunks():
            await send({"type": "http.response.body", "body": chunk, "more_body": True})
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _send_whole(self, send: Send) -> None:
        """Send with a length; what is too large for memory waits on disk until it is complete."""
        with tempfile.SpooledTemporaryFile(max_size=_SPOOL) as file:
            async for chunk in self._answer.chunks():
                file.write(chunk)
            self.headers["content-length"] = str(file.tell())
            file.seek(0)
            await self._start(send)
            while part := file.read(_SPOOL):
                await send({"type": "http.response.body", "body": part, "more_body": True})
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _start(self, send: Send) -> None:
        self._started = True
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})


async def answered(request: Request, waiting: Coroutine[Any, Any, Answer]) -> Answer:
    """The answer; if the client leaves while it is being worked out the query ends and `ClientGoneError` is raised."""
    return await until_gone(request.receive, waiting)


class ClientGoneError(VakgraafError):
    """The client has closed its connection; nobody reads this."""


async def until_gone(receive: Receive, work: Coroutine[Any, Any, T]) -> T:
    """The result of `work`; it is cancelled, and `ClientGoneError` raised, when the client disconnects first."""
    task = asyncio.ensure_future(work)
    watch = asyncio.ensure_future(_disconnected(receive))
    try:
        await asyncio.wait((task, watch), return_when=asyncio.FIRST_COMPLETED)
        if task.done():
            return task.result()
        raise ClientGoneError("De verbinding is verbroken.", "The connection was closed.")
    finally:
        for pending in (task, watch):
            pending.cancel()
        await asyncio.gather(task, watch, return_exceptions=True)


async def _disconnected(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
