"""A compressed answer flows as one that is not compressed does."""

from __future__ import annotations

import asyncio
import zlib
from collections.abc import Callable

import brotli
import pytest
import zstandard
from starlette.types import Message, Receive, Scope, Send

from vakgraaf.web.codings import Compressing

PIECE = b'<http://a.example/s> <http://a.example/p> "een waarde" .\n' * 1000


def _brotli() -> Callable[[bytes], bytes]:
    """A decoder that gives all that it has; the library gives a piece of it each time that it is asked."""
    decoder = brotli.Decompressor()
    return lambda data: decoder.process(data) + b"".join(iter(lambda: decoder.process(b""), b""))


DECODERS: dict[str, Callable[[], Callable[[bytes], bytes]]] = {
    "gzip": lambda: zlib.decompressobj(31).decompress,
    "br": _brotli,
    "zstd": lambda: zstandard.ZstdDecompressor().decompressobj().decompress,
}


@pytest.mark.parametrize("coding", DECODERS)
def test_no_more_than_half_a_megabyte_of_an_answer_is_held_back(coding: str) -> None:
    decode = DECODERS[coding]()
    put_in, come_out, held = 0, 0, []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        nonlocal put_in
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/plain")]})
        for _ in range(200):
            put_in += len(PIECE)
            await send({"type": "http.response.body", "body": PIECE, "more_body": True})
            held.append(put_in - come_out)
        await send({"type": "http.response.body", "body": b""})

    async def send(message: Message) -> None:
        nonlocal come_out
        if message["type"] == "http.response.body":
            come_out += len(decode(message["body"]))

    async def receive() -> Message:
        raise AssertionError("nobody asks for the body of a GET")

    scope = {"type": "http", "headers": [(b"accept-encoding", coding.encode())]}
    asyncio.run(Compressing(app, minimum_size=1024)(scope, receive, send))
    assert come_out == put_in
    assert max(held) <= 512 * 1024
