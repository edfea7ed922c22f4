"""What the shapes say about one property of one class: what it is called, whether it must be there, what to do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from rdflib import RDFS, SH, Graph, Literal, URIRef
from rdflib.term import Node

from vakgraaf.validation.shapes import packaged_context, packaged_shapes

_COUNTS = (SH.minCount, SH.qualifiedMinCount)


@dataclass(frozen=True, slots=True)
class Rule:
    """What it is called and what to do, a text per language; `required` by a rule, or merely `advised`."""

    names: Mapping[str, str]
    advice: Mapping[str, str]
    required: bool
    advised: bool


@cache
def rule_of(klasse: URIRef, about: URIRef) -> Rule:
    """What the packaged shapes say about the property `about` of instances of `klasse`; empty where they are silent.

    Rules of superclasses count. Of several, the one that demands the property is the one that advises.
    """
    shapes, known = packaged_shapes(), packaged_context()
    classes = set(known.transitive_objects(klasse, RDFS.subClassOf))
    found = [shape for kind in classes for shape in _properties(shapes, kind) if shapes.value(shape, SH.path) == about]
    found.sort(key=lambda shape: (not _demands(shapes, shape), _severity(shapes, shape), str(shape)))
    if not found:
        return Rule({}, {}, required=False, advised=False)
    demanding = [shape for shape in found if _demands(shapes, shape)]
    return Rule(
        _texts(shapes, found, SH.name),
        _texts(shapes, found, SH.message),
        required=any(_severity(shapes, shape) == 0 for shape in demanding),
        advised=bool(demanding),
    )


def _properties(shapes: Graph, kind: Node | None) -> Iterator[Node]:
    """The property shapes that hold for instances of a class, also those that a stub is excused from (sh:or)."""
    for node in shapes.subjects(SH.targetClass, kind):
        yield from shapes.objects(node, SH.property)
        for choices in shapes.objects(node, SH["or"]):
            yield from (choice for choice in shapes.items(choices) if (choice, SH.path, None) in shapes)


def _demands(shapes: Graph, shape: Node) -> bool:
    return any(str(count) != "0" for wanted in _COUNTS for count in shapes.objects(shape, wanted))


def _severity(shapes: Graph, shape: Node) -> int:
    return 0 if (shape, SH.severity, SH.Violation) in shapes else 1


def _texts(shapes: Graph, found: list[Node], predicate: URIRef) -> Mapping[str, str]:
    for shape in found:
        texts = {
            text.language or "": str(text) for text in shapes.objects(shape, predicate) if isinstance(text, Literal)
        }
        if texts:
            return texts
    return {}
