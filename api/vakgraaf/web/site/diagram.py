"""The main classes as a drawing: a tree from the class that nothing points to, each class once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from vakgraaf.engine import Value
from vakgraaf.rdf import iris
from vakgraaf.web.site.class_links import ClassLink
from vakgraaf.web.site.names import Named
from vakgraaf.web.site.nearby import Nearby
from vakgraaf.web.site.shape_words import named

_WHOLE = str(iris.VG.heeftOnderdeel)
_WIDTH, _HEIGHT, _GAP_X, _GAP_Y, _EDGE = 180, 40, 28, 8, 4


@dataclass(frozen=True, slots=True)
class Box:
    """A class in the drawing: where, what it is called, and by which properties one comes to it."""

    x: int
    y: int
    klasse: Named
    via: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Diagram:
    """The drawing; `lines` are SVG paths. `links` says all of it, and what the drawing leaves out, for a list."""

    width: int
    height: int
    box_width: int
    box_height: int
    boxes: tuple[Box, ...]
    lines: tuple[str, ...]
    links: tuple[tuple[Named, Named, Named], ...]


def diagram(near: Nearby, links: Iterable[ClassLink]) -> Diagram:
    """The drawing of these links."""
    listed = sorted(link for link in links if link.source != link.target)
    parents = _parents(near, listed)
    children: dict[str, list[str]] = {}
    for child, parent in parents.items():
        children.setdefault(parent, []).append(child)
    boxes: list[Box] = []
    lines: list[str] = []
    row = 0
    terms = {term for link in listed for term in (link.source, link.target)}
    for root in sorted(terms - {*parents}, key=lambda one: (-_size(one, children), one)):
        _, row = _place(near, root, 0, row, children, _via(near, listed, parents), boxes, lines)
    return Diagram(
        width=max((box.x for box in boxes), default=0) + _WIDTH + 2 * _EDGE,
        height=max((box.y for box in boxes), default=0) + _HEIGHT + 2 * _EDGE,
        box_width=_WIDTH,
        box_height=_HEIGHT,
        boxes=tuple(boxes),
        lines=tuple(lines),
        links=_sentences(near, links),
    )


def _parents(near: Nearby, links: list[ClassLink]) -> dict[str, str]:
    """What each class hangs under: a whole that it is a part of, the one furthest down; else whatever points to it."""
    part = {link for link in links if _WHOLE in near.things(link.property, "rdfs:subPropertyOf")}
    found: dict[str, str] = {}
    for step in (part, set(links) - part):
        depths = _depths(step)
        for target in sorted({link.target for link in step} - {*found}, key=lambda one: (depths[one], one)):
            sources = {link.source for link in step if link.target == target}
            sources -= {one for one in sources if target in _line(one, found)}
            if sources:
                found[target] = max(sources, key=lambda one: (len(_line(one, found)), depths[one], one))
    return found


def _line(one: str, parents: dict[str, str]) -> list[str]:
    """A class and what it hangs under."""
    line = [one]
    while line[-1] in parents and parents[line[-1]] not in line:
        line.append(parents[line[-1]])
    return line


def _depths(links: Iterable[ClassLink]) -> dict[str, int]:
    """How far each class is from a start, the longest way round; a circle is walked once."""
    pairs = sorted({(link.source, link.target) for link in links})
    depths = {term: 0 for pair in pairs for term in pair}
    pointed = {target for _, target in pairs}
    walk: list[tuple[str, tuple[str, ...]]] = [(one, (one,)) for one in depths if one not in pointed]
    while walk:
        here, way = walk.pop()
        for source, target in pairs:
            if source == here and target not in way and depths[target] < len(way):
                depths[target] = len(way)
                walk.append((target, (*way, target)))
    return depths


def _via(near: Nearby, links: list[ClassLink], parents: dict[str, str]) -> dict[str, tuple[Value, ...]]:
    return {
        child: tuple(named(near, link.property).name for link in links if (link.source, link.target) == (parent, child))
        for child, parent in parents.items()
    }


def _size(root: str, children: dict[str, list[str]]) -> int:
    return 1 + sum(_size(child, children) for child in children.get(root, ()))


def _place(
    near: Nearby,
    klasse: str,
    column: int,
    row: int,
    children: dict[str, list[str]],
    via: dict[str, tuple[Value, ...]],
    boxes: list[Box],
    lines: list[str],
) -> tuple[int, int]:
    """Draw a class and what hangs under it from `row` on; gives its y and the next free row."""
    x, middle = _EDGE + column * (_WIDTH + _GAP_X), _HEIGHT // 2
    below = sorted(children.get(klasse, ()), key=lambda one: (-_size(one, children), named(near, one).name.text))
    placed, next_row = [], row
    for child in below:
        y, next_row = _place(near, child, column + 1, next_row, children, via, boxes, lines)
        placed.append(y)
    here = placed[0] if placed else _EDGE + row * (_HEIGHT + _GAP_Y)
    boxes.append(Box(x, here, named(near, klasse), via.get(klasse, ())))
    elbow = x + _WIDTH + _GAP_X // 2
    for y in placed:
        lines.append(f"M{x + _WIDTH} {here + middle}H{elbow}V{y + middle}H{x + _WIDTH + _GAP_X}")
    return here, max(next_row, row + 1)


def _sentences(near: Nearby, links: Iterable[ClassLink]) -> tuple[tuple[Named, Named, Named], ...]:
    found = [tuple(named(near, term) for term in link) for link in links]
    ordered = sorted(found, key=lambda one: tuple(term.name.text.casefold() for term in one))
    return tuple((source, name, target) for source, name, target in ordered)
