"""What a text stands in the index as: its words, and the words inside those."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from itertools import pairwise
from typing import NamedTuple

from vakgraaf.language.compounds import Splitter
from vakgraaf.language.stems import stems
from vakgraaf.language.words import runs

_SHORTEST_PAIR = 6
_SHORT = 300
_MOST_KEPT = 100_000


class Analysed(NamedTuple):
    """A text as stems: of its words; and of the words in its compounds, or that two words would be as one."""

    whole: frozenset[str]
    inside: frozenset[str]


NOTHING = Analysed(frozenset(), frozenset())


class Analysis:
    """Takes texts apart, knowing all words that occur: `counts` says how often each does."""

    def __init__(self, counts: Mapping[str, int]) -> None:
        self._counts = counts
        self._splitter = Splitter(counts, _stems_of(counts))
        self._dutch = _Remembered(lambda word: stems(word, "nl"))
        self._english = _Remembered(lambda word: stems(word, "en"))
        self._inside = _Remembered(
            lambda word: {stem for part in self._splitter.inside(word) for stem in self._dutch[part]}
        )
        self._kept: dict[tuple[str, str], Analysed] = {}

    def of(self, text: str, language: str) -> Analysed:
        """`text` as stems. Short texts come again and again, in labels and wordings and passages."""
        if len(text) > _SHORT:
            return self._analysed(text, language)
        found = self._kept.get((text, language))
        if found is None:
            if len(self._kept) >= _MOST_KEPT:
                self._kept.clear()
            found = self._kept[text, language] = self._analysed(text, language)
        return found

    def beginnings(self, text: str, language: str) -> set[str]:
        """The words of a name that somebody may begin to type, those in compounds too."""
        found = {word for run in runs(text) for word in run.words}
        return found if language.startswith("en") else found.union(*map(self._splitter.inside, found))

    def _analysed(self, text: str, language: str) -> Analysed:
        parted = runs(text)
        sequence = [word for run in parted for word in run.parts]
        words = {*sequence, *(word for run in parted for word in run.joined)}
        if language.startswith("en"):
            return Analysed(frozenset().union(*map(self._english.__getitem__, words)), frozenset())
        whole = frozenset().union(*map(self._dutch.__getitem__, words))
        inside = set().union(*map(self._inside.__getitem__, words))
        for one, other in set(pairwise(sequence)):
            together = one + other
            if together in self._counts and len(together) >= _SHORTEST_PAIR:
                inside.update(self._dutch[together])
        return Analysed(whole, frozenset(inside - whole))


class _Remembered(dict[str, Collection[str]]):
    """What has been made of each word so far."""

    def __init__(self, make: Callable[[str], Collection[str]]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, word: str) -> Collection[str]:
        found = self[word] = self._make(word)
        return found


def _stems_of(counts: Mapping[str, int]) -> Collection[str]:
    return {stem for word in counts for stem in stems(word, "nl")}
