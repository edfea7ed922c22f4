"""Reading ahead: many small chunks, as engines send them, become few large ones on their way out."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator

_MOST = 256 * 1024
_ENOUGH = 64 * 1024
_MOMENT_S = 0.002


async def ahead(chunks: AsyncIterator[bytes]) -> AsyncGenerator[bytes, None]:
    """What has come of `chunks` whenever it is asked for, however little that is; never more than so much waits.

    Raises what `chunks` raises, after everything that came before. To be closed.
    """
    waiting = bytearray()
    something, room = asyncio.Event(), asyncio.Event()

    async def read() -> None:
        async for chunk in chunks:
            waiting.extend(chunk)
            something.set()
            if len(waiting) >= _MOST:
                room.clear()
                await room.wait()

    reading = asyncio.create_task(read())
    reading.add_done_callback(lambda _: something.set())
    try:
        while True:
            await something.wait()
            if len(waiting) < _ENOUGH and not reading.done():
                await asyncio.sleep(_MOMENT_S)  # a chunk costs much more to pass on than to wait for the next one
            something.clear()
            if waiting:
                data = bytes(waiting)
                waiting.clear()
                room.set()
                if reading.done():
                    something.set()
                yield data
            elif reading.done():
                reading.result()
                return
    finally:
        reading.cancel()
        await asyncio.gather(reading, return_exceptions=True)
