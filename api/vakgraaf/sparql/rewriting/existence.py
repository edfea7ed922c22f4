"""Where duplicates do not count, what only has to be there is looked for instead of joined.

Let P be the units that bind every needed variable, and Q a part of the other units that shares variables with P and
with no other unit. Projected on the needed variables, the *set* of solutions of P . Q is that of P FILTER EXISTS { Q }:
a solution of P has a compatible one in Q or it has none, and which one makes no difference. Every solution of P binds
all shared variables, and Q holds triples only, so substituting them is the same as joining. The engine stops at the
first solution it finds.
"""

from __future__ import annotations

from vakgraaf.sparql.rewriting.planning import Plan, Task, plan
from vakgraaf.sparql.rewriting.units import Names, Unit


def as_existence(task: Task, joined: Plan) -> Plan | None:
    """A plan with EXISTS where that is cheaper than `joined`."""
    assert task.needed is not None
    needed = task.needed
    core = [unit for unit in task.units if unit.variables & needed or not unit.variables or not unit.chain]
    rest = [unit for unit in task.units if unit not in core]
    if not core or not rest or any(unit.render is not None or not unit.looped for unit in rest):
        return None
    bound = frozenset().union(*(unit.certain for unit in core))
    perhaps = frozenset().union(*(unit.variables for unit in core)) - bound
    if any(unit.variables & perhaps for unit in rest):
        return None
    base = plan(Task(core, task.sieves, task.given, task.hashing, needed.union(*(u.variables for u in rest))))
    cost, texts = base.cost, []
    for part in _parts(rest, bound):
        shared = frozenset().union(*(unit.variables for unit in part)) & bound
        if not shared:
            return None
        inner = plan(Task(part, [], shared, False, None))
        cost += base.rows * (1 + inner.cost / max(1.0, inner.rows))
        texts.append(f"FILTER EXISTS {{ {inner.text} }}")
    if cost * 1.5 >= joined.cost:
        return None
    core_text = base.write
    base.write = lambda: " ".join((core_text(), *texts))
    base.cost = cost
    return base


def _parts(units: list[Unit], bound: Names) -> list[list[Unit]]:
    """Units that hang together by variables that are not bound."""
    parts: list[tuple[Names, list[Unit]]] = []
    for unit in units:
        names, members = unit.variables - bound, [unit]
        apart = []
        for other in parts:
            if other[0] & names:
                names |= other[0]
                members += other[1]
            else:
                apart.append(other)
        parts = [*apart, (names, members)]
    return [members for _, members in parts]
