"""The rules of an ontology: OWL 2 RL's rules for instances, over the terms we author.

Taken from the ontology: subclasses, subproperties, inverses (also anonymous ones), symmetric and transitive
properties, property chains, equivalent classes and properties. Every rule works on *steps*, a property in one of its
two directions; a chain of more than two is cut into chains of two.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
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


TYPE = PREFIXES["rdf"] + "type"
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


class _Axioms:
    """The ontology graph, read by pattern."""

    def __init__(self, store: ox.Store, graph: ox.NamedNode) -> None:
        self._store = store
        self._graph = graph

    def pairs(self, prefix: str, name: str) -> Iterator[tuple[Term, Term]]:
        for quad in self._store.quads_for_pattern(None, _term(prefix, name), None, self._graph):
            yield quad.subject, quad.object

    def instances(self, name: str) -> list[str]:
        found = self._store.quads_for_pattern(None, ox.NamedNode(TYPE), _term("owl", name), self._graph)
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
