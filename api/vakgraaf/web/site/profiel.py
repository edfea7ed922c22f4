"""The page of a profile: a beroepscompetentieprofiel, an addendum, or one that is known by name only."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from vakgraaf.engine import Engine, Value
from vakgraaf.rdf.formats import GRAPH_FORMATS, Format
from vakgraaf.web.site import involved, qualifications, requirements, rights, texts, versions
from vakgraaf.web.site.choices import reference
from vakgraaf.web.site.citing import Citation, citation, spoken
from vakgraaf.web.site.crumbs import crumbs
from vakgraaf.web.site.demands import Demand, asked, asked_things, demands
from vakgraaf.web.site.involved import Involved
from vakgraaf.web.site.kinds import KINDS, kind_of
from vakgraaf.web.site.matrix import Matrix, competences, matrix
from vakgraaf.web.site.names import Named, named
from vakgraaf.web.site.nearby import Nearby, Source, nearby, of
from vakgraaf.web.site.outline import PARTS, Count, Part, below, counts, every, outline
from vakgraaf.web.site.qualifications import Level, Qualification
from vakgraaf.web.site.requirements import Requirement
from vakgraaf.web.site.structure_picture import Picture, picture
from vakgraaf.web.site.texts import Said, Section, Sector
from vakgraaf.web.site.versions import Version

_SAID = """
rdf:type rdfs:label dct:title dct:issued dct:publisher dct:source dct:rights prov:wasDerivedFrom vg:beschrijft
vg:geldtVoor vg:vultAan vg:isBasisVoor vg:noemtKwalificatiedossier vg:heeftInschaling vg:heeftVereiste
vg:heeftParagraaf vg:heeftOntwikkeling vg:heeftBegrippenlijst vg:heeftBevinding vg:heeftDeelname vg:heeftValidering
vg:heeftLegitimering vg:raadpleegt
""".split()
_NAMED = """(dct:publisher|dct:source|vg:beschrijft|vg:geldtVoor|vg:vultAan|vg:noemtKwalificatiedossier
|vg:heeftBegrippenlijst|vg:raadpleegt)"""


@dataclass(frozen=True, slots=True)
class Occupation:
    """The occupation that the profile describes, with other names for it."""

    iri: str
    name: Value
    titles: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Profile:
    """Everything on the page of a profile. `kind` is a word of the catalogue, `graphs` are names of graphs."""

    iri: str
    name: Value
    crumbs: tuple[Named, ...]
    kind: str
    stub: bool
    reference: str
    sources: list[Source]
    occupations: tuple[Occupation, ...]
    sectors: tuple[Named, ...]
    publishers: tuple[Named, ...]
    issued: str
    documents: tuple[Named, ...]
    qualifications: tuple[Qualification, ...]
    levels: tuple[Level, ...]
    files: tuple[Named, ...]
    supplements: tuple[Named, ...]
    supplemented_by: tuple[Named, ...]
    rights: tuple[Value, ...]
    parts: tuple[Part, ...]
    counts: tuple[Count, ...]
    picture: Picture
    matrix: Matrix
    own: tuple[Requirement, ...]
    knowledge: tuple[Demand, ...]
    practice: tuple[Demand, ...]
    by_sector: tuple[Sector, ...]
    sections: tuple[Section, ...]
    other_sections: tuple[Named, ...]
    involved: Involved
    glossaries: tuple[Named, ...]
    consulted: tuple[Named, ...]
    findings: tuple[Said, ...]
    citation: Citation
    graphs: tuple[str, ...]
    versions: tuple[Version, ...]
    formats: tuple[Format, ...] = GRAPH_FORMATS


async def view(engine: Engine, subject: str, language: str) -> Profile:
    """The page of the profile `subject`: two questions at the same time, one for what it divides into."""
    about, divided = await asyncio.gather(
        nearby(engine, language, *_about("this"), this=subject),
        nearby(engine, language, *_divided("this"), this=subject),
    )
    return _profile(about, divided, subject)


def _about(name: str) -> tuple[str, ...]:
    """What the profile says of itself, its texts, and who was involved."""
    here = f"{{{name}}}"
    return (
        of(f"VALUES ?s {{ {here} }}", *_SAID),
        of(f"{here} {_NAMED} ?s .", "rdfs:label", "skos:altLabel"),
        of(f"?s vg:vultAan {here} .", "vg:vultAan", "rdfs:label"),
        *rights.patterns(name),
        *qualifications.patterns(name),
        *texts.patterns(name),
        texts.passages(name),
        *involved.patterns(name),
        *requirements.patterns(name),
        versions.pattern(name),
    )


def _divided(name: str) -> tuple[str, ...]:
    """The parts of the profile, what they ask for, and the matrix."""
    here = f"{{{name}}}"
    return (
        of(f"VALUES ?s {{ {here} }}", "rdfs:label", "vg:heeftMatrixregel", *PARTS),
        below(name),
        asked(name),
        asked_things(name),
        *competences(name),
    )


def _profile(near: Nearby, divided: Nearby, subject: str) -> Profile:
    language = near.language
    parts = outline(divided, subject)
    all_parts = tuple(every(parts))
    asks = demands(divided, (subject, *(part.iri for part in all_parts)))
    publishers = named(near, *near.things(subject, "dct:publisher"))
    issued, name = near.text(subject, "dct:issued"), near.label(subject)
    files = near.things(subject, "vg:noemtKwalificatiedossier")
    return Profile(
        iri=subject,
        name=name,
        crumbs=crumbs(near, subject),
        kind=kind_of(value.text for value in near.values(subject, "rdf:type")) or KINDS["vg:Profiel"],
        stub=near.is_a(subject, "vg:Stub"),
        reference=reference(subject),
        sources=near.sources(subject),
        occupations=tuple(_occupation(near, one) for one in near.things(subject, "vg:beschrijft")),
        sectors=named(near, *near.things(subject, "vg:geldtVoor")),
        publishers=publishers,
        issued=spoken(issued, language),
        documents=named(near, *near.things(subject, "dct:source")),
        qualifications=qualifications.qualifications(near, subject),
        levels=qualifications.levels(near, subject),
        files=named(near, *files),
        supplements=named(near, *near.things(subject, "vg:vultAan")),
        supplemented_by=named(near, *near.pointing(subject, "vg:vultAan")),
        rights=rights.rights(near, subject),
        parts=parts,
        counts=counts(all_parts),
        picture=picture(name.text, parts, asks),
        matrix=matrix(divided, subject, parts),
        own=requirements.requirements(near, subject),
        knowledge=tuple(one for one in asks if one.kind == "vg:Vakkennis"),
        practice=tuple(one for one in asks if one.kind not in ("vg:Vakkennis", "vg:Competentie")),
        by_sector=texts.sectors(near, subject),
        sections=texts.sections(near, subject),
        other_sections=texts.other_sections(near, subject),
        involved=involved.involved(near, subject),
        glossaries=named(near, *near.things(subject, "vg:heeftBegrippenlijst")),
        consulted=named(near, *near.things(subject, "vg:raadpleegt")),
        findings=texts.findings(near, subject),
        citation=citation(publishers, issued, near.text(subject, "dct:title") or name, subject, language),
        graphs=rights.graphs(near, subject),
        versions=versions.versions(near, subject),
    )


def _occupation(near: Nearby, thing: str) -> Occupation:
    return Occupation(thing, near.label(thing), tuple(near.values(thing, "skos:altLabel")))
