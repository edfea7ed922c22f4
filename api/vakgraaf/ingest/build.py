"""Claims → graph: the profile and everything in it, with a passage under every statement."""

from __future__ import annotations

from dataclasses import dataclass

from rdflib import DCTERMS, SKOS, Graph, Literal, URIRef

from vakgraaf.ingest.build_people import add_acts, add_links, add_members, add_seats, organisation
from vakgraaf.ingest.build_tasks import add_competentievereisten, add_kerntaken, add_matrix, add_taakgebieden
from vakgraaf.ingest.build_texts import add_footnotes, add_glossary, add_paragrafen, add_sources, branche
from vakgraaf.ingest.claims import Bevinding, Claims, Dossier, Lines
from vakgraaf.ingest.draft import Draft, date_literal
from vakgraaf.ingest.layout import Flow
from vakgraaf.ingest.manifest import Entry
from vakgraaf.ingest.read import Text
from vakgraaf.ingest.skills import SkillRegister
from vakgraaf.rdf.iris import VG, slug, thing


@dataclass(frozen=True)
class Built:
    """The graph of a document and, for every line, the things that were made of it."""

    graph: Graph
    name: URIRef
    by_line: dict[int, frozenset[URIRef]]


def build(
    text: Text, flow: Flow, claims: Claims, findings: list[Bevinding], entry: Entry, register: SkillRegister
) -> Built:
    """The graph of one document. Skills new to `register` are added to it; nothing else is changed."""
    draft = Draft(text, flow, claims)
    profiel = thing("profiel", claims.reference)
    add_footnotes(draft, claims.voetnoten)
    _add_document(draft, entry)
    publisher = _add_profile(draft, profiel, entry)
    add_paragrafen(draft, profiel, claims.paragrafen)
    add_kerntaken(draft, profiel, claims.kerntaken, register)
    add_taakgebieden(draft, profiel, claims.taakgebieden, register)
    add_competentievereisten(draft, profiel, claims.competenties, None)
    add_matrix(draft, profiel, claims.matrix)
    add_glossary(draft, profiel, claims.begrippen)
    add_sources(draft, profiel, claims)
    add_seats(draft, profiel, claims.zetels)
    add_acts(draft, profiel, claims.handelingen)
    add_members(draft, claims)
    add_links(draft, profiel, publisher)
    _add_findings(draft, profiel, findings)
    graph = draft.finish(entry.rights, entry.title)
    return Built(graph, draft.name, {line: frozenset(things) for line, things in draft.by_line.items()})


def _add_document(draft: Draft, entry: Entry) -> None:
    document = draft.brondocument
    draft.type(document, VG.Brondocument)
    draft.label(document, entry.title)
    draft.add(document, DCTERMS.title, Literal(entry.title, lang="nl"))
    draft.add(document, DCTERMS.rights, *entry.rights)
    draft.add(document, VG.bestand, Literal(entry.file))
    draft.add(document, VG.sha256, Literal(draft.text.sha256))
    draft.add(document, VG.aantalRegels, Literal(len(draft.text.lines)))
    if entry.issued or draft.claims.issued:
        draft.add(document, DCTERMS.issued, date_literal(entry.issued or draft.claims.issued or ""))


def _add_profile(draft: Draft, profiel: URIRef, entry: Entry) -> URIRef | None:
    """The profile itself; its publisher is returned, where one is known."""
    claims = draft.claims
    kind = VG.Addendum if claims.kind == "addendum" else VG.Beroepscompetentieprofiel
    draft.type(profiel, kind, VG.Profiel)
    draft.label(profiel, claims.title)
    draft.add(profiel, DCTERMS.title, Literal(claims.title, lang="nl"))
    draft.add(profiel, DCTERMS.source, draft.brondocument)
    draft.add(profiel, DCTERMS.rights, *entry.rights)
    draft.source(profiel, claims.titled_at)
    if claims.issued:
        draft.add(profiel, DCTERMS.issued, date_literal(claims.issued))
    _add_beroep(draft, profiel)
    _add_relations(draft, profiel)
    name = entry.publisher or claims.publisher
    if name is None:
        return None
    lines = [n for n in sorted(draft.flow.furniture) if name in draft.text.line(n)]
    publisher = organisation(draft, name, frozenset(lines[:1]) or claims.titled_at)
    draft.add(profiel, DCTERMS.publisher, publisher)
    draft.add(draft.brondocument, DCTERMS.publisher, publisher)
    return publisher


def _add_beroep(draft: Draft, profiel: URIRef) -> None:
    claims = draft.claims
    beroep = _occupation(draft, claims.beroep, claims.titled_at)
    draft.add(profiel, VG.beschrijft, beroep)
    for named in claims.functienamen:
        draft.add(beroep, SKOS.altLabel, draft.clean(named.name))
        draft.source(beroep, named.lines)


def _occupation(draft: Draft, name: str, lines: Lines) -> URIRef:
    beroep = thing("beroep", slug(name))
    draft.type(beroep, VG.Beroep)
    draft.concept(beroep, name, thing("begrippenkader", "beroepen"))
    draft.source(beroep, lines)
    return beroep


def _add_relations(draft: Draft, profiel: URIRef) -> None:
    """Other profiles that this one supplements (known by name only: stubs), branches, and the qualification file."""
    claims = draft.claims
    for named in claims.vult_aan:
        other = thing("profiel", slug(named.name))
        draft.type(other, VG.Beroepscompetentieprofiel, VG.Profiel, VG.Stub)
        draft.label(other, f"Beroepscompetentieprofiel {named.name}")
        draft.source(other, named.lines)
        beroep = _occupation(draft, named.name, named.lines)
        draft.type(beroep, VG.Stub)
        draft.add(other, VG.beschrijft, beroep)
        draft.add(profiel, VG.vultAan, other)
    for named in claims.branches:
        draft.add(profiel, VG.geldtVoor, branche(draft, named.name, named.lines))
    if claims.dossier:
        _add_dossier(draft, profiel, claims.dossier)


def _add_dossier(draft: Draft, profiel: URIRef, claim: Dossier) -> None:
    dossier = thing("kwalificatiedossier", slug(claim.name))
    draft.type(dossier, VG.Kwalificatiedossier, VG.Stub)
    draft.label(dossier, f"Kwalificatiedossier {claim.name}")
    draft.source(dossier, claim.lines)
    draft.add(profiel, VG.noemtKwalificatiedossier, dossier)
    if claim.kwalificatie and claim.niveau:
        level = f"niveau-{claim.niveau}"
        kwalificatie = thing("kwalificatie", slug(claim.name), slug(claim.kwalificatie), level)
        draft.type(kwalificatie, VG.Kwalificatie, VG.Stub)
        draft.label(kwalificatie, f"{claim.name}, {claim.kwalificatie}, niveau {claim.niveau}")
        draft.add(kwalificatie, VG.mboNiveau, Literal(claim.niveau))
        draft.add(kwalificatie, VG.isOnderdeelVan, dossier)
        draft.source(kwalificatie, claim.lines)
        draft.add(profiel, VG.isBasisVoor, kwalificatie)


def _add_findings(draft: Draft, profiel: URIRef, findings: list[Bevinding]) -> None:
    for finding in findings:
        bevinding = draft.mint("bevinding", finding.code)
        draft.type(bevinding, VG.Bevinding)
        draft.label(bevinding, finding.nl, finding.en)
        draft.add(bevinding, VG.ernst, Literal(finding.ernst))
        draft.add(bevinding, VG.code, Literal(finding.code))
        draft.add(profiel, VG.heeftBevinding, bevinding)
        for place in finding.places:
            draft.cite(bevinding, place)
