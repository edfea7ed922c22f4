"""Count how much there is of what, property by property: in sorted columns alike stands beside alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from vakgraaf.engine.pairs import NONE, Mask, Numbers, Pairs, distinct, firsts, found_in, places, together
from vakgraaf.engine.quad_table import Kind, QuadTable, Rows, kinds_of
from vakgraaf.engine.rules import TYPE
from vakgraaf.engine.statistics import Link, Size, Statistics, Use

_MANY = 1_000_000
"""So many are kept before those that are alike are taken together."""


def measure(table: QuadTable, apart: str) -> Statistics:
    """Count everything but the graph `apart`. The table has the names of the objects of rdf:type."""
    counts = np.array([name != apart for name in table.graphs], np.bool_)
    classes = _Classes(table, counts)
    parts = _Parts(len(table.graphs))
    found = Statistics(Size(), {}, classes.entities(), {}, {}, {}, {})
    for name, rows in table:
        rows = rows.at(counts[rows.graph])
        if not rows.pairs.size:
            continue
        parts.add(rows)
        once = rows.at(firsts(rows.pairs))
        found.properties[name] = once.pairs.size
        found.ends[name] = np.unique(once.pairs.first).size, np.unique(once.pairs.second).size
        found.uses.update(_uses(name, once, table.kinds, classes))
        if name != TYPE:
            found.links.update(_links(name, once, table.kinds))
    sizes = zip(table.graphs, parts.sizes(classes.by_graph), strict=True)
    found.graphs = {name: size for name, size in sizes if size.triples}
    found.whole = parts.whole(found.properties, len(found.classes))
    return found


class _Classes:
    """Which classes each subject has; the sets of classes that occur are few and each has a number."""

    def __init__(self, table: QuadTable, counts: Mask) -> None:
        rows = table.rows(TYPE)
        rows = rows.at(counts[rows.graph] & (kinds_of(rows.pairs.second) < Kind.BLANK))
        pairs = distinct(rows.pairs)
        by_graph = distinct(Pairs(rows.graph.astype(np.int64), rows.pairs.second))
        self.by_graph = np.bincount(by_graph.first, minlength=len(table.graphs))
        self.sets: list[frozenset[str]] = [frozenset()]
        self._numbers: dict[frozenset[str], int] = {frozenset(): 0}
        self._subjects, begin, many = np.unique(pairs.first, return_index=True, return_counts=True)
        self._of = np.zeros(self._subjects.size, np.int64)
        classes = np.unique(pairs.second)
        names = [table.names[number] for number in classes.tolist()]
        for rank in range(int(many.max(initial=0))):
            having = np.flatnonzero(many > rank)
            klasse = places(pairs.second[begin[having] + rank], classes)
            steps, which = np.unique(self._of[having] * classes.size + klasse, return_inverse=True)
            wider = (self.sets[step // classes.size] | {names[step % classes.size]} for step in steps.tolist())
            self._of[having] = np.array([self._number(found) for found in wider], np.int64)[which]

    def entities(self) -> dict[str, int]:
        """Class → how many things are of it."""
        found: Counter[str] = Counter()
        for number, n in enumerate(np.bincount(self._of).tolist()):
            found.update(dict.fromkeys(self.sets[number], n))
        return dict(found)

    def of(self, things: Numbers) -> Numbers:
        """The number of the set of classes that each thing has; 0 for one that has none."""
        if not self._subjects.size:
            return np.zeros(things.size, np.int64)
        return np.where(found_in(things, self._subjects), self._of[places(things, self._subjects)], 0)

    def _number(self, classes: frozenset[str]) -> int:
        number = self._numbers.setdefault(classes, len(self.sets))
        if number == len(self.sets):
            self.sets.append(classes)
        return number


def _uses(name: str, rows: Rows, kinds: list[str], classes: _Classes) -> Counter[Use]:
    """How things of each class use a property: counts by sets of classes, divided over the classes in those sets."""
    subjects, values = classes.of(rows.pairs.first), classes.of(rows.pairs.second)
    is_literal = kinds_of(rows.pairs.second) == Kind.LITERAL
    most = max(len(kinds), len(classes.sets))
    keys = (subjects * 2 + is_literal) * most + np.where(is_literal, rows.kind, values)
    uses: Counter[Use] = Counter()
    for key, n in zip(*(column.tolist() for column in np.unique(keys, return_counts=True)), strict=True):
        (subject, literal), value = divmod(key // most, 2), key % most
        # A triple term counts as a literal, and has no datatype.
        targets = [(kinds[value], False)] if literal else [(klasse, True) for klasse in classes.sets[value]]
        for klasse in classes.sets[subject]:
            uses[Use(klasse, name)] += n
            for target, is_class in (each for each in targets if each[0]):
                uses[Use(klasse, name, target, is_class)] += n
    return uses


def _links(name: str, rows: Rows, kinds: list[str]) -> dict[Link, int]:
    """The links of things of ours to other hosts by a property."""
    is_literal = kinds_of(rows.pairs.second) == Kind.LITERAL
    is_link = (kinds_of(rows.pairs.first) == Kind.THING) & ~is_literal & (rows.kind > 0)
    counted = enumerate(np.bincount(rows.kind[is_link]).tolist())
    return {Link(name, kinds[place]): n for place, n in counted if n}


class _Gathered:
    """Pairs of a graph and a term, each once, of all properties."""

    def __init__(self) -> None:
        self._known, self._waiting, self._many = NONE, list[Pairs](), 0

    def add(self, graphs: NDArray[np.int32], terms: Numbers) -> None:
        """Take in more; what is alike is taken together before there is much of it."""
        self._waiting.append(distinct(Pairs(graphs.astype(np.int64), terms)))
        self._many += self._waiting[-1].size
        if self._many > max(self._known.size, _MANY):
            self.all()

    def all(self) -> Pairs:
        """Each pair once."""
        self._known = together((self._known, *self._waiting))
        self._waiting, self._many = [], 0
        return self._known


class _Parts:
    """What has been seen of each graph."""

    def __init__(self, graphs: int) -> None:
        self._triples, self._properties = np.zeros(graphs, np.int64), np.zeros(graphs, np.int64)
        self._subjects, self._objects = _Gathered(), _Gathered()

    def add(self, rows: Rows) -> None:
        """Take in the quads of one property."""
        triples = np.bincount(rows.graph, minlength=self._triples.size)
        self._triples += triples
        self._properties += triples > 0
        self._subjects.add(rows.graph, rows.pairs.first)
        self._objects.add(rows.graph, rows.pairs.second)

    def sizes(self, classes: Numbers) -> Iterator[Size]:
        """The numbers of each graph."""
        subjects, objects = self._subjects.all(), self._objects.all()
        named = subjects.where(kinds_of(subjects.second) != Kind.BLANK)
        by_graph = (np.bincount(pairs.first, minlength=self._triples.size) for pairs in (named, subjects, objects))
        columns = (self._triples, *by_graph, self._properties, classes)
        return (Size(*numbers) for numbers in zip(*(column.tolist() for column in columns), strict=True))

    def whole(self, properties: dict[str, int], classes: int) -> Size:
        """The numbers of all graphs together."""
        subjects, objects = (np.unique(gathered.all().second) for gathered in (self._subjects, self._objects))
        entities = int(np.count_nonzero(kinds_of(subjects) != Kind.BLANK))
        return Size(sum(properties.values()), entities, subjects.size, objects.size, len(properties), classes)
