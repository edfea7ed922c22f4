"""What the shapes remark on a graph that conforms: kept beside it in the graph `toetsing`, written with the change."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox

from vakgraaf.engine.ledger import Ledger
from vakgraaf.engine.packaged import REMARKS_GRAPH
from vakgraaf.rdf.names import BASE
from vakgraaf.rdf.prefixes import PREFIXES

UNNAMED_AS = f"{BASE}store?default"
"""How a report says that it is about the unnamed graph."""

_REMARKS = ox.NamedNode(REMARKS_GRAPH)
_ABOUT = ox.NamedNode(PREFIXES["dct"] + "subject")
_RESULT = ox.NamedNode(PREFIXES["sh"] + "result")


def replace(ledger: Ledger, touched: Iterable[str | None], remarks: bytes) -> None:
    """Take out the reports about graphs that a change touches, and put `remarks` (N-Triples) in their place.

    A report says with dct:subject which graph it is about, and points to its results with sh:result.
    """
    store = ledger.store
    old: list[ox.Quad] = []
    if store.contains_named_graph(_REMARKS):
        for graph in touched:
            about = ox.NamedNode(UNNAMED_AS if graph is None else graph)
            for found in store.quads_for_pattern(None, _ABOUT, about, _REMARKS):
                for quad in store.quads_for_pattern(found.subject, None, None, _REMARKS):
                    old.append(quad)
                    if quad.predicate == _RESULT and isinstance(quad.object, ox.NamedNode):
                        old += store.quads_for_pattern(quad.object, None, None, _REMARKS)
    ledger.remove(old)
    new = ox.parse(remarks, ox.RdfFormat.N_TRIPLES)
    ledger.add([ox.Quad(quad.subject, quad.predicate, quad.object, _REMARKS) for quad in new])
