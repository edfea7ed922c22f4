"""Frames between the web process and a worker: one letter, four bytes of length, the payload."""

from __future__ import annotations

import asyncio
import socket
import struct
from enum import Enum

CHUNK = 64 * 1024
_HEADER = struct.Struct("!cI")


class Kind(Enum):
    """What a frame carries."""

    READY = b"R"  # worker → web: the worker's process id
    JOB = b"J"  # web → worker: what to evaluate, as JSON
    DATA = b"D"  # worker → web: bytes of the answer, more follows
    LAST = b"L"  # worker → web: the last bytes of the answer, maybe none
    FAILED = b"X"  # worker → web: the job failed, as JSON; the worker goes on


def send(connection: socket.socket, kind: Kind, payload: bytes | memoryview = b"") -> None:
    """Write one frame, blocking. Raises OSError where the other side has gone."""
    connection.sendall(_HEADER.pack(kind.value, len(payload)))
    if payload:
        connection.sendall(payload)


def receive(connection: socket.socket) -> tuple[Kind, bytes]:
    """Read one frame, blocking. Raises EOFError where the other side has closed."""
    kind, length = _HEADER.unpack(_exactly(connection, _HEADER.size))
    return Kind(kind), _exactly(connection, length)


async def read(stream: asyncio.StreamReader) -> tuple[Kind, bytes]:
    """Read one frame. Raises `asyncio.IncompleteReadError` or OSError where the other side has gone."""
    kind, length = _HEADER.unpack(await stream.readexactly(_HEADER.size))
    return Kind(kind), await stream.readexactly(length)


async def write(stream: asyncio.StreamWriter, kind: Kind, payload: bytes) -> None:
    """Write one frame. Raises OSError where the other side has gone."""
    stream.write(_HEADER.pack(kind.value, len(payload)) + payload)
    await stream.drain()


def _exactly(connection: socket.socket, count: int) -> bytes:
    received = bytearray()
    while len(received) < count:
        part = connection.recv(min(count - len(received), 1 << 20))
        if not part:
            raise EOFError
        received += part
    return bytes(received)
