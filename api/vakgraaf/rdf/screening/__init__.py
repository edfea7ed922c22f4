"""What RDF may not be that comes from anybody: a little text that is much to read, or that takes a parser down.

Every parser of what is handed in is given it through here, and the limits are the same for all. Each screen looks at
the bytes once, as they come; what is no valid RDF it leaves to the parser, but for XML (see `xml`).
"""

from __future__ import annotations

import codecs
import io
from collections.abc import Callable
from mmap import mmap
from typing import IO, Protocol, cast

from vakgraaf.rdf.formats import JSON_LD, RDF_XML, Format
from vakgraaf.rdf.screening.json import JsonScreen
from vakgraaf.rdf.screening.triple_terms import TripleTermScreen
from vakgraaf.rdf.screening.xml import XmlScreen

__all__ = ["is_marked", "screen", "screened", "unmarked"]

_AT_ONCE = 256 * 1024


def is_marked(content: bytes | mmap) -> bool:
    """Whether it begins with the mark that editors put before text in UTF-8; the engine takes it for a letter."""
    return content[: len(codecs.BOM_UTF8)] == codecs.BOM_UTF8


def unmarked(content: bytes) -> bytes:
    """The same without that mark."""
    return content.removeprefix(codecs.BOM_UTF8)


class _Screen(Protocol):
    def feed(self, part: bytes) -> bytes:
        """The next bytes; what has passed by now. Raises as `screen` does."""

    def end(self) -> bytes:
        """There are no more bytes; what has passed now as well. Raises as `screen` does."""


def screen(content: bytes | mmap, form: Format, name: str = "") -> None:
    """Nothing, for content that a parser may be given. `name` stands in messages.

    Raises `UnreadableInput` where it is nested too deep or would grow too much, and SyntaxError for XML that is not
    well-formed.
    """
    found = _screen_of(form)(name)
    found.feed(cast(bytes, content))
    found.end()


def screened(file: IO[bytes], form: Format, name: str = "") -> IO[bytes]:
    """The same bytes as `file` has, unmarked, of which none is read that `screen` would not have passed.

    Reading raises as that does.
    """
    return cast(IO[bytes], io.BufferedReader(_Screened(file, _screen_of(form)(name)), _AT_ONCE))


def _screen_of(form: Format) -> Callable[[str], _Screen]:
    if form == JSON_LD:
        return JsonScreen
    return XmlScreen if form == RDF_XML else TripleTermScreen


class _Screened(io.RawIOBase):
    def __init__(self, file: IO[bytes], screen: _Screen) -> None:
        self._file = file
        self._screen = screen
        self._ended = False
        self._passed = b""
        self._begun = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # it is handed nothing else
        while not self._passed and not self._ended:
            part = self._file.read(len(buffer))
            self._ended = not part
            if not self._begun:
                part, self._begun = unmarked(part), True
            self._passed = self._screen.end() if self._ended else self._screen.feed(part)
        given, self._passed = self._passed[: len(buffer)], self._passed[len(buffer) :]
        buffer[: len(given)] = given
        return len(given)
