"""The part of a text that shows why it was found, and where the words stand in it."""

from __future__ import annotations

from collections.abc import Iterable

from vakgraaf.language.stems import ENGLISH, stems
from vakgraaf.language.words import places
from vakgraaf.search.answers import Marked

LENGTH = 240
"""How long a snippet is, about, in characters."""
_READ = 10_000
_BEFORE = 60
_SHORTEST_PART = 4


class Marker:
    """Finds the words of texts that are among the stems `wanted`, or have one of them in them."""

    def __init__(self, wanted: frozenset[str]) -> None:
        self._wanted = wanted
        self._inside = [stem for stem in wanted if len(stem) >= _SHORTEST_PART and not stem.startswith(ENGLISH)]
        self._known: dict[tuple[tuple[str, ...], str], bool] = {}

    def marks(self, text: str, language: str) -> tuple[tuple[int, int], ...]:
        """From and to of each."""
        if not self._wanted:
            return ()
        found = []
        for start, end, words in places(text):
            fits = self._known.get((words, language))
            if fits is None:
                fits = self._known[words, language] = any(self._fits(word, language) for word in words)
            if fits:
                found.append((start, end))
        return tuple(found)

    def snippet(self, texts: Iterable[Marked], language: str) -> Marked | None:
        """The best part of the best of `texts`: one with a word in it, in `language` where there is such a one.

        Without any, the beginning of the first that suits the reader; None where there are no texts.
        """
        best: Marked | None = None
        rank = (True, True)
        for text in texts:
            flowing = _flowing(text.text)
            found = self.marks(flowing[:_READ], text.language)
            its = (not found, text.language.partition("-")[0] != language)
            if best is None or its < rank:
                best, rank = text._replace(text=flowing, marks=found), its
            if rank == (False, False):
                break
        return None if best is None else _cut(best)

    def _fits(self, word: str, language: str) -> bool:
        return not self._wanted.isdisjoint(stems(word, language)) or any(stem in word for stem in self._inside)


def _flowing(text: str) -> str:
    """`text` in one line."""
    return " ".join(text.split())


def _cut(text: Marked) -> Marked:
    start = _start(text)
    end = min(len(text.text), start + LENGTH)
    if start > 0:
        start = text.text.find(" ", start, text.marks[0][0] if text.marks else end) + 1 or start
    if end < len(text.text):
        end = max(text.text.rfind(" ", start + LENGTH // 2, end), 0) or end
    before, after = "… " if start else "", " …" if end < len(text.text) else ""
    shift = len(before) - start
    kept = tuple((a + shift, b + shift) for a, b in text.marks if a >= start and b <= end)
    return text._replace(text=f"{before}{text.text[start:end]}{after}", marks=kept)


def _start(text: Marked) -> int:
    """Where to begin so that most marks are seen; a little before the first of them."""
    if len(text.text) <= LENGTH or not text.marks:
        return 0
    starts = [start for start, _ in text.marks]
    seen = {start: sum(start <= other < start + LENGTH - _BEFORE for other in starts) for start in starts}
    return max(0, max(starts, key=lambda start: (seen[start], -start)) - _BEFORE)
