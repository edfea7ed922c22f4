"""The page of a qualification: its tasks and competences, the codes before and after it, the profiles behind it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields

from vakgraaf.engine import Engine, Value
from vakgraaf.web.site.citing import spoken
from vakgraaf.web.site.demands import Demand, asked, asked_things, demands
from vakgraaf.web.site.layouts import KWALIFICATIE
from vakgraaf.web.site.nearby import Nearby, of
from vakgraaf.web.site.outline import Count, Part, below, counts, every, outline
from vakgraaf.web.site.qualifications import Level, levels
from vakgraaf.web.site.thing import ThingPage, surroundings, thing_page

_CODED = ("rdfs:label", "vg:creboCode", "vg:geldigVanaf", "vg:geldigTot")
_TREE = "vg:heeftKerntaak"


@dataclass(frozen=True, slots=True)
class Coded:
    """A qualification in the chain: its code (empty where unknown), and from and until when it holds, in words."""

    iri: str
    name: Value
    crebo: str
    since: str
    until: str


@dataclass(frozen=True, slots=True)
class Origin:
    """A document that the qualification file names as a source of it; `founds`: of this qualification in particular."""

    iri: str
    name: Value
    issued: str
    founds: bool


@dataclass(frozen=True, slots=True)
class QualificationPage(ThingPage):
    """What the template shows beside what it shows of anything."""

    own: Coded
    before: tuple[Coded, ...]
    after: tuple[Coded, ...]
    notes: tuple[Value, ...]
    levels: tuple[Level, ...]
    parts: tuple[Part, ...]
    counts: tuple[Count, ...]
    competences: tuple[Demand, ...]
    knowledge: tuple[Demand, ...]
    practice: tuple[Demand, ...]
    origins: tuple[Origin, ...]


async def view(engine: Engine, iri: str, language: str) -> QualificationPage:
    """The page of a qualification, with two questions."""
    near = await surroundings(engine, iri, language, KWALIFICATIE, *_patterns("thing"))
    page = thing_page(near, iri, KWALIFICATIE)
    shown = {field.name: getattr(page, field.name) for field in fields(ThingPage)}
    parts = outline(near, iri)
    all_parts = tuple(every(parts))
    asks = demands(near, (iri, *(part.iri for part in all_parts)))
    shown["listings"] = tuple(one for one in page.listings if one.title != _tasks_title())
    return QualificationPage(
        **shown,
        own=_coded(near, iri),
        before=_chain(near, _beyond(near, iri, forth=False)),
        after=_chain(near, _beyond(near, iri, forth=True)),
        notes=_notes(near, iri),
        levels=levels(near, iri),
        parts=parts,
        counts=counts(all_parts),
        competences=tuple(one for one in asks if one.kind == "vg:Competentie"),
        knowledge=tuple(one for one in asks if one.kind == "vg:Vakkennis"),
        practice=tuple(one for one in asks if one.kind in ("vg:Vaardigheid", "")),
        origins=_origins(near, iri),
    )


def _patterns(name: str) -> tuple[str, ...]:
    here = f"{{{name}}}"
    return (
        of(
            f"VALUES ?s {{ {here} }}", _TREE, "vg:geldigVanaf", "vg:geldigTot", "dct:isReplacedBy", "skos:editorialNote"
        ),
        below(name),
        asked(name),
        asked_things(name),
        of(f"?s dct:isReplacedBy+ {here} .", *_CODED, "dct:isReplacedBy"),
        of(f"{here} dct:isReplacedBy+ ?s .", *_CODED, "dct:isReplacedBy"),
        of(f"{here} vg:heeftInschaling ?s .", "vg:niveau", "vg:status"),
        of(f"{here} vg:heeftInschaling/vg:niveau ?s .", "rdfs:label"),
        of(f"{here} vg:isOnderdeelVan ?s .", "dct:source"),
        of(f"{here} vg:isOnderdeelVan/dct:source ?s .", "rdfs:label", "dct:issued", "vg:isBasisVoor"),
    )


def _tasks_title() -> str:
    return next(part.title for part in KWALIFICATIE.lists if any(way.name == _TREE for way in part.ways))


def _beyond(near: Nearby, iri: str, *, forth: bool) -> list[str]:
    """The qualifications before, or after, this one, however many steps away, the nearest first."""
    found: list[str] = []
    row = [iri]
    while row:
        step = near.things if forth else near.pointing
        row = [one for here in row for one in step(here, "dct:isReplacedBy") if one != iri and one not in found]
        found += dict.fromkeys(row)
    return found if forth else found[::-1]


def _chain(near: Nearby, things: Iterable[str]) -> tuple[Coded, ...]:
    return tuple(_coded(near, one) for one in things)


def _coded(near: Nearby, iri: str) -> Coded:
    crebo = near.text(iri, "vg:creboCode")
    since, until = (spoken(near.text(iri, name), near.language) for name in ("vg:geldigVanaf", "vg:geldigTot"))
    return Coded(iri, near.label(iri), crebo.text if crebo else "", since, until)


def _notes(near: Nearby, iri: str) -> tuple[Value, ...]:
    """Notes in the language of the page, or all where there are none in it."""
    stated = near.values(iri, "skos:editorialNote")
    return tuple([one for one in stated if one.language == near.language] or stated)


def _origins(near: Nearby, iri: str) -> tuple[Origin, ...]:
    found = dict.fromkeys(
        one for file in near.things(iri, "vg:isOnderdeelVan") for one in near.things(file, "dct:source")
    )
    return tuple(
        Origin(
            one,
            near.label(one),
            spoken(near.text(one, "dct:issued"), near.language),
            iri in near.things(one, "vg:isBasisVoor"),
        )
        for one in found
    )
