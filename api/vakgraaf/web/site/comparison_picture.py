"""A comparison as a picture: for each level a bar with what one has, what both have, and what the other one has."""

from __future__ import annotations

from dataclasses import dataclass

from vakgraaf.web.site.comparison import Comparison
from vakgraaf.web.site.lettering import lines
from vakgraaf.web.wording import marked

WIDTH = 760
SIZE = 13
LEADING = 17
_PAD, _BAR, _ROW = 14, 30, 74
_NARROWEST = 26


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a bar: what it stands for (`left`, `both`, `near` or `right`), and how many that are."""

    kind: str
    number: int
    x: int
    width: int


@dataclass(frozen=True, slots=True)
class Bar:
    """The bar of one level, a word of the catalogue; without segments where neither side has anything."""

    title: str
    y: int
    segments: tuple[Segment, ...]
    left: int
    both: int
    near: int
    right: int


@dataclass(frozen=True, slots=True)
class Picture:
    """The whole of it, with the names of the two in lines."""

    width: int
    height: int
    left: tuple[str, ...]
    right: tuple[str, ...]
    bars: tuple[Bar, ...]


def picture(found: Comparison) -> Picture:
    """Where everything is drawn."""
    left = lines(found.left.name.text, WIDTH / 2 - 2 * _PAD, SIZE, 3)
    right = lines(found.right.name.text, WIDTH / 2 - 2 * _PAD, SIZE, 3)
    top = _PAD + LEADING * max(len(left), len(right)) + _PAD
    levels = (
        (marked("Competenties"), found.competences.numbers),
        (marked("Vakkennis en vaardigheden"), found.skills.numbers),
        (marked("Werkprocessen en taken"), (len(found.tasks_left), 0, len(found.tasks), len(found.tasks_right))),
    )
    bars = tuple(_bar(title, top + _ROW * place, *numbers) for place, (title, numbers) in enumerate(levels))
    return Picture(WIDTH, top + _ROW * len(bars) + LEADING + _PAD, left, right, bars)


def _bar(title: str, y: int, left: int, both: int, near: int, right: int) -> Bar:
    there = [(kind, n) for kind, n in (("left", left), ("both", both), ("near", near), ("right", right)) if n]
    room = WIDTH - 2 * _PAD - _NARROWEST * len(there)
    total = sum(n for _, n in there)
    segments, x = [], _PAD
    for kind, n in there:
        width = _NARROWEST + round(room * n / total)
        segments.append(Segment(kind, n, x, width))
        x += width
    return Bar(title, y, tuple(segments), left, both, near, right)
