"""The part of a text that shows why it was found, and where the words stand in it."""

from __future__ import annotations

from collections.abc import Sequence

from vakgraaf.search.answers import Marked
from vakgraaf.search.stems import ENGLISH, stems
from vakgraaf.search.words import places

LENGTH = 240
"""How long a snippet is, about, in characters."""
_READ = 20_000
_BEFORE = 60
_SHORTEST_PART = 4


def marks(text: str, language: str, wanted: frozenset[str]) -> tuple[tuple[int, int], ...]:
    """From and to of the words of `text` that are among the stems `wanted`, or have one of them in them."""
    inside = [stem for stem in wanted if len(stem) >= _SHORTEST_PART and not stem.startswith(ENGLISH)]
    found = []
    for place in places(text):
        if any(
            not wanted.isdisjoint(stems(word, language)) or any(stem in word for stem in inside) for word in place.words
        ):
            found.append((place.start, place.end))
    return tuple(found)


def snippet(texts: Sequence[Marked], wanted: frozenset[str], language: str) -> Marked | None:
    """The best part of the best of `texts`: with most words that were looked for, then in `language`, then the first.

    Without any, the beginning of the first that suits the reader; None where there are no texts.
    """
    if not texts:
        return None
    flowing = (text._replace(text=" ".join(text.text.split())) for text in texts)
    known = [text._replace(marks=marks(text.text[:_READ], text.language, wanted)) for text in flowing]
    best = min(known, key=lambda text: (not text.marks, text.language.partition("-")[0] != language))
    return _cut(best)


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
