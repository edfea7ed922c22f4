"""The web process's end of the connection to a worker: frames out, frames in, without a task of its own."""

from __future__ import annotations

import asyncio
import socket
from collections import deque
from collections.abc import Callable
from typing import cast

from vakgraaf.engine import frames
from vakgraaf.engine.frames import Frame, Kind

_HIGH_WATER = 8 * frames.CHUNK


class Link(asyncio.Protocol):
    """A connection that is read frame by frame; when more than half a megabyte waits, the worker has to."""

    def __init__(self) -> None:
        self.gone = False
        self._transport: asyncio.Transport | None = None
        self._buffer = bytearray()
        self._frames: deque[Frame] = deque()
        self._waiting = 0
        self._paused = False
        self._heard: Callable[[Frame | None], None] | None = None
        self._there: asyncio.Future[None] | None = None

    @classmethod
    async def over(cls, connection: socket.socket) -> Link:
        """A link over one end of a socket pair, which it owns from now on."""
        _, link = await asyncio.get_running_loop().create_unix_connection(cls, sock=connection)
        return link

    def send(self, kind: Kind, payload: bytes) -> None:
        """Send a frame. To a worker that has gone it is lost; `receive` then says so."""
        if self._transport is not None and not self.gone:
            self._transport.write(frames.packed(kind, payload))

    def listen(self, heard: Callable[[Frame | None], None]) -> None:
        """Have `heard` called, once, with the next frame, or with None where none will come."""
        self._heard = heard
        if self._frames or self.gone:
            asyncio.get_running_loop().call_soon(self._wake)

    async def receive(self) -> Frame:
        """The next frame. Raises EOFError where the worker has gone before it was complete."""
        if not self._frames and not self.gone:
            self._there = asyncio.get_running_loop().create_future()
            try:
                await self._there
            finally:
                self._there = None
        if not self._frames:
            raise EOFError
        return self._take()

    def _take(self) -> Frame:
        frame = self._frames.popleft()
        self._waiting -= len(frame.payload)
        if self._paused and self._waiting <= _HIGH_WATER // 2 and self._transport is not None:
            self._paused = False
            self._transport.resume_reading()
        return frame

    @property
    def last_words(self) -> bytes:
        """What the worker wrote behind its last frame."""
        return bytes(self._buffer)

    def close(self) -> None:
        """Let go of the connection."""
        if self._transport is not None:
            self._transport.abort()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Called by the loop."""
        self._transport = cast(asyncio.Transport, transport)  # uvloop's transports do not inherit from it

    def connection_lost(self, exc: Exception | None) -> None:
        """Called by the loop when either side has closed."""
        self.gone = True
        self._wake()

    def data_received(self, data: bytes) -> None:
        """Called by the loop with whatever has come in."""
        if self._heard is not None and not (self._buffer or self._frames) and (frame := frames.only(data)) is not None:
            heard, self._heard = self._heard, None
            heard(frame)
            return
        self._buffer += data
        for frame in frames.split(self._buffer):
            self._frames.append(frame)
            self._waiting += len(frame.payload)
        if self._waiting > _HIGH_WATER and not self._paused and self._transport is not None:
            self._paused = True
            self._transport.pause_reading()
        if self._frames:
            self._wake()

    def _wake(self) -> None:
        if self._there is not None and not self._there.done():
            self._there.set_result(None)
        heard, self._heard = self._heard, None
        if heard is not None:
            heard(self._take() if self._frames else None)
