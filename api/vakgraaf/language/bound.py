"""Words that never stand alone in the texts: "interventie", where there are "crisisinterventie" and
"interventietechnieken" only.

What is left of a compound when a known word is taken off one end may be a word too. It counts as one where it is left
both ways: before one known word and after another.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator

_SHORTEST = 6
_SHORTEST_KNOWN = 5


def bound_words(known: Collection[str]) -> list[str]:
    """The words that the compounds among `known` (folded) are put together of and that are not there themselves."""
    left: dict[str, set[bool]] = defaultdict(set)
    for word in known:
        for rest, first in _remainders(word, known):
            left[rest].add(first)
    return sorted(rest for rest, places in left.items() if len(places) > 1)


def _remainders(word: str, known: Collection[str]) -> Iterator[tuple[str, bool]]:
    """What is left of `word` without a known one at an end, and whether it is what `word` begins with."""
    if len(word) < _SHORTEST + _SHORTEST_KNOWN or not word.isalpha():
        return
    for cut in range(_SHORTEST_KNOWN, len(word) - _SHORTEST_KNOWN + 1):
        head, tail = word[:cut], word[cut:]
        bare = head.removesuffix("s")
        if len(tail) >= _SHORTEST and tail not in known and (head in known or bare in known):
            yield tail, False
        if len(bare) >= _SHORTEST and tail in known and head not in known and bare not in known:
            yield bare, True
