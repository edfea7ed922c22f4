"""Where a client thinks that it is: what a trusted proxy says of the path and the scheme, or the settings do."""

from __future__ import annotations

import re

from starlette.types import ASGIApp, Receive, Scope, Send

from vakgraaf.web.client_address import TrustedProxies

_PREFIX = re.compile(rb"(?:/[A-Za-z0-9._~-]+){1,8}")
_SCHEMES = {b"http": "http", b"https": "https"}


class Forwarded:
    """ASGI middleware that sets `scheme` and `root_path`, so that all links are right for who follows them.

    `prefix` is the path that this server is reached under, where a proxy passes paths on as they are; a request whose
    path does not begin with it came without the proxy. A trusted proxy that takes the prefix off says so in
    `X-Forwarded-Prefix`, and in `X-Forwarded-Proto` whether its client uses https.
    """

    def __init__(self, app: ASGIApp, prefix: str, proxies: TrustedProxies) -> None:
        self._app = app
        self._prefix = prefix
        self._proxies = proxies

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on as its client sees it."""
        if scope["type"] == "http":
            prefix = self._prefix
            if prefix and (scope["path"] == prefix or scope["path"].startswith(prefix + "/")):
                scope["root_path"] = prefix
            if self._proxies.trusts(scope):
                _believe(scope)
        await self._app(scope, receive, send)


def _believe(scope: Scope) -> None:
    """What the headers say. Of several values the last counts: that one the nearest proxy wrote."""
    for name, value in scope["headers"]:
        if name == b"x-forwarded-proto":
            scope["scheme"] = _SCHEMES.get(value.rpartition(b",")[2].strip().lower(), scope["scheme"])
        elif name == b"x-forwarded-prefix":
            _go_below(scope, value.rpartition(b",")[2].strip().rstrip(b"/"))


def _go_below(scope: Scope, prefix: bytes) -> None:
    """Paths in a scope have their root path in front (ASGI 3), but the raw one: that is as it came over the wire."""
    if not _PREFIX.fullmatch(prefix) or scope.get("root_path"):
        return
    scope["root_path"] = root = prefix.decode("ascii")
    scope["path"] = root + scope["path"]
