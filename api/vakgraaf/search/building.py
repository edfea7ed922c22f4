"""Make an index of what an engine told: in the process that does nothing else.

Twice through all texts: first for the words that there are, which is what compounds are known by, and how far forward
each thing stands; then in that order into the file.
"""

from __future__ import annotations

import json
import os
import sqlite3
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from vakgraaf.language.analysis import Analysis
from vakgraaf.language.words import key, sequence, words
from vakgraaf.search.classes import Classes
from vakgraaf.search.fields import LABEL_SAYS_WHERE, NOT_SEARCHED, RECORDS, Role, brevity
from vakgraaf.search.frames import Frames
from vakgraaf.search.schema import create
from vakgraaf.search.staging import Said, Staging

_BATCH = 1000
_FEW = 3
_LONGEST_KEY = 200
_INSERT_FOUND = (
    "INSERT INTO found(rowid, label, inlabel, kind, place, wording, text, inside, facet) VALUES (?,?,?,?,?,?,?,?,?)"
)


class _Standing(NamedTuple):
    """A thing in the order of the index: the most points first, then by class, then by name."""

    minus_points: int
    of: int
    name: str
    subject: int


def build(target: Path, source: BinaryIO, facts: dict[str, Any]) -> None:
    """Read frames from `source` and write the index to `target`; `facts` go into what it says of itself.

    Raises `UnreadableInput` where the frames end too early, `MissingTool` without FTS5. A file that was being written
    is no index and stays where it is.
    """
    beside = target.with_name(target.name + ".rows")
    staging = Staging(beside)
    try:
        staging.take(Frames(source))
        connection = create(target)
        connection.execute("BEGIN")
        _Builder(staging, connection).build(facts)
        connection.execute("COMMIT")
        connection.close()
    finally:
        staging.close()
        beside.unlink(missing_ok=True)
    with target.open("rb") as file:
        os.fsync(file.fileno())


class _Builder:
    def __init__(self, staging: Staging, connection: sqlite3.Connection) -> None:
        self._staging = staging
        self._connection = connection
        self._iris = staging.iris
        self._classes = Classes(staging.vg, self._iris, staging.classes, staging.wider)
        self._labels: dict[int, list[tuple[str, str]]] = {}
        self._counts: Counter[str] = Counter()
        self._properties: dict[str, int] = {}
        self._places: dict[int, frozenset[str]] = {}

    def build(self, facts: dict[str, Any]) -> None:
        order = self._survey()
        analysis = Analysis(self._counts)
        things = self._staging.texts_in_order([standing.subject for standing in order])
        placed = ((place, subject, _once(said)) for place, (subject, said) in enumerate(things, start=1))
        while batch := list(islice(placed, _BATCH)):
            self._write(batch, analysis)
        self._connection.execute("INSERT INTO found(found) VALUES ('optimize')")
        self._connection.execute("INSERT INTO named(named) VALUES ('optimize')")
        self._connection.executemany("INSERT INTO word VALUES (?, ?)", sorted(self._counts.items()))
        self._facets(order)
        self._connection.executemany("INSERT INTO about VALUES (?, ?)", self._about(facts, len(order)))

    def _about(self, facts: dict[str, Any], things: int) -> list[tuple[str, object]]:
        return [*facts.items(), ("things", things), ("properties", json.dumps(list(self._properties)))]

    def _survey(self) -> list[_Standing]:
        """Count the words, note the names of what results are chosen by, and put the things in order."""
        named = self._things_with_names()
        order = []
        for subject, said in self._staging.texts():
            if self._iris[self._classes.of(subject)].startswith(NOT_SEARCHED) or self._classes.name(subject) in RECORDS:
                continue
            labels = [text for text in said if self._role(text) is Role.LABEL]
            for text in said:
                self._counts.update(words(text.text))
            if subject in named and labels:
                first = labels[0].field
                self._labels[subject] = [(text.language, text.text) for text in labels if text.field == first]
            order.append(self._standing(subject, [text.text for text in labels]))
        return sorted(order)

    def _things_with_names(self) -> set[int]:
        staging = self._staging
        sets = (*staging.classes.values(), *staging.profiles.values(), *staging.branches.values())
        return set().union(*sets)

    def _standing(self, subject: int, labels: list[str]) -> _Standing:
        points = self._classes.points(subject)
        if labels and self._classes.name(subject) not in LABEL_SAYS_WHERE:
            points += brevity(min(len(sequence(label)) for label in labels))
        name = min(labels, default="").casefold()[:_LONGEST_KEY]
        return _Standing(-points, self._classes.of(subject), f"{name}\0{self._iris[subject]}", subject)

    def _write(self, batch: list[tuple[int, int, list[Said]]], analysis: Analysis) -> None:
        """Things into all tables, each as its place, its number and its texts."""
        things, literals, names, named, found = [], [], set(), [], []
        for place, subject, said in batch:
            numbers = [text.text for text in said if self._role(text) is Role.NUMBER]
            things.append((place, self._iris[subject], self._classes.of(subject), min(numbers, default="")))
            for n, text in enumerate(said):
                role, name = self._staging.fields[text.field]
                literals.append((place, n, role, self._property(name), text.language, text.text))
            labels = self._called(subject, said)
            keys = (key(label.text) for label in labels)
            names |= {(name, place) for name in keys if 0 < len(name) <= _LONGEST_KEY}
            beginnings = {word for label in labels for word in analysis.beginnings(label.text, label.language)}
            if beginnings:
                named.append((place, " ".join(beginnings)))
            found.append((place, *self._columns(subject, said, analysis)))
        for statement, rows in (
            (_INSERT_FOUND, found),
            ("INSERT INTO thing VALUES (?, ?, ?, ?)", things),
            ("INSERT INTO literal VALUES (?, ?, ?, ?, ?, ?)", literals),
            ("INSERT INTO name VALUES (?, ?)", names),
            ("INSERT INTO named(rowid, words) VALUES (?, ?)", named),
        ):
            self._connection.executemany(statement, rows)

    def _columns(self, subject: int, said: list[Said], analysis: Analysis) -> Iterator[str]:
        label, in_label, where, wording, text, inside = (set[str]() for _ in range(6))
        says_where = self._classes.name(subject) in LABEL_SAYS_WHERE
        for value in said:
            role = self._role(value)
            known = analysis.of(value.text, value.language)
            if role is Role.LABEL:
                (where if says_where else label).update(known.whole)
                in_label |= frozenset() if says_where else known.inside
            else:
                (text if role is Role.TEXT else wording).update(known.whole)
                inside |= known.inside
        kind = self._named(self._classes.of(subject), analysis)
        profiles = self._staging.profiles.get(subject, ())
        if len(profiles) <= _FEW:
            for profile in profiles:
                where |= self._named(profile, analysis)
        for column in (label, in_label - label, kind, where, wording, text - wording, inside):
            yield " ".join(column)
        yield " ".join(self._marks(subject))

    def _named(self, thing: int, analysis: Analysis) -> frozenset[str]:
        """What a class or a profile is called, and the words in that."""
        if thing not in self._places:
            known = [analysis.of(name, language) for language, name in self._labels.get(thing, ())]
            self._places[thing] = frozenset().union(*(k.whole for k in known), *(k.inside for k in known))
        return self._places[thing]

    def _called(self, subject: int, said: list[Said]) -> list[Said]:
        """What a thing is called; none where that only says where it stands."""
        if self._classes.name(subject) in LABEL_SAYS_WHERE:
            return []
        return [text for text in said if self._role(text) is Role.LABEL]

    def _property(self, name: str) -> int:
        return self._properties.setdefault(name, len(self._properties))

    def _marks(self, subject: int) -> Iterator[str]:
        staging = self._staging
        for letter, numbers in (
            ("c", self._classes.all_of(subject)),
            ("p", staging.profiles.get(subject, ())),
            ("b", staging.branches.get(subject, ())),
        ):
            yield from (f"{letter}{number}" for number in numbers)

    def _facets(self, order: list[_Standing]) -> None:
        """What results are chosen by: runs of things of one class, and for each thing where it belongs."""
        staging = self._staging
        runs: dict[tuple[int, int], int] = {}
        places: dict[tuple[tuple[int, ...], tuple[int, ...]], int] = {}
        place_of = array("I")
        for thing, standing in enumerate(order, start=1):
            runs.setdefault(standing[:2], thing)
            known = (staging.profiles.get(standing.subject, ()), staging.branches.get(standing.subject, ()))
            place_of.append(places.setdefault((tuple(sorted(known[0])), tuple(sorted(known[1]))), len(places)))
        points = bytes(-standing.minus_points for standing in order)
        held = (
            ("points", "", points),
            ("class", json.dumps([number for _, number in runs]), array("I", runs.values()).tobytes()),
            ("place", json.dumps(list(places)), place_of.tobytes()),
        )
        self._connection.executemany("INSERT INTO held VALUES (?, ?, ?)", held)
        for kind, sets in (
            ("class", staging.classes.values()),
            ("profile", (profiles for profiles, _ in places)),
            ("branche", (branches for _, branches in places)),
        ):
            used = sorted({number for numbers in sets for number in numbers})
            rows = ((kind, n, self._iris[n], json.dumps(self._labels.get(n, []))) for n in used)
            self._connection.executemany("INSERT INTO facet VALUES (?, ?, ?, ?)", rows)

    def _role(self, text: Said) -> Role:
        return Role(self._staging.fields[text.field][0])


def _once(said: Iterable[Said]) -> list[Said]:
    """Each text once, where it stands first."""
    found: dict[tuple[str, str], Said] = {}
    for text in said:
        found.setdefault((text.language, text.text), text)
    return list(found.values())
