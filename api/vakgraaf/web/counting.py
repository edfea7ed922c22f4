"""The numbers of what is in the store: those that the engine knows, else asked for."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from vakgraaf.engine import PROLOGUE, Engine, select
from vakgraaf.rdf import iris

_DESCRIPTION = str(iris.graph("beschrijving"))
_CLASSES = """
SELECT ?name (COUNT(?s) AS ?n) WHERE { { SELECT DISTINCT ?s ?name WHERE { ?s a ?name } } } GROUP BY ?name"""
_GRAPHS = "SELECT ?name (COUNT(*) AS ?n) WHERE { GRAPH ?name { ?s ?p ?o } } GROUP BY ?name"

Counts = Mapping[str, Mapping[str, int]]


async def counted(engine: Engine) -> Counts:
    """Numbers by "graphs" (triples) and "classes" (things), and those of the "whole" where the engine keeps count.

    A store that another server holds is asked, and so is one that was written before numbers were kept.
    """
    known = engine.info.counts
    if known:
        return known
    classes, graphs = await asyncio.gather(*(select(engine, PROLOGUE + query) for query in (_CLASSES, _GRAPHS)))
    found = {
        what: {row["name"].text: int(row["n"].text) for row in rows if "name" in row}
        for what, rows in (("classes", classes), ("graphs", graphs))
    }
    found["graphs"].pop(_DESCRIPTION, None)
    return found
