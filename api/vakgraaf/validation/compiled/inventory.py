"""What there is in very much data: the kinds of all things, how many there are, and how much they say."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from rdflib import RDF, URIRef
from rdflib.term import Node

from vakgraaf.validation.compiled.census import Census, Piece
from vakgraaf.validation.compiled.digests import Places
from vakgraaf.validation.compiled.gathering import Gathering
from vakgraaf.validation.compiled.kinds import Feature, Kind
from vakgraaf.validation.compiled.needs import Need, Want
from vakgraaf.validation.compiled.trying import Trials
from vakgraaf.validation.compiled.whereabouts import Span, places

Mask = NDArray[np.bool_]
_MOST_CLASSES = 1_000


class Choice:
    """Which statements are chosen, by the code of the feature that they give and by the kind of the thing they give it.

    For each code `rows` says which of the rows of `kinds` has the kinds that are meant, by their places.
    """

    def __init__(self, rows: Places, kinds: Mask) -> None:
        self._rows, self._kinds = rows, kinds

    def of(self, kinds: Places, codes: NDArray[np.integer]) -> Mask:
        """Whether each of some statements is chosen."""
        found: Mask = self._kinds[self._rows[codes], kinds]
        return found


class Picked(NamedTuple):
    """Some triples of a block, which goes by a number: where they begin and end."""

    block: int
    starts: list[int]
    ends: list[int]

    @classmethod
    def of(cls, piece: Piece, lines: Places) -> Picked:
        """Those of some lines of a piece."""
        starts = (np.cumsum(piece.lengths, dtype=np.intp) - piece.lengths)[lines]
        return cls(piece.block, starts.tolist(), (starts + piece.triples[lines]).tolist())


class Inventory:
    """That of a census which is over. `kinds` are all that there are."""

    def __init__(self, census: Census) -> None:
        self.trials: Trials = census.trials
        self._pieces, self._openings, self._opened = census.pieces, census.openings, census.opened
        self._gathering = Gathering(census)
        self.features = census.codes.features
        numbers, places, sizes = np.unique(self._gathering.kinds, return_inverse=True, return_counts=True)
        self._kind_of_thing, self._sizes = places, sizes.tolist()
        self._with: dict[Want, Mask] = {}
        self._known: dict[frozenset[Want], Mask] = {}
        all_ = census.kinds.all
        self.kinds = tuple(
            Kind(blank, tuple((self.features[code], many) for code, many in having))
            for blank, having in (all_[number] for number in numbers.tolist())
        )

    def sizes(self) -> Iterator[tuple[Kind, int]]:
        """How many things there are of each kind."""
        return zip(self.kinds, self._sizes, strict=True)

    @cached_property
    def _statements(self) -> tuple[Places, Places, Places]:
        """How many statements give a thing of some kind a feature: the place of the kind, the code, the number."""
        codes, found = len(self.features), Counter[int]()
        for number, piece in enumerate(self._pieces):
            keys, counts = np.unique(self._kinds_in(number) * codes + piece.codes, return_counts=True)
            found.update(dict(zip(keys.tolist(), counts.tolist(), strict=True)))
        keys = np.array(list(found), np.intp)
        return keys // codes, keys % codes, np.array(list(found.values()), np.intp)

    def size(self, choice: Choice) -> int:
        """How many statements are chosen."""
        kinds, codes, numbers = self._statements
        return int(numbers[choice.of(kinds, codes)].sum())

    def choice(self, needs: Iterable[Need] | None) -> Choice:
        """The statements that are needed; all for None."""
        if needs is None:
            return Choice(np.zeros(len(self.features), np.intp), np.ones((1, len(self.kinds)), np.bool_))
        fitting: dict[int, set[frozenset[Want]]] = defaultdict(set)
        for predicate, kind, wants in needs:
            for code in self._codes.get((predicate, kind), ()):
                fitting[code].add(wants)
        rows = {frozenset[frozenset[Want]](): 0}
        row_of = [rows.setdefault(frozenset(fitting.get(code, ())), len(rows)) for code in range(len(self.features))]
        kinds = np.zeros((len(rows), len(self.kinds)), np.bool_)
        for wanted, row in rows.items():
            for wants in wanted:
                kinds[row] |= self._having(wants)
        return Choice(np.array(row_of, np.intp), kinds)

    def _having(self, wants: frozenset[Want]) -> Mask:
        """The kinds of which the things have all of it."""
        if wants not in self._known:
            found = np.ones(len(self.kinds), np.bool_)
            for want in wants:
                if want not in self._with:
                    self._with[want] = np.array([_has(kind, want) for kind in self.kinds], np.bool_)
                found &= self._with[want]
            self._known[wants] = found
        return self._known[wants]

    @cached_property
    def _codes(self) -> dict[tuple[str, str | None], list[int]]:
        """The codes of the features that a property has, and those of a class."""
        found: dict[tuple[str, str | None], list[int]] = defaultdict(list)
        for code, (predicate, value) in enumerate(self.features):
            found[str(predicate), None].append(code)
            if predicate == RDF.type and value is not None:
                found[str(predicate), value.iri].append(code)
        return found

    def choice_by_kind(self, names: Mapping[Kind, Collection[str]]) -> Choice:
        """The statements with some properties about the things of each kind."""
        rows = {predicate: row for row, predicate in enumerate(sorted(set().union(*names.values())), start=1)}
        kinds = [[False] * len(self.kinds), *([name in names.get(kind, ()) for kind in self.kinds] for name in rows)]
        row_of = [rows.get(str(feature.predicate), 0) for feature in self.features]
        return Choice(np.array(row_of, np.intp), np.array(kinds, np.bool_))

    def with_blank_nodes(self) -> Choice:
        """The statements about a blank node, or that end in one."""
        rows = [feature.value is not None and feature.value.sort == "blank" for feature in self.features]
        blank = [kind.blank for kind in self.kinds]
        return Choice(np.array(rows, np.intp), np.array([blank, [True] * len(blank)], np.bool_))

    def picked(self, choice: Choice) -> Iterator[Picked]:
        """Where the chosen statements of the data are, block by block."""
        for number, piece in enumerate(self._pieces):
            if piece.block:
                yield Picked.of(piece, np.flatnonzero(choice.of(self._kinds_in(number), piece.codes)))

    def things(self, kinds: Iterable[Kind]) -> Iterator[tuple[Kind, Span]]:
        """Of each thing of some kinds some lines that are about it, of the data or of the context."""
        wanted = {id(kind) for kind in kinds}
        left = np.array([id(kind) in wanted for kind in self.kinds], np.bool_)[self._kind_of_thing]
        for number, piece in enumerate(self._pieces):
            things = self._gathering.things_in(number)
            runs = np.flatnonzero(left[things])
            if len(runs):
                named, first = np.unique(things[runs], return_index=True)
                left[named] = False
                starts, ends = (found[runs[first]].tolist() for found in places(piece))
                kinds_ = self._kind_of_thing[named].tolist()
                for kind, start, end in zip(kinds_, starts, ends, strict=True):
                    yield self.kinds[kind], Span(piece.block, start, end)

    def examples(self) -> Iterator[Picked]:
        """Where it is said of some thing, for each class, that it is of it."""
        typed = {code for code, feature in enumerate(self.features) if feature.predicate == RDF.type}
        for piece in self._pieces:
            codes, lines = np.unique(piece.codes, return_index=True)
            found = typed.intersection(codes.tolist())
            if found:
                typed -= found
                yield Picked.of(piece, lines[np.isin(codes, list(found))])

    def _kinds_in(self, number: int) -> Places:
        """Of each line of a piece the kind of the thing that it is about, by its place."""
        return self._kind_of_thing[self._gathering.owners(number)]

    @cached_property
    def properties(self) -> frozenset[Node]:
        """All properties that there are."""
        return frozenset(feature.predicate for feature in self.features)

    @cached_property
    def classes(self) -> frozenset[Node]:
        """As `classes_in`, of all features."""
        return classes_in(self.features)

    def opens(self, opening: str) -> bool:
        """Whether perhaps some literal begins so."""
        return opening not in self._openings or opening in self._opened


def classes_in(features: Iterable[Feature]) -> frozenset[Node]:
    """All classes that something is said to be of; nothing where that is not all of them, or too much."""
    typed = [one.value for one in features if one.predicate == RDF.type and one.value is not None]
    if len(typed) > _MOST_CLASSES or not all(value.iri for value in typed):
        return frozenset()
    return frozenset(URIRef(value.iri) for value in typed)


def _has(kind: Kind, want: Want) -> bool:
    return want.kind in kind.classes if want.kind is not None else URIRef(want.predicate) in kind.values
