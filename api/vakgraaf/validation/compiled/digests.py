"""Stretches of bytes as numbers of 64 bits: the same for the same bytes, and as good as never for others.

The keys are drawn anew by each program, so that nobody can choose texts that get one number; a process that is forked
has those of the one it comes from. Any two texts get one number with a chance of 2 ** -64: of ten million different
ones, some two do in one of three hundred thousand judgements.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from hashlib import blake2b
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Places = NDArray[np.intp]
Digests = NDArray[np.uint64]

_Number = TypeVar("_Number", bound=np.generic)
_WORD = 8
_MOST_WORDS = 64
_KEYS = np.frombuffer(os.urandom(4 * (_MOST_WORDS + 1) * _WORD), np.uint64).reshape(-1, 4)
_MOST_KNOWN = 200_000
_LONG_KEY = os.urandom(32)
_KEPT = np.array([(1 << (8 * kept)) - 1 for kept in range(_WORD + 1)], np.uint64)
_FACTOR = np.uint64(int.from_bytes(os.urandom(_WORD), "little") | 1)
_LOW, _HALF = np.uint64(0xFFFFFFFF), np.uint64(32)


class Stretches:
    """Where stretches of some bytes are looked at. `letters` are the bytes as numbers."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.letters = np.frombuffer(content, np.uint8)
        # Each place with the seven bytes after it.
        self._words: Digests = np.ndarray((len(content) + 1,), "<u8", content + bytes(_WORD), strides=(1,))

    def digests(self, starts: Places, ends: Places) -> Digests:
        """The numbers of the stretches that begin and end there."""
        lengths = ends - starts
        short = lengths <= _MOST_WORDS * _WORD
        if short.all():
            return self._sums(starts, lengths)
        found = np.empty(len(starts), np.uint64)
        found[short] = self._sums(starts[short], lengths[short])
        for at in np.flatnonzero(~short).tolist():
            long = blake2b(self.content[starts[at] : ends[at]], digest_size=_WORD, key=_LONG_KEY).digest()
            found[at] = int.from_bytes(long, "little")
        return found

    def _sums(self, starts: Places, lengths: Places) -> Digests:
        """The upper halves of two multilinear sums of the halves of words, which are strongly universal (Lemire and
        Kaser, "Strongly universal string hashing is fast")."""
        sizes = lengths.astype(np.uint64)
        first: Digests = sizes * _KEYS[-1, 0]
        second: Digests = sizes * _KEYS[-1, 1]
        whole = int(lengths.min(initial=_MOST_WORDS * _WORD)) // _WORD
        for number in range(whole):  # all have these words
            _add(first, second, self._words[starts + number * _WORD], _KEYS[number])
        which = np.arange(len(starts))
        for number in range(whole, -(-int(lengths.max(initial=0)) // _WORD)):
            which = which[lengths[which] > number * _WORD]
            left = np.minimum(lengths[which] - number * _WORD, _WORD)
            words = self._words[starts[which] + number * _WORD] & _KEPT[left]
            one, other = np.zeros(len(which), np.uint64), np.zeros(len(which), np.uint64)
            _add(one, other, words, _KEYS[number])
            first[which] += one
            second[which] += other
        first &= ~_LOW
        first |= second >> _HALF
        return first


def _add(first: Digests, second: Digests, words: Digests, keys: Digests) -> None:
    """Add what these words come to with these keys."""
    low, high = words & _LOW, words >> _HALF
    first += (low + keys[0]) * (high + keys[1])
    low += keys[2]
    high += keys[3]
    low *= high
    second += low


def together(first: Digests, second: NDArray[np.unsignedinteger]) -> Digests:
    """The numbers of pairs of two numbers."""
    return first * _FACTOR + second


def runs(numbers: NDArray[np.integer]) -> NDArray[np.bool_]:
    """Where another number begins than the one before it."""
    new = np.ones(len(numbers), np.bool_)
    new[1:] = numbers[1:] != numbers[:-1]
    return new


def looked_up(known: dict[int, int], digests: Digests, make: Callable[[list[int]], list[int]]) -> Places:
    """What is known for each of these numbers; `make` tells it of those that are new, by their places among them.

    What is known is forgotten when it is too much.
    """
    distinct, places, inverse = np.unique(digests, return_index=True, return_inverse=True)
    if len(known) > _MOST_KNOWN:
        known.clear()
    numbers = distinct.tolist()
    new = [at for at, number in enumerate(numbers) if number not in known]
    if new:
        made = make(places[new].tolist())
        known.update(zip([numbers[at] for at in new], made, strict=True))
    return np.array([known[number] for number in numbers], np.intp)[inverse]


def digests_of(texts: Iterable[bytes]) -> Digests:
    """The numbers of some texts."""
    known = list(texts)
    ends = np.cumsum([len(text) for text in known], dtype=np.intp)
    return Stretches(b"".join(known)).digests(np.append(np.zeros(1, np.intp), ends[:-1])[: len(known)], ends)


def joined(parts: Sequence[NDArray[_Number]], kind: type[_Number]) -> NDArray[_Number]:
    """Rows of numbers, one after another."""
    return np.concatenate(parts) if parts else np.empty(0, kind)
