"""Which variables a pattern mentions, may bind, and certainly binds (SPARQL 1.1 §18.2.1, in-scope variables)."""

from __future__ import annotations

from collections.abc import Iterable

from vakgraaf.sparql.tree import (
    Bind,
    Element,
    Graph,
    Nested,
    Select,
    Service,
    SubSelect,
    Term,
    TriplesBlock,
    Union,
    Values,
)

Names = frozenset[str]
NONE: Names = frozenset()


def possible(elements: Iterable[Element]) -> Names:
    """The variables that a solution of these elements, taken together, may bind."""
    names: set[str] = set()
    for element in elements:
        names |= _possible(element)
    return frozenset(names)


def certain(elements: Iterable[Element]) -> Names:
    """The variables that every solution of these elements, taken together, binds."""
    names: set[str] = set()
    for element in elements:
        names |= _certain(element)
    return frozenset(names)


def selected(select: Select) -> Names:
    """The variables that a select clause lets through."""
    if select.star:
        return possible(_all(select))
    return frozenset(column.variable for column in select.columns)


def _possible(element: Element) -> Names:
    if isinstance(element, Nested):
        return NONE if element.word == "MINUS" else possible(element.group.elements)
    if isinstance(element, (Graph, Service)):
        return possible(element.group.elements) | _name(element.name)
    if isinstance(element, Union):
        return frozenset().union(*(possible(branch.elements) for branch in element.branches))
    if isinstance(element, SubSelect):
        return selected(element.select)
    if isinstance(element, Bind):
        return frozenset((element.variable,))
    if isinstance(element, Values):
        return frozenset(element.variables)
    return _certain(element)


def _certain(element: Element) -> Names:
    if isinstance(element, TriplesBlock):
        return _triples(element) if element.plain else NONE
    if isinstance(element, Union):
        return frozenset.intersection(*(certain(branch.elements) for branch in element.branches))
    if isinstance(element, Graph):
        return certain(element.group.elements) | _name(element.name)
    if isinstance(element, SubSelect):
        return _certain_of_select(element.select)
    if isinstance(element, Values):
        columns = range(len(element.variables))
        return frozenset(
            element.variables[i] for i in columns if all(len(row) > i and row[i] is not None for row in element.rows)
        )
    return NONE


def _triples(block: TriplesBlock) -> Names:
    names = set()
    for triple in block.triples:
        for term in triple:
            if isinstance(term, Term) and term.kind == "var":
                names.add(term.text)
    return frozenset(names)


def _name(term: Term) -> Names:
    return frozenset((term.text,)) if term.kind == "var" else NONE


def _certain_of_select(select: Select) -> Names:
    """A plain column is as certain as inside; what an expression gives may be an error, so nothing."""
    inner = certain(_all(select))
    if select.star:
        return inner
    return frozenset(column.variable for column in select.columns if column.expression is None) & inner


def _all(select: Select) -> list[Element]:
    elements = [] if select.where is None else list(select.where.elements)
    return elements if select.values is None else [*elements, select.values]
