"""Somebody at the door while the data are being loaded: who asks is told so, and need not wait to hear it."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from vakgraaf.rdf import iris
from vakgraaf.web.negotiation import choose_language
from vakgraaf.web.problems import RETRY_AFTER_S, title_of

_LONGEST_HEAD = 64 * 1024
_WAITS_S = 5.0
_DETAIL = {
    "nl": "De server is aan het opstarten: de gegevens worden geladen. Probeer het zo meteen opnieuw.",
    "en": "The server is starting: the data are being loaded. Try again in a moment.",
}


@asynccontextmanager
async def doorkeeper(listener: socket.socket) -> AsyncIterator[None]:
    """Answer every request on `listener` until the end of the block; later connections wait for who listens next.

    `/health` says 200, for this process lives; anything else gets 503 with Retry-After.
    """
    server = await asyncio.start_server(_answer, sock=listener.dup(), limit=_LONGEST_HEAD)
    try:
        yield
    finally:
        server.close()


async def _answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        with suppress(TimeoutError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, OSError):
            async with asyncio.timeout(_WAITS_S):
                head = await reader.readuntil(b"\r\n\r\n")
                writer.write(_said(head.decode("latin-1")))
                await writer.drain()
    finally:
        writer.close()


def _said(head: str) -> bytes:
    """A whole answer to the request that begins so."""
    first, *lines = head.split("\r\n")
    method, _, rest = first.partition(" ")
    headers = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    language = choose_language(None, headers.get("accept-language"))
    told: dict[str, object]
    if rest.partition(" ")[0].partition("?")[0].endswith("/health"):
        status, media_type, told = "200 OK", "application/json", {"status": "starting"}
    else:
        status, media_type = "503 Service Unavailable", "application/problem+json"
        told = {
            "type": f"{iris.BASE}doc/problem#NotReady",
            "title": title_of("NotReady", language),
            "status": 503,
            "detail": _DETAIL[language],
            "missing": ["engine"],
        }
    body = json.dumps(told, ensure_ascii=False).encode()
    lines = [
        f"HTTP/1.1 {status}",
        f"content-type: {media_type}",
        f"content-length: {len(body)}",
        f"content-language: {language}",
        f"retry-after: {RETRY_AFTER_S}",
        "cache-control: no-store",
        "connection: close",
    ]
    return "\r\n".join([*lines, "", ""]).encode() + (b"" if method == "HEAD" else body)
