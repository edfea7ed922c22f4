"""The rights in what follows: it repeats texts of the other graphs, so the rights in those hold for it as well."""

from __future__ import annotations

import pyoxigraph as ox

from vakgraaf.engine.packaged import DERIVED_GRAPH
from vakgraaf.rdf.prefixes import PREFIXES

RIGHTS = ox.NamedNode(PREFIXES["dct"] + "rights")

_DERIVED = ox.NamedNode(DERIVED_GRAPH)


def known_rights(store: ox.Store) -> set[ox.Quad]:
    """What the derived graph says of the rights in it."""
    return set(store.quads_for_pattern(_DERIVED, RIGHTS, None, _DERIVED))


def repeated_rights(store: ox.Store) -> set[ox.Quad]:
    """What it should say: what every other graph says of itself."""
    found = store.quads_for_pattern(None, RIGHTS, None, None)
    own = (quad for quad in found if quad.subject == quad.graph_name != _DERIVED)
    return {ox.Quad(_DERIVED, RIGHTS, quad.object, _DERIVED) for quad in own}
