"""The texts of terms that are numbers elsewhere, in a file: what was reckoned is written down with them."""

from __future__ import annotations

import mmap
import os
from array import array
from collections.abc import Iterable, Iterator
from typing import IO
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from vakgraaf.engine.pairs import Pairs, places
from vakgraaf.errors import StoreProblem

_RECENT = 100_000
"""A term is mostly spoken of again soon after: so many are remembered, and not written down again meanwhile."""
_AT_ONCE = 8 * 1024 * 1024
_PAIRS_AT_ONCE = 200_000
_ENTRY = np.dtype([("number", "i8"), ("at", "i8"), ("size", "i4"), ("check", "u4")])


class TermTexts:
    """Texts by number. `wants` are the properties whose terms are to be noted, `graph` a graph all terms of which are.

    Both are as N-Quads writes them. `texts` and `entries` are files, empty at first.
    """

    def __init__(self, wants: Iterable[bytes], graph: bytes, texts: IO[bytes], entries: IO[bytes]) -> None:
        self.wants = frozenset(wants)
        self.graph = graph
        self._texts, self._entries = texts, entries
        self._waiting: list[bytes] = []
        self._numbers, self._sizes, self._checks = array("q"), array("i"), array("I")
        self._held = self._at = 0
        self._recent: dict[int, int] = {}
        self._found: NDArray[np.void] | None = None

    def note(self, number: int, text: bytes) -> None:
        """Keep the text of a term."""
        check = crc32(text)
        if self._recent.get(number) == check:
            return
        if len(self._recent) >= _RECENT:
            self._recent.clear()
        self._recent[number] = check
        self._waiting.append(text)
        self._numbers.append(number)
        self._sizes.append(len(text))
        self._checks.append(check)
        self._held += len(text)
        if self._held >= _AT_ONCE:
            self._put_away()

    def lines(self, name: str, pairs: Pairs, graph: str) -> Iterator[bytes]:
        """N-Quads: each pair with the property of that name, in a graph. Raises `StoreProblem` (see `_known`)."""
        if not pairs.size:
            return
        known, middle, last = self._known(), f" <{name}> ".encode(), f" {graph} .\n".encode()
        with mmap.mmap(self._texts.fileno(), 0, access=mmap.ACCESS_READ) as text:
            for start in range(0, pairs.size, _PAIRS_AT_ONCE):
                part = slice(start, start + _PAIRS_AT_ONCE)
                one, other = (known[places(column[part], known["number"])] for column in pairs)
                columns = (one["at"], one["at"] + one["size"], other["at"], other["at"] + other["size"])
                for begin, end, value, value_end in zip(*(column.tolist() for column in columns), strict=True):
                    yield text[begin:end] + middle + text[value:value_end] + last

    def _known(self) -> NDArray[np.void]:
        """Where each text is, by number. Raises `StoreProblem` where two texts have one number, which chance may do."""
        if self._waiting or self._found is None:
            self._put_away()
            self._entries.seek(0)
            entries = np.frombuffer(self._entries.read(), _ENTRY)
            entries = entries[np.argsort(entries["number"], kind="stable")]
            again = entries["number"][1:] == entries["number"][:-1]
            if (again & (entries["check"][1:] != entries["check"][:-1])).any():
                raise StoreProblem(
                    "Twee termen kregen hetzelfde getal; er is niets veranderd. Probeer het nog eens.",
                    "Two terms got the same number; nothing has changed. Try again.",
                )
            self._found = entries[np.concatenate(([True], ~again))] if entries.size else entries
        return self._found

    def _put_away(self) -> None:
        if not self._waiting:
            return
        entries = np.empty(len(self._waiting), _ENTRY)
        sizes = np.frombuffer(self._sizes, np.int32)
        entries["number"], entries["size"] = np.frombuffer(self._numbers, np.int64), sizes
        entries["at"] = self._at + np.concatenate(([0], np.cumsum(sizes[:-1], dtype=np.int64)))
        entries["check"] = np.frombuffer(self._checks, np.uint32)
        self._texts.seek(0, os.SEEK_END)
        self._texts.writelines(self._waiting)
        self._texts.flush()
        self._entries.seek(0, os.SEEK_END)
        self._entries.write(entries.data)
        self._at, self._held, self._waiting = self._at + self._held, 0, []
        self._numbers, self._sizes, self._checks = array("q"), array("i"), array("I")
