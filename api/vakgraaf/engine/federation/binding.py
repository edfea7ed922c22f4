"""`SERVICE ?s`: which endpoints ?s stands for, as a question to our own engine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from vakgraaf.sparql.scope import possible
from vakgraaf.sparql.tree import (
    Element,
    Filter,
    Graph,
    Group,
    Nested,
    Select,
    Service,
    SubSelect,
    TriplesBlock,
    Union,
    Values,
    groups,
    inside,
    inside_select,
)

_JOINED = (TriplesBlock, Values, Union, Graph, SubSelect)  # the order of these among each other does not matter


@dataclass(frozen=True, slots=True)
class Place:
    """A SERVICE clause and the elements that stand around it, the innermost group first.

    Each of `around` is a list of elements that are joined with the clause or come before it, and the graph name that
    the group is in (None: that of the groups around it).
    """

    service: Service
    around: tuple[tuple[tuple[Element, ...], Graph | None], ...]

    def elements(self) -> list[Element]:
        """Everything that may bind a variable of the clause, without what calls on others itself."""
        return [element for level, _ in self.around for element in level]


def places(select: Select) -> Iterator[Place]:
    """The outermost SERVICE clauses of a query in the order of the text; one inside another is the other's matter."""
    found = []
    for group in inside_select(select):
        tail: tuple[Element, ...] = (select.values,) if select.values is not None else ()
        found += list(_inside(group, ((tail, None),)))
    return iter(sorted(found, key=lambda place: place.service.first))


def places_in(group: Group) -> Iterator[Place]:
    """The same for the WHERE clause of an update."""
    return iter(sorted(_inside(group, ()), key=lambda place: place.service.first))


def _inside(group: Group, outer: tuple[tuple[tuple[Element, ...], Graph | None], ...]) -> Iterator[Place]:
    for at, element in enumerate(group.elements):
        others = group.elements[:at] + [e for e in group.elements[at + 1 :] if isinstance(e, _JOINED)]
        if isinstance(element, Filter):  # an EXISTS sees what the whole group binds
            others = [e for e in group.elements if e is not element]
        level = (tuple(others), None)
        if isinstance(element, Service):
            yield Place(element, (level, *outer))
        elif isinstance(element, SubSelect):
            yield from places(element.select)  # its variables are its own
        else:
            graph = element if isinstance(element, Graph) else None
            for inner in inside(element):
                yield from _inside(inner, ((level[0], graph), *outer))


def calls(element: Element) -> bool:
    """Whether a SERVICE stands anywhere in it."""
    if isinstance(element, Service):
        return True
    return any(isinstance(e, Service) for top in inside(element) for group in groups(top) for e in group.elements)


def usable(elements: Iterable[Element]) -> list[Element]:
    """Those of `elements` that can be asked of our own store by themselves and lose no solution.

    A filter counts only where all it mentions is bound by what is left; MINUS only takes away.
    """
    kept = [e for e in elements if not calls(e) and not isinstance(e, Filter) and not _takes_away(e)]
    bound = possible(kept)
    return kept + [e for e in elements if isinstance(e, Filter) and not calls(e) and e.expression.variables <= bound]


def _takes_away(element: Element) -> bool:
    return isinstance(element, Nested) and element.word == "MINUS"
