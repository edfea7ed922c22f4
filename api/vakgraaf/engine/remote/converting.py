"""One format into another while it streams, in a thread beside the event loop; as much is in memory as is on its way.

The engine's own readers and writers do it; they want files that block, so each side of the thread is such a file.
"""

from __future__ import annotations

import asyncio
import math
import threading
import traceback
from collections.abc import AsyncIterator, Callable
from concurrent.futures import CancelledError
from typing import IO, Any, cast

import pyoxigraph as ox

from vakgraaf.engine.endings import too_large
from vakgraaf.engine.frames import CHUNK
from vakgraaf.engine.remote.failures import incomplete
from vakgraaf.engine.serialising import write_results, write_statements
from vakgraaf.errors import UnreadableInput, VakgraafError
from vakgraaf.rdf.formats import COLUMN_FORMATS, RESULTS_CSV, Format
from vakgraaf.rdf.screening import screened

_MOST_OF_COLUMNS = 128 * 1024 * 1024  # all of it is taken in before the first of it goes out
_AHEAD = 2  # so many chunks may wait on the way out


def readable(form: Format) -> bool:
    """Whether a format can be converted from; CSV has lost what its values are."""
    return form is not RESULTS_CSV


async def converted(chunks: AsyncIterator[bytes], given: Format, wanted: Format, name: str) -> AsyncIterator[bytes]:
    """`chunks` in format `given` as `wanted`: tables as tables or graphs as graphs, or ?s ?p ?o ?g as a dataset.

    Raises `RemoteFailure`, which names `name`, where the bytes are not in that format or end too early, and what
    `chunks` raises.
    """
    most = _MOST_OF_COLUMNS if wanted in COLUMN_FORMATS else math.inf
    work = _Conversion(chunks, lambda source, sink: _convert(source, sink, given, wanted), most)
    try:
        async for chunk in work.results():
            yield chunk
    except (SyntaxError, ValueError, UnreadableInput) as error:
        raise incomplete(name) from error
    finally:
        await work.close()


def boolean(value: bool, form: Format) -> bytes:
    """The answer to an ASK query, serialised."""
    text = b'{"head":{},"boolean":true}' if value else b'{"head":{},"boolean":false}'
    answer: Any = ox.parse_query_results(text, ox.QueryResultsFormat.JSON)
    return bytes(answer.serialize(format=ox.QueryResultsFormat.from_media_type(form.media_type)))


def _convert(source: IO[bytes], sink: IO[bytes], given: Format, wanted: Format) -> None:
    if given.kind == "results":
        answer: Any = ox.parse_query_results(source, ox.QueryResultsFormat.from_media_type(given.media_type))
        if wanted.kind == "dataset":
            rows = (ox.Quad(row["s"], row["p"], row["o"], row["g"]) for row in answer)
            write_statements(rows, sink, wanted.media_type)
        else:
            write_results(answer, sink, wanted.media_type)
        return
    quads = ox.parse(screened(source, given), ox.RdfFormat.from_media_type(given.media_type))
    statements = quads if wanted.kind == "dataset" else (quad.triple for quad in quads)
    write_statements(statements, sink, wanted.media_type)


class _Conversion:
    """A thread that reads from the loop, works, and writes to the loop; both of its files wait for the other side."""

    def __init__(self, chunks: AsyncIterator[bytes], work: Callable[[IO[bytes], IO[bytes]], None], most: float) -> None:
        self._chunks = chunks
        self._work = work
        self._loop = asyncio.get_running_loop()
        self._out: asyncio.Queue[bytes | BaseException | None] = asyncio.Queue(_AHEAD)
        self._most, self._taken = most, 0
        self._closed = False
        self._left = b""
        self._waiting = bytearray()
        self._thread = threading.Thread(target=self._run, name="vakgraaf-convert", daemon=True)

    async def results(self) -> AsyncIterator[bytes]:
        """What the work writes. Raises what it raises."""
        self._thread.start()
        while (item := await self._out.get()) is not None:
            if isinstance(item, BaseException):
                raise item
            yield item

    async def close(self) -> None:
        """End the thread at its next step; it holds nothing that it would have to put back."""
        self._closed = True
        while not self._out.empty():
            self._out.get_nowait()

    def read(self, size: int = -1, /) -> bytes:
        """Called by the thread: some bytes, none at the end."""
        if not self._left:
            self._left = self._ask(anext(self._chunks, b""))
            self._taken += len(self._left)
            if self._taken > self._most:
                raise too_large(int(self._most))
        part = self._left if size < 0 else self._left[:size]
        self._left = self._left[len(part) :]
        return part

    def write(self, data: bytes, /) -> int:
        """Called by the thread. Where nobody listens any more it stops at its next `read`: here an error is lost."""
        if self._closed:
            return len(data)
        self._waiting += data
        if len(self._waiting) >= CHUNK:
            self.flush()
        return len(data)

    def flush(self) -> None:
        """Called by the thread."""
        if self._waiting and not self._closed:
            self._ask(self._out.put(bytes(self._waiting)))
            self._waiting.clear()

    def _run(self) -> None:
        try:
            self._work(cast(IO[bytes], self), cast(IO[bytes], self))
            self.flush()
            self._ask(self._out.put(None))
        except (VakgraafError, SyntaxError, ValueError, RuntimeError, OSError) as error:
            # What the engine made in this thread may not be let go of in another, which the frames would see to.
            traceback.clear_frames(error.__traceback__)
            if not self._closed:
                self._ask(self._out.put(error.with_traceback(None)))
        except (CancelledError, asyncio.CancelledError):
            return  # nobody waits for the result any more

    def _ask(self, waiting: Any) -> Any:
        if self._closed:
            waiting.close()
            raise CancelledError
        return asyncio.run_coroutine_threadsafe(waiting, self._loop).result()
