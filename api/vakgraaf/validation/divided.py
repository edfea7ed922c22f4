"""Hold very much against the packaged shapes in parts: a census of each by a process, then only what it leaves open.

What a rule cannot look at need not be there when it is asked (`compiled.footprint`), so that never all of the data
are in memory: a store holds what some rules look at, and several processes ask it at once, each its copy; then comes
what other rules look at. The report looks things up where they lie.
"""

from __future__ import annotations

import logging
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from rdflib import RDF, RDFS, Graph
from rdflib.term import Node

from vakgraaf.engine.scratch import Row, Scratch
from vakgraaf.validation.around import Links, Lookup, View, followed_back, links_in
from vakgraaf.validation.blocks import Block, Content, blocks_of, found_in, shares
from vakgraaf.validation.compiled.certainty import Certainty
from vakgraaf.validation.compiled.judging import Asking, everywhere, write_down
from vakgraaf.validation.compiled.lines import chosen
from vakgraaf.validation.compiled.program import Root, openings_of
from vakgraaf.validation.compiled.refusal import Refused
from vakgraaf.validation.compiled.rules import Rule
from vakgraaf.validation.compiled.trying import Trials
from vakgraaf.validation.counting import Strangers, counted, take_in_context
from vakgraaf.validation.forking import Step, each
from vakgraaf.validation.plan import MOST_STATEMENTS, Plan, Planner, Share, predicates
from vakgraaf.validation.report import Report
from vakgraaf.validation.results import build_report

_PARTS = 4
_LOG = logging.getLogger(__name__)
_TYPE, _SUBCLASS = str(RDF.type).encode(), str(RDFS.subClassOf).encode()

Finds = list[tuple[int, list[tuple[Rule, Row]] | Refused]]
"""What was found of some roots, by their numbers."""


class Divided:
    """One judgement of contents, by so many processes, with `MOST_STATEMENTS` at once where that can be."""

    def __init__(self, contents: Sequence[Content], context: Graph, processes: int) -> None:
        self.blocks, self._context, self._processes = blocks_of(contents), context, processes
        self.left: list[Root] = []

    def judge(self, shapes: Graph, roots: Sequence[Root], trials: Trials, step: Step) -> Graph | None:
        """What the queries find, as `write_down` has it; `left` are the roots that they cannot judge.

        A step is a block that is read, or a root that is judged. None for data in an unusual way of writing. Raises
        `SyntaxError` with the line.
        """
        parts = followed_back(trials, self._context)
        census, survey = counted(self.blocks, trials, openings_of(roots), parts, self._processes, step)
        typed = census.counts[_TYPE] > 0 and not census.classes()
        if census.given_up or typed or any(set(root.objects_of) - {RDF.type} for root in roots):
            return None
        strangers = Strangers(census, self._context)
        self._lookup = Lookup(self.blocks, census, self._links)
        take_in_context(census, survey, self._context, strangers, self._lookup.about)
        asking = Asking(self._filled((_SUBCLASS,), ()), survey.ill, census.properties)
        certainty = Certainty(shapes, census, survey.ill, asking.subclasses)
        plan = Planner(asking, certainty, frozenset(survey.odd), MOST_STATEMENTS).plan(roots)
        for _ in range(len(roots) - sum(len(share.roots) for share in plan.shares)):
            step()
        found: Finds = [(roots.index(root), refusal) for root, refusal in plan.refused]
        found += _asked_near(plan, asking, self._near(plan))
        for share in plan.shares:
            for finds in self._asked(roots, asking, certainty, share, step):
                found += finds
        return self._written_down(shapes, roots, found, strangers)

    def report(self, raw: Graph, shapes: Graph) -> Report:
        """The report that `raw` amounts to."""
        return build_report(raw, shapes, Graph(store=View(self._lookup, self._context)))

    def _filled(self, names: Iterable[bytes] | None, classes: Iterable[bytes] | None) -> Scratch:
        """A store with the context, and what the data say by some properties; by None all."""
        scratch = Scratch()
        scratch.add(self._context)
        self._load(scratch, names, classes)
        return scratch

    def _load(self, scratch: Scratch, names: Iterable[bytes] | None, classes: Iterable[bytes] | None) -> None:
        counts = self._lookup.census.counts
        names = [name for name in (counts if names is None else names) if counts[name]]
        if not names:
            return
        pattern = chosen(names, _TYPE, classes if _TYPE in names else ())
        parts = shares(self.blocks, _PARTS * self._processes)
        jobs = [partial(_picked, [block for _, block in part], pattern) for part in parts]
        for picked in each(jobs, self._processes, _no_step):  # the next are picked while these are taken in
            scratch.load_triples(picked)

    def _near(self, plan: Plan) -> Scratch:
        """A store with what is said of the few things that some rules look at, and of which class what they point at
        is."""
        scratch = Scratch()
        scratch.add(self._context)
        things = {thing for near in plan.near for thing in near.things}
        names = {name for near in plan.near for name in near.names}
        said = self._lookup.lines(things, chosen(names, _TYPE, None if _TYPE in names else ()))
        typed = {near.things for near in plan.near if _TYPE in near.names}
        asked = {thing for few in typed for thing in few}
        values = {line.split(b" ", 2)[2] for line in said if line.partition(b" ")[0] in asked} - things
        said += self._lookup.lines(values, chosen((), _TYPE, None))
        scratch.load_triples(b"".join([line + b" .\n" for line in said]))
        return scratch

    def _asked(
        self, roots: Sequence[Root], asking: Asking, certainty: Certainty, share: Share, step: Step
    ) -> Iterator[Finds]:
        """What the rules of a share find."""
        wanted = (None, None) if share.prints is None else predicates(share.prints, self._lookup.census)
        asking = replace(asking, scratch=self._filled(*wanted))
        asking.scratch.load_triples(b"".join(certainty.census.examples()))
        hands = share.dealt(_PARTS * self._processes)
        jobs = [partial(self._found, roots, asking, certainty, hand, wanted[0]) for hand in hands]
        yield from each(jobs, self._processes, step)

    def _found(
        self,
        roots: Sequence[Root],
        asking: Asking,
        certainty: Certainty,
        hand: Sequence[tuple[int, tuple[Rule, ...]]],
        loaded: Iterable[bytes] | None,
        step: Step,
    ) -> Finds:
        finds: Finds = []
        for number, rules in hand:
            try:
                found = self._found_by(roots[number], rules, asking, certainty, loaded)
            except Refused as refusal:
                finds.append((number, refusal))
            else:
                finds.append((number, found))
            step()
        return finds

    def _found_by(
        self,
        root: Root,
        rules: tuple[Rule, ...],
        asking: Asking,
        certainty: Certainty,
        loaded: Iterable[bytes] | None,
    ) -> list[tuple[Rule, Row]]:
        target = everywhere(root, asking.subclasses, certainty.census.classes())
        self._load_suspects(asking, root, rules, loaded)
        found = asking.found(root, lambda rule: target if rule in rules else None)
        if found and loaded is not None and root.objects_of:  # what was there were examples
            kinds = {str(rule.this(row)).encode() for rule, row in found}
            self._load(asking.scratch, (_TYPE,), kinds)
            found = asking.found(root, lambda rule: target if rule in rules else None)
        return found

    def _load_suspects(self, asking: Asking, root: Root, rules: Iterable[Rule], loaded: Iterable[bytes] | None) -> None:
        """What is said by properties that a rule finds something about as such; and then what puts things in focus."""
        if loaded is None:
            return
        for rule in rules:
            if rule.suspects is not None:
                found = asking.scratch.rows(asking.filled(asking.with_properties(rule.suspects), ""), ("suspect",))
                names = {str(row[0]).encode() for row in found}
                focus = {str(one).encode() for one in (*root.subjects_of, *root.objects_of)}
                if names:
                    self._load(asking.scratch, names | focus | {_TYPE}, None)

    def _links(self, names: Iterable[bytes]) -> Links:
        found: Links = defaultdict(list)
        named = sorted(names)
        parts = shares(self.blocks, self._processes)
        jobs = [partial(_linked, [block for _, block in part], named) for part in parts]
        for links in each(jobs, self._processes, _no_step):
            for thing, pointing in links.items():
                found[thing] += pointing
        return found

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


def _picked(blocks: Sequence[Block], pattern: re.Pattern[bytes], step: Step) -> bytes:
    """The triples that `pattern` finds, as N-Triples."""
    return b"".join([line + b" .\n" for lines in found_in(blocks, pattern) for line in lines])


def _no_step() -> None:
    """A step of which nobody is told."""


def _linked(blocks: Sequence[Block], names: list[bytes], step: Step) -> Links:
    return links_in(blocks, names)


def _asked_near(plan: Plan, asking: Asking, scratch: Scratch) -> Finds:
    """What the rules find that look no further than some things."""
    asking = replace(asking, scratch=scratch)
    finds: Finds = []
    for near in plan.near:
        things = b" ".join(sorted(near.things)).decode()
        text = asking.filled(near.rule.text, f"VALUES ?this {{ {things} }}")
        finds.append((near.number, [(near.rule, row) for row in scratch.rows(text, near.rule.keys)]))
    return finds
