"""Pages of what points to a thing, or of what it points to: how much there is, and fifty at a time."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass

from vakgraaf.engine import PROLOGUE, Engine, Value, iri, select
from vakgraaf.errors import UnknownThing
from vakgraaf.rdf import iris
from vakgraaf.rdf.numbers import number_of
from vakgraaf.web.pages import short
from vakgraaf.web.site.crumbs import HOME
from vakgraaf.web.site.links import PAGE, Item, Way, details, edge_of, is_iri, item, step, values, whole_iri
from vakgraaf.web.site.names import Named
from vakgraaf.web.site.nearby import nearby, of
from vakgraaf.web.site.tree import named

_DERIVED = str(iris.graph("afgeleid"))
_LAST_PAGE = 10**6


@dataclass(frozen=True, slots=True)
class LinkedPage:
    """One page of a list. `number` of `pages`; `way` as the address has it, with `back` for what points here."""

    iri: str
    name: Value
    crumbs: tuple[Named, ...]
    property: Named
    back: bool
    parameters: str
    items: tuple[Item, ...]
    texts: tuple[Value, ...]
    total: int
    number: int
    pages: int


@dataclass(frozen=True, slots=True)
class CountedPage:
    """Every property that points to a thing, with how often, and the query part of the address of the list."""

    iri: str
    name: Value
    crumbs: tuple[Named, ...]
    counts: tuple[tuple[Named, int, str], ...]


async def list_asked(
    engine: Engine, thing: str, parameters: Mapping[str, str], language: str
) -> tuple[str, LinkedPage | CountedPage] | None:
    """The template and the page of the list that an address asks for; None where it asks for none.

    `incoming` or `outgoing` names a property, and perhaps `class` a class and `page` a page; `incoming` without a value
    asks for numbers. Raises `UnknownThing`.
    """
    asked = next((name for name in ("incoming", "outgoing") if name in parameters), None)
    if asked is None:
        return None
    if not parameters[asked]:
        return "site/counted.html", await counted(engine, thing, language)
    way = Way(parameters[asked], asked == "incoming", parameters.get("class", ""))
    page = number_of(parameters.get("page", "1"))
    if page is None or not 1 <= page <= _LAST_PAGE:
        raise _no_such_list(way)
    return "site/linked.html", await linked(engine, thing, way, page, language)


async def linked(engine: Engine, thing: str, way: Way, number: int, language: str) -> LinkedPage:
    """One page of a list. Raises `UnknownThing` where there is no such list or no such page."""
    if not is_iri(whole_iri(way.name)) or not (way.klasse == "" or is_iri(whole_iri(way.klasse))):
        raise _no_such_list(way)
    end = "?s" if way.back else "?o"
    totals, edges = await asyncio.gather(
        select(engine, f"{PROLOGUE}SELECT (COUNT(DISTINCT {end}) AS ?n) WHERE {{ {edge_of(way, iri(thing))} }}"),
        select(engine, PROLOGUE + step(way, iri(thing), limit=PAGE, offset=(number - 1) * PAGE)),
    )
    total = int(totals[0]["n"].text) if totals else 0
    if not edges:
        raise _no_such_list(way)
    ends = [row["s" if way.back else "o"] for row in edges]
    things = [value.text for value in ends if value.kind == "uri"]
    near = await nearby(
        engine,
        language,
        *details(things, held=way.back),
        of(f"VALUES ?s {{ {values([thing, whole_iri(way.name)])} }}", "rdfs:label"),
    )
    return LinkedPage(
        iri=thing,
        name=near.label(thing),
        crumbs=(HOME, Named(thing, near.label(thing))),
        property=named(near, whole_iri(way.name)),
        back=way.back,
        parameters=way.parameters,
        items=tuple(item(near, one) for one in things),
        texts=tuple(value for value in ends if value.kind != "uri"),
        total=total,
        number=number,
        pages=-(-total // PAGE),
    )


async def counted(engine: Engine, thing: str, language: str) -> CountedPage:
    """Everything that points to a thing, counted; with very much that takes a while."""
    rows = await select(
        engine,
        f"""{PROLOGUE}SELECT ?p (COUNT(DISTINCT ?s) AS ?n) WHERE {{
  GRAPH ?g {{ ?s ?p {iri(thing)} }} FILTER (?g != {iri(_DERIVED)}) }} GROUP BY ?p""",
    )
    counts = {row["p"].text: int(row["n"].text) for row in rows if "p" in row}
    near = await nearby(engine, language, of(f"VALUES ?s {{ {values([thing, *counts])} }}", "rdfs:label"))
    listed = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    return CountedPage(
        iri=thing,
        name=near.text(thing, "rdfs:label") or Value("literal", short(thing)),
        crumbs=(HOME, Named(thing, near.label(thing))),
        counts=tuple((named(near, name), number, f"?{Way(name, True).parameters}") for name, number in listed),
    )


def _no_such_list(way: Way) -> UnknownThing:
    return UnknownThing(
        f"Met '{way.name}' is hier geen lijst, of niet zoveel bladzijden ervan. De pagina zelf heeft de goede links.",
        f"There is no list here with '{way.name}', or not so many pages of it. The page itself has the right links.",
    )
