"""pySHACL, the reference engine: this module sees to speed, context and safety.

Two things that pySHACL leaves to its caller:

- rdflib parses the text of a SPARQL constraint again for every focus node, which is most of the time spent.
  pySHACL asks through `Graph.query`, so a graph that remembers what was parsed (`_Judged`) is all it takes:
  nothing is patched, nothing is shared between threads.
- A mixed graph judges everything in it. Here the context only answers look-ups: in a copy of the shapes every
  target is written out as the nodes of `data` that it selects, so nothing else is ever in focus.

`pyshacl.Validator` is called rather than `pyshacl.validate`: the latter switches rdflib's literal
normalisation for the whole process while it runs, which any other thread that parses RDF at that moment
would notice.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from rdflib import SH, Graph, Literal
from rdflib.query import Result as Answer
from rdflib.term import Node

from vakgraaf.errors import InputError
from vakgraaf.validation.compiled.survey import ill_typed
from vakgraaf.validation.expressions import RAISED
from vakgraaf.validation.queries import QueryError, prepared
from vakgraaf.validation.report import shortened
from vakgraaf.validation.shapes import aim, implicit_classes, untyped, working_copy
from vakgraaf.validation.terms import identifier, literal_text

if TYPE_CHECKING:
    from rdflib.plugins.sparql.sparql import Query

_LOG = logging.getLogger(__name__)
_LOG.addHandler(logging.NullHandler())
_MOST_SUSPECTS = 3
_TARGETS = (SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf, SH.targetNode)


def judge_by_reference(
    data: Graph, shapes: Graph, context: Graph | None, only: frozenset[Node] | None = None
) -> tuple[Graph, Graph]:
    """pySHACL's own report, and the graph that it judged: data and context together.

    With `only`, no other shape looks for nodes of its own. Raises `InputError` for every way in which pySHACL
    refuses a shapes graph, and where it breaks down on a value in the data (a failure, SHACL §3.4).
    """
    judged = _Judged()
    for part in (data, context) if context is not None else (data,):
        for triple in part:
            judged.add(triple)
    working = working_copy(shapes)
    if context is not None:
        aim(working, data, judged)
    if only is not None:
        _leave(working, only)
    return _judge(judged, working), judged


def _leave(shapes: Graph, only: frozenset[Node]) -> None:
    for target in _TARGETS:
        for shape in set(shapes.subjects(target)) - only:
            shapes.remove((shape, target, None))
    # A class that is its own shape is judged as such wherever it is: with its type it loses its instances.
    for shape in implicit_classes(shapes) - only:
        untyped(shapes, shape)


def _judge(judged: Graph, shapes: Graph) -> Graph:
    # Here, not above: what is judged by queries alone need not wait for it.
    from pyshacl import Validator
    from pyshacl.errors import ReportableRuntimeError
    from pyshacl.graph_abstraction import DataGraph
    from rdflib.plugins.sparql.sparql import SPARQLError

    options = {"logger": _LOG, "inference": "none"}
    data = DataGraph.from_rdflib_graph(judged)
    try:
        validator: Any = Validator(data, shacl_graph=shapes, options=options)
        _, report, _ = validator.run()
    except (ReportableRuntimeError, NotImplementedError, QueryError) as problem:
        raise InputError(
            f"Met deze SHACL-vormen kan niet gevalideerd worden: {problem}",
            f"These SHACL shapes cannot be used for validation: {problem}",
        ) from problem
    except (*RAISED, SPARQLError) as problem:
        raise _broken_down(judged, problem) from problem
    assert isinstance(report, Graph)
    return report


def _broken_down(judged: Graph, problem: Exception) -> InputError:
    """What to say where a rule cannot cope with some value; which one, rdflib does not tell."""
    suspects = "; ".join(sorted(_unfit(judged))[:_MOST_SUSPECTS])
    return InputError(
        "Deze gegevens kunnen niet getoetst worden: een regel loopt vast op een waarde waarmee niet gerekend of "
        f"vergeleken kan worden ({type(problem).__name__}). Verbeter die waarde"
        f"{f' (misschien: {suspects})' if suspects else ''}, of laat de regel zulke waarden overslaan.",
        "This data cannot be judged: a rule breaks down on a value that cannot be calculated with or compared "
        f"({type(problem).__name__}). Mend that value{f' (perhaps: {suspects})' if suspects else ''}, or let the rule "
        "pass over such values.",
    )


def _unfit(judged: Graph) -> Iterator[str]:
    """The values that do not fit their datatype or are no number, with their thing and property."""
    for subject, predicate, value in judged:
        if isinstance(value, Literal) and (ill_typed(value) or _is_no_number(value)):
            thing, name = (shortened(identifier(node)) for node in (subject, predicate))
            yield f"{literal_text(value)} ({thing}, {name})"


def _is_no_number(value: Literal) -> bool:
    return isinstance(value.value, float | Decimal) and Decimal(value.value).is_nan()


class _Judged(Graph):
    """A graph that knows again what it was asked before, so that rdflib does not parse the question anew."""

    def query(
        self,
        query_object: str | Query,
        processor: Any = "sparql",
        result: Any = "sparql",
        initNs: Mapping[str, Any] | None = None,  # noqa: N803  # rdflib's name
        initBindings: Mapping[str, Any] | None = None,  # noqa: N803  # rdflib's name
        use_store_provided: bool = True,
        **kwargs: Any,
    ) -> Answer:
        """As `rdflib.Graph.query`, for texts that declare their own prefixes; raises `QueryError`."""
        query = prepared(query_object) if isinstance(query_object, str) else query_object
        return super().query(query, processor, result, initNs, initBindings, use_store_provided, **kwargs)
