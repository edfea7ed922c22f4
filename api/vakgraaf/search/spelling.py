"""Words that nobody wrote as other words: what they begin, what they are part of, what they sound and look like."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from math import log10
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

_SHORTEST_BEGINNING = 3
_SHORTEST_PART = 4
_SHORTEST_ALIKE = 4
_LONG_ENOUGH_FOR_TWO = 6
_MOST = 8
_AS_GOOD = 0.75
_SOUNDS = (
    (re.compile(r"ij|ei|y"), "Y"),
    (re.compile(r"ie"), "i"),
    (re.compile(r"au|ou|auw|ouw"), "W"),
    (re.compile(r"sch(?![aeiou])"), "s"),
    (re.compile(r"ch"), "g"),
    (re.compile(r"ph|v"), "f"),
    (re.compile(r"th|dt\b|d\b"), "t"),
    (re.compile(r"c(?=[eiY])|z"), "s"),
    (re.compile(r"[cq]"), "k"),
    (re.compile(r"x"), "ks"),
    (re.compile(r"(.)\1+"), r"\1"),
)


class Candidate(NamedTuple):
    """A word that could be meant: the lower its `cost`, the more likely."""

    cost: float
    word: str


class Vocabulary:
    """Every word that occurs, with how often."""

    def __init__(self, counted: Iterable[tuple[str, int]]) -> None:
        self._counts = dict(counted)
        self._sorted = sorted(self._counts)
        self._sounds = [sound(word) for word in self._sorted]
        self._text = "\n".join(["", *self._sorted, ""])

    def count(self, word: str) -> int:
        """How often `word` occurs."""
        return self._counts.get(word, 0)

    @property
    def counts(self) -> dict[str, int]:
        """How often each word occurs."""
        return self._counts

    def candidates(self, word: str) -> list[Candidate]:
        """What `word`, which does not occur, could be meant for: the best, and those that are about as good."""
        found: dict[str, float] = {}
        for cost, known in (*self._completions(word), *self._containing(word), *self._alike(word)):
            found[known] = min(cost, found.get(known, cost))
        ranked = sorted(Candidate(cost - log10(1 + self._counts[known]) / 10, known) for known, cost in found.items())
        return [one for one in ranked[:_MOST] if one.cost <= ranked[0].cost + _AS_GOOD]

    def commoner(self, word: str, times: int) -> str:
        """A word that looks like `word` and occurs so many times as often; "" where there is none."""
        near = [Candidate(cost, known) for cost, known in self._alike(word) if cost < 2 and known != word]
        best = min(near, default=Candidate(0, ""))
        return best.word if self.count(best.word) >= times * self.count(word) else ""

    def beginning(self, start: str, most: int) -> list[str]:
        """The commonest words that begin with `start`."""
        first = bisect_left(self._sorted, start)
        last = bisect_left(self._sorted, start + "\U0010ffff")
        return sorted(self._sorted[first:last], key=lambda word: -self._counts[word])[:most]

    def _completions(self, word: str) -> Iterator[Candidate]:
        if len(word) >= _SHORTEST_BEGINNING:
            for known in self.beginning(word, _MOST):
                yield Candidate(0.3 + 0.15 * (len(known) - len(word)), known)

    def _containing(self, word: str) -> Iterator[Candidate]:
        if len(word) < _SHORTEST_PART:
            return
        found = self._text.find(word)
        for _ in range(_MOST):
            if found < 0:
                return
            start, end = self._text.rindex("\n", 0, found + 1) + 1, self._text.index("\n", found)
            yield Candidate(1.2 + 0.05 * (end - start - len(word)), self._text[start:end])
            found = self._text.find(word, end)

    def _alike(self, word: str) -> Iterator[Candidate]:
        """By the number of signs that would have to be other ones, or by sound."""
        if len(word) < _SHORTEST_ALIKE or any(sign.isdigit() for sign in word):
            return
        for extra, asked, known in ((0.0, word, self._sorted), (0.4, sound(word), self._sounds)):
            most = _most_other_signs(asked)
            near = process.extract(asked, known, scorer=OSA.distance, score_cutoff=most, limit=4 * _MOST)
            for _, distance, place in near:
                candidate = self._sorted[place]
                if 2 * len(candidate) > len(word):
                    yield Candidate(distance + extra + 0.3 * (candidate[:1] != word[:1]), candidate)


def _most_other_signs(text: str) -> int:
    """In how many signs something may differ from `text` and still be like it.

    It goes by the length of what is compared: "zzzzqq" is long, but sounds as "sk", which is a sign or two away from
    every short word that there is.
    """
    if len(text) < _SHORTEST_ALIKE:
        return 0
    return 2 if len(text) >= _LONG_ENOUGH_FOR_TWO else 1


def sound(word: str) -> str:
    """`word`, folded, about as it sounds in Dutch: "begelijder" as "begeleider"."""
    for pattern, sign in _SOUNDS:
        word = pattern.sub(sign, word)
    return word
