"""Relations between terms as two columns of numbers: what is joined, compared and counted by the million."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
Mask = NDArray[np.bool_]

_AT_ONCE = 1_000_000
"""So many pairs of a join are made before those that are alike are taken together."""


class Pairs(NamedTuple):
    """Pairs of numbers, one column each. What `distinct` gives is sorted by the first, then the second."""

    first: Numbers
    second: Numbers

    @property
    def size(self) -> int:
        """How many pairs there are."""
        return self.first.size

    def where(self, mask: Mask) -> Pairs:
        """Those that the mask keeps."""
        return Pairs(self.first[mask], self.second[mask])

    def turned(self) -> Pairs:
        """Each the other way about, sorted."""
        return distinct(Pairs(self.second, self.first))


NONE = Pairs(np.empty(0, np.int64), np.empty(0, np.int64))


def firsts(pairs: Pairs) -> NDArray[np.intp]:
    """Where each pair stands for the first time, so that they are sorted."""
    order = np.lexsort((pairs.second, pairs.first))
    return order[~_repeated(Pairs(pairs.first[order], pairs.second[order]))]


def distinct(pairs: Pairs) -> Pairs:
    """Each pair once, sorted."""
    order = firsts(pairs)
    return Pairs(pairs.first[order], pairs.second[order])


def together(parts: Iterable[Pairs]) -> Pairs:
    """The pairs of all parts, each once, sorted."""
    found = list(parts)
    return distinct(Pairs(*map(np.concatenate, zip(*found, strict=True)))) if found else NONE


def without(pairs: Pairs, others: Pairs) -> Pairs:
    """The pairs that are not among the others; both are distinct, and so is the result."""
    if not pairs.size or not others.size:
        return pairs
    both = Pairs(np.concatenate((others.first, pairs.first)), np.concatenate((others.second, pairs.second)))
    is_other = np.zeros(both.size, np.bool_)
    is_other[: others.size] = True
    order = np.lexsort((~is_other, both.second, both.first))
    ordered = Pairs(both.first[order], both.second[order])
    return ordered.where(~is_other[order] & ~_repeated(ordered))


def joined(left: Pairs, right: Pairs) -> Pairs:
    """(a, c) for each (a, b) on the left and (b, c) on the right, which is sorted; each once, sorted."""
    # In order, so that those that come to the same are made, mostly, in one part.
    return together(_joined(distinct(left), right)) if left.size and right.size else NONE


def found_in(numbers: Numbers, known: Numbers) -> Mask:
    """Which of the numbers are among those that are known, which are sorted."""
    return known[places(numbers, known)] == numbers if known.size else np.zeros(numbers.size, np.bool_)


def places(numbers: Numbers, known: Numbers) -> NDArray[np.intp]:
    """Where each number stands among the sorted ones that are known, if it does; there is at least one of those."""
    return np.minimum(np.searchsorted(known, numbers), known.size - 1)


def _repeated(ordered: Pairs) -> Mask:
    """Which pairs are the same as the one before."""
    repeated = np.zeros(ordered.size, np.bool_)
    repeated[1:] = (ordered.first[1:] == ordered.first[:-1]) & (ordered.second[1:] == ordered.second[:-1])
    return repeated


def _joined(left: Pairs, right: Pairs) -> Iterator[Pairs]:
    begin = np.searchsorted(right.first, left.second, "left")
    many = np.searchsorted(right.first, left.second, "right") - begin
    until = np.cumsum(many)
    start = 0
    while start < left.size:
        before = until[start - 1] if start else 0
        # One of the left alone may have more than that.
        end = max(start + 1, int(np.searchsorted(until, before + _AT_ONCE, "right")))
        part = slice(start, end)
        made = int(until[end - 1] - before)
        if made:
            each = np.repeat(begin[part] - (until[part] - many[part] - before), many[part]) + np.arange(made)
            yield distinct(Pairs(np.repeat(left.first[part], many[part]), right.second[each]))
        start = end
