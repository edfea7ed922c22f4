"""A text as the units that two texts can share: stems of its words, and of the words in its compounds."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from vakgraaf.language.bound import bound_words
from vakgraaf.language.compounds import Splitter
from vakgraaf.language.stems import stems
from vakgraaf.language.stopwords import EMPTY_IN_SKILLS, FUNCTION_WORDS
from vakgraaf.language.words import sequence, words

_EMPTY = (
    FUNCTION_WORDS
    | EMPTY_IN_SKILLS
    | frozenset(
        """
        brede specialistische praktische actuele bijvoorbeeld zoals waaronder onder andere specifieke aandacht bieden
        biedt uitvoeren voert werkt samen zo nodig ter ten aanzien via per tijdens wordt zijn haar eigen
        verschillende diverse enkele meerdere meest voorkomende bijbehorende
        maken maakt geven geeft doen doet nemen neemt houden houdt leveren levert
        """.split()
    )
)
GENERIC = frozenset(
    stems(word, "nl")[-1]
    for word in "vaardigheden vaardig technieken methodieken methoden mogelijkheden processen client gebruik".split()
)
"""Stems that many skills are called after and that tell little of any of them."""
_MODIFIED = re.compile(
    r"\b(?:in|bij|tot|voor|volgens|tijdens|zoals|waaronder|passend|behorend|ten|tussen|m\.b\.t\.)(?=\s)|\(",
    re.IGNORECASE,
)
_PREFIXED = re.compile(r"^(?:zelf|inter|multi|ortho|psycho|socio)(\w{5,})$")
_HANGING = re.compile(r"(\w{3,})[-‐‑](?=\s*(?:,|/|en\b|of\b))")
_LINKING_S = re.compile(r"(?<=\w{4})s$")
ROOT_LENGTH = 5
"""So many letters of a stem are its root."""
_SHARED_ROOT = 0.6
_SHORT = 12
_PARTICLES = frozenset("aan af bij in mee om op samen toe uit voor".split())


class Unit(NamedTuple):
    """A word that says something: as it stands in the text (folded), its stem, and the stems of its parts.
    `head`: it stands in what a name is about, and not in what that is about in turn ("… in relatie tot …")."""

    word: str
    stem: str
    parts: tuple[str, ...]
    head: bool = True

    @property
    def features(self) -> tuple[str, ...]:
        """What it can be found by."""
        return (self.stem, *self.parts)


class Units:
    """Takes texts apart. Knows the words that occur, which compounds are known by, and which words mean the same."""

    def __init__(self, texts: Iterable[str], synonyms: Iterable[tuple[str, str]] = ()) -> None:
        self._counts: Counter[str] = Counter()
        for text in texts:
            self._counts.update(words(text))
        self._counts.update(bound_words(self._counts))
        self._stems = {stem for word in self._counts for stem in stems(word, "nl")}
        self._splitter = Splitter(self._counts, self._stems)
        self._known = {stems(word, "nl")[-1] for word in self._counts if not word.endswith("t")}
        self._kept: dict[str, Unit] = {}
        self._same = dict(self._pairs(synonyms))

    def of(self, text: str) -> tuple[Unit, ...]:
        """The units of `text`, none twice; of all words where none says anything."""
        # "leer- en gedragsproblemen": what hangs on the hyphen is a part, and may end in the s of a compound.
        standing = _HANGING.sub(lambda found: _LINKING_S.sub("", found[1]) + " ", text)
        found = self._verbs_joined(sequence(standing))
        telling = [word for word in found if word not in _EMPTY and len(word) > 1] or found
        return tuple({unit.stem: unit for unit in map(self._unit, telling)}.values())

    def of_noun(self, text: str) -> tuple[Unit, ...]:
        """The units of a name that is no sentence: a skill, a concept."""
        for place in _MODIFIED.finditer(text):
            heads = self.of(text[: place.start()])
            if all(unit.word in _EMPTY for unit in heads):
                continue
            known = {unit.stem for unit in heads}
            more = (unit for unit in self.of(text[place.end() :]) if unit.stem not in known and unit.word not in _EMPTY)
            return heads + tuple(unit._replace(head=False) for unit in more)
        return self.of(text)

    @property
    def synonyms(self) -> int:
        """How many words have one."""
        return len(self._same)

    def synonym(self, stem: str) -> str | None:
        """The stem of what means the same, as the data say."""
        return self._same.get(stem)

    def _verbs_joined(self, found: list[str]) -> list[str]:
        """ "Stemt de werkzaamheden af" as "afstemt, werkzaamheden": a parted verb, where the whole one is known."""
        if len(found) > _SHORT:
            return found
        joined = list(found)
        for particle in _PARTICLES.intersection(found):
            for place, word in enumerate(found):
                whole = particle + word
                if word != particle and particle + self._stem(word) in self._known and self._stem(whole) in self._known:
                    joined[place] = whole
                    joined[found.index(particle)] = ""
                    break
        return [word for word in joined if word]

    def _unit(self, word: str) -> Unit:
        unit = self._kept.get(word)
        if unit is None:
            inside = self._splitter.parts(word) or self._after_prefix(word)
            parts = dict.fromkeys(self._stem(part) for part in inside if part not in FUNCTION_WORDS)
            unit = self._kept[word] = Unit(word, self._stem(word), tuple(parts))
        return unit

    def _after_prefix(self, word: str) -> tuple[str, ...]:
        """ "Intercultureel" has "cultureel" in it, and "zelfreflectievaardigheden" what "reflectievaardigheden" has."""
        rest = "".join(_PREFIXED.findall(word)[:1])
        known = any(stem in self._stems for stem in stems(rest, "nl"))
        return self._splitter.parts(rest) or ((rest,) if known else ())

    def _stem(self, word: str) -> str:
        """One stem of several: "client" ends in a t of its own, "begeleidt" in that of the verb."""
        *others, last = stems(word, "nl")
        if word.endswith("t") and last not in self._known:
            return next((stem for stem in reversed(others) if stem in self._known), last)
        return last

    def _pairs(self, synonyms: Iterable[tuple[str, str]]) -> Iterable[tuple[str, str]]:
        for one, other in synonyms:
            first, second = self.of(one), self.of(other)
            if len(first) == len(second) == 1 and first[0].stem != second[0].stem:
                yield first[0].stem, second[0].stem
                yield second[0].stem, first[0].stem


def root(stem: str) -> str:
    """What `stem` begins with, by which words of one root are found."""
    return stem[:ROOT_LENGTH]


def same_root(one: str, other: str) -> bool:
    """Whether two stems begin alike for the most part: "medicijn" and "medicat", "psychisch" and "psychiatrisch"."""
    shorter, longer = sorted((len(one), len(other)))
    if shorter < ROOT_LENGTH or one[:ROOT_LENGTH] != other[:ROOT_LENGTH]:
        return False
    shared = next((n for n in range(ROOT_LENGTH, shorter) if one[n] != other[n]), shorter)
    return shared >= _SHARED_ROOT * (longer if shared == ROOT_LENGTH else shorter)
