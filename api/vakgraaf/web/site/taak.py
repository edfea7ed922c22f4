"""The pages of core tasks, work processes, tasks and task groups."""

from __future__ import annotations

from dataclasses import dataclass

from vakgraaf.engine import Engine, Value
from vakgraaf.web.site import rights
from vakgraaf.web.site.choices import reference
from vakgraaf.web.site.crumbs import above, crumbs
from vakgraaf.web.site.elsewhere import Elsewhere, elsewhere
from vakgraaf.web.site.kinds import KINDS, kind_of
from vakgraaf.web.site.names import Named, named, numbered
from vakgraaf.web.site.nearby import Nearby, Source, full, nearby, of
from vakgraaf.web.site.outline import PARTS, STEPS, Part, every, outline
from vakgraaf.web.site.requirements import Requirement, of_kind, requirements
from vakgraaf.web.site.requirements import patterns as requirement_patterns
from vakgraaf.web.site.texts import Said, said

_SAID = """
rdf:type rdfs:label vg:nummer vg:volgorde vg:omschrijving vg:resultaat prov:wasDerivedFrom vg:isOnderdeelVan
vg:heeftVereiste vg:heeftDilemma vg:heeftToelichting vg:heeftAanvulling vg:heeftVoetnoot vg:heeftOntwikkeling
""".split()
_TEXTS = ("vg:heeftDilemma", "vg:heeftToelichting", "vg:heeftAanvulling", "vg:heeftVoetnoot", "vg:heeftOntwikkeling")
_REQUIREMENTS = ("vg:Competentievereiste", "vg:Skillvereiste")
_SKILLS = ("vg:Vakkennis", "vg:Vaardigheid", "")


@dataclass(frozen=True, slots=True)
class Addition:
    """What holds in addition in some sectors."""

    said: Said
    sectors: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class Task:
    """Everything on the page of a part of a profile. `kind` is a word of the catalogue, `profile` the short name.

    `whole_skills` and `whole_competences` is what asks for them where this part itself does not.
    """

    iri: str
    name: Value
    number: str
    crumbs: tuple[Named, ...]
    kind: str
    profile: Named | None
    reference: str
    sources: list[Source]
    description: Value | None
    result: Value | None
    parts: tuple[Part, ...]
    previous: Named | None
    next: Named | None
    competences: tuple[Requirement, ...]
    knowledge: tuple[Requirement, ...]
    practice: tuple[Requirement, ...]
    elsewhere: dict[str, Elsewhere]
    whole_competences: Named | None
    whole_skills: Named | None
    dilemmas: tuple[Said, ...]
    notes: tuple[Said, ...]
    additions: tuple[Addition, ...]
    footnotes: tuple[Said, ...]
    developments: tuple[Said, ...]
    rights: tuple[Value, ...]


async def view(engine: Engine, subject: str, language: str) -> Task:
    """The page of a part of a profile: one question about it and what is around it, one about where else."""
    near = await nearby(engine, language, *_patterns("this"), this=subject)
    asked = requirements(near, subject)
    profile = next((one for one in near.things(subject, "vg:ligtBinnen") if near.is_a(one, "vg:Profiel")), None)
    things = list(dict.fromkeys(one.demand.iri for one in asked if one.demand is not None))
    return _task(near, subject, asked, profile, await elsewhere(engine, things, subject, profile, language))


def _patterns(name: str) -> tuple[str, ...]:
    here, where = f"{{{name}}}", ("vg:brondocument", "vg:beginRegel", "vg:eindRegel", "vg:pagina")
    texts = "|".join(_TEXTS)
    whole = f"VALUES ?sort {{ vg:Profiel vg:Kwalificatie }} {here} vg:ligtBinnen ?whole . ?whole a ?sort ."
    all_parts = f"{{ SELECT DISTINCT ?s WHERE {{ {whole} ?whole {STEPS}* ?s }} }}"
    asks = f"{here} vg:ligtBinnen ?s . ?s vg:heeftVereiste ?one . VALUES ?o {{ {' '.join(_REQUIREMENTS)} }} ?one a ?o"
    return (
        of(f"VALUES ?s {{ {here} }}", *_SAID, "vg:ligtBinnen", *PARTS),
        above(name),
        of(all_parts, "rdf:type", "rdfs:label", "vg:nummer", "vg:volgorde", *PARTS),
        of(f"{here} ({texts}) ?s .", "rdfs:label", "vg:tekst", "vg:volgorde", "vg:geldtVoor", "prov:wasDerivedFrom"),
        of(f"{here} vg:heeftAanvulling/vg:geldtVoor ?s .", "rdfs:label"),
        of(f"{here} ({texts})?/prov:wasDerivedFrom ?s .", *where),
        f"{{ SELECT DISTINCT ?s ?o WHERE {{ {asks} }} }} BIND (dct:type AS ?p)",
        *requirement_patterns(name),
        *rights.patterns(name),
    )


def _task(
    near: Nearby,
    subject: str,
    asked: tuple[Requirement, ...],
    profile: str | None,
    also: dict[str, Elsewhere],
) -> Task:
    way = crumbs(near, subject)
    before, after = _neighbours(near, subject, way)
    number = near.text(subject, "vg:nummer")
    additions = near.things(subject, "vg:heeftAanvulling")
    return Task(
        iri=subject,
        name=near.label(subject),
        number=number.text if number else "",
        crumbs=way,
        kind=_kind(near, subject),
        profile=Named(profile, near.label(profile)) if profile else None,
        reference=reference(profile) if profile else "",
        sources=near.sources(subject),
        description=near.text(subject, "vg:omschrijving"),
        result=near.text(subject, "vg:resultaat"),
        parts=outline(near, subject),
        previous=before,
        next=after,
        competences=of_kind(asked, "vg:Competentie"),
        knowledge=of_kind(asked, "vg:Vakkennis"),
        practice=of_kind(asked, "vg:Vaardigheid", ""),
        elsewhere=also,
        whole_competences=None if of_kind(asked, "vg:Competentie") else _asking(near, way, "vg:Competentievereiste"),
        whole_skills=None if of_kind(asked, *_SKILLS) else _asking(near, way, "vg:Skillvereiste"),
        dilemmas=_said(near, subject, "vg:heeftDilemma"),
        notes=_said(near, subject, "vg:heeftToelichting"),
        additions=tuple(Addition(said(near, one), named(near, *near.things(one, "vg:geldtVoor"))) for one in additions),
        footnotes=_said(near, subject, "vg:heeftVoetnoot"),
        developments=_said(near, subject, "vg:heeftOntwikkeling"),
        rights=rights.rights(near, subject),
    )


def _neighbours(near: Nearby, subject: str, way: tuple[Named, ...]) -> tuple[Named | None, Named | None]:
    """The part of the same kind before this one in the whole, and the one after it."""
    kind = _kind(near, subject)
    roots = [one.iri for one in way if any(near.is_a(one.iri, klasse) for klasse in ("vg:Profiel", "vg:Kwalificatie"))]
    parts = every(outline(near, roots[0])) if roots else ()
    row = [part for part in dict.fromkeys(part.iri for part in parts) if _kind(near, part) == kind]
    if subject not in row:
        return None, None
    at = row.index(subject)
    before, after = row[max(0, at - 1) : at], row[at + 1 : at + 2]
    first, last = [next((Named(one, numbered(near, one)) for one in side), None) for side in (before, after)]
    return first, last


def _asking(near: Nearby, way: tuple[Named, ...], requirement: str) -> Named | None:
    """The nearest whole that has such requirements."""
    wanted = full(requirement)
    there = (one for one in reversed(way) if any(v.text == wanted for v in near.values(one.iri, "dct:type")))
    return next(there, None)


def _said(near: Nearby, subject: str, kind: str) -> tuple[Said, ...]:
    return tuple(said(near, one) for one in near.things(subject, kind))


def _kind(near: Nearby, part: str) -> str:
    return kind_of(value.text for value in near.values(part, "rdf:type")) or KINDS["vg:Taak"]
