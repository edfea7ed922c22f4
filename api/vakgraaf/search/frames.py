"""What goes through the pipe to the process that builds: questions, each with the rows of its answer, and an end.

A frame is four bytes of length (big-endian) and so many bytes. A question is a frame with JSON, frames with the answer
as it comes, and an empty one; a last empty one says that this was all. A pipe that ends without it was cut.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from vakgraaf.errors import UnreadableInput

_LENGTH = 4
_LARGEST = 1024 * 1024
END = bytes(_LENGTH)


def frames(data: bytes) -> Iterator[bytes]:
    """`data`, which is not empty, as frames."""
    for start in range(0, len(data), _LARGEST):
        part = data[start : start + _LARGEST]
        yield len(part).to_bytes(_LENGTH, "big") + part


def heading(about: dict[str, object]) -> bytes:
    """The frame that says what rows are coming."""
    return b"".join(frames(json.dumps(about).encode()))


class Frames:
    """The other end of the pipe. Raises `UnreadableInput` where it ends too early."""

    def __init__(self, source: BinaryIO) -> None:
        self._source = source

    def headings(self) -> Iterator[dict[str, Any]]:
        """What rows come; `lines` has to be read to its end before the next one."""
        while data := self._next():
            yield json.loads(data)

    def lines(self) -> Iterator[str]:
        """The lines of the answer, without their ends, and without the first, which has the names of the columns."""
        rest = b""
        first = True
        while data := self._next():
            *whole, rest = (rest + data).split(b"\n")
            for line in whole:
                if not first:
                    yield line.decode("utf-8", "replace").rstrip("\r")
                first = False
        if rest and not first:
            yield rest.decode("utf-8", "replace").rstrip("\r")

    def _next(self) -> bytes:
        length = int.from_bytes(self._exactly(_LENGTH), "big")
        return self._exactly(length)

    def _exactly(self, length: int) -> bytes:
        data = self._source.read(length)
        if len(data) < length:
            raise UnreadableInput("De gegevens houden te vroeg op.", "The data end too early.")
        return data
