"""Where the terms are in lines of N-Triples or N-Quads that are written as most are, reckoned for all lines at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vakgraaf.validation.compiled.digests import Places, Stretches

Mask = NDArray[np.bool_]
Letters = NDArray[np.uint8]

_IN_IRI = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._~/:-"
_SPECIAL = bytes(letter not in _IN_IRI for letter in range(256))
NEWLINE, SPACE, QUOTE, HASH, DOT, LESS, MORE, AT, HAT = b'\n "#.<>@^'
_ESCAPE, _RETURN = b"\\\r"


@dataclass(frozen=True, slots=True)
class Spans:
    """Of each line where it begins and where its newline is, and the beginnings and ends of its terms.

    Only `usual` lines have terms here. Their IRIs consist of letters, digits, `._~/:-` and at most one "#"; a literal
    has no escapes. `values` are objects, but of a literal only what is between the quotation marks; `suffixes` are what
    a literal has behind them. A graph that is not named is empty.
    """

    starts: Places
    ends: Places
    usual: Mask
    subject_ends: Places
    predicate_starts: Places
    predicate_ends: Places
    object_starts: Places
    object_ends: Places
    value_starts: Places
    value_ends: Places
    suffix_starts: Places
    graph_starts: Places
    graph_ends: Places


def spans_of(stretches: Stretches) -> Spans:
    """The spans of whole lines, each with a newline."""
    marks = _Marks(stretches)
    usual, subject_ends = marks.heads()
    ends, graph_starts, has_graph = marks.tails()
    usual &= ends >= 0
    iri, closing = marks.iris(ends), marks.closings(ends)
    usual &= iri | (closing >= 0)
    starts, object_starts, object_ends = marks.starts, marks.place(6), marks.places.take(ends, mode="clip")
    newlines = marks.places[marks.last]
    return Spans(
        starts,
        newlines,
        usual,
        subject_ends,
        marks.place(3),
        marks.place(4) + 1,
        object_starts,
        object_ends,
        np.where(iri, object_starts, object_starts + 1),
        np.where(iri, object_ends, marks.places.take(closing, mode="clip")),
        np.where(iri, object_ends, marks.places.take(closing, mode="clip") + 1),
        graph_starts,
        np.where(has_graph, newlines - 2, graph_starts),
    )


class _Marks:
    """The characters of lines that are not in each IRI: all that tells where a term begins and ends.

    `first` and `last` are the places in `places` of the first one of each line, and of its newline.
    """

    def __init__(self, stretches: Stretches) -> None:
        marked = np.frombuffer(stretches.content.translate(_SPECIAL), np.bool_)
        places = np.flatnonzero(marked)
        letters = stretches.letters[places]
        hashes = letters == HASH
        twice = places[1:][hashes[1:] & hashes[:-1]]  # perhaps two of them in one IRI
        self.places, self.letters = places[~hashes], letters[~hashes]
        self.last: Places = np.flatnonzero(self.letters == NEWLINE)
        self.first = np.concatenate((np.zeros(1, np.intp), self.last[:-1] + 1))
        newlines = self.places[self.last]
        self.starts = np.concatenate((np.zeros(1, np.intp), newlines[:-1] + 1))
        self._dots = stretches.letters[newlines - 1] == DOT
        self._unusual = np.zeros(len(newlines), np.bool_)
        self._unusual[np.searchsorted(newlines, twice)] = True
        odd = np.flatnonzero((self.letters == _ESCAPE) | (self.letters == _RETURN))
        self._unusual[np.searchsorted(self.last, odd)] = True
        quotes = np.flatnonzero(self.letters == QUOTE)
        self._quotes = np.bincount(np.searchsorted(self.last, quotes), minlength=len(newlines))

    def letter(self, number: int) -> Letters:
        """The mark of each line by its number."""
        found: Letters = self.letters.take(self.first + number, mode="clip")
        return found

    def place(self, number: int) -> Places:
        """Where it stands."""
        found: Places = self.places.take(self.first + number, mode="clip")
        return found

    def heads(self) -> tuple[Mask, Places]:
        """Which lines begin with two IRIs, have enough marks for a third term, and none that is not expected; and where
        their subjects end."""
        usual = ~self._unusual & (self.last - self.first >= 9) & (self.place(0) == self.starts)
        for number, letter in enumerate((LESS, MORE, SPACE, LESS, MORE, SPACE)):
            usual &= self.letter(number) == letter
        space, second = self.place(2), self.place(5)
        usual &= (self.place(1) + 1 == space) & (space + 1 == self.place(3))
        usual &= (self.place(4) + 1 == second) & (second + 1 == self.place(6))
        return usual, space

    def tails(self) -> tuple[Places, Places, Mask]:
        """The places of the marks behind the objects (-1 where a line does not end as it should), where the graphs
        begin, and whether there are any."""
        letters, places = self._before(self.last, 5)
        usual = self._dots & (letters[1] == SPACE) & (places[1] + 2 == places[0])
        graph = (letters[2] == MORE) & (letters[3] == LESS) & (letters[4] == SPACE)
        graph &= (places[2] + 1 == places[1]) & (places[4] + 1 == places[3]) & (self.last - 4 >= self.first + 8)
        return np.where(usual, np.where(graph, self.last - 4, self.last - 1), -1), places[3], graph

    def iris(self, ends: Places) -> Mask:
        """Which objects are IRIs."""
        found: Mask = (self.letter(6) == LESS) & (self.letter(7) == MORE) & (ends == self.first + 8)
        found &= (self.place(7) + 1 == self.place(8)) & (self._quotes == 0)
        return found

    def closings(self, ends: Places) -> Places:
        """The places of the marks that close a literal; -1 where the object is none."""
        before, at = self._before(ends, 6)
        plain = (before[1] == QUOTE) & (at[0] - at[1] == 1)
        tagged = (before[1] == AT) & (before[2] == QUOTE) & (at[1] - at[2] == 1)
        typed = (before[1] == MORE) & (before[2] == LESS) & (before[3] == HAT) & (before[4] == HAT)
        typed &= (before[5] == QUOTE) & (at[0] - at[1] == 1) & (at[2] - at[5] == 3)
        closing = np.where(plain, ends - 1, np.where(tagged, ends - 2, np.where(typed, ends - 5, -1)))
        good = (self.letter(6) == QUOTE) & (closing > self.first + 6) & (self._quotes == 2)
        return np.where(good, closing, -1)

    def _before(self, ends: Places, number: int) -> tuple[list[Letters], list[Places]]:
        """The marks at some places in `places`, and so many before them; any, where there are none."""
        letters = [self.letters.take(ends - back, mode="clip") for back in range(number)]
        return letters, [self.places.take(ends - back, mode="clip") for back in range(number)]
