"""A census of very much data: which kinds of things there are, what properties they have, and what kinds of values.

A million statements are about a hundred thousand things of some hundreds of kinds, and most rules are settled by the
kind (`certainty`). All lines of a block are counted at once, as numbers; only what is the first of its sort is looked
at as text. What is counted may be counted too high, where a statement is there twice, but never too low.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from vakgraaf.validation.compiled.digests import Digests, Places, looked_up, runs, together
from vakgraaf.validation.compiled.kinds import Codes, Feature, Having, Kinds
from vakgraaf.validation.compiled.layout import Layout, Reader
from vakgraaf.validation.compiled.lines import Form
from vakgraaf.validation.compiled.scanning import look_at, unescaped
from vakgraaf.validation.compiled.survey import Survey
from vakgraaf.validation.compiled.trying import TYPE, Trials

MOST_KINDS = 200_000
"""Of more it is not worth while to ask what they may break."""
_BLANK, _ESCAPE = b"_\\"

Numbers = NDArray[np.uint32]


class Piece(NamedTuple):
    """What is counted of a block, which goes by a number.

    Of each line: how long it is, and its triple; and the code of the feature that it gives its subject. Of each run
    of lines about one thing: how many, the digest of the thing, and its kind by them. Of the lines that end in a
    thing, but for a class with a name: their places, and the digests of those things.
    """

    block: int
    lengths: Numbers
    triples: Numbers
    codes: Numbers
    runs: Numbers
    subjects: Digests
    kinds: Numbers
    linking: Numbers
    linked: Digests


class Count(NamedTuple):
    """What a census has counted, as another process can be told."""

    given_up: bool
    opened: frozenset[str]
    survey: Survey
    features: list[Feature]
    kinds: list[tuple[bool, Having]]
    pieces: list[Piece]


class Census:
    """To be told of all data before anything is asked of it; `given_up` where some of it was not understood.

    `openings` are the beginnings of literals that are looked for, and `opened` those that perhaps there are. `survey`
    is told of all literals.
    """

    def __init__(self, trials: Trials, openings: Iterable[str] = ()) -> None:
        self.trials, self.openings = trials, frozenset(openings)
        self.given_up = False
        self.opened: frozenset[str] = frozenset()
        self.survey, self.codes, self.kinds = Survey(), Codes(trials), Kinds()
        self.pieces: list[Piece] = []
        self._reader, self._tables = Reader(), _Tables()
        self._values: dict[int, int] = {}
        self._first_letters = np.array(sorted({_ESCAPE, *(one.encode()[0] for one in self.openings)}), np.uint8)

    def take_in(self, content: bytes, block: int) -> None:
        """Count whole lines of N-Triples or N-Quads.

        It is given up at a line in an unusual way of writing, or with escapes in an IRI. Raises `SyntaxError` for what
        is not well-formed.
        """
        if not content:
            return
        laid = self._reader.layout(content)
        self.given_up |= laid is None or len(self.kinds) > MOST_KINDS
        if laid is None or self.given_up:
            return
        self._tables.extend(self._reader.forms[len(self._tables) :], self.codes, self.trials)
        self._look_for_openings(laid)
        new = runs(laid.subjects)
        begins = np.flatnonzero(new)
        codes = self._codes_of(laid)
        blank = laid.stretches.letters[laid.starts[begins]] == _BLANK
        linking = np.flatnonzero(self._tables.links[laid.forms])
        self.pieces.append(
            Piece(
                block,
                (laid.ends + 1 - laid.starts).astype(np.uint32),
                (laid.triple_ends - laid.starts).astype(np.uint32),
                codes.astype(np.uint32),
                np.diff(begins, append=len(new)).astype(np.uint32),
                laid.subjects[begins],
                self.kinds.of(np.cumsum(new) - 1, codes, 0, blank).astype(np.uint32),
                linking.astype(np.uint32),
                laid.values(linking),
            )
        )

    def _codes_of(self, laid: Layout) -> Places:
        """The code of each line; the text of a value is looked at once."""
        codes = self._tables.codes[laid.forms]
        which = np.flatnonzero(self._tables.looks[laid.forms])
        numbers = together(laid.values(which), laid.forms[which].astype(np.uint64))
        codes[which] = looked_up(self._values, numbers, lambda new: self._looked_at(laid, which[new]))
        return codes

    def _looked_at(self, laid: Layout, lines: Places) -> list[int]:
        """The codes of lines whose values are new, of which the survey is told."""
        found, forms = np.empty(len(lines), np.intp), laid.forms[lines]
        for number in np.unique(forms).tolist():
            form, own = self._reader.forms[number], np.flatnonzero(forms == number)
            values = laid.texts(lines[own])
            if form.datatype or form.is_odd:
                for value in values:
                    look_at(form, value, self.survey)
            found[own] = self.codes.of(form, values)
        return found.tolist()

    def _look_for_openings(self, laid: Layout) -> None:
        """Which of the openings some literal begins with."""
        missing = tuple(self.openings - self.opened)
        if not missing:
            return
        literals = np.flatnonzero(self._tables.literals[laid.forms])
        letters = laid.stretches.letters[laid.value_starts[literals]]
        for text in laid.texts(literals[np.isin(letters, self._first_letters)]):
            self.opened |= {one for one in missing if unescaped(text).startswith(one)}

    def told(self) -> Count:
        """All that is counted by now."""
        return Count(self.given_up, self.opened, self.survey, self.codes.features, self.kinds.all, self.pieces)

    def join(self, other: Count) -> None:
        """Take in what another one has counted, of other blocks."""
        self.given_up |= other.given_up
        self.opened |= other.opened
        self.survey.join(other.survey)
        codes = [self.codes.number(feature) for feature in other.features]
        kinds = [
            self.kinds.number(blank, tuple(sorted((codes[code], many) for code, many in having)))
            for blank, having in other.kinds
        ]
        code_of, kind_of = np.array(codes, np.uint32), np.array(kinds, np.uint32)
        for piece in other.pieces:
            self.pieces.append(piece._replace(codes=code_of[piece.codes], kinds=kind_of[piece.kinds]))
        self.pieces.sort(key=lambda piece: piece.block)  # whoever was the first to be told


class _Tables:
    """What is known of the lines of each form, by its number.

    `codes`, where it is the same for all; whether their values are to be looked at, whether they are `literals`, and
    whether they are `links` to a thing.
    """

    def __init__(self) -> None:
        self.codes = np.empty(0, np.intp)
        self.looks, self.literals, self.links = (np.empty(0, np.bool_) for _ in range(3))

    def __len__(self) -> int:
        return len(self.codes)

    def extend(self, forms: list[Form], codes: Codes, trials: Trials) -> None:
        """Take in more forms."""
        looks = [bool(form.datatype) or form.predicate in trials.tried or form.is_odd for form in forms]
        alike = [-1 if look else codes.of(form, [b""])[0] for look, form in zip(looks, forms, strict=True)]
        self.codes = np.append(self.codes, np.array(alike, np.intp))
        self.looks = np.append(self.looks, np.array(looks, np.bool_))
        self.literals = np.append(self.literals, np.array([not form.first for form in forms], np.bool_))
        links = [form.first == b"_" or (form.first == b"<" and form.predicate != TYPE) for form in forms]
        self.links = np.append(self.links, np.array(links, np.bool_))
