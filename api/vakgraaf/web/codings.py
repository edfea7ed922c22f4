"""Which coding an answer is compressed with: the one that the client likes best, if it says so (RFC 9110 §12.5.3)."""

from __future__ import annotations

from starlette.types import Receive, Scope, Send
from starlette_compress import CompressMiddleware

from vakgraaf.web.negotiation import choose_coding

_ACCEPTED = b"accept-encoding"
_OURS = ("zstd", "br", "gzip")
"""The codings there are, what suits us best first."""


class Compressing(CompressMiddleware):
    """ASGI middleware that compresses answers. What it is made of takes any coding with a q that is not 0 for as good
    as another, also `*;q=0.1`."""

    __slots__ = ()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with the one coding that is chosen, where the client has weights for them."""
        if scope["type"] == "http":
            for name, value in scope["headers"]:
                if name == _ACCEPTED and b";" in value:
                    coding = choose_coding(value.decode("latin-1"), _OURS)
                    others = [pair for pair in scope["headers"] if pair[0] != _ACCEPTED]
                    scope["headers"] = [*others, (_ACCEPTED, coding.encode())]
                    break
        await super().__call__(scope, receive, send)
