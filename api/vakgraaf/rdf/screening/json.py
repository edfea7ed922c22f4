"""JSON-LD that is nested too deep: the engine keeps all that is in an object once for each level that it is below."""

from __future__ import annotations

import re

from vakgraaf.rdf.screening.refusing import refusal

MOST_LEVELS = 100
"""So many objects and lists may stand in one another. A hundred kilobytes of that take the engine two seconds."""

_UP_TO_MARK = re.compile(rb'(?:[^"\[\]{}]++|"(?:[^"\\]++|\\.)*+")*+', re.DOTALL)
_UP_TO_QUOTE = re.compile(rb'(?:[^"\\]++|\\.)*+', re.DOTALL)
_QUOTE, _BACKSLASH = b'"\\'
_OPENING = b"[{"


class JsonScreen:
    """Counts brackets outside of strings (RFC 8259 §2, §7)."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._depth = 0
        self._in_string = False
        self._left = b""
        self._lines = 1

    def feed(self, part: bytes) -> bytes:
        """The next bytes, which pass. Raises `UnreadableInput`."""
        data, at = self._left + part if self._left else part, 0
        self._left = b""
        while True:
            if self._in_string:
                at = _UP_TO_QUOTE.match(data, at).end()  # type: ignore[union-attr]  # it matches nothing at least
                if at == len(data):
                    break
                if data[at] == _BACKSLASH:
                    self._left = data[at:]  # what it escapes is yet to come
                    break
                self._in_string = False
                at += 1
            at = _UP_TO_MARK.match(data, at).end()  # type: ignore[union-attr]  # so does it
            if at == len(data):
                break
            mark = data[at]
            at += 1
            if mark == _QUOTE:
                self._in_string = True
            elif mark not in _OPENING:
                self._depth -= 1
            else:
                self._depth += 1
                if self._depth > MOST_LEVELS:
                    raise self._too_deep(data.count(b"\n", 0, at))
        self._lines += part.count(b"\n")
        return part

    def end(self) -> bytes:
        """Nothing is left to be looked at."""
        return b""

    def _too_deep(self, lines: int) -> Exception:
        return refusal(
            self._name,
            self._lines + lines,
            f"objecten en lijsten staan hier meer dan {MOST_LEVELS} niveaus diep in elkaar; zo diep wordt niet "
            "gelezen. Geef wat diep staat een @id, zet het in @graph, en verwijs ernaar.",
            f"objects and lists are nested more than {MOST_LEVELS} levels deep here, which is not read. Give what "
            "stands deep an @id, put it in @graph, and refer to it.",
        )
