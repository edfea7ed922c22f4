"""Which coding an answer is compressed with: the one that the client likes best, if it says so (RFC 9110 §12.5.3)."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Protocol

from starlette.types import ASGIApp, Receive, Scope, Send
from starlette_compress import CompressMiddleware

from vakgraaf.web.negotiation import choose_coding

_ACCEPTED = b"accept-encoding"
_OURS = ("zstd", "br", "gzip")
"""The codings there are, what suits us best first."""

_HELD_BYTES = 256 * 1024


class Compressing(CompressMiddleware):
    """ASGI middleware that compresses answers.

    What it is made of takes any coding with a q that is not 0 for as good as another, also `*;q=0.1`; and they
    hold back what compresses well, Brotli up to ten megabytes, so that a client sees it when it is nearly over.
    """

    __slots__ = ()

    def __init__(self, app: ASGIApp, *, minimum_size: int) -> None:
        super().__init__(app, minimum_size=minimum_size)
        for responder in (self._zstd, self._brotli, self._gzip):
            assert responder is not None
            responder.create_encoder = partial(_Flowing, responder.create_encoder)

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


class _Encoder(Protocol):
    """What compresses a stream."""

    def feed(self, data: bytes, flush: bool) -> Iterable[bytes]: ...
    def finish(self) -> Iterable[bytes]: ...


class _Making(Protocol):
    """What makes one, for a stream of this length, or of one that is not known (-1)."""

    def __call__(self, length: int, /) -> _Encoder: ...


class _Flowing:
    """An encoder that holds no more than so much back."""

    def __init__(self, make: _Making, length: int) -> None:
        self._encoder = make(length)
        self._held = 0

    def feed(self, data: bytes, flush: bool) -> Iterable[bytes]:
        """Take in some bytes, and give what is to be sent."""
        self._held += len(data)
        flush = flush or self._held >= _HELD_BYTES
        if flush:
            self._held = 0
        return self._encoder.feed(data, flush)

    def finish(self) -> Iterable[bytes]:
        """Give what is left."""
        return self._encoder.finish()
