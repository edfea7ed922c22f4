"""Why two things are a candidate: which words, which competences, which wholes; in Dutch and in English."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from vakgraaf.linking.candidate import Ground, GroundKind
from vakgraaf.linking.matching.likeness import ROOT, SYNONYM, Comparison, Doubt, Likeness
from vakgraaf.linking.matching.profile import Name, Profile
from vakgraaf.linking.matching.score import DOUBTS, parts
from vakgraaf.linking.matching.units import Unit

_WORDS_SHOWN = 8
_WHOLES_ALIKE = 0.5
_KINDS = {
    GroundKind.WORDS: ("Zelfde woorden in de naam", "Same words in the name"),
    GroundKind.COMPOUND: ("Zelfde woord in een samenstelling", "Same word inside a compound"),
    GroundKind.SYNONYM: ("Woorden met dezelfde betekenis", "Words that mean the same"),
    GroundKind.SPELLING: ("Woorden die hetzelfde beginnen", "Words that begin alike"),
}
_DOUBTS = {
    Doubt.AMBIGUOUS: (
        "Er zijn er {} die zo heten: daarom niet exact",
        "There are {} of that name: therefore not exact",
    ),
    Doubt.OCCUPATION: (
        "Beroepen waarvan alleen de namen op elkaar lijken, zijn hooguit verwant",
        "Occupations whose names are merely alike are related at most",
    ),
}


class Explainer:
    """Puts grounds into words. `bearers` says how many things bear a name, by the folded name."""

    def __init__(self, comparison: Comparison, bearers: Mapping[str, int]) -> None:
        self._comparison = comparison
        self._bearers = bearers

    def grounds(self, one: Profile, other: Profile, likeness: Likeness) -> tuple[Ground, ...]:
        """The grounds, the weightiest first; those against come last."""
        weights = parts(likeness)
        found = [
            *self._of_names(likeness, weights["names"]),
            *self._of_texts(one, other, weights["told"] + weights["named_in"]),
            *_of_competences(one, other, weights["competences"]),
            *_of_skills(one, other, weights["skills"]),
            *_of_wholes(one, other, likeness.whole),
            *self._doubts(likeness),
        ]
        return tuple(sorted(found, key=lambda ground: -ground.weight))

    def _of_names(self, likeness: Likeness, weight: float) -> Iterator[Ground]:
        mine, theirs = likeness.by
        if mine.key == theirs.key:
            first = mine.text == theirs.text
            kind = GroundKind.LABEL if first else GroundKind.ALT_LABEL
            yield Ground(kind, f"Zelfde naam: {theirs.text}", f"Same name: {theirs.text}", weight)
            return
        by_kind = self._words(mine, theirs)
        total = sum(self._comparison.weight(unit) for units in by_kind.values() for unit, _ in units)
        for kind, units in by_kind.items():
            part = weight * sum(self._comparison.weight(unit) for unit, _ in units) / total
            shown = ", ".join(dict.fromkeys(_shown(unit, by, theirs) for unit, by in units[:_WORDS_SHOWN]))
            nl, en = _KINDS[kind]
            yield Ground(kind, f"{nl}: {shown}", f"{en}: {shown}", part)

    def _words(self, mine: Name, theirs: Name) -> dict[GroundKind, list[tuple[Unit, str]]]:
        found: dict[GroundKind, list[tuple[Unit, str]]] = {}
        for unit in mine.units:
            much, by = self._comparison.how(unit, theirs)
            if by:
                found.setdefault(_kind(much), []).append((unit, by))
        return found

    def _of_texts(self, one: Profile, other: Profile, weight: float) -> Iterator[Ground]:
        shared = sorted(
            one.text.keys() & other.text.keys(), key=lambda stem: (-one.text[stem] * other.text[stem], stem)
        )
        if shared and weight > 0:
            words = ", ".join(shared[:_WORDS_SHOWN])
            yield Ground(
                GroundKind.WORDS,
                f"Gedeelde woordstammen in de omschrijvingen: {words}",
                f"Stems that the descriptions share: {words}",
                weight,
            )

    def _doubts(self, likeness: Likeness) -> Iterator[Ground]:
        for doubt in likeness.doubts:
            bearers = self._bearers.get(likeness.by[1].key, 0)
            nl, en = _DOUBTS[doubt]
            yield Ground(GroundKind.AMBIGUOUS, nl.format(bearers), en.format(bearers), -DOUBTS[doubt])


def _kind(much: float) -> GroundKind:
    if much == 1.0:
        return GroundKind.WORDS
    if much == SYNONYM:
        return GroundKind.SYNONYM
    return GroundKind.SPELLING if much == ROOT else GroundKind.COMPOUND


def _shown(unit: Unit, by: str, theirs: Name) -> str:
    """The word, and the one of the other side where that is written otherwise."""
    word = next((other.word for other in theirs.units if by == other.stem), "") or next(
        (other.word for other in theirs.units if by in other.parts), by
    )
    return unit.word if word == unit.word else f"{unit.word} ~ {word}"


def _of_competences(one: Profile, other: Profile, weight: float) -> Iterator[Ground]:
    shared = one.thing.competences & other.thing.competences
    if shared:
        letters = _listed(shared)
        yield Ground(
            GroundKind.COMPETENCES, f"Gedeelde competenties: {letters}", f"Shared competences: {letters}", weight
        )


def _of_skills(one: Profile, other: Profile, weight: float) -> Iterator[Ground]:
    shared = one.skills & other.skills
    if shared:
        yield Ground(
            GroundKind.SKILLS,
            f"Zelfde gevraagde skills: {len(shared)}",
            f"Same skills asked: {len(shared)}",
            weight,
        )


def _of_wholes(one: Profile, other: Profile, alike: float) -> Iterator[Ground]:
    """What both are parts of. It is told and does not count: alike wholes have unlike parts as well."""
    if alike >= _WHOLES_ALIKE:
        wholes = f"{one.thing.whole} ~ {other.thing.whole}"
        yield Ground(GroundKind.WHOLE, f"Delen van wat op elkaar lijkt: {wholes}", f"Parts of the like: {wholes}", 0.0)
    shared = set(one.thing.broader) & set(other.thing.broader)
    if shared:
        names = _listed(shared)
        yield Ground(GroundKind.BROADER, f"Zelfde bredere begrippen: {names}", f"Same broader concepts: {names}", 0.0)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names))
