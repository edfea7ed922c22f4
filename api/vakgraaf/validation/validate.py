"""Hold a graph against shapes: pySHACL does the judging, this module sees to speed, context and language.

Three things that pySHACL leaves to its caller:

- rdflib parses the text of a SPARQL constraint again for every focus node, which is most of the time spent.
  pySHACL asks through `Graph.query`, so a graph that remembers what was parsed (`_Judged`) is all it takes:
  nothing is patched, nothing is shared between threads.
- A mixed graph judges everything in it. Here the context only answers look-ups: in a copy of the shapes every
  target is written out as the nodes of `data` that it selects, so nothing else is ever in focus.
- Messages of SPARQL constraints lose their language, and a backslash in a value breaks the filling of
  `{?value}`. Messages are therefore taken from the shapes themselves and filled in afterwards.

`pyshacl.Validator` is called rather than `pyshacl.validate`: the latter switches rdflib's literal
normalisation for the whole process while it runs, which any other thread that parses RDF at that moment
would notice.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from pyshacl import Validator
from pyshacl.errors import ReportableRuntimeError
from pyshacl.graph_abstraction import DataGraph
from rdflib import Dataset, Graph
from rdflib.plugins.sparql.sparql import Query
from rdflib.query import Result as Answer

from vakgraaf.errors import InputError
from vakgraaf.rdf.prefixes import empty_graph
from vakgraaf.validation.queries import QueryError, prepared
from vakgraaf.validation.report import Report
from vakgraaf.validation.results import build_report
from vakgraaf.validation.shapes import aim, packaged_context, packaged_shapes, working_copy

_LOG = logging.getLogger(__name__)
_LOG.addHandler(logging.NullHandler())


def validate(data: Graph, shapes: Graph | None = None, context: Graph | None = None) -> Report:
    """Hold `data` against `shapes` and report what they say about it; none of the graphs is changed.

    Without `shapes` the packaged ones are used, and then, without `context`, the packaged ontology and
    reference data. With a context (subclasses, the competence model, the rest of the store) only nodes of
    `data` are judged; without one, SHACL §3.4 as it stands. Imports are not followed and nothing is
    fetched. Raises `InputError` where the shapes cannot be used: ill-formed, a SPARQL constraint that does
    not parse or is forbidden, a failure.
    """
    if context is None and shapes is None:
        context = packaged_context()
    shapes = packaged_shapes() if shapes is None else _flat(shapes)
    data = _flat(data)
    judged = _Judged()
    for part in (data, context) if context is not None else (data,):
        for triple in _flat(part):
            judged.add(triple)
    working = working_copy(shapes)
    if context is not None:
        aim(working, data, judged)
    return build_report(_judge(judged, working), shapes, judged)


def _flat(graph: Graph) -> Graph:
    """A dataset as one graph, the union of all its graphs; a plain graph as it is."""
    if not isinstance(graph, Dataset):
        return graph
    union = empty_graph()
    for subject, predicate, value, _ in graph.quads():
        union.add((subject, predicate, value))
    return union


def _judge(judged: Graph, shapes: Graph) -> Graph:
    """pySHACL's own report; raises `InputError` for every way in which it refuses a shapes graph."""
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
    assert isinstance(report, Graph)
    return report


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
