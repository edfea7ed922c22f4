"""Which kinds of things there are in very much data: what properties a thing has, and of what kind their values are.

A million statements are about a hundred thousand things of some hundreds of kinds, and most rules are settled by the
kind (`certainty`). What is counted may be counted too high, where a statement is there twice, but never too low.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from operator import itemgetter
from typing import NamedTuple

from rdflib import RDF, URIRef
from rdflib.term import Node

from vakgraaf.engine.scratch import check
from vakgraaf.validation.compiled.kinds import Codes, Feature, Kind, Moves
from vakgraaf.validation.compiled.lines import LINE, PLAIN_LINE, Line, lines_in
from vakgraaf.validation.compiled.trying import Trials

_MOST_KINDS, _MOST_CLASSES = 200_000, 1_000
_STATE_BITS = 24
_STATE = (1 << _STATE_BITS) - 1


class Count(NamedTuple):
    """What a census has counted, as another process can be told."""

    given_up: bool
    counts: Counter[bytes]
    opened: set[str]
    states: dict[bytes, int]
    also: dict[bytes, set[int]]
    classed: dict[bytes, set[bytes]]
    pointed_at: dict[bytes, dict[bytes, bool]]
    pointers: dict[bytes, int]
    more_pointers: dict[bytes, set[int]]
    features: list[Feature]
    kinds: list[tuple[bool, tuple[tuple[int, bool], ...]]]


@dataclass
class Census:
    """To be told of all data before anything is asked of it; `given_up` where some of it was not understood.

    `strict`: whether what is taken in may be other than well-formed. `counts` says how often each property is there.
    `parts`: the properties of which it is kept where they point at a thing.
    """

    trials: Trials
    openings: frozenset[str] = frozenset()
    given_up: bool = False
    strict: bool = False
    parts: frozenset[bytes] = frozenset()
    counts: Counter[bytes] = field(default_factory=Counter)
    _opened: set[str] = field(default_factory=set)
    _states: dict[bytes, int] = field(default_factory=dict)
    _also: dict[bytes, set[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._moves, self._codes = Moves(), Codes(self.trials)
        self._classed: dict[bytes, set[bytes]] = {str(one).encode(): set() for one in self.trials.classed}
        self._pointed_at: dict[bytes, dict[bytes, bool]] = {str(one).encode(): {} for one in self.trials.followed_back}
        self._pointers: dict[bytes, int] = {}
        self._more_pointers: dict[bytes, set[int]] = {}
        self._noted = frozenset((*self._classed, *self._pointed_at, *self.parts))
        assert str(RDF.type).encode() not in self._noted, "of the class of a class nothing is asked"

    def lines(self, content: bytes) -> list[Line]:
        """What whole lines of N-Triples or N-Quads say, which are well-formed unless the census is `strict`.

        Nothing where it is `given_up`, as it is by a line in an unusual way of writing, or with escapes in an IRI.
        Raises `SyntaxError` for what is not well-formed.
        """
        if self.given_up and not self.strict:
            return []
        lines = content.count(b"\n") + (not content.endswith(b"\n") and bool(content))
        found, is_text = lines_in(content, PLAIN_LINE if self.strict else LINE), _is_text(content)
        if self.strict and not (len(found) == lines and is_text):
            check(content)
            found = lines_in(content, LINE)
        self.given_up |= not (len(found) == lines and is_text) or len(self._moves.kinds) > _MOST_KINDS
        if self.given_up:
            return []
        self._look_for_openings(content)
        return found

    def take_in(self, found: Sequence[Line], block: int = 0) -> None:
        """Count the `lines` of some content; `block` is where they are (`where`)."""
        self.counts.update(map(itemgetter(2), found))
        states, codes, moves, noted, tried = self._states, self._codes, self._moves, self._noted, self.trials.tried
        last, state, home = b"", 0, 0
        for line in found:
            _, subject, predicate, thing, _, language, datatype = line
            # The same is said of many things, so what came of it is kept.
            code = codes[line[2:] if predicate in tried else (predicate, thing[:1], b"", language, datatype)]
            if predicate in noted:
                self._note(predicate, thing, block)
            if subject != last:
                states[last] = home | state
                last, packed = subject, states.get(subject)
                if packed is None:
                    state, home = _first(subject), block << _STATE_BITS
                else:
                    state, home = packed & _STATE, packed & ~_STATE
                    if home >> _STATE_BITS != block:
                        self._also.setdefault(subject, set()).add(block)
            state = moves[state, code]
        states[last] = home | state

    def _look_for_openings(self, content: bytes) -> None:
        """Which of the openings some literal begins with, perhaps: an escape may stand for any letter."""
        missing = self.openings - self._opened
        escaped = missing and b"\\" in content and (b'"\\u' in content or b'"\\U' in content)
        self._opened |= {one for one in missing if escaped or b'"' + one.encode() in content}

    def _note(self, predicate: bytes, thing: bytes, block: int) -> None:
        """Remember a value of a property of which the values are asked for afterwards."""
        if predicate in self._classed:
            self._classed[predicate].add(thing)
        if thing and predicate in self._pointed_at:
            pointed_at = self._pointed_at[predicate]
            pointed_at[thing] = thing in pointed_at
        if predicate in self.parts and self._pointers.setdefault(thing, block) != block:
            self._more_pointers.setdefault(thing, set()).add(block)

    def where(self, subject: bytes) -> list[int]:
        """The blocks in which something is said of a thing, as it is written there; block 0 is not told."""
        first = self._states.get(subject)
        blocks = () if first is None else (first >> _STATE_BITS, *self._also.get(subject, ()))
        return sorted({block for block in blocks if block})

    def pointing(self, thing: bytes) -> list[int]:
        """The blocks in which one of the `parts` points at a thing; block 0 is not told."""
        first = self._pointers.get(thing)
        return sorted({block for block in (first, *self._more_pointers.get(thing, ())) if block})

    def kind_of(self, subject: bytes) -> Kind | None:
        """What is known by now of a thing, as it is written; None where nothing is said of it."""
        packed = self._states.get(subject)
        return None if packed is None else self._kind(packed & _STATE)

    def things(self, kinds: Iterable[Kind]) -> Iterator[bytes]:
        """All things of some of the `kinds`, as they are written."""
        known = {id(kind) for kind in kinds}
        wanted = {state for state, kind in self._kinds.items() if id(kind) in known}
        return (subject for subject, packed in self._states.items() if packed & _STATE in wanted)

    @cached_property
    def kinds(self) -> tuple[Kind, ...]:
        """All kinds that there are; to be asked for when everything is counted."""
        return tuple(self._kinds.values())

    @cached_property
    def _kinds(self) -> dict[int, Kind]:
        states, moves = self._states, self._moves
        states.pop(b"", None)
        for predicate, things in self._pointed_at.items():
            code = self._codes.number(Feature(URIRef(predicate.decode()), None))
            for thing, many in things.items():
                packed = states.get(thing, _first(thing))
                state = moves[packed & _STATE, code]
                states[thing] = packed & ~_STATE | (moves[state, code] if many else state)
        return {state: self._kind(state) for state in sorted({packed & _STATE for packed in states.values()})}

    def _kind(self, state: int) -> Kind:
        blank, having = self._moves.kinds[state]
        features = self._codes.features
        return Kind(blank, tuple((features[code], many) for code, many in having))

    def examples(self) -> Iterator[bytes]:
        """Of each class one thing that is of it, as a line of N-Triples."""
        missing = {name for kind in self.kinds for name in kind.classes}
        kinds = self._kinds
        for subject, packed in self._states.items():
            for name in missing & kinds[packed & _STATE].classes if missing else ():
                missing.discard(name)
                yield b"%b <%b> <%b> .\n" % (subject, str(RDF.type).encode(), name.encode())

    def sizes(self) -> Iterator[tuple[Kind, int]]:
        """How many things there are of each kind."""
        numbers = Counter(packed & _STATE for packed in self._states.values())
        return ((kind, numbers[state]) for state, kind in self._kinds.items())

    def told(self) -> Count:
        """All that is counted by now."""
        self._states.pop(b"", None)
        told = self.given_up, self.counts, self._opened, self._states, self._also, self._classed, self._pointed_at
        return Count(*told, self._pointers, self._more_pointers, self._codes.features, self._moves.kinds)

    def join(self, other: Count) -> None:
        """Take in what another one has counted, of other data."""
        self.given_up |= other.given_up
        self.counts.update(other.counts)
        self._opened |= other.opened
        for predicate, things in other.classed.items():
            self._classed[predicate] |= things
        for predicate, pointed in other.pointed_at.items():
            known = self._pointed_at[predicate]
            known.update({thing: many or thing in known for thing, many in pointed.items()})
        for mine, others in ((self._also, other.also), (self._more_pointers, other.more_pointers)):
            for thing, blocks in others.items():
                mine.setdefault(thing, set()).update(blocks)
        for thing, block in other.pointers.items():
            if self._pointers.setdefault(thing, block) != block:
                self._more_pointers.setdefault(thing, set()).add(block)
        codes = [self._codes.number(feature) for feature in other.features]
        kinds = [
            self._moves.numbered(blank, {codes[code]: many for code, many in having}) for blank, having in other.kinds
        ]
        self._join_states(other.states, kinds)

    def _join_states(self, others: dict[bytes, int], kinds: list[int]) -> None:
        states = self._states
        for subject, packed in others.items():
            state, mine = kinds[packed & _STATE], states.get(subject)
            if mine is None:
                states[subject] = packed & ~_STATE | state
            else:
                states[subject] = mine & ~_STATE | self._moves.both(mine & _STATE, state)
                self._also.setdefault(subject, set()).add(packed >> _STATE_BITS)

    @cached_property
    def properties(self) -> frozenset[Node] | None:
        """All properties that there are; None where that is not known."""
        return None if self.given_up else frozenset(feature.predicate for feature in self._codes.features)

    def classes(self) -> frozenset[Node]:
        """All classes by now that something is said to be of; nothing where that is not all of them, or too much."""
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
        for state in {packed & _STATE for packed in states.values()}:
            typed = (features[code] for code, _ in kinds[state][1])
            classes[state] = frozenset(
                one.value.iri for one in typed if one.value is not None and one.predicate == RDF.type
            )
        none = frozenset[str]()
        return {
            URIRef(predicate.decode()): frozenset(
                classes[states[thing] & _STATE] if thing in states else none for thing in things
            )
            for predicate, things in self._classed.items()
        }


def _is_text(content: bytes) -> bool:
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True


def _first(subject: bytes) -> int:
    """The kind of which nothing is known but whether it is a blank node."""
    return 0 if subject.startswith(b"<") else 1
