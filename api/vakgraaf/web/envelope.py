"""What is around every request and answer: a name for it, its place among the others, headers, a line in the log."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from vakgraaf.web.access_log import Exchange
from vakgraaf.web.crowd import Crowd, too_many
from vakgraaf.web.form_fields import too_many_fields
from vakgraaf.web.manners import Manners
from vakgraaf.web.problems import on_error
from vakgraaf.web.rate_limit import RateLimit, too_often
from vakgraaf.web.refusals import refusal
from vakgraaf.web.replies import Replies
from vakgraaf.web.request_id import name_request, request_id
from vakgraaf.web.security import EVERYWHERE, PREFLIGHT

Methods = Callable[[Scope], list[str]]
_LOG = logging.getLogger(__name__)
_WITH_CODINGS = (200, 304)
_CODINGS = b"Accept-Encoding"


class Envelope:
    """ASGI middleware around everything else; it never changes a body.

    `crowd` counts the requests there are at once: who comes when it is full gets 503 with Retry-After, and 429 who
    comes more often than `rate` allows. `methods` tells what a path allows, for OPTIONS. `ended` is told of every
    exchange when it is over; what went out in one piece is offered to `replies`, and how it went to `manners`.
    """

    def __init__(
        self,
        app: ASGIApp,
        crowd: Crowd,
        methods: Methods,
        replies: Replies,
        manners: Manners,
        ended: Callable[[Exchange], None],
        rate: RateLimit,
    ) -> None:
        self._app = app
        self._crowd = crowd
        self._methods = methods
        self._replies = replies
        self._manners = manners
        self._ended = ended
        self._rate = rate

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and its answer back with the headers on it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        name = name_request(scope)
        exchange = Exchange(scope, request_id(scope), time.monotonic())

        headers: list[tuple[bytes, bytes]] = []

        async def with_headers(message: Message) -> None:
            nonlocal headers
            if message["type"] == "http.response.start":
                exchange.status = message["status"]
                headers = message["headers"]
                if exchange.status == 405:  # the router only knows of the first route that it came upon
                    allowed = ", ".join(self._methods(scope)).encode()
                    headers = [*(pair for pair in headers if pair[0] != b"allow"), (b"allow", allowed)]
                elif exchange.status in _WITH_CODINGS:
                    headers = _varying(headers)
                present = {header for header, _ in headers}
                headers = [*headers, *(pair for pair in EVERYWHERE if pair[0] not in present), (b"x-request-id", name)]
                message = {**message, "headers": headers}
                await send(message)
                return
            body = message.get("body", b"")
            at_once = exchange.bytes == 0
            exchange.bytes += len(body)
            exchange.whole = not message.get("more_body", False)
            await send(message)
            if at_once and exchange.whole:
                self._replies.keep(scope, exchange.status, headers, body)
                self._manners.learn(scope, exchange.status, headers, body)

        full = self._crowd.full
        with self._crowd:
            try:
                await self._pass(scope, receive, with_headers, full=full)
            except Exception as error:
                response = await on_error(Request(scope), error)
                if exchange.status:
                    raise  # the server then ends the connection, so that the client sees that something is missing
                _LOG.error("Nobody foresaw what became of request %s.", exchange.name, exc_info=error)
                await response(scope, receive, with_headers)
            finally:
                self._ended(exchange)

    async def _pass(self, scope: Scope, receive: Receive, send: Send, *, full: bool) -> None:
        refused = refusal(scope) or too_many_fields(scope)
        if refused is not None:
            scope["query_string"] = b""  # not looked at any further, not even for the language of the refusal
        problem = too_many() if full else refused
        if problem is None and (wait_s := self._rate.wait_s(scope)):
            problem = too_often(wait_s)
        if problem is not None:
            # Out here no handler catches what is raised.
            response = await on_error(Request(scope), problem)
            await response(scope, receive, send)
            return
        if scope["method"] != "OPTIONS":
            await self._app(scope, receive, send)
            return
        allowed = ", ".join([*self._methods(scope), "OPTIONS"]).encode()
        headers = [(b"allow", allowed)]
        if b"access-control-request-method" in {name for name, _ in scope["headers"]}:
            headers += PREFLIGHT
        await send({"type": "http.response.start", "status": 204, "headers": headers})
        await send({"type": "http.response.body", "body": b""})


def _varying(headers: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """The headers of an answer, which say that it may come compressed to who asks for that (RFC 9110 §12.5.5).

    What compresses says so itself of what it looks at, and not of a HEAD, of a 304, or of what is small this time.
    """
    said = [value for name, value in headers if name == b"vary"]
    if _CODINGS.lower() in b",".join(said).lower():
        return headers
    return [*(pair for pair in headers if pair[0] != b"vary"), (b"vary", b", ".join([*said, _CODINGS]))]
