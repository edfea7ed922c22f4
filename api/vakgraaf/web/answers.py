"""An engine's answer as an HTTP response."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Coroutine, Mapping
from typing import Any, TypeVar

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from vakgraaf.engine import Answer
from vakgraaf.errors import VakgraafError
from vakgraaf.web.access_log import PROBLEM
from vakgraaf.web.client_watch import ClientWatch

T = TypeVar("T")

_SPOOL = 1024 * 1024
_BEGUN = "vakgraaf.begun"


class AnswerResponse(Response):
    """Streams an answer. What breaks off after the status line breaks the transfer: the client sees it is incomplete.

    A client that leaves ends the query at once. A small answer goes with its length; so does any to
    HTTP/1.0, which has no chunks, so that an early end would look like the end. `keep` is given an answer that went
    out whole and was no longer than `keep_up_to` bytes.
    """

    def __init__(
        self,
        answer: Answer,
        content_type: str,
        headers: Mapping[str, str],
        keep: Callable[[bytes], None] | None = None,
        keep_up_to: int = 0,
    ) -> None:
        self.status_code = 200
        self.background = None
        self.raw_headers = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()]
        self.raw_headers.append((b"content-type", content_type.encode("latin-1")))
        self._answer = answer
        self._keep = keep
        self._keep_up_to = keep_up_to
        self._started = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the answer, whole or in chunks."""
        try:
            if self._answer.complete:
                await self._send_complete(send)
            else:
                with ClientWatch(receive):
                    await self._send_more(scope, send)
        except VakgraafError as error:
            if not self._started:
                raise
            scope[PROBLEM] = type(error).__name__
            # No last chunk: the server closes the connection in the middle of the body.
        finally:
            await self._answer.close()

    async def _send_complete(self, send: Send) -> None:
        body = self._answer.first
        if self._keep is not None and len(body) <= self._keep_up_to:
            self._keep(body)
        self.raw_headers.append((b"content-length", str(len(body)).encode()))
        await self._start(send)
        # Also to HEAD: what compresses it then gives the length that GET would have. The server lets the body go.
        await send({"type": "http.response.body", "body": body})

    async def _send_more(self, scope: Scope, send: Send) -> None:
        self._answer.check()
        if scope.get("http_version") == "1.0":
            await self._send_spooled(send)
            return
        await self._start(send)
        if scope["method"] == "HEAD":
            await send({"type": "http.response.body", "body": b"", "more_body": False})
            return
        kept: list[bytes] | None = [] if self._keep is not None else None
        length = 0
        async for chunk in self._answer.chunks():
            length += len(chunk)
            if kept is not None:
                kept.append(chunk)
                if length > self._keep_up_to:
                    kept = None
            await send({"type": "http.response.body", "body": chunk, "more_body": True})
        await send({"type": "http.response.body", "body": b"", "more_body": False})
        if kept is not None and self._keep is not None:
            self._keep(b"".join(kept))

    async def _send_spooled(self, send: Send) -> None:
        """Send with a length; what is too large for memory waits on disk until it is complete."""
        with tempfile.SpooledTemporaryFile(max_size=_SPOOL) as file:
            async for chunk in self._answer.chunks():
                file.write(chunk)
            self.raw_headers.append((b"content-length", str(file.tell()).encode()))
            file.seek(0)
            await self._start(send)
            while part := file.read(_SPOOL):
                await send({"type": "http.response.body", "body": part, "more_body": True})
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _start(self, send: Send) -> None:
        self._started = True
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})


async def answered(request: Request, waiting: Coroutine[Any, Any, T]) -> T:
    """What is waited for; if the client leaves meanwhile that ends, and `ClientGoneError` is raised."""
    with ClientWatch(request.receive):
        return await waiting
    raise AssertionError("a ClientWatch swallows nothing")


def note_begun(scope: Scope, answer: Answer | Exception) -> None:
    """Note what the engine said to a request before the application saw it."""
    scope[_BEGUN] = answer


def begun(scope: Scope) -> Answer | None:
    """The answer that was noted, once. Raises the error where that was noted."""
    answer: Answer | Exception | None = scope.pop(_BEGUN, None)
    if isinstance(answer, Exception):
        raise answer
    return answer
