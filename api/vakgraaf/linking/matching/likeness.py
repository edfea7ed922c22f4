"""How much two things are alike, in numbers that each say one thing: names, texts, competences, skills."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import NamedTuple

from vakgraaf.linking.matching.profile import Name, Profile, Weights
from vakgraaf.linking.matching.thing import Kind
from vakgraaf.linking.matching.units import ROOT_LENGTH, Unit, Units, root, same_root

PART_OF_COMPOUND, FIRST_OF_COMPOUND, SAME_PARTS, SYNONYM, ROOT, BEGINNING = 0.7, 0.5, 0.85, 0.9, 0.6, 0.45
"""How much of a word counts as found: at the end of a compound of the other;
elsewhere in one, where it is not what that names; by its own parts; by a synonym; by its root;
by the word that its compound begins with."""
OTHER_NAME = 0.85
"""How much it counts where names are alike that are not the preferred ones, for each of the two."""
MODIFIER = 0.5
"""How much a word counts that only modifies a name: what something is about, not what it is."""


class Doubt(StrEnum):
    """What speaks against a candidate however much its names are alike."""

    AMBIGUOUS = "ambiguous"
    OCCUPATION = "occupation"


class Likeness(NamedTuple):
    """Numbers from 0 to 1. `found` and `covered`: how much of the subject's name is in the object's and the other way
    round; `told`: the cosine of what is told of them; `named_in`: how much of a name is in the text of the other;
    `doubts`: what speaks against it; `by`: the two names that are most alike."""

    found: float
    covered: float
    told: float
    named_in: float
    competences: float
    skills: float
    whole: float
    doubts: tuple[Doubt, ...]
    by: tuple[Name, Name]

    @property
    def names(self) -> float:
        """How much the names are alike, both ways (the harmonic mean)."""
        both = self.found + self.covered
        return 2 * self.found * self.covered / both if both else 0.0

    @property
    def contained(self) -> float:
        """How much of the one name is in the other, whichever is the more."""
        return max(self.found, self.covered)


class Comparison:
    """Compares things that were made ready, by how much each stem tells in names and each competence letter.

    `bearers` says how many objects bear a name, by the folded name.
    """

    def __init__(self, units: Units, names: Weights, letters: Weights, bearers: Mapping[str, int]) -> None:
        self._units = units
        self._names = names
        self._letters = letters
        self._bearers = bearers

    def likeness(self, one: Profile, other: Profile) -> Likeness:
        """How much `one` is like `other`."""
        found, covered, by = max(
            (
                self._names_alike(
                    first, second, OTHER_NAME ** ((first is not one.names[0]) + (second is not other.names[0]))
                )
                for first in one.names
                for second in other.names
            ),
            key=lambda alike: (alike[0] + alike[1], alike[0] * alike[1]),
        )
        both_told = bool(one.text) and bool(other.text)
        return Likeness(
            found=found,
            covered=covered,
            told=_cosine(one.text, other.text) if both_told else 0.0,
            named_in=max(self._named_in(one, other), self._named_in(other, one)) if both_told else 0.0,
            competences=self._shared_letters(one.thing.competences, other.thing.competences),
            skills=len(one.skills & other.skills) / max(1, min(len(one.skills), len(other.skills))),
            whole=self._cover(one.whole, frozenset(u.stem for u in other.whole)) if one.whole and other.whole else 0.0,
            doubts=tuple(self._doubts(one, other, by)),
            by=by,
        )

    def _doubts(self, one: Profile, other: Profile, by: tuple[Name, Name]) -> Iterator[Doubt]:
        """An occupation is not what its name only resembles; and what several bear is no name of one of them."""
        if by[0].key != by[1].key:
            if Kind.OCCUPATION in (one.thing.kind, other.thing.kind):
                yield Doubt.OCCUPATION
        elif self._bearers[by[1].key] > 1:
            yield Doubt.AMBIGUOUS

    def how(self, unit: Unit, name: Name) -> tuple[float, str]:
        """How much of `unit` is in `name`, and by which stem of it ("" where by none)."""
        if unit.stem in name.stems:
            if any(unit.stem == theirs.stem for theirs in name.units):
                return 1.0, unit.stem
            last = any(unit.stem == theirs.parts[-1] for theirs in name.units if theirs.parts)
            return (PART_OF_COMPOUND if last else FIRST_OF_COMPOUND), unit.stem
        synonym = self._units.synonym(unit.stem)
        if synonym is not None and synonym in name.stems:
            return SYNONYM, synonym
        best, by = self._by_parts(unit, name)
        if root(unit.stem) in name.roots and best < ROOT:
            like = next((stem for stem in sorted(name.stems) if same_root(unit.stem, stem)), "")
            if like:
                return ROOT, like
        return best, by

    def counted(self, unit: Unit, name: Name) -> float:
        """How much of `unit` counts as being in `name`: less where it stands in what only modifies that."""
        much, by = self.how(unit, name)
        return much if by in name.heads or not unit.head else MODIFIER * much

    def weight(self, unit: Unit) -> float:
        """How much `unit` tells."""
        return self._names.of(unit.stem) * (1.0 if unit.head else MODIFIER)

    def _by_parts(self, unit: Unit, name: Name) -> tuple[float, str]:
        shared = [part for part in unit.parts if part in name.stems]
        if not shared:
            return self._by_beginning(unit, name)
        total = sum(map(self._names.of, unit.parts))
        return SAME_PARTS * sum(map(self._names.of, shared)) / total, max(shared, key=self._names.of)

    def _by_beginning(self, unit: Unit, name: Name) -> tuple[float, str]:
        """Where one is a compound of words that nothing else has: "groepsprocessen" and "groepsdynamica"."""
        first = unit.parts[0] if unit.parts else unit.stem
        if len(first) < ROOT_LENGTH or root(first) not in name.roots:
            return 0.0, ""
        for stem in sorted(name.stems):
            longer, shorter = (stem, first) if unit.parts else (first, stem)
            if len(shorter) >= ROOT_LENGTH and longer != shorter and longer.startswith(shorter):
                return BEGINNING, stem
        return 0.0, ""

    def _names_alike(self, one: Name, other: Name, counts: float) -> tuple[float, float, tuple[Name, Name]]:
        if one.key == other.key:
            return counts, counts, (one, other)
        if one.roots.isdisjoint(other.roots) and not self._units.synonyms:
            return 0.0, 0.0, (one, other)
        return counts * self._in(one.units, other), counts * self._in(other.units, one), (one, other)

    def _in(self, units: tuple[Unit, ...], name: Name) -> float:
        total = sum(map(self.weight, units))
        return sum(self.weight(unit) * self.counted(unit, name) for unit in units) / total if total else 0.0

    def _named_in(self, one: Profile, other: Profile) -> float:
        return self._cover(one.names[0].units, frozenset(other.text))

    def _cover(self, units: tuple[Unit, ...], stems: frozenset[str]) -> float:
        total = sum(map(self.weight, units))
        return sum(self.weight(unit) for unit in units if unit.stem in stems) / total if total else 0.0

    def _shared_letters(self, one: frozenset[str], other: frozenset[str]) -> float:
        if not one or not other:
            return 0.0
        weigh = self._letters.of
        shared = sum(map(weigh, one & other))
        return shared / min(sum(map(weigh, one)), sum(map(weigh, other)))


def _cosine(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    if len(other) < len(one):
        one, other = other, one
    return sum(weight * other.get(stem, 0.0) for stem, weight in one.items())
