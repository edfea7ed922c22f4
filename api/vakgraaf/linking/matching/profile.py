"""A thing made ready to be compared: its names and texts as weighted units."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from vakgraaf.language.words import key, visible
from vakgraaf.linking.matching.thing import Kind, Thing
from vakgraaf.linking.matching.units import GENERIC, Unit, Units, root

_PART = 0.6
_GENERIC = 0.4
_LEAST = 0.25
_SKILLS_SHOWN = 60
_SENTENCES = frozenset({Kind.WERKPROCES, Kind.KERNTAAK})


class Name(NamedTuple):
    """A name of a thing: the text, what it is folded, its units, every stem in them and in those of its head, and
    the roots of all."""

    text: str
    key: str
    units: tuple[Unit, ...]
    stems: frozenset[str]
    heads: frozenset[str]
    roots: frozenset[str]


class Profile(NamedTuple):
    """A thing as it is compared. `text` weighs what is told of it, at length 1. `texts` are the stems in that."""

    thing: Thing
    names: tuple[Name, ...]
    text: Mapping[str, float]
    skills: frozenset[str]
    whole: tuple[Unit, ...]


class Weights:
    """How much a stem tells: less, the more things have it (inverse document frequency, Spärck Jones 1972)."""

    def __init__(self, documents: Iterable[frozenset[str]]) -> None:
        self._spread: Counter[str] = Counter()
        self._number = 0
        self._kept: dict[str, float] = {}
        for stems in documents:
            self._spread.update(stems)
            self._number += 1

    def of(self, stem: str) -> float:
        """Above 0; what nothing has weighs most."""
        kept = self._kept.get(stem)
        if kept is None:
            weight = max(_LEAST, math.log((self._number + 1) / (self._spread.get(stem, 0) + 0.5)))
            kept = self._kept[stem] = _GENERIC * weight if stem in GENERIC else weight
        return kept


def name_of(text: str, kind: Kind, units: Units) -> Name:
    """`text` as the name of a thing of that kind."""
    found = units.of(text) if kind in _SENTENCES else units.of_noun(text)
    stems = frozenset(feature for unit in found for feature in unit.features)
    heads = frozenset(feature for unit in found if unit.head for feature in unit.features)
    return Name(text, key(text), found, stems, heads, frozenset(map(root, stems)))


def stems_of_names(thing: Thing, units: Units) -> frozenset[str]:
    """Every stem in the names of `thing`."""
    return frozenset(feature for text in thing.labels for unit in units.of(text) for feature in unit.features)


def stems_of_text(thing: Thing, units: Units, left_out: tuple[str, ...]) -> frozenset[str]:
    """Every stem in what is told of `thing`."""
    return frozenset(feature for unit in units.of(told(thing, left_out)) for feature in unit.features)


def told(thing: Thing, left_out: tuple[str, ...]) -> str:
    """The text of `thing`, its name included, without the names in `left_out` (folded to lower case)."""
    text = f"{thing.label}. {visible(thing.text)}".casefold()
    for name in left_out:
        text = text.replace(name, " ")
    return text


def profile_of(thing: Thing, units: Units, told_weights: Weights, left_out: tuple[str, ...]) -> Profile:
    """Make `thing` ready."""
    text = _vector(units.of(told(thing, left_out)), told_weights) if thing.text else {}
    skills = frozenset(key(name) for name in thing.skills[:_SKILLS_SHOWN])
    names = tuple(name_of(text, thing.kind, units) for text in thing.labels)
    return Profile(thing, names, text, skills, units.of(thing.whole) if thing.whole else ())


def _vector(units: tuple[Unit, ...], weights: Weights) -> dict[str, float]:
    found: dict[str, float] = {}
    for unit in units:
        found[unit.stem] = max(found.get(unit.stem, 0.0), weights.of(unit.stem))
        for part in unit.parts:
            found[part] = max(found.get(part, 0.0), _PART * weights.of(part))
    length = math.sqrt(sum(weight * weight for weight in found.values()))
    return {stem: weight / length for stem, weight in found.items()} if length else {}
