"""A quad as the engine keeps it: `1.50` becomes `1.5`, `"01"^^xsd:int` the integer 1, `+00:00` a `Z`.

Two quads that were written differently can be one quad of the store. Who counts what changes has to know.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from vakgraaf.rdf.prefixes import PREFIXES

_AS_WRITTEN = {PREFIXES["xsd"] + "string", PREFIXES["rdf"] + "langString", PREFIXES["rdf"] + "dirLangString"}


def as_stored(quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    """The same quads, each as a store gives it back."""
    for quad in quads:
        yield _kept(quad) if _may_differ(quad.object) else quad


def _may_differ(value: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> bool:
    """Whether the engine may write it otherwise: a value of a datatype, also within a triple term."""
    return type(value) is ox.Triple or (type(value) is ox.Literal and value.datatype.value not in _AS_WRITTEN)


def _kept(quad: ox.Quad) -> ox.Quad:
    store = ox.Store()
    store.add(quad)
    found: ox.Quad = next(iter(store))
    return found
