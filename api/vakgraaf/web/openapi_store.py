"""What OpenAPI says of the graph store, at its own address (with `WHICH`) and at that of a graph."""

from __future__ import annotations

from vakgraaf.errors import UnknownThing
from vakgraaf.rdf.formats import RDF_FORMATS
from vakgraaf.web.openapi import Described, content, operation
from vakgraaf.web.parameters import DEFAULT, FORMAT, GRAPH, NO_VALIDATE, Parameter
from vakgraaf.web.writing import REFUSES

MULTIPART = "multipart/form-data"
WHICH = (GRAPH, DEFAULT)


def reading(*which: Parameter) -> Described:
    """To read a graph."""
    refuses = (400, 406, UnknownThing)
    return operation(parameters=(*which, FORMAT), gives=content(RDF_FORMATS), refuses=refuses)


def sending(*which: Parameter, made: str = "The graph is new.") -> Described:
    """To put a graph, or to add to one."""
    return operation(
        parameters=(*which, NO_VALIDATE),
        takes=content(RDF_FORMATS) | {MULTIPART: {"schema": {"type": "object"}}},
        statuses={201: made},
        refuses=(*REFUSES, 412, 413, 415),
        token=True,
    )


def removing(*which: Parameter) -> Described:
    """To remove a graph."""
    return operation(parameters=(*which, NO_VALIDATE), refuses=(*REFUSES, UnknownThing, 412), token=True)
