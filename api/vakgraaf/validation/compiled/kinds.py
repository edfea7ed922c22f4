"""Kinds of things, by number: what a thing is said to have."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from rdflib import RDF, URIRef
from rdflib.term import Node

from vakgraaf.validation.compiled.digests import Digests, Places, looked_up, runs
from vakgraaf.validation.compiled.lines import Form
from vakgraaf.validation.compiled.trying import Ends, Trials, Value


class Feature(NamedTuple):
    """Something that a thing may have: a value of a property; or, without a value, that it is one itself."""

    predicate: URIRef
    value: Value | None


@dataclass(frozen=True, eq=False)
class Kind:
    """What the things of one kind have: each feature, and whether perhaps more than once."""

    blank: bool
    features: tuple[tuple[Feature, bool], ...]

    @cached_property
    def values(self) -> dict[Node, list[tuple[Value, bool]]]:
        """The kinds of values of each property; True where there may be more than one of a kind."""
        found: dict[Node, list[tuple[Value, bool]]] = {}
        for feature, many in self.features:
            if feature.value is not None:
                found.setdefault(feature.predicate, []).append((feature.value, many))
        return found

    @cached_property
    def value_of(self) -> dict[Node, bool]:
        """Of which properties such a thing is a value itself, where that is asked; True where more than once."""
        return {feature.predicate: many for feature, many in self.features if feature.value is None}

    @cached_property
    def classes(self) -> frozenset[str]:
        """The classes that the things are said to be of."""
        return frozenset(value.iri for value, _ in self.values.get(RDF.type, ()))


class Codes:
    """The numbers of features."""

    def __init__(self, trials: Trials) -> None:
        self._trials = trials
        self._numbers: dict[Feature, int] = {}
        self._ended: dict[tuple[Form, Ends], int] = {}

    def of(self, form: Form, values: Sequence[bytes]) -> list[int]:
        """The numbers of the features that values of some form are."""
        found = []
        for ends in self._trials.ends(form, values):
            number = self._ended.get((form, ends))
            if number is None:
                feature = Feature(URIRef(form.predicate.decode()), self._trials.value(form, ends))
                number = self._ended[form, ends] = self.number(feature)
            found.append(number)
        return found

    def number(self, feature: Feature) -> int:
        """The number of a feature, a new one if need be."""
        return self._numbers.setdefault(feature, len(self._numbers))

    @property
    def features(self) -> list[Feature]:
        """All features by their numbers."""
        return list(self._numbers)


Having = tuple[tuple[int, bool], ...]
"""The numbers of features, and whether perhaps more than once."""


class Kinds:
    """The numbers of kinds."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[bool, Having], int] = {}
        self._known: dict[int, int] = {}
        self._sums = np.empty((0, 2), np.uint64)
        self._blank = _drawn(1)[0]

    def __len__(self) -> int:
        return len(self._numbers)

    @property
    def all(self) -> list[tuple[bool, Having]]:
        """Whether it is one of blank nodes, and what such things have, of each kind by its number."""
        return list(self._numbers)

    def number(self, blank: bool, having: Having) -> int:
        """The number of a kind, a new one if need be; what it has is in order."""
        return self._numbers.setdefault((blank, having), len(self._numbers))

    def of(self, owners: Places, codes: Places, many: Places | int, blank: NDArray[np.bool_]) -> Places:
        """The kinds of things: row by row, `owners` (0, 1, … each at least once) have the features with these `codes`,
        `many` is 1 where perhaps more than once. `blank` says which of them are blank nodes."""
        rows = np.sort(owners << 33 | codes << 1 | many)
        begins = np.flatnonzero(runs(rows >> 1))
        sizes = np.diff(begins, append=len(rows))
        more = ((sizes > 1) | (rows[begins + sizes - 1] & 1 == 1)).astype(np.intp)
        rows = rows[begins] >> 1
        codes, firsts = rows & 0xFFFFFFFF, np.flatnonzero(runs(rows >> 32))
        most = int(codes.max(initial=-1)) + 1
        if most > len(self._sums):
            self._sums = np.concatenate((self._sums, _drawn(2 * (most - len(self._sums))).reshape(-1, 2)))
        sums = np.add.reduceat(self._sums[codes, more], firsts) + blank * self._blank
        ends = np.append(firsts[1:], len(rows))

        def number(at: int) -> int:
            own = slice(firsts[at], ends[at])
            having = zip(codes[own].tolist(), (more[own] == 1).tolist(), strict=True)
            return self.number(bool(blank[at]), tuple(having))

        return looked_up(self._known, sums, lambda new: [number(at) for at in new])


def _drawn(number: int) -> Digests:
    """So many numbers that nobody knows."""
    return np.frombuffer(os.urandom(8 * number), np.uint64)
