"""Triple terms that are nested too deep (RDF 1.2): a parser in recursion falls over at some ten thousand.

Blank nodes and lists in one another are no matter: each becomes a triple of its own. That leaves what stands as a term
within a term, of which all ends come after one another, as a triple term can only be an object.
"""

from __future__ import annotations

import re

from vakgraaf.rdf.screening.refusing import refusal

MOST_LEVELS = 100
"""So many triple terms may stand in one another."""

_BEGINNING = b"<<("
_END = re.compile(rb"\)>>")
# A comment is one for as far as it goes: what looks like one may stand in a text, and hide no end that comes after it.
_NOTHING = re.compile(rb"(?:\s++|#[^\n\r]*+)*+")
_HALF_AN_END = re.compile(rb"\)>?\Z")


class TripleTermScreen:
    """Counts ends of triple terms that follow one another in Turtle, TriG, N-Triples or N-Quads."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._begun = False
        self._ends = 0
        self._left = b""

    def feed(self, part: bytes) -> bytes:
        """The next bytes, which pass. Raises `UnreadableInput`."""
        data = self._left + part if self._left else part
        self._begun = self._begun or data.find(_BEGINNING) >= 0
        if not self._begun:
            self._left = data[-2:]
            return part
        after = 0
        for found in _END.finditer(data):
            follows = self._ends and _NOTHING.fullmatch(data, after, found.start())
            self._ends = self._ends + 1 if follows else 1
            after = found.end()
            if self._ends > MOST_LEVELS:
                raise self._too_deep()
        half = _half(data)
        if self._ends and _NOTHING.fullmatch(data, after, len(data) - len(half)):
            self._left = _comment(data[after:]) + half
        else:
            self._ends, self._left = 0, half
        return part

    def end(self) -> bytes:
        """Nothing is left to be looked at."""
        return b""

    def _too_deep(self) -> Exception:
        return refusal(
            self._name,
            None,
            f"drietallen (<<( … )>>) staan meer dan {MOST_LEVELS} niveaus diep in elkaar; zo diep wordt niet gelezen. "
            "Geef wat diep staat een naam met rdf:reifies, en verwijs daarnaar.",
            f"triple terms (<<( … )>>) are nested more than {MOST_LEVELS} levels deep, which is not read. Give what "
            "stands deep a name with rdf:reifies, and refer to that.",
        )


def _half(data: bytes) -> bytes:
    """The beginning of an end, where the data stop in the middle of one."""
    found = _HALF_AN_END.search(data, max(0, len(data) - 2))
    return found[0] if found else b""


def _comment(data: bytes) -> bytes:
    """The sign that begins a comment, where the data stop in one."""
    return b"#" if b"#" in data[max(data.rfind(b"\n"), data.rfind(b"\r")) + 1 :] else b""
