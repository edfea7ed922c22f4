"""What is left to ask of very much data once its kinds are known, and which statements that takes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import NamedTuple

from rdflib import RDF, RDFS
from rdflib.term import Node

from vakgraaf.validation.compiled.census import Census
from vakgraaf.validation.compiled.certainty import Certainty
from vakgraaf.validation.compiled.footprint import (
    NOTHING,
    Footprint,
    footprint,
    looks_no_further,
    names_all_in,
    only_has_instances,
)
from vakgraaf.validation.compiled.judging import Asking, everywhere
from vakgraaf.validation.compiled.kinds import Kind
from vakgraaf.validation.compiled.program import Root
from vakgraaf.validation.compiled.refusal import Refused
from vakgraaf.validation.compiled.rules import Rule

MOST_STATEMENTS = 6_000_000
"""So many are held in memory at once, some 0.4 GB for a million; more only where one shape takes more."""
_FEW = 500
_TYPE, _SUBCLASS = str(RDF.type), str(RDFS.subClassOf)


@dataclass
class Share:
    """Some roots, with the rules of each that are left, and what these look at; None for all there is."""

    roots: list[tuple[int, tuple[Rule, ...]]] = field(default_factory=list)
    prints: Footprint | None = NOTHING

    def dealt(self, number: int) -> list[list[tuple[int, tuple[Rule, ...]]]]:
        """The roots in so many hands, each with some of those that take much."""
        return [self.roots[first::number] for first in range(min(number, len(self.roots)))]


class Near(NamedTuple):
    """A rule of a root that looks no further than some things, and what these point at, by some properties."""

    number: int
    rule: Rule
    things: tuple[bytes, ...]
    names: tuple[bytes, ...]


@dataclass
class Plan:
    """`refused`: roots that queries cannot judge. `shares`: what is to be asked of many statements."""

    refused: list[tuple[Root, Refused]] = field(default_factory=list)
    near: list[Near] = field(default_factory=list)
    shares: list[Share] = field(default_factory=list)


class Planner:
    """Makes the plan for data of which the census is there. `most` as `MOST_STATEMENTS`."""

    def __init__(self, asking: Asking, certainty: Certainty, odd: frozenset[Node], most: int) -> None:
        self._asking, self._certainty, self._odd, self._most = asking, certainty, odd, most

    def plan(self, roots: Sequence[Root]) -> Plan:
        """The plan for all roots."""
        plan, weighed = Plan(), []
        for number, root in enumerate(roots):
            try:
                far = self._far(plan, number, root)
            except Refused as refusal:
                plan.refused.append((root, refusal))
                plan.near = [one for one in plan.near if one.number != number]
                continue
            if far:
                prints = self._prints(root, far)
                weighed.append((self._size(prints), number, far, prints))
        for _, number, far, prints in sorted(weighed, key=lambda one: (-one[0], one[1])):
            self._share(plan, prints).roots.append((number, far))
        return plan

    def _far(self, plan: Plan, number: int, root: Root) -> tuple[Rule, ...]:
        """The rules of a root that are left, but for those that the plan has as near now. Raises `Refused`."""
        root.refuse(self._odd)
        unsettled, far = self._certainty.unsettled(root), []
        for rule in root.rules:
            kinds = unsettled(rule)
            if kinds == ():
                continue
            few = self._few(number, rule, kinds)
            if few is None:
                far.append(rule)
            else:
                plan.near.append(few)
        return tuple(far)

    def _few(self, number: int, rule: Rule, kinds: tuple[Kind, ...] | None) -> Near | None:
        """The rule with what it has to be asked of, where that is little and it looks no further."""
        if kinds is None or rule.constraint is not None or rule.doubt is not None:
            return None
        text = self._asking.filled(rule.text, "")
        if not looks_no_further(text):
            return None
        census = self._certainty.census
        few = tuple(islice(census.things(kinds), _FEW + 1))
        if len(few) > _FEW or not all(one.startswith(b"<") for one in few):
            return None
        return Near(number, rule, few, tuple(sorted(name.encode() for name in footprint(text).named)))

    def _prints(self, root: Root, rules: Iterable[Rule]) -> Footprint | None:
        target = everywhere(root, self._asking.subclasses, self._certainty.census.classes())
        found = Footprint(frozenset((_SUBCLASS,)), any_class=False)
        for rule in rules:
            text = self._asking.filled(rule.text, "")
            named = rule.names_all if rule.constraint is not None else names_all_in(text)
            if not named and (rule.suspects is None or self._asking.properties is None):
                return None
            found |= footprint(text)
            if rule.suspects is None and not only_has_instances(text):
                found |= footprint(target)
            if rule.doubt is not None:
                found |= footprint(self._asking.filled(rule.doubt, ""))
        return found

    def _share(self, plan: Plan, prints: Footprint | None) -> Share:
        """The first share in which there is place, or a new one."""
        for share in plan.shares:
            if share.prints is not None and prints is not None:
                together = share.prints | prints
                if self._size(together) <= self._most:
                    share.prints = together
                    return share
        plan.shares.append(Share([], prints))
        return plan.shares[-1]

    def _size(self, prints: Footprint | None) -> int:
        """How many statements it takes."""
        counts = self._certainty.census.counts
        if prints is None:
            return counts.total()
        size = sum(counts[name.encode()] for name in prints.named if name != _TYPE)
        if _TYPE in prints.named and not prints.any_class:
            return size + sum(number for kind, number in self._classes.items() if kind in prints.named)
        return size + (counts[_TYPE.encode()] if _TYPE in prints.named else 0)

    @cached_property
    def _classes(self) -> Counter[str]:
        return sizes(self._certainty.census)


def sizes(census: Census) -> Counter[str]:
    """How many things of each class there are."""
    found: Counter[str] = Counter()
    for kind, number in census.sizes():
        found.update(dict.fromkeys(kind.classes, number))
    return found


def predicates(prints: Footprint, census: Census) -> tuple[list[bytes], list[bytes] | None]:
    """Which of the properties that there are it names, and which classes; None for any class."""
    named = [name.encode() for name in prints.named]
    return [name for name in named if name in census.counts], None if prints.any_class else named
