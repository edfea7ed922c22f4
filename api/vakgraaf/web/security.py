"""Headers that every answer has: what a page may load, and who may read from elsewhere."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEADERS = {
    "content-security-policy": "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer-when-downgrade",
}
_OPEN = {
    # For reading only and without credentials; nothing here ever answers to a cookie.
    "access-control-allow-origin": "*",
    "access-control-expose-headers": "ETag, Content-Language, Link, Retry-After",
}
_PREFLIGHT = {
    **_OPEN,
    "access-control-allow-methods": "GET, HEAD, POST, OPTIONS",
    "access-control-allow-headers": "Accept, Accept-Language, Content-Type, If-None-Match",
    "access-control-max-age": "86400",
}


class SecurityHeaders:
    """ASGI middleware that adds headers and answers preflights; it never touches a body."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and its answer back with the headers on it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in (HEADERS | _OPEN).items():
                    headers.setdefault(name, value)
            await send(message)

        if scope["method"] == "OPTIONS":
            raw = [(k.encode(), v.encode()) for k, v in {**HEADERS, **_PREFLIGHT}.items()]
            await send({"type": "http.response.start", "status": 204, "headers": raw})
            await send({"type": "http.response.body", "body": b""})
            return
        await self._app(scope, receive, with_headers)
