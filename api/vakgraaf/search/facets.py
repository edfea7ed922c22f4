"""What results can be chosen by, and how many of them have each value."""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections import Counter
from collections.abc import Iterable, Mapping

from vakgraaf.engine import Value
from vakgraaf.search.answers import FACETS, Choice, Named

SHOWN = 12
"""So many values of each are listed."""


class Facet:
    """One of `FACETS`: its values by number, and for each thing which of them hold."""

    def __init__(self, connection: sqlite3.Connection, kind: str) -> None:
        self.mark = kind[0]
        sets, of = connection.execute("SELECT sets, of FROM held WHERE kind = ?", (kind,)).fetchone()
        self._sets: list[list[int]] = json.loads(sets)
        self._of = array("I", [0])  # things are numbered from 1
        self._of.frombytes(of)
        rows = connection.execute("SELECT id, iri, labels FROM facet WHERE kind = ?", (kind,))
        self._named: dict[int, Named] = {number: Named(iri, _values(labels)) for number, iri, labels in rows}
        self._numbers: dict[str, int] = {named.iri: number for number, named in self._named.items()}

    def number(self, iri: str) -> int:
        """The number of the value `iri`; 0, which nothing has, where it is none."""
        return self._numbers.get(iri, 0)

    def of(self, thing: int) -> list[Named]:
        """The values of a thing."""
        return [self._named[number] for number in self._sets[self._of[thing]]]

    def count(self, things: Iterable[int]) -> Counter[int]:
        """How many of `things` have each value."""
        counts: Counter[int] = Counter()
        # One step for each thing, and the rest for each of the few combinations that there are.
        for place, n in Counter(map(self._of.__getitem__, things)).items():
            for number in self._sets[place]:
                counts[number] += n
        return counts

    def choices(self, counts: Mapping[int, int], chosen: int) -> tuple[Choice, ...]:
        """The values that most have, and the one that is chosen."""
        ranked = sorted(counts, key=lambda number: (-counts[number], self._named[number].iri))[:SHOWN]
        if chosen and chosen not in ranked:
            ranked.append(chosen)
        return tuple(Choice(self._named[number], counts.get(number, 0), number == chosen) for number in ranked)


def facets(connection: sqlite3.Connection) -> dict[str, Facet]:
    """All of them by name."""
    return {kind: Facet(connection, kind) for kind in FACETS}


def _values(labels: str) -> tuple[Value, ...]:
    return tuple(Value("literal", text, language or None) for language, text in json.loads(labels))
