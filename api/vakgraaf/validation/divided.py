"""Hold very much against the packaged shapes in parts: a census of each by a process, then only what it leaves open.

What a rule does not need need not be there when it is asked (`compiled.needs`), so that never all of the data are in
memory: each process has some of the rules, and a store with what those need. The report looks things up where they lie.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial

from rdflib import RDF, RDFS, Graph
from rdflib.term import Node

from vakgraaf.engine.scratch import Row, Scratch
from vakgraaf.validation.around import Lookup, View
from vakgraaf.validation.blocks import Block, Content, blocks_of
from vakgraaf.validation.compiled.census import MOST_KINDS, Census
from vakgraaf.validation.compiled.certainty import Certainty
from vakgraaf.validation.compiled.inventory import Choice, Inventory
from vakgraaf.validation.compiled.judging import Asking, everywhere, write_down
from vakgraaf.validation.compiled.kinds import Kind
from vakgraaf.validation.compiled.needs import Need
from vakgraaf.validation.compiled.program import Root, openings_of
from vakgraaf.validation.compiled.refusal import Refused
from vakgraaf.validation.compiled.rules import Rule
from vakgraaf.validation.compiled.trying import Trials
from vakgraaf.validation.compiled.whereabouts import Whereabouts
from vakgraaf.validation.counting import Strangers, counted, fresh_in
from vakgraaf.validation.forking import Step, alone, each
from vakgraaf.validation.plan import MOST_AT_ONCE, Near, Plan, Planner, Share
from vakgraaf.validation.report import Report
from vakgraaf.validation.results import build_report

_TYPE = str(RDF.type)
_LOG = logging.getLogger(__name__)

Finds = list[tuple[int, list[tuple[Rule, Row]] | Refused]]
"""What was found of some roots, by their numbers."""


class Divided:
    """One judgement of contents, by so many processes, with `MOST_STATEMENTS` at once where that can be."""

    def __init__(self, contents: Sequence[Content], context: Graph, processes: int) -> None:
        self.blocks, self._context = blocks_of(contents), context
        self._processes = processes if alone() else 1
        self.left: list[Root] = []

    def judge(self, shapes: Graph, roots: Sequence[Root], trials: Trials, step: Step) -> Graph | None:
        """What the queries find, as `write_down` has it; `left` are the roots that they cannot judge.

        A step is a block that is read, or a root that is judged. None for data in an unusual way of writing. Raises
        `SyntaxError` with the line.
        """
        census = counted(self.blocks, trials, openings_of(roots), self._processes, step)
        if census.given_up or any(set(root.objects_of) - {RDF.type} for root in roots):
            return None
        whereabouts = Whereabouts(census.pieces[:])
        self._lookup = Lookup(self.blocks, whereabouts, trials)
        strangers = Strangers(census, whereabouts, self._context)
        inventory = self._inventory(census, strangers)
        if inventory is None:
            return None
        subclasses = self._filled(inventory.choice((Need(str(RDFS.subClassOf), None),)))
        asking = Asking(subclasses, census.survey.ill, inventory.properties)
        certainty = Certainty(shapes, inventory, census.survey.ill, asking.subclasses)
        at_once = min(self._processes, MOST_AT_ONCE)
        plan = Planner(asking, certainty, frozenset(census.survey.odd), at_once).plan(roots)
        for _ in range(len(roots) - sum(len(share.roots) for share in plan.shares)):
            step()
        found: Finds = [(roots.index(root), refusal) for root, refusal in plan.refused]
        found += self._asked_near(plan, asking, inventory)
        jobs = [partial(self._asked, roots, asking, certainty, share) for share in plan.shares]
        for finds in each(jobs, at_once, step):
            found += finds
        return self._written_down(shapes, roots, found, strangers)

    def report(self, raw: Graph, shapes: Graph) -> Report:
        """The report that `raw` amounts to."""
        return build_report(raw, shapes, Graph(store=View(self._lookup, self._context)))

    def _inventory(self, census: Census, strangers: Strangers) -> Inventory | None:
        """That of the data with the context; None where not all is known."""
        fresh = fresh_in(self._context, strangers, self._lookup.said)
        self.blocks[0] = Block(fresh, 0, len(fresh))
        try:
            census.take_in(fresh, 0)
        except SyntaxError:  # what a graph in memory may hold, and a file not
            return None
        census.survey.take_in(self._context)
        if census.given_up:
            return None
        inventory = self._lookup.inventory = Inventory(census)
        known = inventory.classes or RDF.type not in inventory.properties
        return inventory if known and len(inventory.kinds) <= MOST_KINDS else None

    def _filled(self, choice: Choice) -> Scratch:
        """A store with the context, and the chosen statements."""
        scratch = Scratch()
        scratch.add(self._context)
        self._load(scratch, choice)
        return scratch

    def _load(self, scratch: Scratch, choice: Choice) -> None:
        with scratch.loading() as load:  # the next are picked while these are taken in
            for lines in self._lookup.chosen(choice):
                load(lines)

    def _asked_near(self, plan: Plan, asking: Asking, inventory: Inventory) -> Finds:
        """What the rules find that look no further than some things, and of which class what they point at is."""
        asking = replace(asking, scratch=Scratch())
        asking.scratch.add(self._context)
        things = defaultdict[Kind, list[bytes]](list)
        names, classed = _names_by_kind(plan.near), _names_by_kind([near for near in plan.near if _TYPE in near.names])
        for kind, thing in self._lookup.things(inventory, names):
            things[kind].append(thing)
        values = set[bytes]()
        for lines in self._lookup.chosen(inventory.choice_by_kind(classed)):
            terms = (line.split(b" ", 2)[2] for line in lines.split(b"\n")[:-1])
            values.update(term.removesuffix(b" .") for term in terms if not term.startswith(b'"'))
        for lines in self._lookup.chosen(inventory.choice_by_kind(names)):
            asking.scratch.load_triples(lines)
        asking.scratch.load(b"".join([line + b"\n" for line in self._lookup.classes_of(values)]))
        finds: Finds = []
        for number, rule, kinds, _ in plan.near:
            these = b" ".join(sorted(thing for kind in kinds for thing in things[kind]))
            text = asking.filled(rule.text, f"VALUES ?this {{ {these.decode()} }}")
            finds.append((number, [(rule, row) for row in asking.scratch.rows(text, rule.keys)]))
        return finds

    def _asked(self, roots: Sequence[Root], asking: Asking, certainty: Certainty, share: Share, step: Step) -> Finds:
        """What the rules of a share find."""
        asking = replace(asking, scratch=self._filled(certainty.inventory.choice(share.needs)))
        for lines in self._lookup.picked(certainty.inventory.examples()):
            asking.scratch.load_triples(lines)
        finds: Finds = []
        for number, rules in share.roots:
            try:
                finds.append((number, self._found_by(roots[number], rules, asking, certainty, share.needs is None)))
            except Refused as refusal:
                finds.append((number, refusal))
            step()
        return finds

    def _found_by(
        self,
        root: Root,
        rules: tuple[Rule, ...],
        asking: Asking,
        certainty: Certainty,
        whole: bool,
    ) -> list[tuple[Rule, Row]]:
        target = everywhere(root, asking.subclasses, certainty.inventory.classes)
        self._load_suspects(asking, certainty.inventory, root, rules, whole)
        found = asking.found(root, lambda rule: target if rule in rules else None)
        if found and not whole and root.objects_of:  # what was there were examples
            needs = {Need(str(RDF.type), str(rule.this(row))) for rule, row in found}
            self._load(asking.scratch, certainty.inventory.choice(needs))
            found = asking.found(root, lambda rule: target if rule in rules else None)
        return found

    def _load_suspects(
        self, asking: Asking, inventory: Inventory, root: Root, rules: Iterable[Rule], whole: bool
    ) -> None:
        """What is said by properties that a rule finds something about as such; and then what puts things in focus."""
        if whole:
            return
        for rule in rules:
            if rule.suspects is not None:
                found = asking.scratch.rows(asking.filled(asking.with_properties(rule.suspects), ""), ("suspect",))
                names = {str(row[0]) for row in found}
                if names:
                    names |= {str(RDF.type), *map(str, root.subjects_of), *map(str, root.objects_of)}
                    self._load(asking.scratch, inventory.choice([Need(name, None) for name in names]))

    def _written_down(self, shapes: Graph, roots: Sequence[Root], found: Finds, strangers: Strangers) -> Graph:
        raw, refused = Graph(), {number: one for number, one in found if isinstance(one, Refused)}
        for number, refusal in sorted(refused.items()):
            _LOG.debug("%s goes to pySHACL: %s", roots[number].shape, refusal)
            self.left.append(roots[number])
        for number, rows in found:
            if number not in refused and not isinstance(rows, Refused):
                outside = strangers.of(roots[number]) if rows else set[Node]()
                inside = [(rule, row) for rule, row in rows if rule.this(row) not in outside]
                write_down(raw, shapes, inside)
        return raw


def _names_by_kind(near: Iterable[Near]) -> dict[Kind, set[str]]:
    """The properties that rules look at of the things of each kind."""
    found: dict[Kind, set[str]] = defaultdict(set)
    for one in near:
        for kind in one.kinds:
            found[kind] |= one.names
    return found
