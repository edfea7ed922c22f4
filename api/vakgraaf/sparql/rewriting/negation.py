"""`FILTER NOT EXISTS` as MINUS, and `FILTER EXISTS` as a join, where looking once is cheaper than looking every time.

Both need: the pattern P inside holds triples, and filters on variables that these bind; every variable that P shares
with the group G around it is certainly bound on both sides, and there is one. Then for a solution g of G:

* substituting g in P leaves a solution exactly when some solution p of P alone is compatible with g, since P has no
  part (OPTIONAL, BIND, a filter on another variable or one left to chance) that would see the difference;
* MINUS removes g exactly when some p is compatible with it and they share a variable, which they always do. So
  `G FILTER NOT EXISTS { P }` = `G MINUS { P }`, also with P reduced to the shared variables without duplicates;
* joined with `SELECT DISTINCT shared { P }`, which has at most one solution that is compatible with g, g comes once or
  not at all. So `G FILTER EXISTS { P }` = `G . { SELECT DISTINCT shared { P } }`.

Filters on G commute with both: they take or leave each solution by itself.
"""

from __future__ import annotations

from dataclasses import dataclass

from vakgraaf.sparql.rewriting.chance import left_to_chance
from vakgraaf.sparql.rewriting.filters import conditions, sieves
from vakgraaf.sparql.rewriting.hoisting import split
from vakgraaf.sparql.rewriting.naming import Naming
from vakgraaf.sparql.rewriting.planning import HELD, Plan, Task, plan
from vakgraaf.sparql.rewriting.units import HASHED, Estimator, Names, Unit
from vakgraaf.sparql.scope import certain
from vakgraaf.sparql.tree import Group, TriplesBlock


@dataclass(slots=True)
class Apart:
    """The pattern of an EXISTS evaluated once: its text in braces, the plan behind it, and the variables it shares."""

    text: str
    plan: Plan
    shared: Names


def apart(group: Group, bound: Names, safe: Names, naming: Naming, estimator: Estimator, rows: float) -> Apart | None:
    """The pattern by itself, where that means the same and is cheaper than `rows` times looking.

    `bound` are the variables that a solution around it may bind, `safe` those that it certainly binds.
    """
    run, tail, filters = split(group, naming.tokens)
    if tail or not run or not all(isinstance(e, TriplesBlock) for e in run) or left_to_chance(group, naming.tokens):
        return None
    inner = certain(run)
    shared = naming.tokens.variables(group.first, group.last) & bound
    if not shared or not shared <= (safe & inner):
        return None
    demands = conditions(filters, naming.tokens)
    if any(demand.exists or not demand.variables <= inner for demand in demands):
        return None
    units: list[Unit] = []
    for element in run:
        assert isinstance(element, TriplesBlock)
        if any(getattr(triple.verb, "may_be_empty", False) for triple in element.triples):
            return None
        units += [estimator.triple(triple, text) for triple, text in naming.triples(element, True)]
    shares = sieves(demands, naming.tokens)
    each = plan(Task(units, shares, shared, False, None))
    needed = shared.union(*(demand.variables for demand in demands))
    once = plan(Task(units, shares, frozenset(), True, needed))
    if once.rows > HELD:
        return None
    cost_each = rows * (1 + each.cost / max(1.0, each.rows) if each.rows > 1 else 1 + each.cost)
    if (once.cost + HASHED * (rows + once.rows)) * 1.5 >= cost_each:
        return None
    texts = [f"FILTER({naming.tokens.slice(demand.node.first, demand.node.last)})" for demand in demands]
    names = " ".join("?" + name for name in sorted(shared))
    body = " ".join((once.text, *texts))
    return Apart(f"{{ SELECT DISTINCT {names} {{ {body} }} }}", once, shared)
