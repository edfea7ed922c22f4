"""Which rules find nothing, to be seen from the kinds of things that there are: those need not be asked.

The answer is yes, no or perhaps (True, False, None), and only a certain yes counts: then no thing that a shape looks
at breaks the constraint. Whatever is unusual is perhaps, and is asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from rdflib import SH, Graph, Literal, URIRef
from rdflib.term import Node

from vakgraaf.validation.compiled.inventory import Inventory
from vakgraaf.validation.compiled.kinds import Kind
from vakgraaf.validation.compiled.program import Root
from vakgraaf.validation.compiled.rules import Rule
from vakgraaf.validation.compiled.terms import members, written
from vakgraaf.validation.compiled.trying import Value, properties, trial_of

Answer = bool | None
_ENDLESS = 1_000_000
_DEEPEST = 8
_SAID = frozenset(
    (
        *(SH.path, SH.message, SH.severity, SH.name, SH.description, SH.order, SH.group, SH.defaultValue, SH.flags),
        *(SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf, SH.targetNode),
        *(SH.qualifiedValueShape, SH.deactivated),
    )
)


class _At(NamedTuple):
    """A value of a property; or, without a property, a thing of a kind."""

    value: Value
    predicate: Node | None
    kind: Kind | None


class _Values(NamedTuple):
    """The values at the end of a path, and how many there are: at least and at most."""

    each: tuple[tuple[_At, int], ...]
    least: int
    most: int


@dataclass
class Certainty:
    """What is certain of the data of which this is the inventory. `ill` holds the ill-typed texts for each datatype."""

    shapes: Graph
    inventory: Inventory
    ill: dict[str, set[str]]
    below: Callable[[str], list[str]]
    _known: dict[tuple[Node, _At], Answer] = field(default_factory=dict)
    _in_focus: dict[Node, tuple[Kind, ...]] = field(default_factory=dict)

    def unsettled(self, root: Root) -> Callable[[Rule], tuple[Kind, ...] | None]:
        """The kinds of the things about which a rule of this root perhaps finds something; None for any.

        Raises `Refused` as the rules themselves do.
        """
        kinds = self.in_focus(root)
        if kinds is None:
            return lambda rule: () if self._nothing_opens(rule) else None
        return lambda rule: () if self._nothing_opens(rule) else self._open(rule, kinds)

    def in_focus(self, root: Root) -> tuple[Kind, ...] | None:
        """The kinds of the things that a root looks at; None where that is not known. Raises `Refused`."""
        if root.objects_of or root.nodes:
            return None
        if root.shape not in self._in_focus:
            wanted = frozenset(kind[1:-1] for one in root.classes for kind in self.below(written(one)))
            places = frozenset(root.subjects_of)
            kinds = (kind for kind in self.inventory.kinds if kind.classes & wanted or places & kind.values.keys())
            self._in_focus[root.shape] = tuple(kinds)
        return self._in_focus[root.shape]

    def _nothing_opens(self, rule: Rule) -> bool:
        return rule.opening is not None and not self.inventory.opens(rule.opening)

    def _open(self, rule: Rule, kinds: Iterable[Kind]) -> tuple[Kind, ...]:
        parameter = _COMPONENTS.get(rule.component)
        kinds = [kind for kind in kinds if kind.values.keys() >= set(rule.needs)]
        if parameter is None or rule.focus != "this":
            return tuple(kinds)
        given = sorted(self.shapes.objects(rule.shape, parameter), key=str)
        return tuple(
            kind
            for kind in kinds
            if not given or any(self._fits(rule.shape, parameter, one, _thing(kind)) is not True for one in given)
        )

    def _conforms(self, shape: Node, at: _At, depth: int) -> Answer:
        """Whether what is there conforms to a shape (SHACL §3.5)."""
        key = (shape, at)
        if key not in self._known:
            off = next(self.shapes.objects(shape, SH.deactivated), None)
            found = (
                [None]
                if off is not None and str(off) != "false"
                else [
                    self._fits(shape, parameter, given, at, depth)
                    for parameter, given in self.shapes.predicate_objects(shape)
                    if str(parameter).startswith(str(SH)) and parameter not in _SAID
                ]
            )
            self._known[key] = _all(found)
        return self._known[key]

    def _fits(self, shape: Node, parameter: Node, given: Node, at: _At, depth: int = 0) -> Answer:
        """Whether one constraint of a shape holds."""
        path = next(self.shapes.objects(shape, SH.path), None)
        if depth > _DEEPEST:
            return None
        if path is None:
            test = _ON_A_NODE.get(parameter)
            return None if test is None else test(self, shape, given, at, depth)
        values = self._values(path, at)
        if values is None or (values.most and not values.each and parameter not in (SH.minCount, SH.maxCount)):
            return None  # of what is followed backwards it is known how many there are, and not what they are
        count = _ON_ALL.get(parameter)
        if count is not None:
            return count(self, shape, given, values, depth)
        test = _ON_A_NODE.get(parameter)
        return None if test is None else _all(test(self, shape, given, one, depth) for one, _ in values.each)

    def _values(self, path: Node, at: _At) -> _Values | None:
        if at.kind is None:
            return None
        back = self.shapes.value(path, SH.inversePath)
        if isinstance(back, URIRef):
            many = at.kind.value_of.get(back)
            if back not in self.inventory.trials.followed_back:
                return None
            return _Values((), *((0, 0) if many is None else (1, _ENDLESS if many else 1)))
        each, least, most = [], 0, 0
        for predicate in properties(self.shapes, path):
            found = at.kind.values.get(predicate, [])
            each += [(_At(value, predicate, None), _ENDLESS if many else 1) for value, many in found]
            least = max(least, len(found))
        most = sum(number for _, number in each)
        return _Values(tuple(each), least, most) if properties(self.shapes, path) else None

    # Each of those below answers for one parameter.

    def _kind(self, shape: Node, given: Node, at: _At, depth: int) -> Answer:
        return at.value.sort in _SORTS.get(given, ())

    def _datatype(self, shape: Node, given: Node, at: _At, depth: int) -> Answer:
        if at.value.datatype != str(given):
            return False
        return None if self.ill.get(str(given)) else True

    def _languages(self, shape: Node, given: Node, at: _At, depth: int) -> Answer:
        tag = at.value.language.lower()
        ranges = [str(one).lower() for one in members(self.shapes, given)]
        return any(tag == one or tag.startswith(f"{one}-") for one in ranges)

    def _class(self, shape: Node, given: Node, at: _At, depth: int) -> Answer:
        wanted = {kind[1:-1] for kind in self.below(written(given))}
        if at.kind is not None:
            return bool(at.kind.classes & wanted)
        return None if at.value.classes is None else bool(at.value.classes & wanted)

    def _shape(self, shape: Node, given: Node, at: _At, depth: int) -> Answer:
        return self._conforms(given, at, depth + 1)

    def _not(self, shape: Node, given: Node, at: _At, depth: int) -> Answer:
        answer = self._conforms(given, at, depth + 1)
        return None if answer is None else not answer

    def _each_of(self, given: Node, at: _At, depth: int) -> list[Answer]:
        return [self._conforms(one, at, depth + 1) for one in members(self.shapes, given)]

    def _and(self, shape: Node, given: Node, at: _At, depth: int) -> Answer:
        return _all(self._each_of(given, at, depth))

    def _or(self, shape: Node, given: Node, at: _At, depth: int) -> Answer:
        found = self._each_of(given, at, depth)
        return True if True in found else None if None in found else False

    def _xone(self, shape: Node, given: Node, at: _At, depth: int) -> Answer:
        found = self._each_of(given, at, depth)
        return None if None in found else found.count(True) == 1

    # And each of these for one that looks at all values of a path together.

    def _at_least(self, shape: Node, given: Node, values: _Values, depth: int) -> Answer:
        wanted = _number(given)
        return None if wanted is None else True if values.least >= wanted else False if values.most < wanted else None

    def _at_most(self, shape: Node, given: Node, values: _Values, depth: int) -> Answer:
        wanted = _number(given)
        return None if wanted is None else True if values.most <= wanted else False if values.least > wanted else None

    def _qualified(self, shape: Node, values: _Values, depth: int) -> _Values | None:
        """Of the values those that conform to the qualified value shape; None where there are more of those."""
        inner = list(self.shapes.objects(shape, SH.qualifiedValueShape))
        if len(inner) != 1 or len({at.predicate for at, _ in values.each}) > 1:
            return None
        ends = [(self._conforms(inner[0], at, depth + 1), many) for at, many in values.each]
        least = sum(1 for end, _ in ends if end is True)
        return _Values((), least, sum(many for end, many in ends if end is not False))

    def _qualified_least(self, shape: Node, given: Node, values: _Values, depth: int) -> Answer:
        found = self._qualified(shape, values, depth)
        return None if found is None else self._at_least(shape, given, found, depth)

    def _qualified_most(self, shape: Node, given: Node, values: _Values, depth: int) -> Answer:
        found = self._qualified(shape, values, depth)
        return None if found is None else self._at_most(shape, given, found, depth)

    def _unique(self, shape: Node, given: Node, values: _Values, depth: int) -> Answer:
        tagged = [(at.value.language.lower(), many) for at, many in values.each if at.value.language]
        once = len({tag for tag, _ in tagged}) == len(tagged) and all(many == 1 for _, many in tagged)
        return True if once or str(given) == "false" else None


def _tried(parameter: URIRef) -> Callable[[Certainty, Node, Node, _At, int], Answer]:
    def test(certainty: Certainty, shape: Node, given: Node, at: _At, depth: int) -> Answer:
        trial = trial_of(certainty.shapes, shape, parameter, given)
        return True if trial in at.value.passed else False if trial in at.value.failed else None

    return test


def _thing(kind: Kind) -> _At:
    return _At(Value("blank" if kind.blank else "iri"), None, kind)


def _number(given: Node) -> int | None:
    value = given.value if isinstance(given, Literal) else None
    return value if isinstance(value, int) else None


def _all(answers: Iterable[Answer]) -> Answer:
    found = set(answers)
    return False if False in found else None if None in found else True


_SORTS: dict[Node, tuple[str, ...]] = {
    SH.IRI: ("iri",),
    SH.BlankNode: ("blank",),
    SH.Literal: ("literal",),
    SH.BlankNodeOrIRI: ("blank", "iri"),
    SH.BlankNodeOrLiteral: ("blank", "literal"),
    SH.IRIOrLiteral: ("iri", "literal"),
}
_ON_A_NODE: dict[Node, Callable[[Certainty, Node, Node, _At, int], Answer]] = {
    SH.nodeKind: Certainty._kind,
    SH.datatype: Certainty._datatype,
    SH.languageIn: Certainty._languages,
    SH["class"]: Certainty._class,
    SH.node: Certainty._shape,
    SH.property: Certainty._shape,
    SH["not"]: Certainty._not,
    SH["and"]: Certainty._and,
    SH["or"]: Certainty._or,
    SH.xone: Certainty._xone,
    **{one: _tried(one) for one in (SH.pattern, SH["in"])},
    **{one: _tried(one) for one in (SH.minInclusive, SH.minExclusive, SH.maxInclusive, SH.maxExclusive)},
}
_ON_ALL: dict[Node, Callable[[Certainty, Node, Node, _Values, int], Answer]] = {
    SH.minCount: Certainty._at_least,
    SH.maxCount: Certainty._at_most,
    SH.qualifiedMinCount: Certainty._qualified_least,
    SH.qualifiedMaxCount: Certainty._qualified_most,
    SH.uniqueLang: Certainty._unique,
}
_COMPONENTS: dict[Node, URIRef] = {
    SH.NodeKindConstraintComponent: SH.nodeKind,
    SH.DatatypeConstraintComponent: SH.datatype,
    SH.LanguageInConstraintComponent: SH.languageIn,
    SH.ClassConstraintComponent: SH["class"],
    SH.NodeConstraintComponent: SH.node,
    SH.NotConstraintComponent: SH["not"],
    SH.AndConstraintComponent: SH["and"],
    SH.OrConstraintComponent: SH["or"],
    SH.XoneConstraintComponent: SH.xone,
    SH.PatternConstraintComponent: SH.pattern,
    SH.InConstraintComponent: SH["in"],
    SH.MinInclusiveConstraintComponent: SH.minInclusive,
    SH.MinExclusiveConstraintComponent: SH.minExclusive,
    SH.MaxInclusiveConstraintComponent: SH.maxInclusive,
    SH.MaxExclusiveConstraintComponent: SH.maxExclusive,
    SH.MinCountConstraintComponent: SH.minCount,
    SH.MaxCountConstraintComponent: SH.maxCount,
    SH.QualifiedMinCountConstraintComponent: SH.qualifiedMinCount,
    SH.QualifiedMaxCountConstraintComponent: SH.qualifiedMaxCount,
    SH.UniqueLangConstraintComponent: SH.uniqueLang,
}
