"""Frames between the web process and a worker: one letter, four bytes of length, the payload."""

from __future__ import annotations

import socket
import struct
from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple

CHUNK = 64 * 1024
_HEADER = struct.Struct("!cI")


class Kind(bytes, Enum):
    """What a frame carries."""

    READY = b"R"  # worker → web: the worker's process id
    JOB = b"J"  # web → worker: what to do
    DATA = b"D"  # worker → web: bytes of the answer, more follows
    LAST = b"L"  # worker → web: the last bytes of the answer, maybe none
    FAILED = b"X"  # worker → web: the job failed, as JSON; the worker goes on


class Frame(NamedTuple):
    """One frame, whole."""

    kind: Kind
    payload: bytes


_KINDS = {kind.value: kind for kind in Kind}


def packed(kind: Kind, payload: bytes) -> bytes:
    """A frame as it goes over the wire."""
    return _HEADER.pack(kind, len(payload)) + payload


def only(data: bytes) -> Frame | None:
    """The frame that `data` is, where it is one: most answers come in like that."""
    if len(data) < _HEADER.size:
        return None
    kind, length = _HEADER.unpack_from(data)
    return Frame(_KINDS[kind], data[_HEADER.size :]) if len(data) == _HEADER.size + length else None


def split(buffer: bytearray) -> Iterator[Frame]:
    """Take the complete frames off the front of `buffer`; what is left is the beginning of the next."""
    start = 0
    while len(buffer) - start >= _HEADER.size:
        kind, length = _HEADER.unpack_from(buffer, start)
        end = start + _HEADER.size + length
        if end > len(buffer):
            break
        yield Frame(_KINDS[kind], bytes(memoryview(buffer)[start + _HEADER.size : end]))
        start = end
    if start:
        del buffer[:start]


def send(connection: socket.socket, kind: Kind, payload: bytes = b"") -> None:
    """Write one frame, blocking. Raises OSError where the other side has gone."""
    connection.sendall(packed(kind, payload))


def receive(connection: socket.socket) -> tuple[Kind, bytes]:
    """Read one frame, blocking. Raises EOFError where the other side has closed."""
    kind, length = _HEADER.unpack(_exactly(connection, _HEADER.size))
    return _KINDS[kind], _exactly(connection, length)


def _exactly(connection: socket.socket, count: int) -> bytes:
    part = connection.recv(min(count, 1 << 20)) if count else b""
    if len(part) == count:
        return part
    received = bytearray(part)
    while part and len(received) < count:
        part = connection.recv(min(count - len(received), 1 << 20))
        received += part
    if len(received) < count:
        raise EOFError
    return bytes(received)
