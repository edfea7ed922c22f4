"""Whether a select cares how often a solution comes, and which variables it then needs; and of how many it has enough.

It does not care under DISTINCT without aggregates, and where every aggregate is of DISTINCT values or is MIN or MAX,
or where there is GROUP BY and no aggregate: then each of these sees the set of solutions only. ASK does not care,
unless it leaves some out first. Where anything is left to chance it does: each solution may have another value.
"""

from __future__ import annotations

from math import inf

from vakgraaf.sparql.lexing import Tokens
from vakgraaf.sparql.rewriting.chance import left_to_chance
from vakgraaf.sparql.rewriting.units import Names
from vakgraaf.sparql.scope import NONE
from vakgraaf.sparql.tree import Node, Query, Select, SubSelect, groups, inside_select

_AGGREGATES = frozenset(("COUNT", "SUM", "AVG", "MIN", "MAX", "SAMPLE", "GROUP_CONCAT"))


def needed_of_query(query: Query, tokens: Tokens) -> Names | None:
    """What a query needs of its where clause; None where duplicates count."""
    body = query.body
    if query.form != "ASK":
        return needed_of(body, tokens)
    leaves_out = body.offset is not None or body.group_by is not None or body.having is not None
    return None if leaves_out or left_to_chance(body, tokens) else NONE


def needed_of(select: Select, tokens: Tokens) -> Names | None:
    """The variables that are needed outside the where clause; None where duplicates count.

    A select node without columns that is no `SELECT *` is that of another form: there they do.
    """
    if select.star or not select.columns or select.where is None or left_to_chance(select, tokens):
        return None
    places: list[Node] = [column.expression for column in select.columns if column.expression]
    places += [clause for clause in (select.group_by, select.having, select.order_by) if clause]
    if select.values is not None:
        places.append(select.values)
    aggregates = [i for place in places for i in range(place.first, place.last) if _aggregates(tokens, i)]
    if not all(_ignores_duplicates(tokens, i) for i in aggregates):
        return None
    if not aggregates and select.group_by is None and not select.distinct:
        return None
    needed = {column.variable for column in select.columns}
    for place in places:
        needed |= tokens.variables(place.first, place.last)
    return frozenset(needed)


def enough_of_query(query: Query, tokens: Tokens) -> float:
    """How many solutions of its where clause a query has enough of."""
    return 1.0 if query.form == "ASK" else enough_of(query.body, tokens)


def enough_of(select: Select, tokens: Tokens) -> float:
    """How many solutions of its where clause a select has enough of: LIMIT, unless it has to see them all for that."""
    places = [column.expression for column in select.columns if column.expression]
    counts = any(_aggregates(tokens, i) for place in places for i in range(place.first, place.last))
    all_of_them = counts or select.distinct or select.group_by or select.having or select.order_by or select.values
    return inf if all_of_them or select.limit is None else select.limit + (select.offset or 0)


def _aggregates(tokens: Tokens, i: int) -> bool:
    return tokens.kinds[i] in _AGGREGATES and tokens.kinds[i + 1] == "("


def _ignores_duplicates(tokens: Tokens, i: int) -> bool:
    kinds = tokens.kinds
    return kinds[i] in ("MIN", "MAX") or (kinds[i + 2] == "DISTINCT" and kinds[i + 3] != "*")


def only_picks(select: Select) -> bool:
    """Whether a select gives columns of what is found, as it is, and has no other in it."""
    counts = select.group_by or select.having or any(column.expression for column in select.columns)
    within = (element for root in inside_select(select) for group in groups(root) for element in group.elements)
    return not counts and not any(isinstance(element, SubSelect) for element in within)
