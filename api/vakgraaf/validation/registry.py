"""Hold very much at once against the packaged shapes: a whole registry, as N-Triples or N-Quads.

It is judged in parts (`divided`). Data in an unusual way of writing are all put in one store, of which every rule is
asked. The context is added after the data, and what is in focus by the context alone is left out of the report.
"""

from __future__ import annotations

import logging
import os
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache

from rdflib import RDF, Graph
from rdflib.term import Node

from vakgraaf.engine.scratch import Row, Scratch, Triple, graph_of, written_literals
from vakgraaf.validation.blocks import Content, ends
from vakgraaf.validation.compiled.judging import Asking, everywhere, write_down
from vakgraaf.validation.compiled.program import Root
from vakgraaf.validation.compiled.refusal import Refused
from vakgraaf.validation.compiled.rules import Rule
from vakgraaf.validation.compiled.survey import Survey
from vakgraaf.validation.compiled.trying import Trials, trials_of
from vakgraaf.validation.reference import judge_by_reference
from vakgraaf.validation.report import Report
from vakgraaf.validation.results import build_report
from vakgraaf.validation.shapes import packaged_context, packaged_shapes
from vakgraaf.validation.validate import packaged_roots

_PIECE_BYTES = 8 * 1024 * 1024
_ODD_TAG = re.compile(rb'"@([A-Za-z0-9-]*[A-Z][A-Za-z0-9-]*)')
"""A language that the store writes otherwise, and its parser too."""
_LOG = logging.getLogger(__name__)

Progress = Callable[[int, int], None]
"""Told how many of how many steps are done: each piece that is read, and each shape that is asked.

The number of steps grows where data turn out, while they are read in parts, to be in an unusual way of writing."""


def validate_registry(
    contents: Sequence[Content],
    context: Graph | None = None,
    progress: Progress | None = None,
    processes: int | None = None,
) -> Report:
    """The report of `validate` on all `contents` (N-Triples or N-Quads) together, as one graph.

    `context` is by default the packaged ontology and reference data, and there are as many `processes` as processors.
    Raises `SyntaxError`, `InputError`.
    """
    context = packaged_context() if context is None else context
    told = _Told(progress)
    report = _in_parts(contents, context, told, processes or os.cpu_count() or 1)
    return _as_one(contents, context, told) if report is None else report


def _in_parts(contents: Sequence[Content], context: Graph, told: _Told, processes: int) -> Report | None:
    """The report by processes that each know a part; None where that cannot be."""
    from vakgraaf.validation.divided import Divided  # with numpy, which whoever judges little does not need

    roots, shapes = packaged_roots(), packaged_shapes()
    divided = Divided(contents, context, processes)
    told.expect(len(divided.blocks) - 1 + len(roots))
    raw = divided.judge(shapes, roots, packaged_trials(), told.step)
    if raw is None:
        return None
    if divided.left:
        raw += _by_reference(contents, context, divided.left)
    return divided.report(raw, shapes)


def _as_one(contents: Sequence[Content], context: Graph, told: _Told) -> Report:
    """The report with all data in one store, of which every rule is asked."""
    roots, shapes = packaged_roots(), packaged_shapes()
    told.expect(sum(1 for content in contents for _ in ends(content, _PIECE_BYTES)) + len(roots))
    scratch, survey = Scratch(), Survey()
    for content in contents:
        _read(content, scratch, survey, told)
    outside = _Outside(scratch, list(context))
    scratch.add(context)
    survey.take_in(context)
    asking, odd = Asking(scratch, survey.ill), frozenset(survey.odd)
    raw, left = Graph(), []
    # The store answers outside the interpreter's lock, so two questions at once take the time of one.
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        answers = threads.map(lambda root: _found(asking, root, odd, outside), roots)
        for root, found in zip(roots, answers, strict=True):
            if isinstance(found, Refused):
                _LOG.debug("%s goes to pySHACL: %s", root.shape, found)
                left.append(root)
            else:
                write_down(raw, shapes, found)
            told.step()
    if left:
        raw += _by_reference(contents, context, left)
    return build_report(raw, shapes, scratch.graph())


def _read(content: Content, scratch: Scratch, survey: Survey, told: _Told) -> None:
    """Read all of a content, a piece at a time. Raises `SyntaxError` with the line in the whole."""
    lines = 0
    for start, end in ends(content, _PIECE_BYTES):
        piece = content[start:end]
        try:
            scratch.load(piece)
        except SyntaxError as error:
            error.lineno = lines + (error.lineno or 1)
            raise
        tags = {tag.decode().lower() for tag in _ODD_TAG.findall(piece)}
        for predicate, literal in written_literals(piece):
            survey.look_at(predicate, literal)
            if literal.language in tags:
                survey.odd.add(predicate)
        lines += piece.count(b"\n")
        told.step()


def _found(asking: Asking, root: Root, odd: frozenset[Node], outside: _Outside) -> list[tuple[Rule, Row]] | Refused:
    """What the rules of a root find; or why they cannot be asked."""
    strangers = outside.of(root)
    try:
        root.refuse(odd)
        target = everywhere(root, asking.subclasses)
        found = asking.found(root, lambda rule: target)
    except Refused as refusal:
        return refusal
    return [(rule, row) for rule, row in found if rule.this(row) not in strangers]


def _by_reference(contents: Sequence[Content], context: Graph, left: Iterable[Root]) -> Graph:
    """pySHACL's report on what is left: right, and slow where there is much."""
    data = Graph()
    for content in contents:
        data += graph_of(content[:])
    only = frozenset(root.shape for root in left)
    return judge_by_reference(data, packaged_shapes(), context, only)[0]


@cache
def packaged_trials() -> Trials:
    """What the packaged shapes ask of values by themselves, once a process."""
    return trials_of(packaged_shapes())


class _Outside:
    """Which nodes only the context puts in focus. To be made before the context is in the store."""

    def __init__(self, scratch: Scratch, context: list[Triple]) -> None:
        self._typed: dict[bool, set[Node]] = defaultdict(set)
        self._subjects: dict[tuple[Node, bool], set[Node]] = defaultdict(set)
        self._objects: dict[tuple[Node, bool], set[Node]] = defaultdict(set)
        for subject, predicate, value in context:
            if predicate == RDF.type:
                self._typed[_any(scratch.triples(subject, None, None))].add(subject)
            self._subjects[predicate, _any(scratch.triples(subject, predicate, None))].add(subject)
            self._objects[predicate, _any(scratch.triples(None, predicate, value))].add(value)

    def of(self, root: Root) -> set[Node]:
        """Those for a root: in focus by a triple of the context, and by none of the data."""
        by_context, by_data = set[Node](), set(root.nodes)
        for in_data, found in ((False, by_context), (True, by_data)):
            if root.classes:
                found |= self._typed[in_data]
            for predicate in root.subjects_of:
                found |= self._subjects[predicate, in_data]
            for predicate in root.objects_of:
                found |= self._objects[predicate, in_data]
        return by_context - by_data


class _Told:
    """Counts the steps of one judgement, which are more where it has to begin anew."""

    def __init__(self, progress: Progress | None) -> None:
        self._progress, self._steps, self._done = progress, 0, 0

    def expect(self, steps: int) -> None:
        """So many are still to come."""
        self._steps = self._done + steps

    def step(self) -> None:
        self._done += 1
        if self._progress is not None:
            self._progress(self._done, self._steps)


def _any(triples: Iterator[Triple]) -> bool:
    return next(triples, None) is not None
