"""Turtle and TriG with the prefixes that they use and no others, as long as that holds nothing up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, cast

from vakgraaf.engine.frames import CHUNK

_WITH_PREFIXES = ("text/turtle", "application/trig")
_APART = bytes.maketrans(b"\n\r\t^([,;", b" " * 8)
"""What may stand directly before a name with a prefix becomes a space."""
_DECLARATION = re.compile(rb"@prefix ([^:\s]*): <[^>]*> \.\n")


class _Held:
    """A file that holds back what is written to it while that is no more than goes out in one piece anyway."""

    def __init__(self, output: IO[bytes]) -> None:
        self._output = output
        self._held: bytearray | None = bytearray()

    def write(self, data: bytes, /) -> int:
        if self._held is None:
            self._output.write(data)
            return len(data)
        self._held += data
        if len(self._held) > CHUNK:
            self._output.write(bytes(self._held))
            self._held = None
        return len(data)

    def flush(self) -> None:
        """The engine calls this at its end; `finish` follows."""

    def finish(self) -> None:
        if self._held is not None:
            self._output.write(_trimmed(bytes(self._held)))
        self._output.flush()


@contextmanager
def only_used_prefixes(output: IO[bytes], media_type: str) -> Iterator[IO[bytes]]:
    """A file to write an RDF document to. One of more than a frame keeps all its declarations."""
    if media_type not in _WITH_PREFIXES:
        yield output
        return
    held = _Held(output)
    yield cast(IO[bytes], held)  # the engine calls these two
    held.finish()


def _trimmed(document: bytes) -> bytes:
    """The document without declarations of prefixes that it has nowhere, not even in a text."""
    declarations = []
    start = 0
    while (match := _DECLARATION.match(document, start)) is not None:
        declarations.append(match)
        start = match.end()
    body = document[start:]
    # Looking for each prefix in turn, or with an expression, takes many times as long.
    used = {piece[piece.rfind(b" ") + 1 :] for piece in body.translate(_APART).split(b":")}
    return b"".join(m[0] for m in declarations if m[1] in used) + body
