"""The structure of a profile as a picture: the profile, its parts and theirs, and how many skills each asks for."""

from __future__ import annotations

from dataclasses import dataclass

from vakgraaf.web.site.demands import Demand
from vakgraaf.web.site.lettering import lines
from vakgraaf.web.site.outline import Part, every

WIDTH = 900
SIZE = 13
LEADING = 17
_LEFT, _MIDDLE = 10, 240
_LEFT_WIDTH, _MIDDLE_WIDTH, _TEXT_WIDTH = 208, 220, 272
_BAR, _BAR_WIDTH = 780, 84
_PAD, _GAP, _BETWEEN = 9, 16, 7


@dataclass(frozen=True, slots=True)
class Box:
    """A box with text: its corner, its size, its lines, and the part that it stands for (None: the whole)."""

    x: int
    y: int
    width: int
    height: int
    lines: tuple[str, ...]
    part: Part | None
    skills: int
    competences: int

    @property
    def middle(self) -> float:
        """Half way down."""
        return self.y + self.height / 2


@dataclass(frozen=True, slots=True)
class Leaf:
    """A part at the right: its first line of text stands at `y`; `bar` is as long as it asks for many skills."""

    y: int
    lines: tuple[str, ...]
    part: Part
    skills: int
    bar: int


@dataclass(frozen=True, slots=True)
class Branch:
    """A box in the middle with what hangs below it."""

    box: Box
    leaves: tuple[Leaf, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """The whole of it; `leaves` is their number, `bars` whether any part at the right asks for skills."""

    width: int
    height: int
    root: Box
    branches: tuple[Branch, ...]
    leaves: int
    bars: bool


def picture(name: str, parts: tuple[Part, ...], asks: tuple[Demand, ...]) -> Picture:
    """Where everything is drawn. Parts deeper than two levels stand with those of the second."""
    skills, competences = _counts(asks, competence=False), _counts(asks, competence=True)
    longest = max((len(skills.get(part.iri, ())) for part in every(parts)), default=0)
    branches, y = [], _PAD
    for part in parts:
        leaves, below = [], y
        for leaf in every(part.parts):
            number = len(skills.get(leaf.iri, ()))
            text = lines(leaf.numbered, _TEXT_WIDTH, SIZE, 3)
            leaves.append(Leaf(below + SIZE, text, leaf, number, _bar(number, longest)))
            below += LEADING * len(text) + _BETWEEN
        text = lines(part.numbered, _MIDDLE_WIDTH - 2 * _PAD, SIZE, 4)
        height = LEADING * (len(text) + 1) + 2 * _PAD
        within = [one.iri for one in every((part,))]
        box = Box(
            x=_MIDDLE,
            y=y + max(0, (below - y - height) // 2),
            width=_MIDDLE_WIDTH,
            height=height,
            lines=text,
            part=part,
            skills=len(set().union(*(skills.get(one, set()) for one in within))),
            competences=len(set().union(*(competences.get(one, set()) for one in within))),
        )
        branches.append(Branch(box, tuple(leaves)))
        y = max(below, y + height) + _GAP
    return _framed(name, tuple(branches), y, asks)


def _framed(name: str, branches: tuple[Branch, ...], y: int, asks: tuple[Demand, ...]) -> Picture:
    text = lines(name, _LEFT_WIDTH - 2 * _PAD, SIZE, 6)
    height = LEADING * len(text) + 2 * _PAD
    total = max(y, height + 2 * _PAD)
    root = Box(
        x=_LEFT,
        y=(total - height) // 2,
        width=_LEFT_WIDTH,
        height=height,
        lines=text,
        part=None,
        skills=sum(one.kind != "vg:Competentie" for one in asks),
        competences=sum(one.kind == "vg:Competentie" for one in asks),
    )
    leaves = [leaf for branch in branches for leaf in branch.leaves]
    bars = any(leaf.skills for leaf in leaves)
    return Picture(WIDTH, total + (LEADING + _PAD if bars else 0), root, branches, len(leaves), bars)


def _counts(asks: tuple[Demand, ...], *, competence: bool) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for one in asks:
        if (one.kind == "vg:Competentie") is competence:
            for place in one.places:
                found.setdefault(place, set()).add(one.iri)
    return found


def _bar(number: int, longest: int) -> int:
    return round(_BAR_WIDTH * number / longest) if longest else 0
