"""Counting what the planner wants to know of a store."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

import pyoxigraph as ox

from vakgraaf.engine.replica import Replica
from vakgraaf.sparql.statistics import RDF_TYPE, Counts, Statistics

_PREDICATES = "SELECT ?p (COUNT(*) AS ?triples) WHERE { ?s ?p ?o } GROUP BY ?p"
_SUBJECTS = "SELECT (COUNT(DISTINCT ?s) AS ?n) WHERE { ?s ?p ?o }"
_ENDS = "SELECT (COUNT(DISTINCT ?s) AS ?subjects) (COUNT(DISTINCT ?o) AS ?objects) WHERE { ?s <%s> ?o }"
_CLASSES = f"SELECT ?c (COUNT(*) AS ?n) WHERE {{ ?s <{RDF_TYPE}> ?c }} GROUP BY ?c"


def measure(store: ox.Store, *, union: bool = False) -> Statistics:
    """Count the default graph of `store`; with `union` all named graphs together."""

    def rows(query: str) -> list[list[str]]:
        found = store.query(query, use_default_graph_as_union=union)
        assert isinstance(found, ox.QuerySolutions)
        return [[term.value for term in row if term is not None and not isinstance(term, ox.Triple)] for row in found]

    predicates = {}
    for iri, triples in rows(_PREDICATES):
        ((subjects, objects),) = rows(_ENDS % iri)
        predicates[iri] = Counts(int(triples), int(subjects), int(objects))
    ((subjects,),) = rows(_SUBJECTS)
    classes = {iri: int(n) for iri, n in rows(_CLASSES)}
    total = sum(counts.triples for counts in predicates.values())
    return Statistics(total, int(subjects), MappingProxyType(predicates), MappingProxyType(classes))


def counted(replica: Replica, changed: int = 0) -> Replica:
    """The replica with statistics, after so many quads changed; counted again when that is a quarter of it all."""
    drift = replica.drift + changed
    known = replica.statistics
    if known is not None and 4 * drift <= known.total:
        return replace(replica, drift=drift)
    return replace(replica, statistics=measure(replica.merge), drift=0)
