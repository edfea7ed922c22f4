"""What the store knows of one resource, read with questions that its planner likes: constants first, no long joins."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from vakgraaf.engine import PROLOGUE, Engine, Value, iri, select
from vakgraaf.rdf import iris
from vakgraaf.rdf.prefixes import PREFIXES
from vakgraaf.web.reading import place

SHOWN = 25
"""So many of the resources that point here with one property are listed; of the rest only the number is given."""

_DERIVED = str(iris.graph("afgeleid"))
_TYPE = PREFIXES["rdf"] + "type"
_LABEL = PREFIXES["rdfs"] + "label"
_LAST = 10**9


@dataclass(frozen=True, slots=True)
class Labels:
    """Names of resources in the language of the page, with the language that each turned out to have."""

    found: dict[str, Value] = field(default_factory=dict)
    order: dict[str, int] = field(default_factory=dict)

    def of(self, term: str) -> Value | None:
        """The name of `term`, or None."""
        return self.found.get(term)


@dataclass(frozen=True, slots=True)
class Group:
    """One property with its values; `total` is larger than their number where not all are listed."""

    property: str
    values: tuple[Value, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Description:
    """Everything on the page of a resource."""

    iri: str
    classes: tuple[str, ...]
    stated: tuple[Group, ...]
    derived: tuple[Group, ...]
    incoming: tuple[Group, ...]
    rights: tuple[Value, ...]
    labels: Labels


def triples(subject: str) -> str:
    """The query for the data about `subject`: what it states, what its values are called, and what it is a part of."""
    here = iri(subject)
    return f"""{PROLOGUE}CONSTRUCT {{ {here} ?p ?o . ?near rdfs:label ?label . ?whole ?has {here} }} WHERE {{
  {{ {here} ?p ?o }}
  UNION {{ {here} ?any ?near . ?near rdfs:label ?label }}
  UNION {{ VALUES ?has {{ vg:heeftOnderdeel dct:hasPart }} ?whole ?has {here} }}
}}"""


@dataclass(frozen=True, slots=True)
class Standing:
    """Of something that the store knows: whether it was withdrawn, and what came in its place.

    What was withdrawn has owl:deprecated and no class any more; dct:isReplacedBy says what to use.
    """

    gone: bool
    replaced_by: tuple[str, ...]


async def standing_of(engine: Engine, subject: str) -> Standing | None:
    """None where no graph says anything of `subject`, or points to it."""
    here = iri(subject)
    rows = await select(
        engine,
        f"""{PROLOGUE}SELECT ?gone ?next WHERE {{
  {{ SELECT * WHERE {{ {{ {here} ?p ?o }} UNION {{ ?s ?p {here} }} }} LIMIT 1 }}
  BIND (EXISTS {{ {here} owl:deprecated true }} && NOT EXISTS {{ {here} a ?class }} AS ?gone)
  OPTIONAL {{ {here} dct:isReplacedBy ?next }} }}""",
    )
    if not rows:
        return None
    return Standing(rows[0]["gone"].text == "true", tuple(sorted({row["next"].text for row in rows if "next" in row})))


async def classes_of(engine: Engine, subject: str) -> set[str]:
    """The classes that any graph says `subject` is of."""
    return {row["c"].text for row in await select(engine, f"SELECT DISTINCT ?c WHERE {{ {iri(subject)} a ?c }}")}


async def describe(engine: Engine, subject: str, language: str) -> Description:
    """The page of `subject`, its texts in `language` where there are any."""
    here = iri(subject)
    outgoing, counted = await asyncio.gather(
        select(engine, f"SELECT ?p ?o ?g WHERE {{ GRAPH ?g {{ {here} ?p ?o }} }}"),
        select(
            engine,
            f"""SELECT ?p (COUNT(DISTINCT ?s) AS ?n) WHERE {{
  GRAPH ?g {{ ?s ?p {here} }} FILTER (?g != {iri(_DERIVED)}) }} GROUP BY ?p""",
        ),
    )
    stated = {(r["p"].text, r["o"]) for r in outgoing if r["g"].text != _DERIVED}
    derived = {(r["p"].text, r["o"]) for r in outgoing} - stated
    incoming = {row["p"].text: int(row["n"].text) for row in counted}
    sources = await _listed(engine, here, incoming)
    terms = {value.text for _, value in stated | derived if value.kind == "uri"}
    terms |= {p for p, _ in stated | derived} | incoming.keys() | {v.text for vs in sources.values() for v in vs}
    labels = await labels_of(engine, terms | {subject}, language)
    return Description(
        iri=subject,
        classes=tuple(sorted(v.text for p, v in stated if p == _TYPE)),
        stated=_grouped(stated, labels),
        derived=_grouped(derived, labels),
        incoming=tuple(
            Group(p, _sorted(sources.get(p, ()), labels), incoming[p])
            for p in sorted(incoming, key=lambda p: _name(p, labels))
        ),
        rights=await _rights(engine, {r["g"].text for r in outgoing} - {_DERIVED}, language),
        labels=labels,
    )


async def labels_of(engine: Engine, terms: Iterable[str], language: str) -> Labels:
    """Names and places in order of `terms`: a name in `language`, else Dutch, else without one, else the first."""
    listed = " ".join(iri(term) for term in sorted(terms) if _is_iri(term))
    if not listed:
        return Labels()
    names, places = await asyncio.gather(
        select(engine, f"{PROLOGUE}SELECT DISTINCT ?t ?l WHERE {{ VALUES ?t {{ {listed} }} ?t rdfs:label ?l }}"),
        select(engine, f"{PROLOGUE}SELECT DISTINCT ?t ?n WHERE {{ VALUES ?t {{ {listed} }} ?t vg:volgorde ?n }}"),
    )
    candidates: dict[str, list[Value]] = defaultdict(list)
    for row in names:
        candidates[row["t"].text].append(row["l"])
    order = {row["t"].text: int(row["n"].text) for row in places if row["n"].text.isdigit()}
    return Labels({term: preferred(found, language) for term, found in candidates.items()}, order)


def preferred(values: Iterable[Value], language: str) -> Value:
    """The one of several texts that a reader of `language` gets; the same one every time."""
    ranks = {"nl": 1, None: 2, "en": 3, language: 0}
    return min(values, key=lambda v: (ranks.get((v.language or "").partition("-")[0] or None, 4), v.text))


async def _listed(engine: Engine, here: str, properties: Iterable[str]) -> dict[str, tuple[Value, ...]]:
    """The first few resources that point to `here`, for each property."""
    parts = [
        f"{{ SELECT DISTINCT ?s ({iri(p)} AS ?p) WHERE {{ ?s {iri(p)} {here} }} ORDER BY ?s LIMIT {SHOWN} }}"
        for p in properties
        if _is_iri(p)
    ]
    found: dict[str, list[Value]] = defaultdict(list)
    if parts:
        for row in await select(engine, f"SELECT ?p ?s WHERE {{ {' UNION '.join(parts)} }}"):
            found[row["p"].text].append(row["s"])
    return {p: tuple(values) for p, values in found.items()}


async def _rights(engine: Engine, graphs: set[str], language: str) -> tuple[Value, ...]:
    """The rights that `graphs` state: in `language` where they do, else all that they say."""
    listed = " ".join(iri(graph) for graph in sorted(graphs))
    rows = await select(
        engine,
        f"{PROLOGUE}SELECT DISTINCT ?r WHERE {{ VALUES ?g {{ {listed} }} ?g dct:rights ?r }} ORDER BY ?r",
    )
    stated = tuple(row["r"] for row in rows)
    return tuple(value for value in stated if value.language == language) or stated


def _grouped(pairs: Iterable[tuple[str, Value]], labels: Labels) -> tuple[Group, ...]:
    """Values by property in reading order; classes and the name are in the title."""
    groups: dict[str, list[Value]] = defaultdict(list)
    for name, value in pairs:
        if name not in (_TYPE, _LABEL):
            groups[name].append(value)

    ordered = sorted(groups, key=lambda name: (place(name), _name(name, labels)))
    return tuple(Group(name, _sorted(groups[name], labels), len(groups[name])) for name in ordered)


def _sorted(values: Iterable[Value], labels: Labels) -> tuple[Value, ...]:
    """Parts in the order of their document (vg:volgorde), everything else by name."""
    return tuple(
        sorted(values, key=lambda v: (labels.order.get(v.text, _LAST), _name(v.text, labels), v.language or ""))
    )


def _name(term: str, labels: Labels) -> str:
    label = labels.of(term)
    return (label.text if label is not None else term).casefold()


def _is_iri(text: str) -> bool:
    return not any(c in '<>"{}|^`\\' or c <= " " for c in text)
