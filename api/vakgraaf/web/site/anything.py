"""The page that fits anything: what is said of a thing, with its parts inside it, and what points to it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass

from vakgraaf.engine import PROLOGUE, Engine, Row, Value, iri, select
from vakgraaf.rdf import iris
from vakgraaf.web.pages import short
from vakgraaf.web.site.crumbs import above, crumbs
from vakgraaf.web.site.links import Way, values
from vakgraaf.web.site.names import Named
from vakgraaf.web.site.nearby import Nearby, full, nearby, of
from vakgraaf.web.site.tree import Group, Node, Said, groups, is_part, named, said

SHOWN = 25
"""So many values of a property are shown; all of them are on a page of their own."""

COUNTED = 1000
"""So many links to a thing are looked at for its page; all are counted when somebody asks."""

_POINTING = 10
_READ = 3000
_PARTS = 12
_DERIVED = str(iris.graph("afgeleid"))
_TYPE = full("rdf:type")


@dataclass(frozen=True, slots=True)
class AnythingPage:
    """What the template shows. `uncounted`: more points here than was looked at; `cut`: more is said than was read."""

    iri: str
    name: Value
    crumbs: tuple[Named, ...]
    classes: tuple[Named, ...]
    stated: tuple[Group, ...]
    derived: tuple[Group, ...]
    incoming: tuple[Group, ...]
    uncounted: bool
    cut: bool
    rights: tuple[Value, ...]


async def view(engine: Engine, iri: str, language: str) -> AnythingPage:
    """The page."""
    rows, pointing = await asyncio.gather(_said(engine, iri), _pointing(engine, iri))
    stated, derived = _sides(rows, iri)
    incoming = _by_property(pointing[:COUNTED])
    parts = [v.text for name, vs in stated.get(iri, {}).items() if is_part(name) for v in vs if v.kind == "uri"]
    graphs = {row["g"].text for row in rows if "g" in row} - {_DERIVED}
    near, inside, rights = await asyncio.gather(
        nearby(engine, language, *_names(stated, derived, incoming), above("thing"), thing=iri),
        _inside(engine, sorted(parts)[:_PARTS]),
        _rights(engine, graphs, language),
    )
    return AnythingPage(
        iri=iri,
        name=near.text(iri, "rdfs:label") or Value("literal", short(iri)),
        crumbs=crumbs(near, iri),
        classes=tuple(named(near, v.text) for v in sorted(stated.get(iri, {}).get(_TYPE, ())) if v.kind == "uri"),
        stated=groups({**inside, **stated}, near, iri, SHOWN),
        derived=groups(derived, near, iri, SHOWN),
        incoming=tuple(_group(near, name, things, len(pointing) > COUNTED) for name, things in incoming.items()),
        uncounted=len(pointing) > COUNTED,
        cut=len(rows) >= _READ,
        rights=rights,
    )


async def _said(engine: Engine, subject: str) -> list[Row]:
    """What each graph says, and all of them together (the unnamed one has no name); with nameless nodes, two deep."""
    here = iri(subject)
    once = f"{here} ?a ?b . FILTER isBlank(?b)"
    twice = f"{once} ?b rdf:rest* ?c . ?c ?d ?e . FILTER (isBlank(?e) && ?d != rdf:rest)"
    deep = f"{{ {once} ?b rdf:rest* ?s . ?s ?p ?o }} UNION {{ {twice} ?e rdf:rest* ?s . ?s ?p ?o }}"
    return await select(
        engine,
        f"""{PROLOGUE}SELECT ?s ?p ?o ?g WHERE {{
  {{ GRAPH ?g {{ {here} ?p ?o }} BIND ({here} AS ?s) }} UNION {{ {here} ?p ?o BIND ({here} AS ?s) }} UNION {deep}
}} LIMIT {_READ}""",
    )


async def _pointing(engine: Engine, subject: str) -> list[Row]:
    return await select(
        engine,
        f"""{PROLOGUE}SELECT DISTINCT ?s ?p WHERE {{
  GRAPH ?g {{ ?s ?p {iri(subject)} }} FILTER (?g != {iri(_DERIVED)}) }} LIMIT {COUNTED + 1}""",
    )


def _sides(rows: list[Row], subject: str) -> tuple[Said, Said]:
    """What is stated, with what nameless nodes say, and what only follows by rule."""
    followed = {(row["p"].text, row["o"]) for row in rows if "g" in row and row["g"].text == _DERIVED}
    followed -= {(row["p"].text, row["o"]) for row in rows if "g" in row and row["g"].text != _DERIVED}
    stated: list[Row] = []
    derived: list[Row] = []
    for row in rows:
        apart = row["s"].text == subject and (row["p"].text, row["o"]) in followed
        (derived if apart else stated).append(row)
    return said(stated), said(derived)


def _by_property(rows: list[Row]) -> dict[str, list[Value]]:
    found: dict[str, list[Value]] = {}
    for row in sorted(rows, key=lambda row: (row["p"].text, row["s"].text)):
        found.setdefault(row["p"].text, []).append(row["s"])
    return found


def _names(stated: Said, derived: Said, incoming: dict[str, list[Value]]) -> tuple[str, ...]:
    """Patterns: what everything on the page is called, and its place in the document."""
    terms = set(incoming) | {value.text for things in incoming.values() for value in things[:_POINTING]}
    for side in (stated, derived):
        for subject, properties in side.items():
            terms |= {subject} | set(properties)
            terms |= {v.text for name, vs in properties.items() for v in _shown(name, vs) if v.kind == "uri"}
    return (of(f"VALUES ?s {{ {values(terms)} }}", "rdfs:label", "vg:volgorde", "vg:isOnderdeelVan"),)


def _shown(name: str, found: list[Value]) -> list[Value]:
    """Of a property with very many values the place in the order of all is not looked up."""
    return found if len(found) <= SHOWN * 8 else found[:SHOWN]


async def _inside(engine: Engine, parts: list[str]) -> Said:
    """What is said of the parts themselves."""
    if not (listed := values(parts)):
        return {}
    texts = f"VALUES ?s {{ {listed} }} ?s ?p ?o FILTER isLiteral(?o)"
    return said(await select(engine, f"{PROLOGUE}SELECT ?s ?p ?o WHERE {{ {texts} }} LIMIT {_READ}"))


def _group(near: Nearby, name: str, things: list[Value], at_least: bool) -> Group:
    nodes = tuple(Node(value, near.text(value.text, "rdfs:label")) for value in things[:_POINTING])
    more = f"?{Way(name, True).parameters}" if len(things) > _POINTING else ""
    return Group(named(near, name), nodes, len(things), more, at_least)


async def _rights(engine: Engine, graphs: Iterable[str], language: str) -> tuple[Value, ...]:
    """The rights that `graphs` state: in `language` where they do, else all that they say."""
    rights = f"VALUES ?g {{ {values(graphs)} }} ?g dct:rights ?r"
    rows = await select(engine, f"{PROLOGUE}SELECT DISTINCT ?r WHERE {{ {rights} }} ORDER BY ?r")
    stated = tuple(row["r"] for row in rows)
    return tuple(value for value in stated if value.language == language) or stated
