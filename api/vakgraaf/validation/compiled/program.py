"""All shapes of a shapes graph, compiled as far as they can be."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from rdflib import RDF, RDFS, SH, Graph
from rdflib.term import Node

from vakgraaf.engine.scratch import Triple
from vakgraaf.validation.compiled.parameters import own_parameters
from vakgraaf.validation.compiled.refusal import Refused
from vakgraaf.validation.compiled.rules import Reading, Rule
from vakgraaf.validation.compiled.terms import plain
from vakgraaf.validation.compiled.walking import rules_of
from vakgraaf.validation.shapes import implicit_classes


@dataclass(frozen=True, slots=True)
class Root:
    """A shape with targets (SHACL §2.1.3). Where it was `refused`, the reason is there and the rules are not.

    `reads` are the properties that its rules follow; None where they may follow any.
    """

    shape: Node
    classes: tuple[Node, ...]
    subjects_of: tuple[Node, ...]
    objects_of: tuple[Node, ...]
    nodes: tuple[Node, ...]
    rules: tuple[Rule, ...] = ()
    reads: frozenset[Node] | None = frozenset()
    refused: str | None = None

    def refuse(self, odd: frozenset[Node]) -> None:
        """Raise `Refused` where it cannot be asked: `odd` are properties with literals that the store does not keep."""
        if self.refused is not None:
            raise Refused(self.refused)
        if odd and (self.reads is None or self.reads & odd):
            raise Refused("literals that the store does not keep")


def openings_of(roots: Iterable[Root]) -> frozenset[str]:
    """What a census has to look at for the rules of all roots."""
    return frozenset(rule.opening for root in roots for rule in root.rules if rule.opening is not None)


def compile_shapes(shapes: Graph) -> tuple[Root, ...]:
    """Every shape with targets, in a fixed order."""
    parameters = own_parameters(shapes)
    return tuple(_root(shapes, shape, parameters) for shape in sorted(_aimed(shapes), key=str))


def _root(shapes: Graph, shape: Node, parameters: frozenset[Node]) -> Root:
    reading = Reading(shapes, parameters)
    implicit = [shape] if shape in implicit_classes(shapes) else []
    targets = (
        tuple([*reading.values(shape, SH.targetClass), *implicit]),
        tuple(reading.values(shape, SH.targetSubjectsOf)),
        tuple(reading.values(shape, SH.targetObjectsOf)),
        tuple(reading.values(shape, SH.targetNode)),
    )
    try:
        rules = tuple(rules_of(reading, shape))
    except Refused as refusal:
        return Root(shape, *targets, refused=str(refusal))
    if reading.reads_nothing and targets[3]:
        return Root(shape, *targets, refused="a path of length zero from a node that may not be in the data")
    if not all(plain(node) for node in targets[3]):
        return Root(shape, *targets, refused="a target that the store does not keep")
    reads = reading.reads | {*targets[1], *targets[2], RDF.type}
    return Root(shape, *targets, rules, None if reading.reads_everything else frozenset(reads))


def _aimed(shapes: Graph) -> set[Node]:
    kinds = (SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf, SH.targetNode)
    return {shape for kind in kinds for shape in shapes.subjects(kind)} | implicit_classes(shapes)


class Focus:
    """Which nodes of the data each root looks at, by the classes in data and context together."""

    def __init__(self, data: Sequence[Triple], context: Sequence[Triple]) -> None:
        self._subjects: dict[Node, set[Node]] = defaultdict(set)
        self._objects: dict[Node, set[Node]] = defaultdict(set)
        self._instances: dict[Node, set[Node]] = defaultdict(set)
        self._below: dict[Node, set[Node]] = defaultdict(set)
        things = {subject for subject, _, _ in data}
        for subject, predicate, value in data:
            self._subjects[predicate].add(subject)
            self._objects[predicate].add(value)
        type_, subclass_of = RDF.type, RDFS.subClassOf  # looked up once: a namespace makes them at each look
        for part in (data, context):
            for subject, predicate, value in part:
                if predicate == type_ and subject in things:
                    self._instances[value].add(subject)
                elif predicate == subclass_of:
                    self._below[value].add(subject)

    def of(self, root: Root) -> set[Node]:
        """The focus nodes of a root."""
        found = set(root.nodes)
        for wanted in root.classes:
            for kind in subclasses(wanted, lambda kind: self._below.get(kind, ())):
                found |= self._instances.get(kind, set())
        for predicate in root.subjects_of:
            found |= self._subjects.get(predicate, set())
        for predicate in root.objects_of:
            found |= self._objects.get(predicate, set())
        return found


def subclasses(wanted: Node, below: Callable[[Node], Iterable[Node]]) -> set[Node]:
    """A class and all classes below it."""
    found, waiting = {wanted}, [wanted]
    while waiting:
        for kind in below(waiting.pop()):
            if kind not in found:
                found.add(kind)
                waiting.append(kind)
    return found
