"""Messages over a socket: four bytes of length (big-endian), and so many bytes."""

from __future__ import annotations

import asyncio
import socket

_LENGTH = 4


def packed(data: bytes) -> bytes:
    """A message with `data` in it."""
    return len(data).to_bytes(_LENGTH, "big") + data


def received(link: socket.socket) -> bytes:
    """The next message; nothing where the other side has gone."""
    head = _exactly(link, _LENGTH)
    return _exactly(link, int.from_bytes(head, "big")) if head else b""


async def read(stream: asyncio.StreamReader) -> bytes:
    """The next message. Raises EOFError where the other side has gone, or OSError."""
    head = await stream.readexactly(_LENGTH)
    return await stream.readexactly(int.from_bytes(head, "big"))


def _exactly(link: socket.socket, length: int) -> bytes:
    data = bytearray()
    while len(data) < length:
        part = link.recv(length - len(data))
        if not part:
            return b""
        data += part
    return bytes(data)
