"""What somebody typed as words to look up: what each stands in the index as, and what was meant by unknown ones."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from vakgraaf.language.compounds import Splitter
from vakgraaf.language.stems import asked
from vakgraaf.language.words import composed, runs
from vakgraaf.search.spelling import Vocabulary

LONGEST_TEXT = 500
"""So many characters of what somebody typed count."""
_MOST_WORDS = 12
_MOST_UNKNOWN = 3
_FOUND_ANYWAY = 1.0
_STOP_WORDS = frozenset(
    "a aan al als an and are as at be bij by da dan dat de der des deze die dit door een en er for from has have"
    " hebben heeft het hij hoe how hun i ik in is it its je kan me men met mijn na naar niet nog of om on ook op"
    " or over s t te that the this to tot u uit van veel voor waar was wat we wel welk welke werd what where which"
    " who wie wij will with worden wordt ze zich zij zijn zo zou".split()
)


@dataclass(frozen=True, slots=True)
class Term:
    """One word: as it was typed, as it would stand there itself, and all that it may stand there as.

    `weight` says how much there is to go by: the rarer a word, the more, and least where it is only guessed.
    """

    word: str
    exact: tuple[str, ...]
    stems: tuple[str, ...]
    weight: float


@dataclass(slots=True)
class Terms:
    """The words to look up, and what was made of those that do not occur."""

    terms: list[Term] = field(default_factory=list)
    meant: dict[str, str] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)


class Reader:
    """Reads what is typed. `occurs` tells whether any of some stems stands in the index."""

    def __init__(self, vocabulary: Vocabulary, occurs: Callable[[tuple[str, ...]], bool]) -> None:
        self._vocabulary = vocabulary
        self._occurs = occurs
        self._splitter = Splitter(vocabulary.counts)

    def read(self, text: str) -> Terms:
        """The words of `text` but those that say nothing, unless there are no others."""
        found = Terms()
        typed = dict.fromkeys(typed_words(text))
        telling = [word for word in typed if word not in _STOP_WORDS] or list(typed)
        for word in telling[:_MOST_WORDS]:
            stems = asked(word)
            if self._vocabulary.count(word) or self._occurs(stems):
                found.terms.append(self._term(word, stems))
            else:
                self._guess(word, found)
        return found

    def _term(self, word: str, stems: tuple[str, ...]) -> Term:
        return Term(word, (word,), stems, weight=1 / (1 + self._vocabulary.count(word)))

    def _guess(self, word: str, found: Terms) -> None:
        """`word` does not occur: take its parts, or words that could be meant."""
        if len(found.unknown) + len(found.meant) >= _MOST_UNKNOWN:
            found.unknown.append(word)
            return
        candidates = self._vocabulary.candidates(word)
        parts = self._splitter.parts(word)
        if parts and (not candidates or candidates[0].cost > _FOUND_ANYWAY):
            found.terms += [self._term(part, asked(part)) for part in parts]
        elif candidates:
            words = tuple(candidate.word for candidate in candidates)
            stems = tuple(dict.fromkeys(stem for known in words for stem in asked(known)))
            found.terms.append(Term(word, words[:1], stems, weight=0))
            found.meant[word] = words[0]
        else:
            found.unknown.append(word)


def typed_words(text: str) -> list[str]:
    """The words in what somebody typed; one with a hyphen is a whole."""
    cut = composed(text[:LONGEST_TEXT])
    return [word for run in runs(cut) for word in (run.joined or run.parts)]
