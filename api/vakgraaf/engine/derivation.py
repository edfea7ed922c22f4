"""What follows from the ontology, as triples: every rule of `rules` until none makes anything new.

All facts of a property are taken at once, as pairs of numbers: sorted, joined, and compared with those that are there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator

import numpy as np
import pyoxigraph as ox

from vakgraaf.engine.pairs import NONE, Mask, Numbers, Pairs, distinct, found_in, joined, together, without
from vakgraaf.engine.quad_table import Kind, QuadTable, kinds_of, number
from vakgraaf.engine.rules import TYPE, Rules, Step
from vakgraaf.engine.term_texts import TermTexts

Facts = dict[str, Pairs]
"""Property → subjects and objects."""


def wanted(rules: Rules) -> frozenset[bytes]:
    """The properties whose terms may be in what follows, as N-Triples writes them."""
    return frozenset(f"<{name}>".encode() for name in _premises(rules))


def derive(table: QuadTable, rules: Rules, apart: Collection[str]) -> Facts:
    """What follows from the instance data and is not in it.

    Instance data is all named graphs but those in `apart`; nothing is said about literals or about what the ontology
    itself describes (`QuadTable.described`), and nothing follows from what is not said.
    """
    return _Closure(table, rules, apart).derived()


def there(table: QuadTable, graph: str) -> Facts:
    """What a graph holds."""
    if graph not in table.graphs:
        return {}
    place = table.graphs.index(graph)
    held = {name: distinct(rows.pairs.where(rows.graph == place)) for name, rows in table}
    return {name: pairs for name, pairs in held.items() if pairs.size}


def less(facts: Facts, others: Facts) -> Facts:
    """The facts that are not among the others."""
    left = {name: without(pairs, others.get(name, NONE)) for name, pairs in facts.items()}
    return {name: pairs for name, pairs in left.items() if pairs.size}


def note_classes(rules: Rules, texts: TermTexts) -> None:
    """Note the texts of the classes that things may turn out to be of."""
    for text in {f"<{name}>".encode() for above in rules.classes.values() for name in above}:
        texts.note(number(text), text)


def facts_of(quads: Collection[ox.Quad]) -> Facts:
    """Quads as facts, whatever their graphs."""
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for quad in quads:
        subject, value = (number(str(term).encode()) for term in (quad.subject, quad.object))
        found[quad.predicate.value].append((subject, value))
    return {name: distinct(Pairs(*np.array(pairs, np.int64).T)) for name, pairs in found.items()}


def _premises(rules: Rules) -> set[str]:
    return {TYPE, *rules.implied, *(step.name for first, second, _ in rules.chains for step in (first, second))}


class _Closure:
    """Facts and what follows from them, worked off a round at a time (semi-naive)."""

    def __init__(self, table: QuadTable, rules: Rules, apart: Collection[str]) -> None:
        self._table, self._rules = table, rules
        self._is_data = np.array([bool(name) and name not in apart for name in table.graphs], np.bool_)
        self._described = np.array(sorted(table.described), np.int64)
        self._stated: Facts = {}
        self._known: Facts = {}
        self._turned: Facts = {}

    def derived(self) -> Facts:
        """What follows and is not stated."""
        new = {name: pairs for name in _premises(self._rules) if (pairs := self._facts(name)).size}
        while new:
            made: dict[str, list[Pairs]] = defaultdict(list)
            for name, pairs in new.items():
                for consequence, found in self._consequences(name, pairs):
                    made[consequence].append(found.where(self._may_be_said(found.first)))
            new = {name: pairs for name, parts in made.items() if (pairs := self._added(name, parts)).size}
        named = {name: pairs for name, pairs in self._known.items() if not name.startswith("chain:")}
        return less(named, self._stated)

    def _facts(self, name: str) -> Pairs:
        """What is known of a property, beginning with what is stated."""
        if name not in self._known:
            rows = self._table.rows(name)
            self._stated[name] = self._known[name] = distinct(rows.pairs.where(self._is_data[rows.graph]))
        return self._known[name]

    def _added(self, name: str, parts: list[Pairs]) -> Pairs:
        """Take in facts, and return those that were not known."""
        known = self._facts(name)
        new = without(together(parts), known)
        if new.size:
            self._known[name] = together((known, new))
            self._turned.pop(name, None)
        return new

    def _may_be_said(self, subjects: Numbers) -> Mask:
        is_literal: Mask = kinds_of(subjects) == Kind.LITERAL
        return ~(is_literal | found_in(subjects, self._described))

    def _consequences(self, name: str, new: Pairs) -> Iterator[tuple[str, Pairs]]:
        if name == TYPE:
            yield from self._wider(new)
            return
        for step in self._rules.implied.get(name, ()):
            yield step.name, _along(step, new)
        for first, second, made in self._rules.chains:
            if first.name == name:
                found = joined(_along(first, new), self._steps(second))
                yield made.name, _along(made, found)
            if second.name == name:
                found = joined(_back(second, new), self._steps(Step(first.name, not first.inverse)))
                yield made.name, _back(made, found)

    def _wider(self, new: Pairs) -> Iterator[tuple[str, Pairs]]:
        """Things of a class are of the classes above it."""
        for klasse, above in self._rules.classes.items():
            things = new.first[new.second == number(f"<{klasse}>".encode())]
            if things.size:
                for name in above:
                    yield TYPE, Pairs(things, np.full(things.size, number(f"<{name}>".encode()), np.int64))

    def _steps(self, step: Step) -> Pairs:
        """What is known of a property, as (start, end) of a step along it, sorted."""
        known = self._facts(step.name)
        if not step.inverse:
            return known
        if step.name not in self._turned:
            self._turned[step.name] = known.turned()
        return self._turned[step.name]


def _along(step: Step, pairs: Pairs) -> Pairs:
    """Subjects and objects as starts and ends of a step, or the other way about."""
    return _reversed(pairs) if step.inverse else pairs


def _back(step: Step, pairs: Pairs) -> Pairs:
    """As `_along`, for a step that is gone back."""
    return pairs if step.inverse else _reversed(pairs)


def _reversed(pairs: Pairs) -> Pairs:
    return Pairs(pairs.second, pairs.first)
