"""What is around every request and answer: a name for it, its place among the others, headers, a line in the log."""

from __future__ import annotations

import time
from collections.abc import Callable

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from vakgraaf.errors import Overloaded
from vakgraaf.web.access_log import AccessLog, Exchange
from vakgraaf.web.connection import address_too_long
from vakgraaf.web.problems import on_error
from vakgraaf.web.request_id import name_request, request_id
from vakgraaf.web.security import EVERYWHERE, PREFLIGHT

Methods = Callable[[Scope], list[str]]


class Envelope:
    """ASGI middleware around everything else; it never touches a body.

    `most` is how many requests there may be at once: who comes on top of that gets 503 with Retry-After. `methods`
    tells what a path allows, for OPTIONS.
    """

    def __init__(self, app: ASGIApp, most: int, methods: Methods, log: AccessLog) -> None:
        self._app = app
        self._most = most
        self._methods = methods
        self._log = log
        self._open = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and its answer back with the headers on it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        name = name_request(scope)
        exchange = Exchange(scope, request_id(scope), time.monotonic())

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                exchange.status = message["status"]
                headers = message["headers"]
                if exchange.status == 405:  # the router only knows of the first route that it came upon
                    allowed = ", ".join(self._methods(scope)).encode()
                    headers = [*(pair for pair in headers if pair[0] != b"allow"), (b"allow", allowed)]
                present = {header for header, _ in headers}
                headers = [*headers, *(pair for pair in EVERYWHERE if pair[0] not in present), (b"x-request-id", name)]
                message = {**message, "headers": headers}
            else:
                exchange.bytes += len(message.get("body", b""))
                exchange.whole = not message.get("more_body", False)
            await send(message)

        self._open += 1
        try:
            await self._pass(scope, receive, with_headers)
        finally:
            self._open -= 1
            self._log.ended(exchange)

    async def _pass(self, scope: Scope, receive: Receive, send: Send) -> None:
        refusal = _too_many() if self._open > self._most else address_too_long(scope)
        if refusal is not None:
            # Out here no handler catches what is raised.
            response = await on_error(Request(scope), refusal)
            await response(scope, receive, send)
            return
        if scope["method"] != "OPTIONS":
            await self._app(scope, receive, send)
            return
        allowed = ", ".join([*self._methods(scope), "OPTIONS"]).encode()
        headers = [(b"allow", allowed), (b"content-length", b"0")]
        if b"access-control-request-method" in {name for name, _ in scope["headers"]}:
            headers += PREFLIGHT
        await send({"type": "http.response.start", "status": 204, "headers": headers})
        await send({"type": "http.response.body", "body": b""})


def _too_many() -> Overloaded:
    return Overloaded(
        "Er zijn nu te veel verzoeken tegelijk. Probeer het straks opnieuw.",
        "There are too many requests at once. Try again shortly.",
    )
