"""The order of a join: cheap parts first, each next one found from what is bound by then.

The engine joins what a group holds in an order of its own, without knowing the data. It does not touch the order of
`A LATERAL { B }`, which finds the solutions of B for each solution of A. For a triple pattern B that is the join of A
and B: substituting the bindings of a solution in a triple pattern leaves exactly the solutions that are compatible with
it, each once. So any order can be written down. Where it is cheaper to go through both sides once, two subselects
(`{ SELECT * { A } } { SELECT * { B } }`) make the engine join by hashing; a subselect of everything is what it selects
from, and the join is the same.

Where duplicates do not count (DISTINCT, aggregates of distinct values, ASK, the right side of MINUS), variables that
nothing needs any more may be projected away and the duplicates that leaves dropped: join, OPTIONAL, UNION, MINUS,
FILTER and BIND give the same *set* of solutions for the same set of solutions.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from math import inf

from vakgraaf.sparql.rewriting.units import DISTINCT, HASHED, PROBE, ROW, Names, Unit
from vakgraaf.sparql.scope import NONE

_MANY = 14
_CHEAP = 300.0
"""Microseconds: an order that costs less is not worth looking for a better one."""
_AT_MOST = 10
"""So many times as long a plan may take for all rows, if it has the first ones sooner."""
_BY_FAR = 1000
HELD = 1_000_000
"""More rows than this are not held in memory on purpose: a worker has a cap."""
CROSSED = 100_000
"""Nor are more than these, where each of them goes with each of the others."""


@dataclass(slots=True)
class Plan:
    """Some units joined: what it costs so far, and what comes out. `write` gives its text, once it is the best."""

    write: Callable[[], str]
    mask: int
    variables: Names
    rows: float
    values: dict[str, float]
    cost: float
    unit: Unit | None = None
    _text: str | None = None

    def follows(self, bound: Names) -> bool:
        """Whether another plan, which binds these, may look this one up for each of its rows."""
        return self.unit is not None and self.unit.follows(bound)

    @property
    def text(self) -> str:
        """The units in this order, as they stand in a group."""
        if self._text is None:
            self._text = self.write()
        return self._text


@dataclass(slots=True)
class Sieve:
    """A filter of the group: when its variables are there, so much of the rows is left."""

    variables: Names
    share: float


@dataclass(slots=True)
class Task:
    """What is to be joined, and under which rules.

    `given` are variables with a value before the join begins (in OPTIONAL and EXISTS). `hashing`: subselects may be
    written here. `needed`: where duplicates do not count, the variables that are needed after the join; else None.
    `enough`: when there are so many rows the rest is not asked for.
    """

    units: list[Unit]
    sieves: list[Sieve]
    given: Names
    hashing: bool
    needed: Names | None
    enough: float = inf


def plan(task: Task) -> Plan:
    """The cheapest order found for joining all units."""
    planner = _Planner(task)
    best = planner.in_line()
    if task.hashing and 1 < len(task.units) <= _MANY and best.cost > _CHEAP:
        pairs = planner.by_pairs()
        if pairs.cost < best.cost:
            best = pairs
        if task.enough < best.rows and all(unit.looped for unit in task.units):
            return _first_rows(task, best)
    return best


def _first_rows(task: Task, best: Plan) -> Plan:
    """The plan that has enough rows soonest: a loop gives them as it goes on, hashing goes through one side before.

    There may be fewer of them than was thought: then a loop that takes far longer for all rows is not worth it, unless
    there would have to be fewer by far.
    """
    loop = _Planner(replace(task, hashing=False, needed=None)).in_line()
    soon = loop.cost * min(1.0, task.enough / max(loop.rows, 0.01))
    if soon < best.cost and (loop.cost < _AT_MOST * best.cost or soon * _BY_FAR < best.cost):
        loop.cost = soon
        return loop
    return best


class _Planner:
    def __init__(self, task: Task) -> None:
        self._task = task
        self._singles = [self._single(unit, 1 << i) for i, unit in enumerate(task.units)]
        self._users: dict[str, int] = {}
        for i, unit in enumerate(task.units):
            for name in unit.variables:
                self._users[name] = self._users.get(name, 0) | 1 << i

    def in_line(self) -> Plan:
        """One unit after the other, each the cheapest to go on with."""
        todo = dict(enumerate(self._task.units))
        done: Plan | None = None
        while todo:
            best: Plan | None = None
            taken = -1
            connected = [i for i, unit in todo.items() if done and unit.variables & (done.variables | self._task.given)]
            for i in connected or todo:
                after = self._start(i) if done is None else self._next(done, self._singles[i])
                if best is None or after.cost + after.rows < best.cost + best.rows:
                    best, taken = after, i
            del todo[taken]
            done = best
        assert done is not None
        return done

    def by_pairs(self) -> Plan:
        """Plans of one unit each, the cheapest pair joined until one is left."""
        plans = dict(enumerate(self._singles))
        joined: dict[tuple[int, int], Plan] = {}
        fresh = list(plans)
        number = len(plans)
        while len(plans) > 1:
            for i in fresh:
                for j, other in plans.items():
                    if i != j and (j, i) not in joined and not plans[i].variables.isdisjoint(other.variables):
                        joined[i, j] = self._joined(plans[i], other, both=True)
            if joined:
                (i, j), best = min(joined.items(), key=lambda item: item[1].cost + item[1].rows)
            else:
                # Those that can be looked up come last, so that what is crossed with them need not be held.
                first, *others = sorted(plans, key=lambda k: (plans[k].follows(NONE), plans[k].rows))
                i, j = first, next((k for k in others if plans[k].follows(plans[first].variables)), others[0])
                best = self._joined(plans[i], plans[j])
            del plans[i], plans[j]
            joined = {pair: after for pair, after in joined.items() if i not in pair and j not in pair}
            plans[number] = best
            fresh = [number]
            number += 1
        return next(iter(plans.values()))

    def _single(self, unit: Unit, mask: int) -> Plan:
        start = Plan(lambda: unit.written(NONE), mask, unit.variables, unit.rows, dict(unit.values), unit.scan, unit)
        self._sift(start, frozenset())
        return start

    def _start(self, i: int) -> Plan:
        """The first unit of a row; what is given is as good as a constant."""
        unit, given = self._task.units[i], self._task.given
        start = self._single(unit, 1 << i)
        start.write = lambda: unit.written(given)
        shared = unit.variables & given
        if shared:
            for name in shared:
                start.rows /= max(1.0, unit.values.get(name, 1.0))
                start.values[name] = 1.0
            start.cost = unit.probe(given, start.rows)
            start.unit = None
        return start

    def _joined(self, left: Plan, right: Plan, *, both: bool = False) -> Plan:
        """The cheapest way to join two plans: a loop over the left one, with `both` also over the right, or hashing."""
        after = self._together(left, right)
        after.cost = left.cost + right.cost + HASHED * (left.rows + right.rows) + ROW * after.rows + 20
        most = CROSSED if left.variables.isdisjoint(right.variables) else HELD
        large = max(left.rows, right.rows) > most
        if large and (right.follows(left.variables) or (both and left.follows(right.variables))):
            after.cost = inf  # hashing holds one side in memory, which one is for the engine to say
        after.write = lambda: f"{{ SELECT * {{ {left.text} }} }} {{ SELECT * {{ {right.text} }} }}"
        self._loop(after, left, right)
        if both:
            self._loop(after, right, left)
        return self._thin(after)

    def _next(self, left: Plan, right: Plan) -> Plan:
        """In a row: a loop where that may be, else as the engine likes."""
        if self._task.hashing:
            return self._joined(left, right)
        assert right.unit is not None
        unit, after = right.unit, self._together(left, right)
        after.cost = left.cost + right.cost + HASHED * (left.rows + right.rows)
        if unit.follows(left.variables | self._task.given):
            after.cost = inf
            self._loop(after, left, right)
        else:
            after.write = lambda: f"{left.text} {unit.written(frozenset())}"
        return after

    def _loop(self, after: Plan, left: Plan, right: Plan) -> None:
        """Let `after` look the right one up for each row of the left one, if that may be and is cheaper."""
        unit, bound = right.unit, left.variables | self._task.given
        if unit is None or not unit.follows(bound):
            return
        cost = left.cost + left.rows * unit.probe(bound, after.rows / max(left.rows, 0.01)) + PROBE
        if cost < after.cost:
            after.cost = cost
            after.write = lambda: f"{left.text} LATERAL {{ {unit.written(bound)} }}"

    def _together(self, left: Plan, right: Plan) -> Plan:
        """Rows and values after a join: a value on one side has its partner on the other, if that knows more values."""
        rows = left.rows * right.rows
        given, values = self._task.given, left.values.copy()
        shares = []
        for name, there in right.values.items():
            here = values.get(name)
            if here is None:
                values[name] = there
                if name in given and there > 1:
                    shares.append(there)
            else:
                shares.append(max(1.0, there, here))
                if there < here:
                    values[name] = there
        if len(shares) > 1:
            shares.sort(reverse=True)
        for i, share in enumerate(shares):
            rows /= share if i == 0 else share**0.5
        after = Plan(str, left.mask | right.mask, left.variables | right.variables, rows, values, 0.0)
        self._sift(after, left.variables, right.variables)
        return after

    def _sift(self, after: Plan, *before: Names) -> None:
        for sieve in self._task.sieves:
            if sieve.variables <= after.variables and not any(sieve.variables <= names for names in before if names):
                after.rows *= sieve.share
        for name, several in after.values.items():
            if several > after.rows:
                after.values[name] = max(after.rows, 0.01)

    def _thin(self, after: Plan) -> Plan:
        """Drop variables that nothing needs any more, with the duplicates that leaves, where that pays."""
        needed = self._task.needed
        if needed is None or not self._task.hashing or after.rows < 100:
            return after
        live = [v for v in after.variables if v in needed or self._users.get(v, 0) & ~after.mask]
        if not live or len(live) == len(after.variables):
            return after
        different = 1.0
        for name in live:
            different *= after.values.get(name, 1.0)
        if different * 3 > after.rows:
            return after
        names, whole = " ".join("?" + name for name in sorted(live)), after.write
        after.write = lambda: f"{{ SELECT DISTINCT {names} {{ {whole()} }} }}"
        after.cost += DISTINCT * after.rows
        after.rows = different
        after.variables = frozenset(live)
        after.values = {name: after.values[name] for name in live if name in after.values}
        return after
