"""Where something is said of a thing, and where another one is said to be connected with it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np

from vakgraaf.validation.compiled.census import Piece
from vakgraaf.validation.compiled.digests import Digests, Places, digests_of, joined


class Span(NamedTuple):
    """Some lines of a block, which goes by a number."""

    block: int
    start: int
    end: int


class Whereabouts:
    """Those of the things in some pieces."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self._pieces = pieces
        self._first_runs = np.cumsum([0, *(len(piece.runs) for piece in pieces)])
        self._kinds = joined([piece.kinds for piece in pieces], np.uint32)

    def where(self, things: Iterable[bytes]) -> list[Span]:
        """The lines about some things, as they are written, in their order."""
        found = self._runs(things)
        numbers = np.searchsorted(self._first_runs, found, side="right") - 1
        spans = []
        for number in np.unique(numbers).tolist():
            starts, ends = places(self._pieces[number])
            runs = found[numbers == number] - self._first_runs[number]
            block = self._pieces[number].block
            spans += [Span(block, *span) for span in zip(starts[runs].tolist(), ends[runs].tolist(), strict=True)]
        return spans

    def kinds(self, thing: bytes) -> list[int]:
        """The kinds that a thing has in one place and another; nothing where nothing is said of it."""
        found: list[int] = self._kinds[self._runs((thing,))].tolist()
        return found

    def pointing(self, thing: bytes) -> list[Span]:
        """The lines that end in a thing, as it is written, but for those that say what is of a class with a name."""
        order, linked = self._linked
        first, last = (int(ends[0]) for ends in _stretch(linked, digests_of((thing,))))
        spans = []
        for link in np.sort(order[first:last]).tolist():
            number = int(np.searchsorted(self._first_links, link, side="right")) - 1
            piece = self._pieces[number]
            line = piece.linking[link - self._first_links[number]]
            end = int(piece.lengths[: line + 1].sum(dtype=np.intp))
            spans.append(Span(piece.block, end - int(piece.lengths[line]), end))
        return spans

    def _runs(self, things: Iterable[bytes]) -> Places:
        order, subjects = self._subjects
        first, last = _stretch(subjects, digests_of(things))
        found = [order[start:end] for start, end in zip(first.tolist(), last.tolist(), strict=True) if start < end]
        return np.unique(joined(found, np.intp))

    @cached_property
    def _subjects(self) -> tuple[Places, Digests]:
        """The runs in the order of the digests of their things, and these."""
        return _ordered([piece.subjects for piece in self._pieces])

    @cached_property
    def _linked(self) -> tuple[Places, Digests]:
        return _ordered([piece.linked for piece in self._pieces])

    @cached_property
    def _first_links(self) -> Places:
        return np.cumsum([0, *(len(piece.linking) for piece in self._pieces)])


def _stretch(ordered: Digests, wanted: Digests) -> tuple[Places, Places]:
    """Where each wanted one begins and ends among those that are in order."""
    return np.searchsorted(ordered, wanted, side="left"), np.searchsorted(ordered, wanted, side="right")


def _ordered(digests: list[Digests]) -> tuple[Places, Digests]:
    all_ = joined(digests, np.uint64)
    order = np.argsort(all_)
    return order, all_[order]


def places(piece: Piece) -> tuple[Places, Places]:
    """Where the runs of a piece begin, and where they end."""
    ends = np.cumsum(piece.lengths, dtype=np.intp)[np.cumsum(piece.runs, dtype=np.intp) - 1]
    return np.append(np.zeros(1, np.intp), ends[:-1]), ends
