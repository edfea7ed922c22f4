"""How much two wordings are alike: of skills by their letters, of tasks by the words that tell them from others."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz

from vakgraaf.language.stems import stems
from vakgraaf.language.stopwords import EMPTY_IN_SKILLS, FUNCTION_WORDS
from vakgraaf.language.words import sequence

NEAR = 78
"""From this likeness on, of 100, two wordings of skills count as near."""

ALIGNED = 15
"""From this likeness on, of 100, two tasks are set side by side."""

ALIGNED_BY_NAME = 20
"""The same where there are only names to go by: few words are sooner alike by chance."""

_TITLE = 3
_SAYS_NOTHING = FUNCTION_WORDS | EMPTY_IN_SKILLS | frozenset("abdemot")  # letters that abbreviations leave


class Wording(NamedTuple):
    """The wording of a skill as it is compared: its stems as a set, and in alphabetical order as one text."""

    stems: frozenset[str]
    text: str

    @classmethod
    def of(cls, text: str) -> Wording:
        """The wording `text`; "kennis van" and the like do not count."""
        found = _stems(text)
        return cls(frozenset(found), " ".join(sorted(found)))

    def likeness(self, other: Wording) -> Likeness | None:
        """How much this is like another wording, in whatever order the words stand; None where it is not near."""
        shorter, longer = (self, other) if len(self.stems) <= len(other.stems) else (other, self)
        within = len(shorter.stems) > 1 and shorter.stems <= longer.stems
        score = fuzz.ratio(self.text, other.text, score_cutoff=0 if within else NEAR)
        return Likeness(round(score), within) if within or score >= NEAR else None


class Likeness(NamedTuple):
    """How much two wordings are alike, 0 to 100, and whether all words of the one, two or more, are in the other."""

    score: int
    within: bool


class Tasks:
    """Names and descriptions of tasks, to be compared with each other.

    The likeness of two tasks is the cosine of their words (stems); a word counts for more in a name than in a
    description, and for less as more of the tasks have it.
    """

    def __init__(self, texts: Sequence[tuple[str, str]]) -> None:
        counts = [_counted(name, description) for name, description in texts]
        spread = Counter(stem for count in counts for stem in count)
        self._vectors = [_vector(count, spread, len(texts)) for count in counts]

    def likeness(self, one: int, other: int) -> int:
        """How much two of the tasks, by their places, are alike: 0 to 100."""
        first, second = self._vectors[one], self._vectors[other]
        if len(second) < len(first):
            first, second = second, first
        return round(100 * sum(weight * second.get(stem, 0.0) for stem, weight in first.items()))


def _counted(name: str, description: str) -> Counter[str]:
    found = Counter(_stems(description)) if description else Counter()
    for stem in _stems(name):
        found[stem] += _TITLE
    return found


def _vector(count: Counter[str], spread: Counter[str], tasks: int) -> dict[str, float]:
    """Weights of length 1; with two tasks a word that both have must still count."""
    weights = {stem: (1 + math.log(n)) * math.log((1 + tasks) / spread[stem]) for stem, n in count.items()}
    length = math.sqrt(sum(weight * weight for weight in weights.values()))
    return {stem: weight / length for stem, weight in weights.items()} if length else {}


@lru_cache(maxsize=8192)
def _stems(text: str) -> tuple[str, ...]:
    """The stems of the words that say something; of all words where none does."""
    words = sequence(text)
    telling = [word for word in words if word not in _SAYS_NOTHING] or words
    return tuple(stems(word, "nl")[-1] for word in telling)
