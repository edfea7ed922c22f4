"""Qualification frameworks: which there are, their levels, and which of those correspond to the EQF."""

from __future__ import annotations

from dataclasses import dataclass

from vakgraaf.engine import PROLOGUE, Engine, Value, select
from vakgraaf.errors import UnknownThing
from vakgraaf.rdf.iris import slug
from vakgraaf.web.describe import preferred
from vakgraaf.web.site.chain import CLAIM, Reference, Rung, references, rung
from vakgraaf.web.site.names import Named, named
from vakgraaf.web.site.nearby import Nearby, nearby, of


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
    """A level that another corresponds to, by whom it is said (a claim), and the sources."""

    rung: Rung
    claim: str
    references: tuple[Reference, ...]


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
    rows = await select(
        engine,
        f"""{PROLOGUE}SELECT ?s ?code ?label
  (COUNT(DISTINCT ?level) AS ?levels) (COUNT(DISTINCT ?sure) AS ?known) WHERE {{
  ?s a vg:Raamwerk ; skos:notation ?code ; rdfs:label ?label .
  OPTIONAL {{ ?level skos:topConceptOf ?s
    OPTIONAL {{ ?level vg:heeftInschaling/vg:status "vastgesteld" BIND (?level AS ?sure) }} }}
}} GROUP BY ?s ?code ?label""",
    )
    names: dict[str, list[Value]] = {}
    for row in rows:
        names.setdefault(row["s"].text, []).append(row["label"])
    found = {
        row["s"].text: Entry(
            row["s"].text,
            slug(row["code"].text),
            preferred(names[row["s"].text], language),
            int(row["levels"].text),
            int(row["known"].text),
        )
        for row in rows
    }
    return tuple(sorted(found.values(), key=lambda one: (one.name.text.casefold(), one.iri)))


async def framework(engine: Engine, code: str, language: str) -> Framework:
    """The framework of which the page has this address. Raises `UnknownThing`."""
    there = {one.code: one.iri for one in await entries(engine, language)}
    if code not in there:
        raise UnknownThing(
            f"Er is geen kwalificatieraamwerk '{code[:100]}'. Op /frameworks staat welke er zijn.",
            f"There is no qualification framework '{code[:100]}'. /frameworks lists what there is.",
        )
    level = "?level skos:topConceptOf {this} ."
    reference = ("rdfs:label", "foaf:page", "dct:bibliographicCitation")
    near = await nearby(
        engine,
        language,
        of(
            "VALUES ?s { {this} }",
            *("rdfs:label", "skos:notation", "skos:definition", "dct:spatial", "dct:source"),
            "vg:heeftBeschrijvingsonderdeel",
        ),
        of("{this} dct:spatial|dct:source ?s .", *reference),
        of("{this} vg:heeftBeschrijvingsonderdeel ?s .", "rdfs:label", "skos:definition"),
        of(
            f"{level} BIND (?level AS ?s)",
            *("rdfs:label", "skos:notation", "skos:inScheme", "skos:topConceptOf", "skos:definition", "vg:volgorde"),
            "vg:heeftInschaling",
        ),
        of(f"{level} ?level vg:heeftInschaling ?s .", *CLAIM),
        of(f"{level} ?level vg:heeftInschaling/dct:source ?s .", *reference),
        of(f"{level} ?level vg:heeftInschaling/vg:niveau ?s .", "rdfs:label", "skos:notation", "skos:inScheme"),
        of(f"{level} ?level vg:heeftInschaling/vg:niveau/skos:inScheme ?s .", "rdfs:label", "skos:notation"),
        this=there[code],
    )
    return _framework(near, there[code], code)


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
            found.append(Related(rung(near, target), claim, references(near, claim)))
    return tuple(found)
