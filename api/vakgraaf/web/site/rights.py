"""The rights on what a page shows: what the graphs say that the thing is in, and the thing itself."""

from __future__ import annotations

from vakgraaf.engine import Value
from vakgraaf.rdf import iris
from vakgraaf.web.site.nearby import Nearby

_DERIVED = str(iris.graph("afgeleid"))


def patterns(name: str) -> tuple[str, ...]:
    """What `graphs` and `rights` need to know of the thing called `name`."""
    here = f"{{{name}}}"
    return (
        f"GRAPH ?s {{ {here} rdf:type ?class }} BIND (dct:subject AS ?p) BIND ({here} AS ?o)",
        f"{{ SELECT DISTINCT ?s WHERE {{ GRAPH ?s {{ {here} rdf:type ?class }} }} }} "
        "?s dct:rights ?o BIND (dct:rights AS ?p)",
    )


def graphs(near: Nearby, thing: str) -> tuple[str, ...]:
    """The graphs that a document or a person wrote and that say what the thing is."""
    return tuple(graph for graph in near.pointing(thing, "dct:subject") if graph != _DERIVED)


def rights(near: Nearby, thing: str) -> tuple[Value, ...]:
    """The rights in the language of the page; all that are stated where none is in that language."""
    stated = dict.fromkeys(right for one in (thing, *graphs(near, thing)) for right in near.values(one, "dct:rights"))
    return tuple(right for right in stated if right.language == near.language) or tuple(stated)
