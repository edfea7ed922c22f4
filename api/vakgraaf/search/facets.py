"""What results can be chosen by, and how many of them have each value."""

from __future__ import annotations

import json
import sqlite3
from array import array
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from operator import itemgetter

from vakgraaf.search.answers import FACETS, Choice, Label, Named

SHOWN = 12
"""So many values of each are listed."""


class Facets:
    """All of them. Things are numbered so that those of a class stand together, a few times over.

    So classes are counted by where those runs begin, and the rest by the few places that there are.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        held = {name: (json.loads(sets), array("I", of)) for name, sets, of in connection.execute(_HELD)}
        self._classes, self._starts = held["class"][0], held["class"][1].tolist()
        places: list[tuple[list[int], list[int]]] = held["place"][0]
        self._profiles = [profiles for profiles, _ in places]
        together: dict[tuple[int, ...], int] = {}
        self._branches_of = [together.setdefault(tuple(branches), len(together)) for _, branches in places]
        self._branches = list(together)  # few, though the places are many
        self._place_of: list[int] = [0, *held["place"][1]]  # things are numbered from 1
        self._named: dict[str, dict[int, Named]] = {kind: {} for kind in FACETS}
        for kind, number, iri, labels in connection.execute("SELECT kind, id, iri, labels FROM facet"):
            self._named[kind][number] = Named(iri, _labels(labels))
        self._numbers = {(kind, of.iri): n for kind, named in self._named.items() for n, of in named.items()}

    def mark(self, kind: str, iri: str) -> str:
        """What stands in the index at each thing that has this value; nothing where nothing has it."""
        return f"{kind[0]}{self._numbers.get((kind, iri), 0)}"

    def class_of(self, thing: int) -> Named | None:
        """The class that says most of a thing; None where it has none."""
        return self._named["class"].get(self._classes[bisect_right(self._starts, thing) - 1])

    def profiles_of(self, thing: int) -> list[Named]:
        """The profiles that a thing belongs to."""
        return [self._named["profile"][number] for number in self._profiles[self._place_of[thing]]]

    def counts(self, things: Sequence[int]) -> dict[str, Counter[int]]:
        """How many of `things`, in their order, have each value of each facet."""
        found = {kind: Counter[int]() for kind in FACETS}
        last = 0
        for number, start in zip(self._classes, self._starts[1:], strict=False):
            first, last = last, bisect_left(things, start, last)
            found["class"][number] += last - first
        if self._starts:
            found["class"][self._classes[-1]] += len(things) - last
        branches: Counter[int] = Counter()
        profiles = found["profile"]
        for place, n in Counter(_picked(self._place_of, things)).items():
            branches[self._branches_of[place]] += n
            for profile in self._profiles[place]:
                profiles[profile] += n
        for number, n in branches.items():
            for branche in self._branches[number]:
                found["branche"][branche] += n
        return found

    def choices(self, kind: str, counts: Counter[int], chosen: str) -> tuple[Choice, ...]:
        """The values that most have, and the one that is chosen by its IRI, or ""."""
        named = self._named[kind]
        known = [number for number, n in counts.items() if n and number in named]
        ranked = sorted(known, key=lambda number: (-counts[number], named[number].iri))[:SHOWN]
        number = self._numbers.get((kind, chosen), 0)
        if number and number not in ranked:
            ranked.append(number)
        found = [Choice(named[n], counts[n], n == number) for n in ranked]
        if chosen and not number:
            found.append(Choice(Named(chosen, ()), 0, True))
        return tuple(found)


_HELD = "SELECT name, sets, of FROM held WHERE name IN ('class', 'place')"


def _picked(of: list[int], things: Sequence[int]) -> tuple[int, ...]:
    if len(things) < 2:
        return tuple(of[thing] for thing in things)
    picked: tuple[int, ...] = itemgetter(*things)(of)
    return picked


def _labels(labels: str) -> tuple[Label, ...]:
    return tuple(Label(text, language) for language, text in json.loads(labels))
