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
from vakgraaf.validation.compiled.kinds import Kind
from vakgraaf.validation.compiled.program import Root
from vakgraaf.validation.compiled.scanning import scan
from vakgraaf.validation.compiled.survey import Survey
from vakgraaf.validation.compiled.trying import Trials
from vakgraaf.validation.forking import Step, each


def counted(
    blocks: Sequence[Block],
    trials: Trials,
    openings: frozenset[str],
    parts: frozenset[bytes],
    processes: int,
    step: Step,
) -> tuple[Census, Survey]:
    """The census of all blocks, by their numbers, and the survey. Raises `SyntaxError` with the line."""
    census, survey = Census(trials, openings, parts=parts), Survey()
    empty = partial(Census, trials, openings, strict=True, parts=parts)
    jobs = [partial(_count, empty(), share) for share in shares(blocks, processes)]
    for count, seen in each(jobs, processes, step):
        census.join(count)
        survey.join(seen)
    return census, survey


def _count(census: Census, share: list[tuple[int, Block]], step: Step) -> tuple[Count, Survey]:
    survey = Survey()
    for number, block in share:
        content = block.read()
        try:
            found = census.lines(content)
        except SyntaxError as error:
            error.lineno = block.lines_before() + (error.lineno or 1)
            raise
        if census.given_up:
            break
        census.take_in(found, number)
        scan(found, survey)
        step()
    return census.told(), survey


class Strangers:
    """Which nodes are in focus by the context alone. To be made before the census knows the context."""

    def __init__(self, census: Census, context: Graph) -> None:
        self._context = context
        self._classes = census.classes()
        self.kinds: dict[Node, Kind | None] = {}
        for subject in context.subjects(unique=True):
            name = written(subject)
            self.kinds[subject] = None if name is None else census.kind_of(name)

    def of(self, root: Root) -> set[Node]:
        """Those for a root with no `objects_of` but rdf:type: in focus by a triple of the context, none of the data."""
        by_context, by_data = set[Node](), set(root.nodes)
        if root.classes:
            for subject in self._context.subjects(RDF.type):
                (by_context if self.kinds[subject] is None else by_data).add(subject)
        for predicate in root.subjects_of:
            for subject in self._context.subjects(predicate):
                kind = self.kinds[subject]
                (by_context if kind is None or predicate not in kind.values else by_data).add(subject)
        for predicate in root.objects_of:
            for value in self._context.objects(None, predicate):
                (by_data if value in self._classes else by_context).add(value)
        return by_context - by_data


def take_in_context(
    census: Census, survey: Survey, context: Graph, strangers: Strangers, about: Callable[[Node], Iterable[Triple]]
) -> None:
    """Count the context too, but for what the data say (`about`) themselves."""
    fresh = Graph()
    for subject, kind in strangers.kinds.items():
        there = frozenset(() if kind is None else about(subject))
        for triple in context.triples((subject, None, None)):
            if triple not in there:
                fresh.add(triple)
    census.take_in(census.lines(fresh.serialize(format="nt", encoding="utf-8")))
    survey.take_in(context)
