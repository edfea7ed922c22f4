"""Hold a graph against shapes: by queries where a shape can be said in them (`compiled`), by pySHACL where not.

Both give the same results; which of the two judged a shape is not to be seen in the report. Messages are taken from
the shapes themselves and filled in afterwards: pySHACL loses the language of those of SPARQL constraints, and a
backslash in a value breaks its filling of `{?value}`.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from functools import cache

from rdflib import Dataset, Graph
from rdflib.graph import ReadOnlyGraphAggregate

from vakgraaf.engine.scratch import Scratch, Triple, quads
from vakgraaf.rdf.prefixes import empty_graph
from vakgraaf.validation.compiled.judging import Asking, write_down
from vakgraaf.validation.compiled.program import Focus, Root, compile_shapes
from vakgraaf.validation.compiled.refusal import Refused
from vakgraaf.validation.compiled.survey import Survey
from vakgraaf.validation.reference import judge_by_reference
from vakgraaf.validation.report import Report
from vakgraaf.validation.results import build_report
from vakgraaf.validation.shapes import packaged_context, packaged_shapes
from vakgraaf.validation.surroundings import Surroundings

_LOG = logging.getLogger(__name__)


def validate(data: Graph, shapes: Graph | None = None, context: Graph | None = None) -> Report:
    """Hold `data` against `shapes` and report what they say about it; none of the graphs is changed.

    Without `shapes` the packaged ones are used, and then, without `context`, the packaged ontology and
    reference data. With a context (subclasses, the competence model, the rest of the store) only nodes of
    `data` are judged; without one, SHACL §3.4 as it stands. Imports are not followed and nothing is
    fetched. Raises `InputError` where the shapes cannot be used: ill-formed, a SPARQL constraint that does
    not parse or is forbidden, a failure.
    """
    data, shapes, context = _given(data, shapes, context)
    packaged = shapes is packaged_shapes()
    raw = Graph()
    left = _ask(raw, packaged_roots() if packaged else compile_shapes(shapes), data, shapes, context)
    if left:
        raw += judge_by_reference(data, shapes, context, frozenset(root.shape for root in left))[0]
    elif not packaged:
        judge_by_reference(Graph(), shapes, Graph())  # which tells whether they are well-formed
    known = data if context is None else ReadOnlyGraphAggregate([data, context])
    return build_report(raw, shapes, known)


def validate_by_reference(data: Graph, shapes: Graph | None = None, context: Graph | None = None) -> Report:
    """As `validate`, by pySHACL alone: what the queries are held against."""
    data, shapes, context = _given(data, shapes, context)
    raw, judged = judge_by_reference(data, shapes, context)
    return build_report(raw, shapes, judged)


@cache
def packaged_roots() -> tuple[Root, ...]:
    """The packaged shapes, compiled once a process."""
    return compile_shapes(packaged_shapes())


def _given(data: Graph, shapes: Graph | None, context: Graph | None) -> tuple[Graph, Graph, Graph | None]:
    if context is None and shapes is None:
        context = packaged_context()
    shapes = packaged_shapes() if shapes is None else _flat(shapes)
    return _flat(data), shapes, None if context is None else _flat(context)


def _flat(graph: Graph) -> Graph:
    """A dataset as one graph, the union of all its graphs; a plain graph as it is."""
    if not isinstance(graph, Dataset):
        return graph
    union = empty_graph()
    for subject, predicate, value, _ in graph.quads():
        union.add((subject, predicate, value))
    return union


def _ask(raw: Graph, roots: Sequence[Root], data: Graph, shapes: Graph, context: Graph | None) -> list[Root]:
    """Write into `raw` what the queries find; the shapes that are left for pySHACL, as far as they have a focus."""
    judged, around = list(data), list(_parts(context))
    known = [triple for part in around for triple in part.triples]
    scratch, survey, focus = Scratch(), Survey(), Focus(judged, known)
    scratch.add(judged)
    survey.take_in(judged)
    for part in around:
        scratch.add_quads(part.quads)
        survey.join(part.survey)
    asking = Asking(scratch, survey.ill, frozenset(predicate for _, predicate, _ in (*judged, *known)))
    odd, left = frozenset(survey.odd), []
    for number, root in enumerate(roots):
        nodes = focus.of(root)
        if not nodes:
            continue
        name = f"urn:x-vakgraaf:root:{number}"
        scratch.mark(name, nodes)
        try:
            root.refuse(odd)
            found = asking.found(root, dict.fromkeys(root.rules, scratch.marked(name, "this")).get)
        except Refused as refusal:
            _LOG.debug("%s goes to pySHACL: %s", root.shape, refusal)
            left.append(root)
            continue
        write_down(raw, shapes, found)
    return left


def _parts(context: Graph | None) -> Iterator[_Part]:
    """A context in parts, of which the packaged one was made ready before."""
    if isinstance(context, Surroundings) or context is packaged_context():
        yield _packaged_part()
    if isinstance(context, Surroundings):
        yield _Part(list(context.found))
    elif context is not None and context is not packaged_context():
        yield _Part(list(context))


class _Part:
    """Triples, and what has to be known of them before they are asked."""

    def __init__(self, triples: list[Triple]) -> None:
        self.triples, self.quads, self.survey = triples, quads(triples), Survey()
        self.survey.take_in(triples)


@cache
def _packaged_part() -> _Part:
    return _Part(list(packaged_context()))
