"""What is wrong with a query of which every token fits: a name that is in use, or one that a group does not have.

SPARQL 1.1 §19.8, notes 12 and 13 (AS and BIND give a new name), §18.2.4.1 and §11.4 (what SELECT may name beside
aggregates), and what the engine leaves out: an aggregate in HAVING or ORDER BY of anything but SELECT, a variable twice
after SELECT.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from vakgraaf.sparql.scope import possible
from vakgraaf.sparql.tree import Bind, Expression, Filter, Group, Query, Select, SubSelect, Tree, groups

_AGGREGATES = frozenset({"COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT"})


class Wrong(Enum):
    """What may be wrong with a token."""

    IN_USE = auto()
    NOT_GROUPED = auto()
    TWICE = auto()
    STAR = auto()
    AGGREGATE = auto()
    PLACE = auto()


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, with the text from `start` up to `end`."""

    wrong: Wrong
    start: int
    end: int


def first_fault(tree: Tree) -> Fault | None:
    """The fault that stands first in the text; None where there is none of these."""
    found = min(_Faults(tree).all(), default=None)
    return None if found is None else Fault(found[1], tree.tokens.starts[found[0]], tree.tokens.ends[found[0]])


class _Faults:
    """All faults of a request, as number of the token and what is wrong with it."""

    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        self._tokens = tree.tokens

    def all(self) -> Iterator[tuple[int, Wrong]]:
        request = self._tree.request
        if isinstance(request, Query):
            yield from self._of_select(request.body, request.form == "SELECT")
            wholes = [request.body.where]
        else:
            wholes = [operation.where for operation in request.operations]
        for whole in wholes:
            for group in groups(whole) if whole is not None else ():
                yield from self._of_group(group)

    def _of_group(self, group: Group) -> Iterator[tuple[int, Wrong]]:
        in_use: set[str] = set()
        for element in group.elements:
            if isinstance(element, Bind) and element.variable in in_use:
                yield self._last_variable(element.first, element.last), Wrong.IN_USE
            if isinstance(element, (Bind, Filter)):
                yield from ((number, Wrong.PLACE) for number in self._aggregates(element.expression))
            elif isinstance(element, SubSelect):
                yield from self._of_select(element.select, selects=True)
            in_use |= possible([element])

    def _of_select(self, select: Select, selects: bool) -> Iterator[tuple[int, Wrong]]:
        aggregates = [
            a for part in (select.having, select.order_by) if part is not None for a in self._aggregates(part)
        ]
        if not selects:
            yield from ((number, Wrong.AGGREGATE) for number in aggregates)
            return
        end = select.last if select.where is None else select.where.first
        clause = Expression(select.first, end, frozenset(), [])
        grouped = None
        if select.group_by is not None or aggregates or any(self._aggregates(clause)):
            grouped = self._grouped(select.group_by)
        if select.star and grouped is not None:
            yield self._tokens.kinds.index("*", select.first), Wrong.STAR
        for column in select.columns:
            if grouped is not None and column.expression is not None:
                yield from ((number, Wrong.NOT_GROUPED) for number in self._alone(column.expression, grouped))
                grouped.add(column.variable)
        in_use = set() if select.where is None else set(possible(select.where.elements))
        named: set[str] = set()
        for number, after_as in self._columns(clause):
            name = self._tokens.at(number)[1:]
            if after_as and (name in in_use or name in named):
                yield number, Wrong.IN_USE
            elif not after_as and name in named:
                yield number, Wrong.TWICE
            elif not after_as and grouped is not None and name not in grouped:
                yield number, Wrong.NOT_GROUPED
            named.add(name)

    def _columns(self, clause: Expression) -> Iterator[tuple[int, bool]]:
        """The variables that name columns, and whether AS is before each."""
        kinds, depth = self._tokens.kinds, 0
        for number in range(clause.first, clause.last):
            depth += (kinds[number] == "(") - (kinds[number] == ")")
            if kinds[number] == "var" and kinds[number - 1] == "AS" and depth == 1:
                yield number, True
            elif kinds[number] == "var" and depth == 0:
                yield number, False

    def _grouped(self, part: Expression | None) -> set[str]:
        """The variables that stay with a group: those that GROUP BY names, and those that it makes."""
        return set() if part is None else {self._tokens.at(number)[1:] for number, _ in self._columns(part)}

    def _aggregates(self, part: Expression) -> Iterator[int]:
        kinds = self._tokens.kinds
        inside = [(exists.group.first, exists.group.last) for exists in part.exists]
        for number in range(part.first, part.last):
            if kinds[number] in _AGGREGATES and not any(first <= number < last for first, last in inside):
                yield number

    def _alone(self, part: Expression, grouped: set[str]) -> Iterator[int]:
        """The variables outside aggregates that are not those of a group."""
        kinds, depth = self._tokens.kinds, 0
        inside: int | None = None  # how deep the aggregate stands that this is in
        for number in range(part.first, part.last):
            depth += (kinds[number] == "(") - (kinds[number] == ")")
            if inside is None and kinds[number] in _AGGREGATES:
                inside = depth
            elif inside is not None and kinds[number] == ")" and depth == inside:
                inside = None
            elif inside is None and kinds[number] == "var":
                name = self._tokens.at(number)[1:]
                if name in part.variables and name not in grouped:
                    yield number

    def _last_variable(self, first: int, last: int) -> int:
        return max(number for number in range(first, last) if self._tokens.kinds[number] == "var")
