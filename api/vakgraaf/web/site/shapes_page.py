"""The shapes to be read: for each what it is about, what it demands in words, and what it says when that fails."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from vakgraaf.engine import Engine, Value
from vakgraaf.rdf import iris
from vakgraaf.rdf.numbers import number_of
from vakgraaf.web.pages import short
from vakgraaf.web.site.names import Named
from vakgraaf.web.site.nearby import Nearby, full, nearby
from vakgraaf.web.site.rule_examples import RuleExample, rule_examples
from vakgraaf.web.site.shape_words import Demand, Step, demands, named, path
from vakgraaf.web.wording import marked

SHAPES_GRAPH = str(iris.graph("shapes"))
ONTOLOGY_GRAPH = str(iris.graph("ontology"))

Asked = Mapping[str, tuple[Demand, ...]]
"""What each shape demands."""

_TARGETS = {
    "sh:targetClass": marked("alles van de klasse"),
    "sh:targetNode": marked("precies"),
    "sh:targetSubjectsOf": marked("alles met de eigenschap"),
    "sh:targetObjectsOf": marked("alles waarnaar verwezen wordt met"),
}
SEVERITIES = {
    "sh:Violation": marked("Fout"),
    "sh:Warning": marked("Waarschuwing"),
    "sh:Info": marked("Opmerking"),
}
_DOCUMENT_SEVERITIES = {
    "fout": SEVERITIES["sh:Violation"],
    "waarschuwing": SEVERITIES["sh:Warning"],
    "info": SEVERITIES["sh:Info"],
}


@dataclass(frozen=True, slots=True)
class Query:
    """A SPARQL constraint: its anchor and its text."""

    anchor: str
    text: str


@dataclass(frozen=True, slots=True)
class Shape:
    """One shape. `targets` are words with what they name; `severity` is a word; `parts` its property shapes.

    `messages` begin with the one in the language of the page. `used_by` are shapes that refer to this one.
    """

    iri: str
    anchor: str
    code: str
    name: Value
    targets: tuple[tuple[str, tuple[Named, ...]], ...]
    path: tuple[Step, ...]
    demands: tuple[Demand, ...]
    severity: str
    messages: tuple[Value, ...]
    queries: tuple[Query, ...]
    parts: tuple[Shape, ...]
    used_by: tuple[Named, ...]
    problem: Value | None
    example: RuleExample | None


@dataclass(frozen=True, slots=True)
class DocumentRule:
    """A rule about documents, which the reader of documents applies and not SHACL. `severity` is a word."""

    iri: str
    anchor: str
    code: str
    name: Value
    definition: Value | None
    severity: str
    messages: tuple[Value, ...]
    bad: Value | None
    good: Value | None


@dataclass(frozen=True, slots=True)
class ShapesPage:
    """What the template shows: shapes that are about something of their own, and those that others refer to."""

    aimed: tuple[Shape, ...]
    helping: tuple[Shape, ...]
    documents: tuple[DocumentRule, ...]


async def shapes_page(engine: Engine, language: str) -> ShapesPage:
    """The page."""
    graphs = (SHAPES_GRAPH, ONTOLOGY_GRAPH)
    names = f"GRAPH <{graphs[1]}> {{ ?s ?p ?o . VALUES ?p {{ rdfs:label }} }}"
    near = await nearby(engine, language, f"GRAPH <{graphs[0]}> {{ ?s ?p ?o }}", names)
    mine = [one for one in near.known() if one.startswith(str(iris.VGS))]
    within = {part for one in mine for part in near.things(one, "sh:property")}
    tops = [one for one in mine if one not in within and _is_shape(near, one)]
    asked = {one: demands(near, one) for one in mine}
    users = _users(asked)
    made = (_shape(near, one, asked, users) for one in tops)
    found = sorted(made, key=lambda one: (one.name.text.casefold(), one.iri))
    return ShapesPage(
        aimed=tuple(one for one in found if one.targets),
        helping=tuple(one for one in found if not one.targets),
        documents=tuple(_document_rule(near, one) for one in mine if near.is_a(one, "vg:Documentregel")),
    )


def _is_shape(near: Nearby, iri: str) -> bool:
    return near.is_a(iri, "sh:NodeShape") or near.is_a(iri, "sh:PropertyShape")


def _shape(near: Nearby, iri: str, asked: Asked, users: dict[str, set[str]], *, part: bool = False) -> Shape:
    return Shape(
        iri=iri,
        anchor=iri.removeprefix(str(iris.VGS)),
        code=short(iri),
        name=near.text(iri, "rdfs:label") or near.text(iri, "sh:name") or Value("literal", short(iri)),
        targets=tuple(_targets(near, iri)),
        path=path(near, iri),
        demands=asked[iri] if iri in asked else demands(near, iri),
        severity=next((w for name, w in SEVERITIES.items() if near.thing(iri, "sh:severity") == full(name)), ""),
        messages=messages(near, iri),
        queries=tuple(_queries(near, iri)),
        parts=() if part else tuple(_shape(near, p, asked, users, part=True) for p in _parts(near, iri)),
        used_by=tuple(named(near, one) for one in sorted(users.get(iri, ()))),
        problem=near.text(iri, "rdfs:comment"),
        example=rule_examples().get(iri.removeprefix(str(iris.VGS))),
    )


def _document_rule(near: Nearby, iri: str) -> DocumentRule:
    how_bad = near.text(iri, "vg:ernst")
    return DocumentRule(
        iri=iri,
        anchor=iri.removeprefix(str(iris.VGS)),
        code=short(iri),
        name=near.text(iri, "rdfs:label") or Value("literal", short(iri)),
        definition=near.text(iri, "skos:definition"),
        severity=_DOCUMENT_SEVERITIES.get(how_bad.text, "") if how_bad else "",
        messages=messages(near, iri),
        bad=near.text(iri, "vg:foutVoorbeeld"),
        good=near.text(iri, "vg:goedVoorbeeld"),
    )


def messages(near: Nearby, shape: str) -> tuple[Value, ...]:
    """What a shape says where it is not met, first in the language of the page."""
    said = near.values(shape, "sh:message")
    return tuple(sorted(said, key=lambda value: (value.language != near.language, value.language or "")))


def _targets(near: Nearby, iri: str) -> Iterable[tuple[str, tuple[Named, ...]]]:
    for name, word in _TARGETS.items():
        if things := near.things(iri, name):
            yield word, tuple(named(near, one) for one in things)


def _parts(near: Nearby, iri: str) -> list[str]:
    def place(part: str) -> tuple[int, str]:
        order = near.text(part, "sh:order")
        return (order and number_of(order.text)) or 0, part

    return sorted(near.things(iri, "sh:property"), key=place)


def _queries(near: Nearby, iri: str) -> Iterable[Query]:
    for value in near.values(iri, "sh:sparql"):
        text = near.text(value.text, "sh:select") or near.text(value.text, "sh:ask")
        if text:
            yield Query(value.text.removeprefix(str(iris.VGS)) if value.kind == "uri" else "", _dedented(text.text))


def _dedented(text: str) -> str:
    lines = [line for line in text.splitlines() if line.strip()]
    indent = min((len(line) - len(line.lstrip()) for line in lines), default=0)
    return "\n".join(line[indent:].rstrip() for line in lines)


def _users(asked: Asked) -> dict[str, set[str]]:
    """For each shape the shapes whose demands name it."""
    found: dict[str, set[str]] = {}
    for shape, said in asked.items():
        for link in (link for demand in said for link in demand.links):
            found.setdefault(link.iri, set()).add(shape)
    return found
