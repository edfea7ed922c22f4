"""What is left to ask of very much data once its kinds are known, and which statements that takes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from rdflib import RDFS
from rdflib.term import Node

from vakgraaf.validation.compiled.certainty import Certainty
from vakgraaf.validation.compiled.footprint import (
    Footprint,
    footprint,
    looks_no_further,
    names_all_in,
    only_has_instances,
)
from vakgraaf.validation.compiled.judging import Asking, everywhere
from vakgraaf.validation.compiled.kinds import Kind
from vakgraaf.validation.compiled.needs import Need, all_needs, needs_of
from vakgraaf.validation.compiled.program import Root
from vakgraaf.validation.compiled.refusal import Refused
from vakgraaf.validation.compiled.rules import Rule

MOST_STATEMENTS = 6_000_000
"""So many are held in memory at once, some 0.4 GB for a million; more only where one shape takes more."""
MOST_AT_ONCE = 4
"""So many shares are asked at once: with more of them, more statements would be in several."""
_WORTH_SHARING = 30_000
"""With so many statements or fewer, a process of its own takes longer than it saves."""
_FEW, _MANY, _STATEMENTS = 500, 50_000, 16
"""To look at so many things by themselves is little; and at so many, where the rule takes that many statements each."""
_SUBCLASS = str(RDFS.subClassOf)


@dataclass
class Share:
    """Some roots, with the rules of each that are left, and the statements that these need; None for all there are.

    `taken`: how many statements these are. `asked`: the same, but for each root by itself.
    """

    roots: list[tuple[int, tuple[Rule, ...]]] = field(default_factory=list)
    needs: frozenset[Need] | None = frozenset()
    taken: int = 0
    asked: int = 0

    @property
    def work(self) -> int:
        """How much it is: to load a statement takes as long as to ask a rule of two."""
        return 2 * self.taken + self.asked


class Near(NamedTuple):
    """A rule of a root that looks no further than the things of some kinds, and what these point at, by properties."""

    number: int
    rule: Rule
    kinds: tuple[Kind, ...]
    names: frozenset[str]


@dataclass
class Plan:
    """`refused`: roots that queries cannot judge. `shares`: what is to be asked of many statements."""

    refused: list[tuple[Root, Refused]] = field(default_factory=list)
    near: list[Near] = field(default_factory=list)
    shares: list[Share] = field(default_factory=list)


class Planner:
    """Makes the plan for data of which the census is there, for `processes` that each have a share at once."""

    def __init__(self, asking: Asking, certainty: Certainty, odd: frozenset[Node], processes: int) -> None:
        self._asking, self._certainty, self._odd = asking, certainty, odd
        self._shares, self._most = processes, MOST_STATEMENTS // processes

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
                needs = self._needs(root, far)
                weighed.append((self._size(needs), number, far, needs))
        for size, number, far, needs in sorted(weighed, key=lambda one: (-one[0], one[1])):
            self._share(plan, needs, size).roots.append((number, far))
        return plan

    def _far(self, plan: Plan, number: int, root: Root) -> tuple[Rule, ...]:
        """The rules of a root that are left, but for those that the plan has as near now. Raises `Refused`."""
        root.refuse(self._odd)
        unsettled, far = self._certainty.unsettled(root), []
        for rule in root.rules:
            kinds = unsettled(rule)
            if kinds == ():
                continue
            few = self._few(number, root, rule, kinds)
            if few is None:
                far.append(rule)
            else:
                plan.near.append(few)
        return tuple(far)

    def _few(self, number: int, root: Root, rule: Rule, kinds: tuple[Kind, ...] | None) -> Near | None:
        """The rule with what it has to be asked of, where that is little and it looks no further."""
        if kinds is None or rule.constraint is not None or rule.doubt is not None or any(kind.blank for kind in kinds):
            return None
        text = self._asking.filled(rule.text, "")
        things = sum(self._sizes[kind] for kind in kinds)
        if things > _MANY or not looks_no_further(text):
            return None
        if things > _FEW and things * _STATEMENTS > self._size(self._needs(root, (rule,))):
            return None
        return Near(number, rule, kinds, footprint(text).named)

    def _needs(self, root: Root, rules: Iterable[Rule]) -> frozenset[Need] | None:
        target = everywhere(root, self._asking.subclasses, self._certainty.inventory.classes)
        found = all_needs(Footprint(frozenset((_SUBCLASS,)), any_class=False))
        for rule in rules:
            text = self._asking.filled(rule.text, "")
            named = rule.names_all if rule.constraint is not None else names_all_in(text)
            if not named and (rule.suspects is None or self._asking.properties is None):
                return None
            prints = footprint(text)
            if rule.suspects is not None or only_has_instances(text):
                found |= all_needs(prints)
                continue
            prints |= footprint(target)
            found |= needs_of(self._asking.filled(rule.text, target), prints)
            if rule.doubt is not None:
                prints |= footprint(self._asking.filled(rule.doubt, ""))
                found |= needs_of(self._asking.filled(rule.doubt, target), prints)
        return found

    def _share(self, plan: Plan, needs: frozenset[Need] | None, size: int) -> Share:
        """The share that is the least work with these, or a new one where none has place; `size` is that of these."""
        best: Share | None = None
        for share in plan.shares:
            if share.needs is not None and needs is not None:
                together = share.needs | needs
                taken = self._size(together)
                more = Share(share.roots, together, taken, share.asked + size)
                if taken <= self._most and (best is None or more.work < best.work):
                    best = more
        if best is None or (len(plan.shares) < self._shares and best.taken > _WORTH_SHARING):
            best = Share([], needs, size, size)
        plan.shares = [share for share in plan.shares if share.roots is not best.roots] + [best]
        return best

    def _size(self, needs: frozenset[Need] | None) -> int:
        """How many statements it takes."""
        inventory = self._certainty.inventory
        return inventory.size(inventory.choice(needs))

    @cached_property
    def _sizes(self) -> dict[Kind, int]:
        return dict(self._certainty.inventory.sizes())
