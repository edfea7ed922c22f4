"""Qualification frameworks: which there are, their levels, and which of those correspond to the EQF."""

from __future__ import annotations

from asyncio import gather
from dataclasses import dataclass

from vakgraaf.engine import PROLOGUE, Engine, Value, select
from vakgraaf.errors import UnknownThing
from vakgraaf.rdf.iris import slug
from vakgraaf.web.describe import preferred
from vakgraaf.web.site.chain import CLAIM, Reference, Rung, references, rung
from vakgraaf.web.site.links import values
from vakgraaf.web.site.names import Named, named
from vakgraaf.web.site.nearby import Nearby, fetched, full, of

_ABOUT = ("dct:spatial", "dct:source", "vg:heeftBeschrijvingsonderdeel")
_LEVEL = ("rdfs:label", "skos:notation", "skos:inScheme", "skos:definition")
_REFERENCE = ("foaf:page", "dct:bibliographicCitation")
_NOTE = "skos:editorialNote"


@dataclass(frozen=True, slots=True)
class Entry:
    """A framework in the list: `code` ends the address of its page, `known` of its levels are related to another."""

    iri: str
    code: str
    name: Value
    levels: int
    known: int


@dataclass(frozen=True, slots=True)
class Related:
    """A level that another corresponds to, by whom it is said (a claim), the sources, and where these differ."""

    rung: Rung
    claim: str
    references: tuple[Reference, ...]
    note: Value | None


@dataclass(frozen=True, slots=True)
class LevelEntry:
    """A level of the framework, what it asks, and what it corresponds to."""

    rung: Rung
    related: tuple[Related, ...]


@dataclass(frozen=True, slots=True)
class Framework:
    """The page of a framework. `missing` are the levels for which no source says what they correspond to."""

    iri: str
    name: Value
    code: str
    notation: str
    definition: Value | None
    countries: tuple[Named, ...]
    references: tuple[Reference, ...]
    categories: tuple[tuple[Value, Value | None], ...]
    levels: tuple[LevelEntry, ...]
    missing: tuple[Rung, ...]


async def entries(engine: Engine, language: str) -> tuple[Entry, ...]:
    """All frameworks, by name."""
    # Levels and frameworks by themselves: counting both at once would multiply them.
    rows, counts = await gather(
        select(
            engine,
            f"{PROLOGUE}SELECT ?s ?code ?label WHERE {{ ?s a vg:Raamwerk ; skos:notation ?code ; rdfs:label ?label }}",
        ),
        select(
            engine,
            f"""{PROLOGUE}SELECT ?s (COUNT(*) AS ?levels) (SUM(?sure) AS ?known) WHERE {{
  {{ SELECT ?s ?level (COUNT(?claim) > 0 AS ?any) WHERE {{ ?level a vg:Niveau ; skos:topConceptOf ?s
    OPTIONAL {{ ?level vg:heeftInschaling ?claim . ?claim vg:status "vastgesteld" }} }} GROUP BY ?s ?level }}
  BIND (IF(?any, 1, 0) AS ?sure) }} GROUP BY ?s""",
        ),
    )
    numbers = {row["s"].text: (int(row["levels"].text), int(row["known"].text)) for row in counts}
    names: dict[str, list[Value]] = {}
    for row in rows:
        names.setdefault(row["s"].text, []).append(row["label"])
    found = {
        row["s"].text: Entry(
            row["s"].text,
            slug(row["code"].text),
            preferred(names[row["s"].text], language),
            *numbers.get(row["s"].text, (0, 0)),
        )
        for row in rows
    }
    return tuple(sorted(found.values(), key=lambda one: (one.name.text.casefold(), one.iri)))


async def framework(engine: Engine, code: str, language: str) -> Framework:
    """The framework of which the page has this address. Raises `UnknownThing`."""
    rows = await select(engine, f"{PROLOGUE}SELECT ?s ?code WHERE {{ ?s a vg:Raamwerk ; skos:notation ?code }}")
    there = {slug(row["code"].text): row["s"].text for row in rows}
    if code not in there:
        raise UnknownThing(
            f"Er is geen kwalificatieraamwerk '{code[:100]}'. Op /frameworks staat welke er zijn.",
            f"There is no qualification framework '{code[:100]}'. /frameworks lists what there is.",
        )
    found = await fetched(
        engine,
        of("VALUES ?s { {this} }", "rdfs:label", "skos:notation", "skos:definition", *_ABOUT),
        of("?s skos:topConceptOf {this} .", *_LEVEL, "skos:topConceptOf", "vg:volgorde", "vg:heeftInschaling"),
        this=there[code],
    )
    # Claims and what the framework is described by, then the levels and sources of those claims, then whose they are.
    for onward in ((*_ABOUT, "vg:heeftInschaling"), ("vg:niveau", "dct:source"), ("skos:inScheme",)):
        names = frozenset(map(full, onward))
        if listed := values(value.text for _, name, value in found if name in names and value.kind == "uri"):
            found += await fetched(engine, of(f"VALUES ?s {{ {listed} }}", *CLAIM, _NOTE, *_LEVEL, *_REFERENCE))
    return _framework(Nearby(found, language), there[code], code)


def _framework(near: Nearby, iri: str, code: str) -> Framework:
    levels = tuple(
        LevelEntry(rung(near, level), _related(near, level)) for level in near.pointing(iri, "skos:topConceptOf")
    )
    notation = near.text(iri, "skos:notation")
    return Framework(
        iri=iri,
        name=near.label(iri),
        code=code,
        notation=notation.text if notation else code,
        definition=near.text(iri, "skos:definition"),
        countries=named(near, *near.things(iri, "dct:spatial")),
        references=references(near, iri),
        categories=tuple(
            (near.label(one), near.text(one, "skos:definition"))
            for one in near.things(iri, "vg:heeftBeschrijvingsonderdeel")
        ),
        levels=levels,
        missing=tuple(one.rung for one in levels if not one.related),
    )


def _related(near: Nearby, level: str) -> tuple[Related, ...]:
    found = []
    for claim in near.things(level, "vg:heeftInschaling"):
        status, target = near.text(claim, "vg:status"), near.thing(claim, "vg:niveau")
        if target is not None and status is not None and status.text == "vastgesteld":
            found.append(Related(rung(near, target), claim, references(near, claim), near.text(claim, _NOTE)))
    return tuple(found)
