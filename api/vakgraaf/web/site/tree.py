"""What is said of a thing as a tree: properties with values, in which nameless nodes and parts lie open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from vakgraaf.engine import Row, Value
from vakgraaf.web.pages import short
from vakgraaf.web.reading import place
from vakgraaf.web.site.links import Way
from vakgraaf.web.site.names import Named
from vakgraaf.web.site.nearby import Nearby, full

Said = Mapping[str, Mapping[str, list[Value]]]
"""Subject (an IRI, or the label of a nameless node) → property → values."""

PARTS = tuple(map(full, ("dct:hasPart", "skos:member", "skos:hasTopConcept", "rdfs:member", "vg:heeftOnderdeel")))
_DEEP = 4
_FIRST, _REST, _NIL = full("rdf:first"), full("rdf:rest"), full("rdf:nil")
_APART = (full("rdf:type"), full("rdfs:label"))


@dataclass(frozen=True, slots=True)
class Node:
    """A value: a text, a thing with a name, or a nameless node; `groups` is what is shown inside it."""

    value: Value
    name: Value | None = None
    groups: tuple[Group, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """A property with its values; where not all are shown, `total` says how many there are and `more` where.

    `at_least`: there may be more than `total`.
    """

    property: Named
    nodes: tuple[Node, ...]
    total: int
    more: str = ""
    at_least: bool = False


def said(rows: Iterable[Row]) -> dict[str, dict[str, list[Value]]]:
    """Rows of `?s ?p ?o`, each value once."""
    found: dict[str, dict[str, list[Value]]] = {}
    for subject, name, value in dict.fromkeys((row["s"].text, row["p"].text, row["o"]) for row in rows if "o" in row):
        found.setdefault(subject, {}).setdefault(name, []).append(value)
    return found


def is_part(name: str) -> bool:
    """Whether the values of a property are parts."""
    return name in PARTS or name.startswith(full("vg:heeft"))


def groups(facts: Said, near: Nearby, subject: str, shown: int, depth: int = 0) -> tuple[Group, ...]:
    """What is said of `subject`, by property in reading order; class and name are in the title."""
    listed = facts.get(subject, {})
    names = sorted((name for name in listed if depth or name not in _APART), key=lambda n: (place(n), _label(near, n)))
    return tuple(_group(facts, near, subject, name, shown, depth) for name in names)


def named(near: Nearby, iri: str) -> Named:
    """A property or class with its name; without one as a reader can say it."""
    return Named(iri, near.text(iri, "rdfs:label") or Value("literal", short(iri)))


def _group(facts: Said, near: Nearby, subject: str, name: str, shown: int, depth: int) -> Group:
    found = [one for value in facts[subject][name] for one in _members(facts, value)]
    found.sort(key=lambda value: (near.place(value.text)[0], _label(near, value.text), value.language or ""))
    return Group(
        property=named(near, name),
        nodes=tuple(_node(facts, near, value, shown, depth, part=is_part(name)) for value in found[:shown]),
        total=len(found),
        more=f"?{Way(name).parameters}" if len(found) > shown and not depth else "",
    )


def _node(facts: Said, near: Nearby, value: Value, shown: int, depth: int, *, part: bool) -> Node:
    name = near.text(value.text, "rdfs:label") if value.kind == "uri" else None
    opened = value.kind == "bnode" or (part and depth == 0 and value.kind == "uri")
    inside = groups(facts, near, value.text, shown, depth + 1) if opened and depth < _DEEP else ()
    if value.kind == "uri":
        inside = tuple(group for group in inside if group.property.iri not in _APART)
    return Node(value, name, inside)


def _members(facts: Said, value: Value) -> list[Value]:
    """The members of an RDF list, else the value itself."""
    if value.kind != "bnode" or _FIRST not in facts.get(value.text, {}):
        return [value]
    found: list[Value] = []
    seen: set[str] = set()
    while value.kind == "bnode" and value.text not in seen:
        seen.add(value.text)
        cell = facts.get(value.text, {})
        found += cell.get(_FIRST, [])[:1]
        value = (cell.get(_REST) or [Value("uri", _NIL)])[0]
    return found


def _label(near: Nearby, text: str) -> str:
    label = near.text(text, "rdfs:label")
    return (label.text if label is not None else text).casefold()
