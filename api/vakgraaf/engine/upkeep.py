"""Keep the derived graph right after a change, without deriving everything again.

What may have hung on a triple that went is taken out first, and what still follows from the rest is put back (delete
and rederive); then what follows from the triples that came is added. `derivation` says what the result has to be.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from vakgraaf.engine.claims import concerned, known_claims, level_claims
from vakgraaf.engine.ledger import Ledger, TooMuchError
from vakgraaf.engine.packaged import DERIVED_GRAPH, NO_INSTANCE_DATA, ONTOLOGY_GRAPH
from vakgraaf.engine.rights import RIGHTS, known_rights, repeated_rights
from vakgraaf.engine.rules import TYPE, Fact, Resource, Rules, Step, Term, rules

DERIVED = ox.NamedNode(DERIVED_GRAPH)
ONTOLOGY = ox.NamedNode(ONTOLOGY_GRAPH)

_NO_DATA = frozenset(map(ox.NamedNode, NO_INSTANCE_DATA))
_FOLLOWABLE = 10_000
_AT_MOST = 200_000


def maintain(ledger: Ledger, known: Rules | None, quads: int) -> Rules:
    """Bring the derived graph of a ledger's store in line with the change, and return the rules, to be known next time.

    `quads` is how large the store was. Raises `TooMuchError` where deriving everything takes less time.
    """
    delta = ledger.delta()
    changed = (*delta.removed, *delta.added)
    if any(quad.graph_name in (ONTOLOGY, DERIVED) for quad in changed):
        raise TooMuchError
    if len(changed) > _FOLLOWABLE and 10 * len(changed) > quads:
        raise TooMuchError
    known = known or rules(ledger.store, ONTOLOGY)
    leaving, entering = follow(ledger.store, known, delta.removed, delta.added)
    ledger.remove(leaving)
    ledger.add(entering)
    if concerned(ledger.store, (*changed, *leaving, *entering)):
        _bring_in_line(ledger, known_claims(ledger.store), level_claims(ledger.store))
    if any(quad.predicate == RIGHTS for quad in changed):
        _bring_in_line(ledger, known_rights(ledger.store), repeated_rights(ledger.store))
    return known


def _bring_in_line(ledger: Ledger, there: set[ox.Quad], wanted: set[ox.Quad]) -> None:
    ledger.remove(there - wanted)
    ledger.add(wanted - there)


def follow(
    store: ox.Store, known: Rules, removed: Iterable[ox.Quad], added: Iterable[ox.Quad]
) -> tuple[list[ox.Quad], list[ox.Quad]]:
    """What is to leave the derived graph, and what is to enter it, after a change that is in `store` already.

    Only for a change that left ontology and derived graph as they were. Raises `TooMuchError`.
    """
    view = _View(store, known)
    came = [_fact(quad) for quad in added if _is_data(quad)]
    went = [fact for fact in (_fact(quad) for quad in removed if _is_data(quad)) if not view.stated(fact)]
    doubted = _doubted(view, went)
    view.settle(doubted)
    _complete(view, came, [*doubted, *went])
    now_stated = (fact for fact in came if view.derived(fact))
    leaving = {*(doubted - view.new), *now_stated}
    return [_quad(fact) for fact in leaving], [_quad(fact) for fact in view.new - doubted]


def _doubted(view: _View, went: list[Fact]) -> set[Fact]:
    """Every derived fact that rests on one that went, however indirectly, and perhaps on others as well."""
    view.extra.add(went)
    doubted: set[Fact] = set()
    todo = list(went)
    while todo:
        for fact in view.consequences(todo.pop()):
            if fact not in doubted and view.derived(fact) and not view.stated(fact):
                doubted.add(fact)
                todo.append(fact)
                if len(doubted) > _AT_MOST:
                    raise TooMuchError
    return doubted


def _complete(view: _View, came: list[Fact], candidates: list[Fact]) -> None:
    """Add what follows: from what came, and from what turns out to hold still."""
    todo = list(came)
    for fact in candidates:
        if view.may_be_said(fact) and fact not in view.new and view.follows(fact):
            view.add(fact)
            todo.append(fact)
    while todo:
        for fact in view.consequences(todo.pop()):
            if not view.holds(fact) and view.may_be_said(fact):
                view.add(fact)
                todo.append(fact)


class _Index:
    """A few facts, found by either end."""

    def __init__(self) -> None:
        self._ends: dict[tuple[str, bool, Term], set[Term]] = defaultdict(set)

    def add(self, facts: Iterable[Fact]) -> None:
        for fact in facts:
            self._ends[fact.predicate, False, fact.subject].add(fact.object)
            self._ends[fact.predicate, True, fact.object].add(fact.subject)

    def reach(self, step: Step, origin: Term) -> set[Term]:
        return self._ends.get((step.name, step.inverse, origin), set())


class _View:
    """The facts of a store and what follows from them, seen with corrections that are not in the store yet.

    First with the facts that went still there (`extra`); once settled, without the doubted ones and with the `new`.
    """

    def __init__(self, store: ox.Store, known: Rules) -> None:
        self.extra = _Index()
        self.new: set[Fact] = set()
        self._store = store
        self._rules = known
        self._doubted: set[Fact] = set()
        self._described: dict[Term, bool] = {}
        self._causes: dict[str, set[Step]] = defaultdict(set)
        for name, implied in known.implied.items():
            for step in implied:
                self._causes[step.name].add(Step(name, step.inverse))

    def settle(self, doubted: set[Fact]) -> None:
        """From here on, see what holds after the change."""
        self.extra = _Index()
        self._doubted = doubted

    def add(self, fact: Fact) -> None:
        """Take in a fact that follows."""
        self.new.add(fact)
        self.extra.add([fact])
        if len(self.new) > _AT_MOST:
            raise TooMuchError

    def stated(self, fact: Fact) -> bool:
        """Whether the instance data says so."""
        return any(name not in _NO_DATA for name in self._homes(fact))

    def derived(self, fact: Fact) -> bool:
        """Whether it is in the derived graph as it was."""
        return isinstance(fact.subject, ox.NamedNode | ox.BlankNode) and _quad(fact) in self._store

    def holds(self, fact: Fact) -> bool:
        """Whether it is known: stated, new, or derived and not in doubt."""
        if fact in self.new:
            return True
        homes = self._homes(fact)
        return any(name not in _NO_DATA for name in homes) or (DERIVED in homes and fact not in self._doubted)

    def may_be_said(self, fact: Fact) -> bool:
        """Nothing is said about literals, nor about what the ontology describes."""
        subject = fact.subject
        if not isinstance(subject, ox.NamedNode | ox.BlankNode):
            return False
        if subject not in self._described:
            found = self._store.quads_for_pattern(subject, None, None, ONTOLOGY)
            self._described[subject] = next(found, None) is not None
        return not self._described[subject]

    def consequences(self, fact: Fact) -> Iterator[Fact]:
        """What one rule makes of this fact, with any others."""
        if fact.predicate == TYPE:
            if isinstance(fact.object, ox.NamedNode):
                for above in self._rules.classes.get(fact.object.value, ()):
                    yield Fact(fact.subject, TYPE, ox.NamedNode(above))
            return
        for step in self._rules.implied.get(fact.predicate, ()):
            yield _along(step, fact.subject, fact.object)
        for steps, made in self._rules.paths:
            for place, step in enumerate(steps):
                if step.name == fact.predicate:
                    start, end = (fact.object, fact.subject) if step.inverse else (fact.subject, fact.object)
                    back = [Step(s.name, not s.inverse) for s in reversed(steps[:place])]
                    ends = self._walk({end}, steps[place + 1 :])
                    for origin in self._walk({start}, back):
                        yield from (Fact(origin, made, reached) for reached in ends)

    def follows(self, fact: Fact) -> bool:
        """Whether one rule makes this fact from facts that hold."""
        if fact.predicate == TYPE:
            return isinstance(fact.object, ox.NamedNode) and self._has_subclass(fact.subject, fact.object.value)
        for cause in self._causes.get(fact.predicate, ()):
            if self.holds(_along(cause, fact.subject, fact.object)):
                return True
        for steps, made in self._rules.paths:
            if made == fact.predicate:
                for middle in self._walk({fact.subject}, steps[:-1]):
                    if self.holds(_along(steps[-1], middle, fact.object)):
                        return True
        return False

    def _has_subclass(self, subject: Term, above: str) -> bool:
        found = self._reach(Step(TYPE), subject)
        return any(isinstance(c, ox.NamedNode) and above in self._rules.classes.get(c.value, ()) for c in found)

    def _walk(self, origins: set[Term], steps: Iterable[Step]) -> set[Term]:
        for step in steps:
            origins = {reached for origin in origins for reached in self._reach(step, origin)}
        return origins

    def _reach(self, step: Step, origin: Term) -> set[Term]:
        reached = set(self.extra.reach(step, origin))
        predicate = ox.NamedNode(step.name)
        if step.inverse:
            quads = self._store.quads_for_pattern(None, predicate, origin, None)
        elif isinstance(origin, ox.NamedNode | ox.BlankNode):
            quads = self._store.quads_for_pattern(origin, predicate, None, None)
        else:
            return reached
        for quad in quads:
            fact = _fact(quad)
            if _is_data(quad) or (quad.graph_name == DERIVED and fact not in self._doubted):
                reached.add(quad.subject if step.inverse else quad.object)
        return reached

    def _homes(self, fact: Fact) -> set[Resource]:
        """The named graphs that a fact is in."""
        if not isinstance(fact.subject, ox.NamedNode | ox.BlankNode):
            return set()
        quads = self._store.quads_for_pattern(fact.subject, ox.NamedNode(fact.predicate), fact.object, None)
        return {q.graph_name for q in quads if not isinstance(q.graph_name, ox.DefaultGraph)}


def _is_data(quad: ox.Quad) -> bool:
    return not isinstance(quad.graph_name, ox.DefaultGraph) and quad.graph_name not in _NO_DATA


def _fact(quad: ox.Quad) -> Fact:
    return Fact(quad.subject, quad.predicate.value, quad.object)


def _along(step: Step, start: Term, end: Term) -> Fact:
    return Fact(end, step.name, start) if step.inverse else Fact(start, step.name, end)


def _quad(fact: Fact) -> ox.Quad:
    assert isinstance(fact.subject, ox.NamedNode | ox.BlankNode)
    return ox.Quad(fact.subject, ox.NamedNode(fact.predicate), fact.object, DERIVED)
