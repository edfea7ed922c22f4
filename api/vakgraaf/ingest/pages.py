"""Page numbers of lines, as far as they are certain.

A text that comes from a PDF shows where pages begin but seldom their numbers: only some pages keep a printed one.
From those the others are counted. Blank pages leave no trace, so a count may not add up; then the one habit of
printers that explains it, chapters on right-hand (odd) pages, is tried. What stays unexplained gets no number.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence


def number_pages(
    line_count: int, starts: Sequence[int], printed: dict[int, int], chapters: frozenset[int]
) -> dict[int, int]:
    """Line → page for every line whose page is certain.

    `starts` are the first lines of pages in order, `printed` the number printed at some of them, `chapters` the
    starts that open a chapter. A document without a printed number gets no pages.
    """
    begins = sorted({1, *starts})
    for recto in (False, True):
        numbers = _count(begins, printed, chapters if recto else frozenset())
        if numbers is not None:
            return {line: numbers[bisect_right(begins, line) - 1] for line in range(1, line_count + 1)}
    return {}


def _count(begins: Sequence[int], printed: dict[int, int], recto: frozenset[int]) -> list[int] | None:
    """Number all pages from the first printed one on and back; None where a printed number contradicts the count."""
    anchors = [index for index, begin in enumerate(begins) if begin in printed]
    if not anchors:
        return None
    numbers = [0] * len(begins)
    numbers[anchors[0]] = printed[begins[anchors[0]]]
    for index in range(anchors[0] + 1, len(begins)):
        following = numbers[index - 1] + 1
        numbers[index] = following + (begins[index] in recto and following % 2 == 0)
    _count_back(numbers, begins, anchors[0], recto)
    wrong = any(numbers[index] != printed[begins[index]] for index in anchors)
    return None if wrong or numbers[0] < 1 else numbers


def _count_back(numbers: list[int], begins: Sequence[int], anchor: int, recto: frozenset[int]) -> None:
    """Fill the numbers before `anchor`, a chapter at a time: the blank page is the one before the next chapter."""
    end = anchor
    while end > 0:
        start = next((i for i in range(end - 1, 0, -1) if begins[i] in recto), 0)
        first = numbers[end] - (end - start)
        first -= begins[start] in recto and first % 2 == 0
        numbers[start:end] = range(first, first + end - start)
        end = start
