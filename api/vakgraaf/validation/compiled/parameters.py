"""Which parameters the compiler knows: a shape with any other is not its business."""

from __future__ import annotations

from rdflib import RDF, SH, Graph
from rdflib.term import Node

from vakgraaf.validation.compiled.conditions import VALUE_PARAMETERS
from vakgraaf.validation.compiled.refusal import Refused
from vakgraaf.validation.compiled.rules import Reading

TARGETS = (SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf, SH.targetNode)
_SH = str(SH)
_OF_PATH = {
    SH.minCount,
    SH.maxCount,
    SH.qualifiedValueShape,
    SH.qualifiedValueShapesDisjoint,
    SH.qualifiedMinCount,
    SH.qualifiedMaxCount,
    SH.uniqueLang,
    SH.lessThan,
    SH.lessThanOrEquals,
}
_ON_TOP_ONLY = {SH.equals, SH.disjoint, SH.lessThan, SH.lessThanOrEquals}
_KNOWN = {
    *TARGETS,
    *VALUE_PARAMETERS,
    *_OF_PATH,
    *_ON_TOP_ONLY,
    SH.uniqueLang,
    *(SH.path, SH.property, SH.node, SH["not"], SH["and"], SH["or"], SH.xone, SH.sparql),
    *(SH.hasValue, SH.closed, SH.ignoredProperties, SH.deactivated, SH.severity, SH.message),
    *(SH.name, SH.description, SH.order, SH.group, SH.defaultValue),
}


def check_parameters(reading: Reading, shape: Node, *, on_top: bool = False) -> None:
    """Raise `Refused` where `shape` has a parameter that is not known, or not here; or is nothing."""
    found = set(reading.shapes.predicates(shape))
    if not found:
        raise Refused("a shape that is not there")
    unknown = {name for name in found if str(name).startswith(_SH)} - _KNOWN | (found & reading.parameters)
    if unknown:
        raise Refused(f"unknown parameters: {', '.join(sorted(map(str, unknown)))}")
    if not on_top and found & _ON_TOP_ONLY:
        raise Refused("a comparison of values within another shape")
    if SH.path not in found and found & _OF_PATH:
        raise Refused("a count or a comparison on a node shape")
    if (shape, RDF.type, SH.PropertyShape) in reading.shapes and SH.path not in found:
        raise Refused("a property shape without a path")
    if (shape, RDF.type, SH.NodeShape) in reading.shapes and SH.path in found:
        raise Refused("a node shape with a path")


def own_parameters(shapes: Graph) -> frozenset[Node]:
    """The parameters of the constraint components that the shapes graph declares itself (SHACL §6)."""
    return frozenset(
        path for parameter in shapes.objects(None, SH.parameter) for path in shapes.objects(parameter, SH.path)
    )
