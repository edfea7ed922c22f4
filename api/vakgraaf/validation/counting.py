"""The census of very much data, by several processes, and what the context adds to it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial

from rdflib import RDF, Graph
from rdflib.term import Node

from vakgraaf.engine.scratch import Triple
from vakgraaf.validation.around import written
from vakgraaf.validation.blocks import Block, shares
from vakgraaf.validation.compiled.census import Census, Count
from vakgraaf.validation.compiled.inventory import classes_in
from vakgraaf.validation.compiled.program import Root
from vakgraaf.validation.compiled.trying import Trials
from vakgraaf.validation.compiled.whereabouts import Whereabouts
from vakgraaf.validation.forking import Step, each


def counted(blocks: Sequence[Block], trials: Trials, openings: frozenset[str], processes: int, step: Step) -> Census:
    """The census of all blocks, by their numbers. Raises `SyntaxError` with the line."""
    census = Census(trials, openings)
    jobs = [partial(_count, Census(trials, openings), share) for share in shares(blocks, processes)]
    for count in each(jobs, processes, step):
        census.join(count)
    return census


def _count(census: Census, share: list[tuple[int, Block]], step: Step) -> Count:
    for number, block in share:
        try:
            census.take_in(block.read(), number)
        except SyntaxError as error:
            error.lineno = block.lines_before() + (error.lineno or 1)
            raise
        if census.given_up:
            break
        step()
    return census.told()


class Strangers:
    """Which nodes are in focus by the context alone. To be made before the census knows the context."""

    def __init__(self, census: Census, whereabouts: Whereabouts, context: Graph) -> None:
        self._context = context
        features, kinds = census.codes.features, census.kinds.all
        self._classes = classes_in(features)
        self.said: dict[Node, frozenset[Node] | None] = {}
        """The properties that the data have of a thing in the context; None where they say nothing of it."""
        for subject in context.subjects(unique=True):
            name = written(subject)
            own = [] if name is None else [kinds[number][1] for number in whereabouts.kinds(name)]
            said = frozenset(features[code].predicate for having in own for code, _ in having)
            self.said[subject] = said if own else None

    def of(self, root: Root) -> set[Node]:
        """Those for a root with no `objects_of` but rdf:type: in focus by a triple of the context, none of the data."""
        by_context, by_data = set[Node](), set(root.nodes)
        if root.classes:
            for subject in self._context.subjects(RDF.type):
                (by_context if self.said[subject] is None else by_data).add(subject)
        for predicate in root.subjects_of:
            for subject in self._context.subjects(predicate):
                (by_data if predicate in (self.said[subject] or ()) else by_context).add(subject)
        for predicate in root.objects_of:
            for value in self._context.objects(None, predicate):
                (by_data if value in self._classes else by_context).add(value)
        return by_context - by_data


def fresh_in(context: Graph, strangers: Strangers, about: Callable[[Node], Iterable[Triple]]) -> bytes:
    """What the context says beyond what the data say (`about`) themselves, as N-Triples."""
    fresh = Graph()
    for subject, said in strangers.said.items():
        there = frozenset(() if said is None else about(subject))
        for triple in context.triples((subject, None, None)):
            if triple not in there:
                fresh.add(triple)
    return fresh.serialize(format="nt", encoding="utf-8") if fresh else b""
