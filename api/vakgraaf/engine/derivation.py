"""What follows from the ontology, as triples: OWL 2 RL's rules for instances, over the terms we author.

Taken from the ontology: subclasses, subproperties, inverses (also anonymous ones), symmetric and transitive
properties, property chains, equivalent classes and properties. Every rule works on *steps*, a property in one of its
two directions; a chain of more than two is cut into chains of two.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple, TypeVar

import pyoxigraph as ox

from vakgraaf.rdf.prefixes import PREFIXES

Resource = ox.NamedNode | ox.BlankNode
Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Reached = TypeVar("Reached")


class Step(NamedTuple):
    """A property, or its inverse; `name` is an IRI, or a made-up name for the middle of a long chain."""

    name: str
    inverse: bool = False


class Fact(NamedTuple):
    """One triple of the instance data."""

    subject: Term
    predicate: str
    object: Term


def _term(prefix: str, name: str) -> ox.NamedNode:
    return ox.NamedNode(PREFIXES[prefix] + name)


_TYPE = PREFIXES["rdf"] + "type"
_TRIVIAL = {PREFIXES["owl"] + "Thing", PREFIXES["rdfs"] + "Resource"}


@dataclass(slots=True)
class Rules:
    """The rules of one ontology, each closed under the others where that needs no data.

    `classes`: class → its superclasses. `implied`: property → steps that hold with it. `chains`: the first and second
    step of each chain with the step that they make; a transitive property is a chain of itself with itself.
    `paths` are the same chains uncut: the steps of each, and the property that they make.
    """

    classes: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    implied: dict[str, set[Step]] = field(default_factory=lambda: defaultdict(set))
    chains: list[tuple[Step, Step, Step]] = field(default_factory=list)
    paths: list[tuple[tuple[Step, ...], str]] = field(default_factory=list)


def rules(store: ox.Store, ontology: ox.NamedNode) -> Rules:
    """Read the rules from the graph `ontology`; superclasses without a name are restrictions and bring none."""
    found = Rules()
    reader = _Axioms(store, ontology)
    for sub, above in reader.pairs("rdfs", "subClassOf"):
        _add_class(found, sub, above)
    for one, other in reader.pairs("owl", "equivalentClass"):
        _add_class(found, one, other)
        _add_class(found, other, one)
    for sub, above in reader.pairs("rdfs", "subPropertyOf"):
        _imply(found, reader.step(sub), reader.step(above))
    for one, other in reader.pairs("owl", "equivalentProperty"):
        _imply(found, reader.step(one), reader.step(other))
        _imply(found, reader.step(other), reader.step(one))
    for one, other in reader.pairs("owl", "inverseOf"):
        if isinstance(one, ox.NamedNode) and isinstance(other, ox.NamedNode):
            _imply(found, Step(one.value), Step(other.value, True))
            _imply(found, Step(other.value), Step(one.value, True))
    for name in reader.instances("SymmetricProperty"):
        _imply(found, Step(name), Step(name, True))
    for name in reader.instances("TransitiveProperty"):
        _add_chain(found, name, [Step(name), Step(name)])
    for made, steps in reader.chains():
        _add_chain(found, made, steps)
    _close(found.classes, lambda name: name, lambda above, _: above)
    _close(
        found.implied,
        lambda step: step.name,
        lambda above, via: Step(above.name, above.inverse != via.inverse),
    )
    return found


def derive(
    store: ox.Store, ontology: ox.NamedNode, derived: ox.NamedNode, without: Iterable[ox.NamedNode] = ()
) -> Iterator[ox.Triple]:
    """Every triple that follows from the instance data and is not in it, each once.

    Instance data is all named graphs but `ontology`, `derived` and those in `without`; nothing is said about literals
    or about what the ontology itself describes, and nothing follows from what is not said.
    """
    apart = {ontology, derived, *without}
    described = {quad.subject for quad in store.quads_for_pattern(None, None, None, ontology)}
    closure = _Closure(rules(store, ontology), described)
    for name in store.named_graphs():
        if name in apart:
            continue
        for quad in store.quads_for_pattern(None, None, None, name):
            closure.add(Fact(quad.subject, quad.predicate.value, quad.object))
    for fact in closure.derived():
        subject, predicate = _resource(fact.subject), ox.NamedNode(fact.predicate)
        stated = store.quads_for_pattern(subject, predicate, fact.object, None)
        if all(quad.graph_name in apart or isinstance(quad.graph_name, ox.DefaultGraph) for quad in stated):
            yield ox.Triple(subject, predicate, fact.object)


class _Closure:
    """Facts and what follows from them, worked off one by one (semi-naive)."""

    def __init__(self, known_rules: Rules, described: Collection[Term]) -> None:
        self._rules = known_rules
        self._described = described
        self._given: set[Fact] = set()
        self._todo: list[Fact] = []
        self._seen: set[Fact] = set()
        # Only chains look facts up: by subject and by object of the properties that they mention.
        self._chained = {step.name for first, second, _ in known_rules.chains for step in (first, second)}
        self._forward: dict[tuple[str, Term], set[Term]] = defaultdict(set)
        self._backward: dict[tuple[str, Term], set[Term]] = defaultdict(set)

    def add(self, fact: Fact) -> None:
        """Take in a fact that is stated, if any rule can use it."""
        relevant = fact.predicate in self._rules.implied or fact.predicate in self._chained
        if fact.predicate == _TYPE:
            relevant = isinstance(fact.object, ox.NamedNode) and fact.object.value in self._rules.classes
        if relevant:
            self._given.add(fact)

    def derived(self) -> Iterator[Fact]:
        """What follows and was not among the facts taken in."""
        self._seen = set(self._given)
        self._todo = list(self._given)
        while self._todo:
            fact = self._todo.pop()
            for new in self._consequences(fact):
                if new in self._seen or isinstance(new.subject, ox.Literal) or new.subject in self._described:
                    continue
                self._seen.add(new)
                self._todo.append(new)
        return (f for f in self._seen if f not in self._given and not f.predicate.startswith("chain:"))

    def _consequences(self, fact: Fact) -> Iterator[Fact]:
        if fact.predicate == _TYPE:
            if isinstance(fact.object, ox.NamedNode):
                for above in self._rules.classes.get(fact.object.value, ()):
                    yield Fact(fact.subject, _TYPE, ox.NamedNode(above))
            return
        for step in self._rules.implied.get(fact.predicate, ()):
            yield _fact(step, fact.subject, fact.object)
        if fact.predicate in self._chained:
            self._forward[fact.predicate, fact.subject].add(fact.object)
            self._backward[fact.predicate, fact.object].add(fact.subject)
            yield from self._chained_with(fact)

    def _chained_with(self, fact: Fact) -> Iterator[Fact]:
        for first, second, made in self._rules.chains:
            if first.name == fact.predicate:
                start, middle = _ends(first, fact)
                for end in self._reach(second, middle):
                    yield _fact(made, start, end)
            if second.name == fact.predicate:
                middle, end = _ends(second, fact)
                for start in self._reach(Step(first.name, not first.inverse), middle):
                    yield _fact(made, start, end)

    def _reach(self, step: Step, origin: Term) -> tuple[Term, ...]:
        index = self._backward if step.inverse else self._forward
        return tuple(index.get((step.name, origin), ()))


class _Axioms:
    """The ontology graph, read by pattern."""

    def __init__(self, store: ox.Store, graph: ox.NamedNode) -> None:
        self._store = store
        self._graph = graph

    def pairs(self, prefix: str, name: str) -> Iterator[tuple[Term, Term]]:
        for quad in self._store.quads_for_pattern(None, _term(prefix, name), None, self._graph):
            yield quad.subject, quad.object

    def instances(self, name: str) -> list[str]:
        found = self._store.quads_for_pattern(None, ox.NamedNode(_TYPE), _term("owl", name), self._graph)
        return [quad.subject.value for quad in found if isinstance(quad.subject, ox.NamedNode)]

    def step(self, expression: Term) -> Step | None:
        """A property by name, or `[ owl:inverseOf p ]`; None for anything else."""
        if isinstance(expression, ox.NamedNode):
            return Step(expression.value)
        target = self._object(expression, _term("owl", "inverseOf"))
        return Step(target.value, True) if isinstance(target, ox.NamedNode) else None

    def chains(self) -> Iterator[tuple[str, list[Step]]]:
        for subject, head in self.pairs("owl", "propertyChainAxiom"):
            steps = [self.step(item) for item in self._list(head)]
            complete = [step for step in steps if step is not None]
            if isinstance(subject, ox.NamedNode) and len(complete) == len(steps) and steps:
                yield subject.value, complete

    def _list(self, head: Term) -> Iterator[Term]:
        while (first := self._object(head, _term("rdf", "first"))) is not None:
            yield first
            rest = self._object(head, _term("rdf", "rest"))
            if rest is None:
                return
            head = rest

    def _object(self, subject: Term, predicate: ox.NamedNode) -> Term | None:
        if not isinstance(subject, ox.NamedNode | ox.BlankNode):
            return None
        return next((q.object for q in self._store.quads_for_pattern(subject, predicate, None, self._graph)), None)


def _add_class(found: Rules, sub: Term, above: Term) -> None:
    if isinstance(sub, ox.NamedNode) and isinstance(above, ox.NamedNode) and above.value not in _TRIVIAL:
        found.classes[sub.value].add(above.value)


def _imply(found: Rules, sub: Step | None, above: Step | None) -> None:
    """`p⁻ ⊑ q` says the same as `p ⊑ q⁻`: the direction is kept on the implied side."""
    if sub is not None and above is not None:
        found.implied[sub.name].add(Step(above.name, above.inverse != sub.inverse))


def _add_chain(found: Rules, made: str, steps: list[Step]) -> None:
    if len(steps) == 1:
        _imply(found, steps[0], Step(made))
        return
    found.paths.append((tuple(steps), made))
    first = steps[0]
    for number, second in enumerate(steps[1:-1]):
        middle = Step(f"chain:{len(found.chains)}-{number}")
        found.chains.append((first, second, middle))
        first = middle
    found.chains.append((first, steps[-1], Step(made)))


def _close(
    table: dict[str, set[Reached]],
    name: Callable[[Reached], str],
    through: Callable[[Reached, Reached], Reached],
) -> None:
    """Transitive closure of `table`, in place."""
    changed = True
    while changed:
        changed = False
        for reached in table.values():
            more = {through(above, via) for via in reached for above in table.get(name(via), ())} - reached
            if more:
                reached |= more
                changed = True


def _fact(step: Step, start: Term, end: Term) -> Fact:
    return Fact(end, step.name, start) if step.inverse else Fact(start, step.name, end)


def _ends(step: Step, fact: Fact) -> tuple[Term, Term]:
    return (fact.object, fact.subject) if step.inverse else (fact.subject, fact.object)


def _resource(term: Term) -> Resource:
    assert isinstance(term, ox.NamedNode | ox.BlankNode)
    return term
