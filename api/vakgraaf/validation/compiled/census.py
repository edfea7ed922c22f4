"""Which kinds of things there are in very much data: what properties a thing has, and of what kind their values are.

A million statements are about a hundred thousand things of some hundreds of kinds, and most rules are settled by the
kind (`certainty`). What is counted may be counted too high, where a statement is there twice, but never too low.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from rdflib import RDF, URIRef
from rdflib.term import Node

from vakgraaf.validation.compiled.trying import Ends, Trials, Value

_LINE = re.compile(
    rb"^(<[^<>\\]*>|_:[^ ]+) <([^<>\\]*)> "
    rb'(?:(<[^<>\\]*>|_:[^ ]+)|"([^"\\\n]*(?:\\.[^"\\\n]*)*)"(?:@([A-Za-z0-9-]+)|\^\^<([^<>\\]*)>)?)'
    rb" (?:(?:<[^<>\\]*>|_:[^ ]+) )?\.$",
    re.MULTILINE,
)
_MOST_KINDS, _MOST_CLASSES = 200_000, 1_000


class _Feature(NamedTuple):
    """Something that a thing may have: a value of a property; or, without a value, that it is one itself."""

    predicate: URIRef
    value: Value | None


@dataclass(frozen=True, eq=False)
class Kind:
    """What the things of one kind have: each feature, and whether perhaps more than once."""

    blank: bool
    features: tuple[tuple[_Feature, bool], ...]

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


@dataclass
class Census:
    """To be told of all data before anything is asked of it; `given_up` where some of it was not understood."""

    trials: Trials
    openings: frozenset[str] = frozenset()
    given_up: bool = False
    _opened: set[str] = field(default_factory=set)
    _states: dict[bytes, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._moves, self._codes = _Moves(), _Codes(self.trials)
        self._classed: dict[bytes, set[bytes]] = {str(one).encode(): set() for one in self.trials.classed}
        self._pointed_at: dict[bytes, dict[bytes, bool]] = {str(one).encode(): {} for one in self.trials.followed_back}

    def take_in(self, content: bytes) -> None:
        """Count whole lines of N-Triples or N-Quads, which are well-formed."""
        lines = content.count(b"\n") + (not content.endswith(b"\n") and bool(content))
        found = [] if self.given_up else _LINE.findall(content)
        if len(found) != lines or len(self._moves.kinds) > _MOST_KINDS:
            self.given_up = True  # written in an unusual way, or with escapes in an IRI
            return
        for opening in self.openings - self._opened:
            if any(begins in content for begins in (b'"' + opening.encode(), b'"\\u', b'"\\U')):
                self._opened.add(opening)
        states, codes, moves = self._states, self._codes, self._moves
        ends_of, tried = self.trials.ends, self.trials.tried
        classed, pointed_at = self._classed, self._pointed_at
        last, state = b"", 0
        for subject, predicate, thing, text, language, datatype in found:
            ends = ends_of(predicate, thing, text, language, datatype) if predicate in tried else ()
            code = codes[predicate, thing[:1], language, datatype, ends]
            if subject != last:
                states[last] = state
                last, state = subject, states.get(subject, _first(subject))
            state = moves[state, code]
            if predicate in classed:
                classed[predicate].add(thing)
            if predicate in pointed_at and thing:
                pointed_at[predicate][thing] = thing in pointed_at[predicate]
        states[last] = state

    @cached_property
    def kinds(self) -> tuple[Kind, ...]:
        """All kinds that there are; to be asked for when everything is counted."""
        states, moves = self._states, self._moves
        states.pop(b"", None)
        for predicate, things in self._pointed_at.items():
            code = self._codes.number(_Feature(URIRef(predicate.decode()), None))
            for thing, many in things.items():
                state = moves[states.get(thing, _first(thing)), code]
                states[thing] = moves[state, code] if many else state
        features = self._codes.features
        return tuple(
            Kind(moves.kinds[state][0], tuple((features[code], many) for code, many in moves.kinds[state][1]))
            for state in set(states.values())
        )

    @cached_property
    def properties(self) -> frozenset[Node] | None:
        """All properties that there are; None where that is not known."""
        return None if self.given_up else frozenset(feature.predicate for feature in self._codes.features)

    @cached_property
    def classes(self) -> frozenset[Node]:
        """All classes that something is said to be of, by their IRI; nothing where that is not all, or too much."""
        typed = [one.value for one in self._codes.features if one.predicate == RDF.type and one.value is not None]
        if self.given_up or len(typed) > _MOST_CLASSES or not all(value.iri for value in typed):
            return frozenset()
        return frozenset(URIRef(value.iri) for value in typed)

    def opens(self, opening: str) -> bool:
        """Whether perhaps some literal begins so; `opening` has to be one of the `openings`."""
        return self.given_up or opening not in self.openings or opening in self._opened

    @cached_property
    def classes_of_values(self) -> dict[Node, frozenset[frozenset[str]]]:
        """The sets of classes that the values of a property have, as far as that is asked; () for a literal."""
        kinds, states = self._moves.kinds, self._states
        features = self._codes.features
        classes = {}
        for state in set(states.values()):
            typed = (features[code] for code, _ in kinds[state][1])
            classes[state] = frozenset(
                one.value.iri for one in typed if one.value is not None and one.predicate == RDF.type
            )
        none = frozenset[str]()
        return {
            URIRef(predicate.decode()): frozenset(
                classes[states[thing]] if thing in states else none for thing in things
            )
            for predicate, things in self._classed.items()
        }


class _Codes(dict[tuple[bytes, bytes, bytes, bytes, Ends], int]):
    """From what is seen of a value to the number of the feature that it is."""

    def __init__(self, trials: Trials) -> None:
        super().__init__()
        self._trials = trials
        self._numbers: dict[_Feature, int] = {}

    def __missing__(self, seen: tuple[bytes, bytes, bytes, bytes, Ends]) -> int:
        number = self[seen] = self.number(_Feature(URIRef(seen[0].decode()), self._trials.value(*seen)))
        return number

    def number(self, feature: _Feature) -> int:
        """The number of a feature, a new one if need be."""
        return self._numbers.setdefault(feature, len(self._numbers))

    @property
    def features(self) -> list[_Feature]:
        """All features by their numbers."""
        return list(self._numbers)


class _Moves(dict[tuple[int, int], int]):
    """From a kind (a number) and one feature more, to the kind that it is then."""

    def __init__(self) -> None:
        super().__init__()
        self.kinds: list[tuple[bool, tuple[tuple[int, bool], ...]]] = [(False, ()), (True, ())]
        self._known = {kind: number for number, kind in enumerate(self.kinds)}

    def __missing__(self, step: tuple[int, int]) -> int:
        blank, features = self.kinds[step[0]]
        having = dict(features)
        having[step[1]] = step[1] in having
        kind = (blank, tuple(sorted(having.items())))
        number = self._known.setdefault(kind, len(self.kinds))
        if number == len(self.kinds):
            self.kinds.append(kind)
        self[step] = number
        return number


def _first(subject: bytes) -> int:
    """The kind of which nothing is known but whether it is a blank node."""
    return 0 if subject.startswith(b"<") else 1
