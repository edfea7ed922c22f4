"""Hold very much at once against the packaged shapes: a whole registry, as N-Triples or N-Quads.

What is large is judged in parts (`divided`). Else nothing is made of it but the store that is asked. The context is
added after the data, and what is in focus by the context alone is left out of the report.
"""

from __future__ import annotations

import logging
import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache

from rdflib import RDF, Graph
from rdflib.term import Node

from vakgraaf.engine.scratch import Row, Scratch, Triple, graph_of, written_literals
from vakgraaf.validation.blocks import Content, ends
from vakgraaf.validation.compiled.census import Census
from vakgraaf.validation.compiled.certainty import Certainty
from vakgraaf.validation.compiled.judging import Asking, everywhere, write_down
from vakgraaf.validation.compiled.narrowing import Narrowing
from vakgraaf.validation.compiled.program import Root, openings_of
from vakgraaf.validation.compiled.refusal import Refused
from vakgraaf.validation.compiled.rules import Rule
from vakgraaf.validation.compiled.scanning import scan
from vakgraaf.validation.compiled.survey import Survey
from vakgraaf.validation.compiled.trying import Trials, trials_of
from vakgraaf.validation.divided import Divided
from vakgraaf.validation.reference import judge_by_reference
from vakgraaf.validation.report import Report
from vakgraaf.validation.results import build_report
from vakgraaf.validation.shapes import packaged_context, packaged_shapes
from vakgraaf.validation.validate import packaged_roots

_PIECE_BYTES = 8 * 1024 * 1024
_DIVIDED_BYTES = 1024**3
"""From here on it is divided over processes: with two processors that takes as long, but less memory."""
_LOG = logging.getLogger(__name__)

Progress = Callable[[int, int], None]
"""Told how many of how many steps are done: each piece that is read, and each shape that is asked."""


def validate_registry(
    contents: Sequence[Content],
    context: Graph | None = None,
    progress: Progress | None = None,
    processes: int | None = None,
) -> Report:
    """The report of `validate` on all `contents` (N-Triples or N-Quads) together, as one graph.

    `context` is by default the packaged ontology and reference data. With so many `processes` the work is divided
    (`divided`), which is what happens by itself from a gigabyte on. Raises `SyntaxError`, `InputError`.
    """
    context = packaged_context() if context is None else context
    if processes is None and sum(len(content) for content in contents) >= _DIVIDED_BYTES:
        processes = os.cpu_count() or 1
    if processes is not None:
        report = _in_parts(contents, context, progress, processes)
        if report is not None:
            return report
    return _as_one(contents, context, progress)


def _in_parts(contents: Sequence[Content], context: Graph, progress: Progress | None, processes: int) -> Report | None:
    """The report by processes that each know a part; None where that cannot be."""
    roots, shapes = packaged_roots(), packaged_shapes()
    divided = Divided(contents, context, processes)
    told = _Told(progress, len(divided.blocks) - 1 + len(roots))
    raw = divided.judge(shapes, roots, packaged_trials(), told.step)
    if raw is None:
        return None
    if divided.left:
        raw += _by_reference(contents, context, divided.left)
    return divided.report(raw, shapes)


def _as_one(contents: Sequence[Content], context: Graph, progress: Progress | None) -> Report:
    """The report with all data in one store."""
    roots, shapes = packaged_roots(), packaged_shapes()
    told = _Told(progress, sum(1 for content in contents for _ in ends(content, _PIECE_BYTES)) + len(roots))
    scratch, survey, census = Scratch(), Survey(), Census(packaged_trials(), openings_of(roots))
    _read(contents, scratch, survey, census, told)
    outside = _Outside(scratch, list(context))
    fresh = Graph()  # what is in both is counted once
    for triple in context:
        if not _any(scratch.triples(*triple)):
            fresh.add(triple)
    census.take_in(census.lines(fresh.serialize(format="nt", encoding="utf-8")))
    scratch.add(context)
    survey.take_in(context)
    asking, odd = Asking(scratch, survey.ill, census.properties), frozenset(survey.odd)
    narrowing = Narrowing(scratch, Certainty(shapes, census, survey.ill, asking.subclasses))
    raw, left = Graph(), []
    # The store answers outside the interpreter's lock, so two questions at once take the time of one.
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        answers = threads.map(lambda root: _found(asking, root, odd, outside, narrowing), roots)
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


def _read(contents: Sequence[Content], scratch: Scratch, survey: Survey, census: Census, told: _Told) -> None:
    """Read all contents, a piece at a time; once the census has been given up, only into the store."""
    for content in contents:
        spans = list(ends(content, _PIECE_BYTES))
        counted = _counted(content, spans, scratch, survey, census, told)
        lines = sum(content[start:end].count(b"\n") for start, end in spans[:counted]) if counted < len(spans) else 0
        for start, end in spans[counted:]:
            piece = content[start:end]
            _load(scratch, piece, lines)
            for predicate, literal in written_literals(piece):
                survey.look_at(predicate, literal)
            lines += piece.count(b"\n")
            told.step()


def _counted(
    content: Content,
    spans: Sequence[tuple[int, int]],
    scratch: Scratch,
    survey: Survey,
    census: Census,
    told: _Told,
) -> int:
    """Read pieces as far as the census has them all: while the store takes one in, the next is looked at."""
    with scratch.loading() as load:
        for number, (start, end) in enumerate(spans):
            found = census.lines(content[start:end])
            if census.given_up:
                return number
            # Without their graphs, as `Scratch.load` has them.
            load(b" .\n".join([line[0] for line in found]) + b" .\n")
            scan(found, survey)
            census.take_in(found)
            told.step()
    return len(spans)


def _load(scratch: Scratch, piece: bytes, lines: int) -> None:
    """Load what comes after so many lines. Raises `SyntaxError` with the line in the whole."""
    try:
        scratch.load(piece)
    except SyntaxError as error:
        error.lineno = lines + (error.lineno or 1)
        raise


def _found(
    asking: Asking, root: Root, odd: frozenset[Node], outside: _Outside, narrowing: Narrowing
) -> list[tuple[Rule, Row]] | Refused:
    """What the rules of a root find; or why they cannot be asked."""
    strangers = outside.of(root)
    try:
        root.refuse(odd)
        target = everywhere(root, asking.subclasses, narrowing.classes)
        found = asking.found(root, narrowing.target(root, target))
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
    def __init__(self, progress: Progress | None, steps: int) -> None:
        self._progress, self._steps, self._done = progress, steps, 0

    def step(self) -> None:
        self._done += 1
        if self._progress is not None:
            self._progress(self._done, self._steps)


def _any(triples: Iterator[Triple]) -> bool:
    return next(triples, None) is not None
