"""What the planner wants to know of a store: counted where the data are in memory.

Data that are read from disk are not counted when a server starts, which would take long. What was counted for the
description of the store, when it was written, does as well; it is kept in a file beside the store.
"""

from __future__ import annotations

import uuid
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import pyoxigraph as ox

from vakgraaf.engine.replica import Replica
from vakgraaf.sparql.statistics import RDF_TYPE, Counts, Statistics

_PREDICATES = "SELECT ?p (COUNT(*) AS ?triples) WHERE { ?s ?p ?o } GROUP BY ?p"
_SUBJECTS = "SELECT (COUNT(DISTINCT ?s) AS ?n) WHERE { ?s ?p ?o }"
_ENDS = "SELECT (COUNT(DISTINCT ?s) AS ?subjects) (COUNT(DISTINCT ?o) AS ?objects) WHERE { ?s <%s> ?o }"
_GRAPHS = "SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"
_CLASSES = f"SELECT ?c (COUNT(*) AS ?n) WHERE {{ ?s <{RDF_TYPE}> ?c }} GROUP BY ?c"


def measure(store: ox.Store, named: ox.Store | None = None) -> Statistics:
    """Count the default graph of `store`, and the graphs of `named`, which is the same store where it is not given."""
    predicates = {}
    for iri, triples in _rows(store, _PREDICATES):
        ((subjects, objects),) = _rows(store, _ENDS % iri)
        predicates[iri] = Counts(int(triples), int(subjects), int(objects))
    ((subjects,),) = _rows(store, _SUBJECTS)
    classes = {iri: int(n) for iri, n in _rows(store, _CLASSES)}
    graphs = {iri: int(n) for iri, n in _rows(store if named is None else named, _GRAPHS)}
    total = sum(counts.triples for counts in predicates.values())
    return Statistics(total, int(subjects), MappingProxyType(predicates), MappingProxyType(classes), graphs)


def _rows(store: ox.Store, query: str) -> list[list[str]]:
    found = store.query(query)
    assert isinstance(found, ox.QuerySolutions)
    return [[term.value for term in row if term is not None and not isinstance(term, ox.Triple)] for row in found]


def counted(replica: Replica, changed: int = 0) -> Replica:
    """The replica with statistics, after so many quads changed; counted again when that is a quarter of it all."""
    drift = replica.drift + changed
    known = replica.statistics
    if known is not None and 4 * drift <= known.total:
        return replace(replica, drift=drift)
    return replace(replica, statistics=measure(replica.merge, replica.store), drift=0)


def keep(path: Path, text: str) -> None:
    """Keep statistics (as `Statistics.to_json` writes them), in one step."""
    draft = path.with_name(f"{path.name}.{uuid.uuid4().hex}")
    draft.write_text(text, "utf-8")
    draft.replace(path)


def kept(path: Path) -> Statistics | None:
    """The statistics that were kept last, perhaps of an earlier version: they are a hint. None where there are none."""
    try:
        return Statistics.from_json(path.read_text("utf-8"))
    except (OSError, ValueError, TypeError):
        return None
