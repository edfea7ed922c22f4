"""The kinds of things by all that is said in all pieces: of each, of what it points at, and of what points at it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from vakgraaf.validation.compiled.census import Census
from vakgraaf.validation.compiled.digests import Digests, Places, joined
from vakgraaf.validation.compiled.kinds import Feature, Having
from vakgraaf.validation.compiled.trying import TYPE

Mask = NDArray[np.bool_]


class Gathering:
    """All `things` of a census, as digests in order, and of each its kind; the numbers are those of the census."""

    def __init__(self, census: Census) -> None:
        self._census, self._pieces = census, census.pieces
        subjects = joined([piece.subjects for piece in census.pieces], np.uint64)
        self.things, self._thing_of_run = np.unique(subjects, return_inverse=True)
        self._first_runs = np.cumsum([0, *(len(piece.runs) for piece in census.pieces)])
        own = self._own(joined([piece.kinds for piece in census.pieces], np.uint32).astype(np.intp))
        self.kinds = self._among_others(own)

    def owners(self, number: int) -> Places:
        """Of each line of a piece the thing that it is about, by its place among `things`."""
        return np.repeat(self.things_in(number), self._pieces[number].runs)

    def things_in(self, number: int) -> Places:
        """Of each run of lines of a piece the thing that it is about."""
        return self._thing_of_run[self._first_runs[number] : self._first_runs[number + 1]]

    def _own(self, of_runs: Places) -> Places:
        """The kinds by what is said of the things themselves, wherever it is said."""
        kinds = np.zeros(len(self.things), np.intp)
        kinds[self._thing_of_run] = of_runs
        apart = np.bincount(self._thing_of_run, minlength=len(kinds)) > 1
        runs = np.flatnonzero(apart[self._thing_of_run])
        which, codes, many = _Table(self._census.kinds.all).rows(of_runs[runs])
        if len(which):
            places = (np.cumsum(apart) - 1)[self._thing_of_run[runs][which]]
            blank = np.array([blank for blank, _ in self._census.kinds.all], np.bool_)[kinds[apart]]
            kinds[apart] = self._census.kinds.of(places, codes, many, blank)
        return kinds

    def _among_others(self, own: Places) -> Places:
        """The kinds with the classes of the things that they point at, where that is asked; and how often they are a
        value themselves."""
        trials, features = self._census.trials, self._census.codes.features
        points = np.array([feature.value is not None and feature.value.sort != "literal" for feature in features], bool)
        classed = points & np.array([feature.predicate in trials.classed for feature in features], np.bool_)
        back = points & np.array([feature.predicate in trials.followed_back for feature in features], np.bool_)
        owners, codes, targets = self._links(classed | back)
        sees, seen = classed[codes], back[codes] & (targets >= 0)
        rows = np.append(owners[sees], targets[seen])
        added = np.append(self._refined(codes[sees], targets[sees], own), self._backwards(codes[seen]))
        return self._with(own, rows, added, frozenset(np.flatnonzero(classed).tolist()))

    def _with(self, own: Places, owners: Places, codes: Places, without: frozenset[int]) -> Places:
        """The kinds with more features, by rows: a thing, and the code of the feature; and without some codes."""
        if not len(owners):
            return own
        kinds, changed = self._census.kinds, np.zeros(len(own), np.bool_)
        changed[owners] = True
        things = np.flatnonzero(changed)
        more = kinds.of((np.cumsum(changed) - 1)[owners], codes, 0, np.zeros(len(things), np.bool_))
        all_, found = kinds.all, own.copy()
        pairs, inverse = np.unique(own[things] * len(all_) + more, return_inverse=True)
        numbers = []
        for first, second in (divmod(pair, len(all_)) for pair in pairs.tolist()):
            (blank, having), (_, added) = all_[first], all_[second]
            stays = [(code, many) for code, many in having if code not in without]
            numbers.append(kinds.number(blank, tuple(sorted((*stays, *added)))))
        found[things] = np.array(numbers, np.intp)[inverse]
        return found

    def _links(self, wanted: Mask) -> tuple[Places, Places, Places]:
        """The statements with a wanted code that end in a thing: whose they are, the code, and the place of the thing;
        -1 for one of which nothing is said."""
        owners, codes, linked = list[Places](), list[Places](), list[Digests]()
        for number, piece in enumerate(self._pieces):
            which = wanted[piece.codes[piece.linking]]
            lines = piece.linking[which]
            owners.append(self.owners(number)[lines])
            codes.append(piece.codes[lines].astype(np.intp))
            linked.append(piece.linked[which])
        digests = joined(linked, np.uint64)
        places = np.minimum(np.searchsorted(self.things, digests), max(len(self.things) - 1, 0))
        targets = np.where(self.things[places] == digests, places, -1) if len(digests) else places
        return joined(owners, np.intp), joined(codes, np.intp), targets

    def _refined(self, codes: Places, targets: Places, own: Places) -> Places:
        """The codes of features that say of which classes a value is, for those that say only that it is a thing."""
        features, sets = self._census.codes.features, {frozenset[str](): 0}
        classes = [sets.setdefault(_classes(features, having), len(sets)) for _, having in self._census.kinds.all]
        named = list(sets)
        of = np.where(targets >= 0, np.array(classes, np.intp)[own[targets]], 0)
        pairs, inverse = np.unique(codes * len(named) + of, return_inverse=True)
        refined = []
        for code, at in (divmod(pair, len(named)) for pair in pairs.tolist()):
            feature = features[code]
            assert feature.value is not None, "it points at something"
            value = feature.value._replace(classes=named[at])
            refined.append(self._census.codes.number(Feature(feature.predicate, value)))
        return np.array(refined, np.intp)[inverse]

    def _backwards(self, codes: Places) -> Places:
        """The codes of the features that say of which property a thing is a value, for those of the statements."""
        features = self._census.codes.features
        distinct, inverse = np.unique(codes, return_inverse=True)
        found = [self._census.codes.number(Feature(features[code].predicate, None)) for code in distinct.tolist()]
        return np.array(found, np.intp)[inverse]


class _Table:
    """What each of these kinds has, in rows."""

    def __init__(self, kinds: Sequence[tuple[bool, Having]]) -> None:
        self._sizes = np.array([len(having) for _, having in kinds], np.intp)
        self._begins = np.cumsum(self._sizes) - self._sizes
        rows = [row for _, having in kinds for row in having]
        self._codes = np.array([code for code, _ in rows], np.intp)
        self._many = np.array([many for _, many in rows], np.intp)

    def rows(self, kinds: Places) -> tuple[Places, Places, Places]:
        """Which of some kinds has it, the code of a feature, and whether perhaps more than once."""
        sizes = self._sizes[kinds]
        which = np.repeat(np.arange(len(kinds)), sizes)
        at = np.arange(len(which)) + np.repeat(self._begins[kinds] - np.cumsum(sizes) + sizes, sizes)
        return which, self._codes[at], self._many[at]


def _classes(features: list[Feature], having: Having) -> frozenset[str]:
    named = (features[code] for code, _ in having)
    return frozenset(one.value.iri for one in named if str(one.predicate).encode() == TYPE and one.value is not None)
