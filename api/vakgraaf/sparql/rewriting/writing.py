"""From the tree back to text: groups with their joins in a better order, and everything else as it was written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from vakgraaf.sparql.lexing import NotUnderstood
from vakgraaf.sparql.rewriting.body import Body
from vakgraaf.sparql.rewriting.constants import limits
from vakgraaf.sparql.rewriting.duplicates import enough_of, needed_of, only_picks
from vakgraaf.sparql.rewriting.existence import as_existence
from vakgraaf.sparql.rewriting.filters import Condition, conditions, sieves
from vakgraaf.sparql.rewriting.hoisting import split
from vakgraaf.sparql.rewriting.looping import barred, nodes, optional_loops, order_matters
from vakgraaf.sparql.rewriting.naming import Naming
from vakgraaf.sparql.rewriting.negation import apart
from vakgraaf.sparql.rewriting.planning import Plan, Task, plan
from vakgraaf.sparql.rewriting.setting import Setting
from vakgraaf.sparql.rewriting.units import Estimator, Names, Unit
from vakgraaf.sparql.scope import NONE, certain, possible
from vakgraaf.sparql.tree import (
    Bind,
    Element,
    Exists,
    Filter,
    Graph,
    Group,
    Nested,
    Node,
    Select,
    SubSelect,
    TriplesBlock,
    Union,
    Values,
)

_MOST_UNITS = 60


class Writer:
    """Writes one query; `applied` collects the names of the rules that changed something."""

    def __init__(self, naming: Naming, estimator: Estimator, applied: dict[str, None] | None = None) -> None:
        self._tokens = naming.tokens
        self._naming = naming
        self.estimator = estimator
        self.applied: dict[str, None] = {} if applied is None else applied

    def group(self, group: Group, setting: Setting) -> str:
        """The group with its braces."""
        only = group.elements[0] if len(group.elements) == 1 else None
        if isinstance(only, SubSelect) and (only.first, only.last) == (group.first, group.last):
            return self._subselect(only)
        return f"{{ {self.inside(group, setting)} }}" if group.elements else "{}"

    def inside(self, group: Group, setting: Setting) -> str:
        """What stands between the braces."""
        return self._written(self.joined(group, setting), setting)

    def _written(self, body: Body, setting: Setting) -> str:
        parts = [] if body.plan is None else [body.plan.text]
        if len(body.units) > 1:
            self.applied["order"] = None
            if "SELECT DISTINCT" in parts[0]:
                self.applied["distinct"] = None
        bound = setting.given | possible(body.run)
        setting = setting.beside(nodes(body.run))
        rows = 1.0 if body.plan is None else body.plan.rows
        for element in body.tail:
            parts.append(self._next(element, setting.inside(bound), rows))
            bound |= possible([element])
        parts += self._filters(body, setting, bound)
        return " ".join(parts)

    def _next(self, element: Element, setting: Setting, rows: float) -> str:
        """An element after so many rows, which may bind what is `given`. The engine joins a union as a whole."""
        if not isinstance(element, (Union, Graph)):
            return self.element(element, setting)
        unit, given = self._block(element, setting), setting.given
        if unit.follows(given) and unit.certain & given and rows * unit.probe(given, 1) < unit.scan:
            return f"LATERAL {{ {unit.written(given)} }}"
        return unit.written(NONE)

    def joined(self, group: Group, setting: Setting) -> Body:
        """The joins of a group, planned."""
        self._naming.spend()
        run, tail, filters = split(group, self._tokens)
        body = Body(run, tail, conditions(filters, self._tokens))
        if not run:
            return body
        setting = setting.beside(nodes(run))
        if len(run) == 1 and isinstance(run[0], Graph) and not body.conditions:
            body.plan = self._lone_graph(run[0], setting)
            return body
        if order_matters(run):
            whole = setting.inside(setting.given)  # each of them, for all it shares with the others
            body.plan = Plan(lambda: self._in_place(run, whole), 0, possible(run), 1000.0, {}, 1000.0)
            return body
        units = [unit for element in run for unit in self._units(element, setting)]
        if setting.alone and (extra := limits(body.conditions, certain(run) - setting.given, self._tokens)):
            self.applied["constants"] = None
            units += extra
        if not units:
            raise NotUnderstood("nothing to join")  # [] or () alone, which is no valid query
        needed = self._needed(body, filters, setting)
        if len(units) > _MOST_UNITS:
            raise NotUnderstood("too much to put in order")
        shares = sieves(body.conditions, self._tokens)
        task = Task(units, shares, setting.given, setting.hashing, needed, setting.enough)
        body.plan, body.units = plan(task), task.units
        if setting.alone and setting.hashing:
            self._once(body, task, setting)
        if task.needed is not None and setting.hashing and len(task.units) > 1:
            other = as_existence(task, body.plan)
            if other is not None:
                self.applied["existence"] = None
                body.plan = other
        return body

    def _in_place(self, run: list[Element], setting: Setting) -> str:
        return " ".join(self.element(element, setting) for element in run)

    def _lone_graph(self, element: Graph, setting: Setting) -> Plan:
        """What is joined with nothing is planned once, inside."""
        inside = self._inside_graph(element, setting.inside(setting.given))
        inner = (writer := self._of(element, self.applied)).joined(element.group, inside)
        name = self._naming.term(element.name)
        rows, cost = (1.0, 1.0) if inner.plan is None else (inner.plan.rows, inner.plan.cost)
        return Plan(
            lambda: f"GRAPH {name} {{ {writer._written(inner, inside)} }}", 0, possible([element]), rows, {}, cost
        )

    def _of(self, element: Element, applied: dict[str, None] | None = None) -> Writer:
        """A writer for what stands in an element, which knows how much there is in a graph."""
        within = self.estimator.within(element.name) if isinstance(element, Graph) else self.estimator
        return Writer(self._naming, within, applied)

    def _inside_graph(self, element: Graph, setting: Setting) -> Setting:
        return replace(setting, hashing=setting.hashing and element.name.kind != "var", alone=True, nodes=NONE)

    def _once(self, body: Body, task: Task, setting: Setting) -> None:
        """Each lone EXISTS whose pattern is better evaluated once becomes a part of the join or a MINUS."""
        assert body.plan is not None
        rows = body.plan.rows
        bound, safe = possible((*body.run, *body.tail)), certain(body.run)
        kept, extra = [], []
        for condition in body.conditions:
            exists = condition.lone_exists
            found = None if exists is None else apart(exists.group, bound, safe, self._naming, self.estimator, rows)
            if exists is None or found is None:
                kept.append(condition)
            elif exists.negated:
                self.applied["minus"] = None
                body.minus.append(f"MINUS {found.text}")
            else:
                self.applied["semi-join"] = None
                values = {name: found.plan.values.get(name, found.plan.rows) for name in found.shared}
                cost = found.plan.cost
                extra.append(Unit(found.text, found.shared, found.shared, found.plan.rows, values, cost, looped=False))
        body.conditions = kept
        if extra:
            task.units += extra
            body.plan = plan(task)

    def _units(self, element: Element, setting: Setting) -> list[Unit]:
        if isinstance(element, TriplesBlock):
            triples = self._naming.triples(element, setting.naming)
            return [self.estimator.triple(triple, text) for triple, text in triples]
        if isinstance(element, Values):
            rows = float(max(1, len(element.rows)))
            values = dict.fromkeys(element.variables, rows)
            names = frozenset(element.variables)
            return [Unit(self._text(element), names, certain([element]), rows, values, rows, looped=False)]
        return [self._block(element, setting)]

    def _block(self, element: Element, setting: Setting) -> Unit:
        """A union, a graph or a subselect as one unit."""
        if isinstance(element, SubSelect):
            return self._selected(element)
        branches: list[Group] = [element.group] if isinstance(element, Graph) else getattr(element, "branches", [])
        rows, values, scan = 0.0, dict.fromkeys(possible([element]), 0.0), 0.0
        known = NONE if isinstance(element, Graph) else setting.nodes
        bars = [barred(branch, self._tokens, known) for branch in branches]
        for branch in branches:
            body = self._of(element).joined(branch, replace(setting.inside(), hashing=False, alone=False))
            found = body.plan or Plan(str, 0, NONE, 1.0, {}, 1.0)
            rows += found.rows
            scan += found.cost
            for name in values:
                values[name] += found.values.get(name, found.rows)
        safe = certain([element])
        unit = Unit("", frozenset(values), safe, rows, values, scan, fixed=scan, looped=False)

        def render(bound: Names) -> str:
            given = bound if unit.looped else NONE
            return self.element(element, replace(setting.inside(given), hashing=setting.hashing and not given))

        unit.render = render
        if None not in bars:
            unit.looped, unit.barred = True, NONE.union(*(names for names in bars if names))
            unit.chain = dict.fromkeys(safe, 20.0 * len(branches))
        return unit

    def _selected(self, element: SubSelect) -> Unit:
        """A subselect as one unit: how much it gives is worked out where it only picks columns, else guessed."""
        select, names, rows, cost = element.select, possible([element]), 500.0, 2000.0
        values = dict.fromkeys(names, rows)
        if select.where is not None and only_picks(select):
            alike = Setting(hashing=False, naming=not select.star)
            found = Writer(self._naming, self.estimator).joined(select.where, alike).plan
            if found is not None:
                rows = found.rows if select.limit is None else min(found.rows, select.limit)
                cost, values = found.cost, {name: min(rows, found.values.get(name, rows)) for name in names}
        unit = Unit("", names, certain([element]), rows, values, cost, fixed=cost, looped=False)
        unit.render = lambda _: self._subselect(element)
        return unit

    def element(self, element: Element, setting: Setting) -> str:
        """One element where the variables in `setting.given` may have a value before it."""
        if isinstance(element, TriplesBlock):
            return " ".join(text for _, text in self._naming.triples(element, setting.naming))
        if isinstance(element, Union):
            inner = replace(setting, alone=True)
            return " UNION ".join(self.group(branch, inner) for branch in element.branches)
        if isinstance(element, Graph):
            inside = self._of(element, self.applied).group(element.group, self._inside_graph(element, setting))
            return f"GRAPH {self._naming.term(element.name)} {inside}"
        if isinstance(element, SubSelect):
            return self._subselect(element)
        if isinstance(element, Nested):
            return self._nested(element, setting)
        if isinstance(element, (Bind, Filter)):
            return self.spliced(element, element.expression.exists, setting)
        if isinstance(element, Values):
            return self._text(element)
        raise NotUnderstood("not to be rewritten")

    def _nested(self, element: Nested, setting: Setting) -> str:
        if element.word == "MINUS":
            needed = setting.given if setting.hashing else None
            inner = Setting(hashing=setting.hashing, needed=needed)
            return f"MINUS {self.group(element.group, inner)}"
        if element.word != "OPTIONAL":
            raise NotUnderstood(element.word)
        given = setting.given if optional_loops(element.group, self._tokens) else NONE
        inner = replace(setting.inside(given), hashing=False, alone=False)
        return f"OPTIONAL {self.group(element.group, inner)}"

    def _subselect(self, element: SubSelect) -> str:
        return "{ " + self.select(element.select) + " }"

    def select(self, select: Select) -> str:
        """A select with its where clause rewritten; the rest as it was written."""
        if select.where is None:
            return self._text(select)
        enough = enough_of(select, self._tokens)
        setting = Setting(needed=needed_of(select, self._tokens), naming=not select.star, enough=enough)
        where = self.group(select.where, setting)
        before = self._tokens.slice(select.first, select.where.first)
        after = self._tokens.slice(select.where.last, select.last)
        return f"{before} {where} {after}"

    def spliced(self, node: Node, exists: Iterable[Exists], setting: Setting) -> str:
        """A node's own text with the groups of its EXISTS rewritten."""
        parts, at = [], node.first
        for found in exists:
            parts += [self._tokens.slice(at, found.group.first), self.exists_group(found, setting)]
            at = found.group.last
        return " ".join((*parts, self._tokens.slice(at, node.last)))

    def exists_group(self, exists: Exists, setting: Setting) -> str:
        """The group of an EXISTS, which the engine evaluates for each solution, with that solution's bindings."""
        inner = Setting(given=setting.given, hashing=False, alone=False)
        before = len(self.applied)
        text = self.group(exists.group, inner)
        if len(self.applied) > before or "LATERAL" in text:
            self.applied["exists"] = None
        return text

    def _filters(self, body: Body, setting: Setting, bound: Names) -> list[str]:
        inner = replace(setting, given=bound)
        return [*body.minus, *(f"FILTER {self._condition(condition, inner)}" for condition in body.conditions)]

    def _condition(self, condition: Condition, setting: Setting) -> str:
        text = self.spliced(condition.node, condition.exists, setting)
        return text if condition.whole else f"({text})"

    def _needed(self, body: Body, filters: list[Filter], setting: Setting) -> Names | None:
        """What is needed after the join of a group: by the query, by the filters, by the rest of the group."""
        if setting.needed is None:
            return None
        rest: list[Node] = [*body.tail, *filters]
        return setting.needed.union(*(self._tokens.variables(node.first, node.last) for node in rest))

    def _text(self, node: Node) -> str:
        return self._tokens.slice(node.first, node.last)
