"""Which parts of a group are joined first.

A group is evaluated from left to right: joins, and between them OPTIONAL, MINUS and BIND, which take what stands
before them as their left side (SPARQL 1.1 §18.2.2.6). Filters come last wherever they stand. What is joined behind
such a barrier B, here T, may go before it when every variable that T shares with anything B mentions is certainly bound
before B:

    (G OPTIONAL B) . T  =  (G . T) OPTIONAL B      a solution of B fits g and t exactly when it fits g, for what it
    (G MINUS B) . T     =  (G . T) MINUS B         shares with t it shares with g; its filter sees no variable of T
    (G BIND e AS v) . T =  (G . T) BIND e AS v     that g does not bind to the same value

and when e gives the same value for g and for g joined with t, which a function left to chance does not.
"""

from __future__ import annotations

from vakgraaf.sparql.lexing import Tokens
from vakgraaf.sparql.rewriting.chance import left_to_chance
from vakgraaf.sparql.scope import certain
from vakgraaf.sparql.tree import Bind, Element, Filter, Graph, Group, Nested, TriplesBlock, Union, Values

_MOVABLE = (TriplesBlock, Values, Union, Graph)


def split(group: Group, tokens: Tokens) -> tuple[list[Element], list[Element], list[Filter]]:
    """The joins at the start of a group with what may go there, everything after them, and the filters."""
    run: list[Element] = []
    tail: list[Element] = []
    filters: list[Filter] = []
    for element in group.elements:
        if isinstance(element, Filter):
            filters.append(element)
        elif isinstance(element, (Nested, Bind)):
            tail.append(element)
        elif not tail or (isinstance(element, _MOVABLE) and run and _passes(element, tail, run, tokens)):
            run.append(element)
        else:
            tail.append(element)
    return run, tail, filters


def _passes(joined: Element, tail: list[Element], run: list[Element], tokens: Tokens) -> bool:
    """Whether an element may be joined before all of `tail`."""
    safe = certain(run)
    names = tokens.variables(joined.first, joined.last)
    return all(
        tokens.variables(element.first, element.last) & names <= safe and not left_to_chance(element, tokens)
        for element in tail
    )
