"""The descriptive text of a profile: its sections, what holds in addition in one sector, developments, findings."""

from __future__ import annotations

from dataclasses import dataclass

from vakgraaf.engine import Value
from vakgraaf.web.site.names import Named, numbered
from vakgraaf.web.site.nearby import Nearby, Source, of

_WITHIN = "(vg:heeftParagraaf|vg:heeftKerntaak|vg:heeftTaakgebied|vg:heeftTaak|vg:heeftWerkproces)"
_ABOUT_THE_DOCUMENT = frozenset(
    """aanleiding begrippenlijst beschrijving-taken bronnen competentieoverzicht deelname disclaimer
    functies-van-het-profiel inleiding leeswijzer ontwikkeling-van-het-profiel opbouw overzicht-taken proces reikwijdte
    validering-en-legitimering voorwoord""".split()
)
"""Sections of these kinds (vg:soortParagraaf) are about the document, or say what stands elsewhere on the page."""

_TYPICAL = frozenset(("typering", "beschrijving-van-het-beroep", "context"))


@dataclass(frozen=True, slots=True)
class Said:
    """A text of the document: what it is called, what it says, and where it stands."""

    iri: str
    name: Value
    text: Value | None
    sources: list[Source]


@dataclass(frozen=True, slots=True)
class Section:
    """A section about the work, with the developments in it; `typical`: it says in outline what the work is."""

    said: Said
    level: int
    typical: bool
    developments: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Supplement:
    """What holds in addition, and for which part of the profile."""

    said: Said
    of: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class Sector:
    """A sector with the supplements for it."""

    sector: Named
    supplements: tuple[Supplement, ...]


def patterns(name: str) -> tuple[str, ...]:
    """What this module needs to know of the profile called `name`; its own properties are asked for elsewhere."""
    here, all_ = f"{{{name}}}", ("rdfs:label", "vg:volgorde", "prov:wasDerivedFrom")
    aside = " ".join(f'"{kind}"' for kind in sorted(_ABOUT_THE_DOCUMENT))
    telling = f"FILTER NOT EXISTS {{ VALUES ?aside {{ {aside} }} ?s vg:soortParagraaf ?aside }}"
    sections = ("vg:nummer", "vg:soortParagraaf", "vg:heeftParagraaf", "vg:heeftOntwikkeling", *all_)
    return (
        of(f"{here} vg:heeftParagraaf+ ?s .", *sections),
        of(f"{here} vg:heeftParagraaf+ ?s . {telling}", "vg:tekst"),
        of(f"{here} vg:heeftParagraaf*/vg:heeftOntwikkeling ?s .", "vg:tekst", *all_),
        of(f"{here} {_WITHIN}*/vg:heeftAanvulling ?s .", "vg:tekst", "vg:geldtVoor", "vg:vultAan", *all_),
        of(f"{here} {_WITHIN}*/vg:heeftAanvulling/(vg:geldtVoor|vg:vultAan) ?s .", "rdfs:label", "vg:nummer"),
        of(f"{here} vg:heeftBevinding ?s .", "vg:ernst", *all_),
    )


def passages(name: str) -> str:
    """A pattern: where the texts, the people and the profile itself called `name` stand."""
    here, said = f"{{{name}}}", ("vg:brondocument", "vg:beginRegel", "vg:eindRegel", "vg:pagina")
    acts = "vg:heeftLegitimering|vg:heeftValidering|vg:heeftDeelname|vg:heeftBevinding|vg:heeftVereiste"
    texts = "vg:heeftParagraaf*/(vg:heeftParagraaf|vg:heeftOntwikkeling)"
    path = f"(({acts}|({texts})|({_WITHIN}*/vg:heeftAanvulling))?)/prov:wasDerivedFrom"
    return of(f"{{ SELECT DISTINCT ?s WHERE {{ {here} {path} ?s }} }}", *said)


def said(near: Nearby, thing: str) -> Said:
    """A text with its name and its place."""
    return Said(thing, near.label(thing), near.text(thing, "vg:tekst"), near.sources(thing))


def sections(near: Nearby, profile: str) -> tuple[Section, ...]:
    """The sections about the work, as a reader meets them, the deeper the higher their level (from 0)."""
    return tuple(_sections(near, profile, 0, frozenset({profile})))


def other_sections(near: Nearby, profile: str) -> tuple[Named, ...]:
    """The sections about the document itself."""
    there = _all_sections(near, profile, frozenset({profile}))
    return tuple(
        Named(section, numbered(near, section)) for section in there if _kind(near, section) in _ABOUT_THE_DOCUMENT
    )


def sectors(near: Nearby, profile: str) -> tuple[Sector, ...]:
    """The supplements by the sector that they hold for; one for several sectors stands with each."""
    there = [thing for thing in near.known() if near.things(thing, "vg:vultAan") and thing != profile]
    found: dict[str, list[str]] = {}
    for supplement in there:
        for sector in near.things(supplement, "vg:geldtVoor"):
            found.setdefault(sector, []).append(supplement)
    return tuple(
        Sector(
            Named(sector, near.label(sector)), tuple(_supplement(near, one) for one in _by_place(near, found[sector]))
        )
        for sector in sorted(found, key=near.place)
    )


def findings(near: Nearby, profile: str) -> tuple[Said, ...]:
    """What reading the document brought to light, in its order."""
    there = [said(near, thing) for thing in near.things(profile, "vg:heeftBevinding")]
    return tuple(sorted(there, key=lambda one: (min((source.first for source in one.sources), default=0), one.iri)))


def _sections(near: Nearby, whole: str, level: int, above: frozenset[str]) -> list[Section]:
    found = []
    for section in near.things(whole, "vg:heeftParagraaf"):
        if section in above:
            continue
        deeper = level
        if _kind(near, section) not in _ABOUT_THE_DOCUMENT:
            one = said(near, section)
            named_ = Said(one.iri, numbered(near, section), one.text, one.sources)
            developments = tuple(said(near, thing) for thing in near.things(section, "vg:heeftOntwikkeling"))
            found.append(Section(named_, level, _kind(near, section) in _TYPICAL, developments))
            deeper = level + 1
        found += _sections(near, section, deeper, above | {section})
    return found


def _all_sections(near: Nearby, whole: str, above: frozenset[str]) -> list[str]:
    found = []
    for section in near.things(whole, "vg:heeftParagraaf"):
        if section not in above:
            found += [section, *_all_sections(near, section, above | {section})]
    return found


def _kind(near: Nearby, section: str) -> str:
    kind = near.text(section, "vg:soortParagraaf")
    return kind.text if kind else ""


def _supplement(near: Nearby, thing: str) -> Supplement:
    whole = tuple(Named(part, numbered(near, part)) for part in near.things(thing, "vg:vultAan"))
    return Supplement(said(near, thing), whole)


def _by_place(near: Nearby, supplements: list[str]) -> list[str]:
    places = {one: min(((s.document, s.first) for s in near.sources(one)), default=("", 0)) for one in supplements}
    return sorted(supplements, key=lambda one: (places[one], one))
