"""Claims about taken → triples: kerntaken, werkprocessen, taken, and what they demand."""

from __future__ import annotations

from collections.abc import Sequence

from rdflib import PROV, SKOS, Literal, URIRef

from vakgraaf.ingest.build_texts import add_aanvullingen, add_dilemmas, add_toelichtingen
from vakgraaf.ingest.claims import (
    Competentievereiste,
    Kerntaak,
    Matrixregel,
    Skillvereiste,
    Taak,
    Taakgebied,
    Werkproces,
)
from vakgraaf.ingest.draft import Draft
from vakgraaf.ingest.skills import SkillRegister
from vakgraaf.rdf.iris import VG, thing

SKILL_SCHEME = thing("begrippenkader", "skills")


def add_kerntaken(draft: Draft, profiel: URIRef, kerntaken: Sequence[Kerntaak], register: SkillRegister) -> None:
    """The kerntaken of a profile, each with its werkprocessen, competences, dilemmas and notes."""
    for volgorde, claim in enumerate(kerntaken, start=1):
        kerntaak = draft.mint("kerntaak", claim.nummer)
        draft.type(kerntaak, VG.Kerntaak, VG.Taak)
        draft.label(kerntaak, claim.title)
        draft.order(kerntaak, volgorde, claim.nummer)
        draft.part(profiel, VG.heeftKerntaak, kerntaak)
        draft.source(kerntaak, claim.heading)
        draft.notes(kerntaak, claim.notes)
        for place, process in enumerate(claim.werkprocessen, start=1):
            _add_werkproces(draft, kerntaak, process, place, register)
        add_toelichtingen(draft, kerntaak, claim.toelichtingen, claim.nummer)
        add_dilemmas(draft, kerntaak, claim.dilemmas, claim.nummer)
        add_competentievereisten(draft, kerntaak, claim.competenties, claim.nummer)


def _add_werkproces(draft: Draft, kerntaak: URIRef, claim: Werkproces, volgorde: int, register: SkillRegister) -> None:
    werkproces = draft.mint("werkproces", claim.nummer)
    draft.type(werkproces, VG.Werkproces, VG.Taak)
    draft.label(werkproces, claim.title)
    draft.order(werkproces, volgorde, claim.nummer)
    draft.part(kerntaak, VG.heeftWerkproces, werkproces)
    texts = [text for text in (claim.omschrijving, claim.resultaat) if text]
    draft.source(werkproces, claim.heading.union(*(text.lines for text in texts)))
    draft.tekst(werkproces, VG.omschrijving, claim.omschrijving)
    draft.tekst(werkproces, VG.resultaat, claim.resultaat)
    draft.notes(werkproces, claim.notes)
    add_skillvereisten(draft, werkproces, claim.skills, claim.nummer, register)
    add_toelichtingen(draft, werkproces, claim.toelichtingen, claim.nummer)


def add_taakgebieden(draft: Draft, profiel: URIRef, gebieden: Sequence[Taakgebied], register: SkillRegister) -> None:
    """The groups of taken of an addendum, each with its taken and its two lists."""
    for volgorde, claim in enumerate(gebieden, start=1):
        gebied = draft.mint("taakgebied", claim.title)
        draft.type(gebied, VG.Taakgebied)
        draft.label(gebied, claim.title)
        draft.order(gebied, volgorde)
        draft.part(profiel, VG.heeftTaakgebied, gebied)
        draft.source(gebied, claim.heading)
        for place, taak in enumerate(claim.taken, start=1):
            _add_taak(draft, gebied, taak, place)
        add_skillvereisten(draft, gebied, claim.skills, claim.title, register)


def _add_taak(draft: Draft, gebied: URIRef, claim: Taak, volgorde: int) -> None:
    taak = draft.mint("taak", claim.nummer)
    draft.type(taak, VG.Taak)
    draft.label(taak, claim.title)
    draft.order(taak, volgorde, claim.nummer)
    draft.part(gebied, VG.heeftTaak, taak)
    draft.source(taak, claim.heading | (claim.omschrijving.lines if claim.omschrijving else frozenset()))
    draft.tekst(taak, VG.omschrijving, claim.omschrijving)
    draft.notes(taak, claim.notes)
    add_aanvullingen(draft, taak, claim.aanvullingen, claim.nummer)


def add_skillvereisten(
    draft: Draft, holder: URIRef, claims: Sequence[Skillvereiste], where: str, register: SkillRegister
) -> None:
    """The items of a list of vakkennis en vaardigheden, in order; each concerns a skill of the register."""
    for volgorde, claim in enumerate(claims, start=1):
        vereiste = draft.mint("vereiste", where, "skill", volgorde)
        draft.type(vereiste, VG.Skillvereiste, VG.Vereiste)
        draft.label(vereiste, claim.wording)
        draft.order(vereiste, volgorde)
        draft.part(holder, VG.heeftVereiste, vereiste)
        draft.source(vereiste, claim.lines)
        draft.tekst(vereiste, VG.formulering, claim.wording)
        draft.notes(vereiste, claim.notes)
        _add_skill(draft, vereiste, claim, register)


def _add_skill(draft: Draft, vereiste: URIRef, claim: Skillvereiste, register: SkillRegister) -> None:
    skill = register.place(claim.wording, claim.soort)
    draft.add(vereiste, VG.betreft, skill.iri)
    draft.type(skill.iri, VG.Skill, VG.Vakkennis if skill.soort == "vakkennis" else VG.Vaardigheid)
    draft.concept(skill.iri, skill.label, SKILL_SCHEME)
    if claim.wording in skill.variants:
        draft.add(skill.iri, SKOS.altLabel, draft.clean(claim.wording))
    draft.add(skill.iri, PROV.wasDerivedFrom, *draft.graph.objects(vereiste, PROV.wasDerivedFrom))


def add_competentievereisten(
    draft: Draft, holder: URIRef, claims: Sequence[Competentievereiste], where: str | None
) -> None:
    """The competences demanded of a kerntaak, or of an addendum as a whole (`where` None)."""
    for volgorde, claim in enumerate(claims, start=1):
        vereiste = draft.mint("vereiste", *([where] if where else []), f"kbb-{claim.letter}")
        draft.type(vereiste, VG.Competentievereiste, VG.Vereiste)
        draft.label(vereiste, f"{claim.letter}. {claim.wording}")
        draft.order(vereiste, volgorde)
        draft.part(holder, VG.heeftVereiste, vereiste)
        draft.source(vereiste, claim.lines)
        draft.add(vereiste, VG.betreft, thing("competentie", f"kbb-{claim.letter}"))
        draft.tekst(vereiste, VG.formulering, claim.wording)
        draft.tekst(vereiste, VG.toelichting, claim.toelichting)


def add_matrix(draft: Draft, profiel: URIRef, rows: Sequence[Matrixregel]) -> None:
    """The document's own overview: a row a competence, with the kerntaken that it ticks."""
    known = {
        str(nummer): kerntaak
        for kerntaak, nummer in draft.graph.subject_objects(VG.nummer)
        if (profiel, VG.heeftKerntaak, kerntaak) in draft.graph
    }
    for volgorde, claim in enumerate(rows, start=1):
        regel = draft.mint("matrixregel", claim.letter)
        draft.type(regel, VG.Matrixregel)
        draft.label(regel, f"{claim.letter} {claim.wording}")
        draft.order(regel, volgorde)
        draft.part(profiel, VG.heeftMatrixregel, regel)
        draft.source(regel, claim.lines)
        draft.add(regel, VG.betreft, thing("competentie", f"kbb-{claim.letter}"))
        draft.add(regel, VG.formulering, Literal(claim.wording, lang="nl"))
        draft.add(regel, VG.vermeldtKerntaak, *(known[n] for n in claim.kerntaken if n in known))
