"""Words as what they are put together of: "zorgplan" of "zorg" and "plan", by the words that the texts have.

Every place where a word can be cut into two that are words (an s between them left out) is a way to read it; the
reading whose parts are most common counts (Koehn and Knight, Empirical Methods for Compound Splitting, 2003).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from math import log

from vakgraaf.language.stems import stems

_SHORTEST = 3
_SHORTEST_WHOLE = 7
_MOST_PARTS = 4
# What begins with one of these is derived from a word, not put together of two: "onderwijs", "samenwerken".
_PREFIXES = frozenset(
    "aan aange achter af afge alle als be best bij bijge binnen boven buiten daar dat der die door een ent ere"
    " erop est ge her hier hoe hoog ieder in ing later maar mede mee met mis na naar neer niet om onder ont oor op"
    " over per pro samen sub tegen terug toe tot tussen uit vaak van veel ver vol voor voort waar wat weer weg wel"
    " zelf".split()
)
# Endings that are words as well, and seldom meant as such at the end of another.
_SUFFIXES = frozenset(
    "aal aande aar aarden age are arm baar bare bij den der dere dom een elijk end ende ene eren erg ers ert ging"
    " heden heid ieder ing isch ise iteit kundig lijk lijke lijkheden lijkheid lijks loos loosheid loze lozen"
    " matig matige men nis ons ren rijk schap schappen ste sten ster tegen teit ten ter teren uurder van vol waard"
    " waardig waarts zaam zame zin".split()
)


class Splitter:
    """Takes words apart. `counts` says of each known word how often it occurs, `known` which stems there are."""

    def __init__(self, counts: Mapping[str, int], known: Collection[str] = ()) -> None:
        self._counts = counts
        self._known = known
        self._read: dict[str, tuple[str, ...]] = {}

    def parts(self, word: str) -> tuple[str, ...]:
        """The words that `word` is put together of, the first one first; none where it is no compound."""
        found = self._read.get(word)
        if found is None:
            found = self._read[word] = self._split(word)
        return found

    def inside(self, word: str) -> tuple[str, ...]:
        """Every word that stands in the compound `word`, also those that are compounds themselves."""
        parts = self.parts(word)
        found = dict.fromkeys(parts)
        for first in range(len(parts)):
            for last in range(first + 2, len(parts) + (first > 0)):
                together = "".join(parts[first:last])
                if together in self._counts:
                    found[together] = None
        return tuple(found)

    def _split(self, word: str) -> tuple[str, ...]:
        if len(word) < _SHORTEST_WHOLE or not word.isalpha():
            return ()
        best = 0.0
        parts: tuple[str, ...] = ()
        for reading in self._readings(word, _MOST_PARTS):
            if len(reading) > 1:
                worth = sum(log(1 + self._counts.get(part, 1)) for part in reading) / len(reading) ** 1.5
                if worth > best:
                    best, parts = worth, reading
        return parts

    def _readings(self, rest: str, most: int) -> list[tuple[str, ...]]:
        """The ways to read `rest`, which is a word or ends one, as at most `most` words."""
        found: list[tuple[str, ...]] = []
        if self._could_end(rest):
            found.append((rest,))
        if most == 1:
            return found
        for cut in range(_SHORTEST, len(rest) - _SHORTEST + 1):
            head = self._head(rest[:cut])
            if head:
                found += [(head, *tail) for tail in self._readings(rest[cut:], most - 1)]
        return found

    def _head(self, text: str) -> str:
        """The word that `text` is, as the beginning of a compound; "" where it is none."""
        if text in self._counts and text not in _PREFIXES and text not in _SUFFIXES:
            return text
        without = text[:-1]
        if text.endswith("s") and len(without) > _SHORTEST and without in self._counts and without not in _PREFIXES:
            return without
        return ""

    def _could_end(self, text: str) -> bool:
        if text in _SUFFIXES:
            return False
        return text in self._counts or (len(text) > _SHORTEST and any(s in self._known for s in stems(text, "nl")))
