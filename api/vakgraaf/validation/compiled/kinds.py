"""Kinds of things, by number: what a thing is said to have, and how a kind grows with each statement."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from rdflib import RDF, URIRef
from rdflib.term import Node

from vakgraaf.validation.compiled.trying import Ends, Trials, Value

_MOST_KEPT = 100_000


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


Seen = tuple[bytes, bytes, bytes, bytes, bytes]
"""Of a line the property, the IRI or blank node, else text, language and datatype.

Of a property of which nothing is tried there is no text, and of the IRI or blank node the first character.
"""


class Codes(dict[Seen, int]):
    """From what is seen of a value to the number of the feature that it is."""

    def __init__(self, trials: Trials) -> None:
        super().__init__()
        self._trials = trials
        self._numbers: dict[Feature, int] = {}
        self._kinds: dict[tuple[bytes, bytes, bytes, bytes, Ends], int] = {}

    def __missing__(self, seen: Seen) -> int:
        predicate, thing, _, language, datatype = seen
        ends = self._trials.ends(*seen) if predicate in self._trials.tried else ()
        kind = (predicate, thing[:1], language, datatype, ends)
        number = self._kinds.get(kind)
        if number is None:
            number = self._kinds[kind] = self.number(Feature(URIRef(predicate.decode()), self._trials.value(*kind)))
        if len(self) >= _MOST_KEPT:
            self.clear()
        self[seen] = number
        return number

    def number(self, feature: Feature) -> int:
        """The number of a feature, a new one if need be."""
        return self._numbers.setdefault(feature, len(self._numbers))

    @property
    def features(self) -> list[Feature]:
        """All features by their numbers."""
        return list(self._numbers)


class Moves(dict[tuple[int, int], int]):
    """From a kind (a number) and one feature more, to the kind that it is then."""

    def __init__(self) -> None:
        super().__init__()
        self.kinds: list[tuple[bool, tuple[tuple[int, bool], ...]]] = [(False, ()), (True, ())]
        self._known = {kind: number for number, kind in enumerate(self.kinds)}

    def __missing__(self, step: tuple[int, int]) -> int:
        blank, features = self.kinds[step[0]]
        having = dict(features)
        having[step[1]] = step[1] in having
        number = self[step] = self.numbered(blank, having)
        return number

    def numbered(self, blank: bool, having: dict[int, bool]) -> int:
        """The number of a kind, a new one if need be."""
        kind = (blank, tuple(sorted(having.items())))
        number = self._known.setdefault(kind, len(self.kinds))
        if number == len(self.kinds):
            self.kinds.append(kind)
        return number

    def both(self, one: int, other: int) -> int:
        """The kind of which a part is of one kind, and the rest of another."""
        having = dict(self.kinds[one][1])
        for code, many in self.kinds[other][1]:
            having[code] = many or code in having
        return self.numbered(self.kinds[one][0], having)
