"""The page of a source document: whose it is, what was made of it, and what was found odd in it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, fields

from vakgraaf.engine import PROLOGUE, Engine, iri, select
from vakgraaf.web.site.kinds import KINDS
from vakgraaf.web.site.layouts import BRONDOCUMENT
from vakgraaf.web.site.links import Item, item
from vakgraaf.web.site.nearby import full, of
from vakgraaf.web.site.thing import ThingPage, surroundings, thing_page

_SPECIAL = {
    "vg:Taak": ("vg:Kerntaak", "vg:Werkproces"),
    "vg:Vereiste": ("vg:Skillvereiste", "vg:Competentievereiste"),
    "vg:Skill": ("vg:Vakkennis", "vg:Vaardigheid"),
    "vg:Profiel": ("vg:Beroepscompetentieprofiel", "vg:Addendum"),
}
_ABOVE_ALL = ("skos:Concept", "skos:ConceptScheme")
_ODD = "?x vg:brondocument {thing} . ?s prov:wasDerivedFrom ?x . ?s a vg:Bevinding ."
_WHERE = ("vg:brondocument", "vg:beginRegel", "vg:eindRegel", "vg:pagina")


@dataclass(frozen=True, slots=True)
class BrondocumentPage(ThingPage):
    """What the template shows beside what it shows of anything: findings, and how much of each kind was made of it."""

    findings: tuple[Item, ...]
    made: tuple[tuple[str, int], ...]


async def view(engine: Engine, iri: str, language: str) -> BrondocumentPage:
    """The page."""
    near, made = await asyncio.gather(
        surroundings(
            engine,
            iri,
            language,
            BRONDOCUMENT,
            of(_ODD, "rdf:type", "rdfs:label", "vg:ernst", "prov:wasDerivedFrom"),
            of("?s vg:brondocument {thing} . ?x prov:wasDerivedFrom ?s . ?x a vg:Bevinding .", *_WHERE),
        ),
        _made(engine, iri),
    )
    page = thing_page(near, iri, BRONDOCUMENT)
    shown = {field.name: getattr(page, field.name) for field in fields(ThingPage)}
    findings = [item(near, one, "vg:ernst") for one in near.known() if near.is_a(one, "vg:Bevinding")]
    findings.sort(key=lambda one: [(source.first, source.last) for source in one.sources])
    return BrondocumentPage(**shown, findings=tuple(findings), made=made)


async def _made(engine: Engine, document: str) -> tuple[tuple[str, int], ...]:
    """How many things of each kind were made of the document; each counts with its most special kind only."""
    rows = await select(
        engine,
        f"""{PROLOGUE}SELECT ?c (COUNT(DISTINCT ?s) AS ?n) WHERE {{
  ?x vg:brondocument {iri(document)} . ?s prov:wasDerivedFrom ?x . ?s a ?c }} GROUP BY ?c""",
    )
    counts = {row["c"].text: int(row["n"].text) for row in rows if "c" in row}
    found = []
    for klasse, word in KINDS.items():
        special = sum(counts.get(full(name), 0) for name in _SPECIAL.get(klasse, ()))
        if klasse not in _ABOVE_ALL and (number := counts.get(full(klasse), 0) - special) > 0:
            found.append((word, number))
    return tuple(found)
