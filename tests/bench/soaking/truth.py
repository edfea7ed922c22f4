"""What must be true: which number every place holds, as far as those who write there were told.

A place has one writer, who puts one number after the other there. Of a number that the server neither took nor refused,
because the connection broke, nobody knows; what was once read there has to stay, as what was acknowledged has.
"""

from __future__ import annotations

import threading
from collections import defaultdict

Numbers = frozenset[int]


class Truth:
    """By place: the numbers that were sent, those that were acknowledged or read, and those that were refused."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._sent: defaultdict[str, set[int]] = defaultdict(set)
        self._sure: defaultdict[str, set[int]] = defaultdict(set)
        self._refused: defaultdict[str, set[int]] = defaultdict(set)
        self.acknowledged = 0

    def next(self, place: str) -> int:
        """Another number for a place, which is about to be sent."""
        with self._lock:
            number = len(self._sent[place]) + 1
            self._sent[place].add(number)
            return number

    def acknowledge(self, place: str, number: int) -> None:
        """The server said that it is there."""
        with self._lock:
            self._sure[place].add(number)
            self.acknowledged += 1

    def refuse(self, place: str, number: int) -> None:
        """The server said that it is not."""
        with self._lock:
            self._refused[place].add(number)

    def sure(self, place: str) -> Numbers:
        """What is there for certain, or was and has had a successor: ask it before a question."""
        with self._lock:
            return frozenset(self._sure[place])

    def refused(self, place: str) -> Numbers:
        """What may never be there."""
        with self._lock:
            return frozenset(self._refused[place])

    def is_latest(self, place: str, number: int, before: Numbers) -> bool:
        """Whether a place may turn out to hold this number, where `before` was sure when it was asked for.

        What was read once counts as sure from then on.
        """
        with self._lock:
            good = number in self._sent[place] - self._refused[place] and number >= max(before, default=0)
            if good:
                self._sure[place].add(number)
            return good

    def are_all(self, place: str, numbers: Numbers, before: Numbers) -> bool:
        """Whether a place where numbers are only added may turn out to hold these."""
        with self._lock:
            good = before <= numbers <= self._sent[place] - self._refused[place]
            if good:
                self._sure[place] |= numbers
            return good
