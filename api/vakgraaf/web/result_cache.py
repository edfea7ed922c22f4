"""Answers that were given before, while the data are the same."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable, Sized
from typing import Generic, TypeVar

V = TypeVar("V", bound=Sized)

LARGEST = 1024 * 1024
"""A longer answer is not kept, in bytes."""

_BESIDE = 512
"""What an answer takes beside the bytes in it and in its key. Without it, tiny answers would be without end."""


class LastAsked(Generic[V]):
    """The answers asked for last, up to so many bytes (`len`) together. The data version belongs in the key."""

    def __init__(self, max_bytes: int) -> None:
        self._max = max_bytes
        self._size = 0
        self._kept: OrderedDict[Hashable, tuple[V, int]] = OrderedDict()

    def get(self, key: Hashable) -> V | None:
        """The answer, or None."""
        found = self._kept.get(key)
        if found is None:
            return None
        self._kept.move_to_end(key)
        return found[0]

    def put(self, key: Hashable, body: V, key_bytes: int | None = None) -> None:
        """Keep an answer, and let go of those that nobody asked for longest.

        The key counts: it has the query or the address in it, which may be much the longer part. `key_bytes` is how
        long it is, where that is known.
        """
        size = (_length(key) if key_bytes is None else key_bytes) + len(body) + _BESIDE
        if len(body) > LARGEST or size > self._max:
            return
        before = self._kept.pop(key, None)
        self._size += size - (0 if before is None else before[1])
        self._kept[key] = body, size
        while self._size > self._max:
            self._size -= self._kept.popitem(last=False)[1][1]


def _length(part: Hashable) -> int:
    if isinstance(part, tuple):
        return sum(map(_length, part))
    return len(part) if isinstance(part, str | bytes) else 0


class ResultCache(LastAsked[bytes]):
    """The same, of bodies of answers."""
