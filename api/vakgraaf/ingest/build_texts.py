"""Claims about texts → triples: paragrafen and what hangs in them, footnotes, glossary, sources."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rdflib import DCTERMS, FOAF, RDFS, SKOS, Literal, URIRef

from vakgraaf.ingest.claims import Aanvulling, Begrip, Claims, Paragraaf, Tekst
from vakgraaf.ingest.draft import Draft
from vakgraaf.ingest.dutch import singular_key
from vakgraaf.ingest.flow import Prose
from vakgraaf.rdf.iris import VG, slug, thing

BRANCHE_SCHEME = thing("begrippenkader", "branches")


def add_footnotes(draft: Draft, notes: Sequence[Tekst]) -> None:
    """The footnotes; they are attached where they are called, as texts are added."""
    for volgorde, note in enumerate(notes, start=1):
        number = note.notes[0]
        voetnoot = draft.mint("voetnoot", number)
        draft.type(voetnoot, VG.Voetnoot)
        draft.label(voetnoot, f"Voetnoot {number}", f"Footnote {number}")
        draft.order(voetnoot, volgorde, number)
        draft.source(voetnoot, note.lines)
        draft.tekst(voetnoot, VG.tekst, note.text)
        draft.register_note(number, voetnoot)


def add_paragrafen(draft: Draft, whole: URIRef, paragrafen: Sequence[Paragraaf]) -> None:
    """Titled sections, nested as in the document."""
    for volgorde, claim in enumerate(paragrafen, start=1):
        paragraaf = draft.mint("paragraaf", claim.nummer or claim.title)
        draft.type(paragraaf, VG.Paragraaf)
        draft.label(paragraaf, claim.title)
        draft.order(paragraaf, volgorde, claim.nummer)
        draft.add(paragraaf, VG.soortParagraaf, Literal(claim.soort))
        draft.part(whole, VG.heeftParagraaf, paragraaf)
        draft.source(paragraaf, claim.heading | (claim.text.lines if claim.text else frozenset()))
        draft.tekst(paragraaf, VG.tekst, claim.text)
        add_paragrafen(draft, paragraaf, claim.parts)
        add_dilemmas(draft, paragraaf, claim.dilemmas, slug(claim.title))
        add_aanvullingen(draft, paragraaf, claim.aanvullingen, slug(claim.title))
        _add_ontwikkelingen(draft, paragraaf, claim)


def add_dilemmas(draft: Draft, holder: URIRef, dilemmas: Sequence[Tekst], where: str) -> None:
    """The dilemmas that a kerntaak or a section names."""
    for volgorde, claim in enumerate(dilemmas, start=1):
        dilemma = draft.mint("dilemma", where, volgorde)
        draft.type(dilemma, VG.Dilemma)
        draft.label(dilemma, claim.text.rstrip(".;"))
        draft.order(dilemma, volgorde)
        draft.part(holder, VG.heeftDilemma, dilemma)
        draft.source(dilemma, claim.lines)
        draft.tekst(dilemma, VG.tekst, claim.text)
        draft.notes(dilemma, claim.notes)


def add_toelichtingen(draft: Draft, holder: URIRef, notes: Sequence[Prose], where: str) -> None:
    """The explanatory notes on a kerntaak ("1") or werkproces ("2.1")."""
    nl, en = ("werkproces", "work process") if "." in where else ("kerntaak", "core task")
    for volgorde, text in enumerate(notes, start=1):
        toelichting = draft.mint("toelichting", where, volgorde)
        draft.type(toelichting, VG.Toelichting)
        draft.label(toelichting, f"Toelichting bij {nl} {where}", f"Note on {en} {where}")
        draft.order(toelichting, volgorde)
        draft.part(holder, VG.heeftToelichting, toelichting)
        draft.source(toelichting, text.lines)
        draft.tekst(toelichting, VG.tekst, text)


def add_aanvullingen(draft: Draft, holder: URIRef, claims: Sequence[Aanvulling], where: str) -> None:
    """What holds in addition in some branches, for a taak or a paragraaf."""
    for volgorde, claim in enumerate(claims, start=1):
        aanvulling = draft.mint("aanvulling", where, volgorde)
        draft.type(aanvulling, VG.Aanvulling)
        draft.label(aanvulling, claim.leadin)
        draft.order(aanvulling, volgorde)
        draft.part(holder, VG.heeftAanvulling, aanvulling)
        draft.add(aanvulling, VG.vultAan, holder)
        draft.source(aanvulling, claim.lines)
        draft.tekst(aanvulling, VG.tekst, claim.text)
        for name in claim.branches:
            draft.add(aanvulling, VG.geldtVoor, branche(draft, name, claim.lines))


def branche(draft: Draft, name: str, lines: frozenset[int]) -> URIRef:
    """The branch called `name`; singular and plural are one, under the name that the document's scope uses."""
    known = {singular_key(known.name): known.name for known in draft.claims.branches}
    label = known.get(singular_key(name), name)
    label = label if label.isupper() else label[:1].casefold() + label[1:]
    iri = thing("branche", slug(label))
    draft.type(iri, VG.Branche)
    draft.concept(iri, label, BRANCHE_SCHEME)
    draft.source(iri, lines)
    return iri


def _add_ontwikkelingen(draft: Draft, holder: URIRef, claim: Paragraaf) -> None:
    for volgorde, trend in enumerate(claim.ontwikkelingen, start=1):
        ontwikkeling = draft.mint("ontwikkeling", slug(claim.title), volgorde)
        draft.type(ontwikkeling, VG.Ontwikkeling)
        draft.label(ontwikkeling, trend.title or f"{claim.title}: {_first_words(trend.text.text)}")
        if trend.title:
            draft.add(ontwikkeling, DCTERMS.title, draft.clean(trend.title))
        draft.order(ontwikkeling, volgorde)
        draft.add(ontwikkeling, VG.categorie, draft.clean(claim.title))
        draft.part(holder, VG.heeftOntwikkeling, ontwikkeling)
        draft.source(ontwikkeling, trend.lines)
        draft.tekst(ontwikkeling, VG.tekst, trend.text)


def _first_words(text: str) -> str:
    words = text.split()
    return " ".join(words[:8]) + (" …" if len(words) > 8 else "")


def add_glossary(draft: Draft, profiel: URIRef, begrippen: Sequence[Begrip]) -> None:
    """The glossary; an entry that points to another links to it, or keeps the term as text where it has no entry."""
    if not begrippen:
        return
    lijst = draft.mint("begrippenlijst")
    draft.type(lijst, VG.Begrippenlijst, SKOS.ConceptScheme)
    draft.label(lijst, f"Begrippenlijst van {draft.claims.title}", f"Glossary of {draft.claims.title}")
    draft.add(lijst, DCTERMS.title, draft.clean(f"Begrippenlijst van {draft.claims.title}"))
    draft.part(profiel, VG.heeftBegrippenlijst, lijst)
    draft.source(
        lijst,
        next((p.heading for p in draft.claims.all_paragrafen() if p.soort == "begrippenlijst"), begrippen[0].lines),
    )
    entries = {claim.term.casefold(): draft.mint("begrip", claim.term) for claim in begrippen}
    for volgorde, claim in enumerate(begrippen, start=1):
        begrip = entries[claim.term.casefold()]
        draft.type(begrip, VG.Begrip)
        draft.concept(begrip, claim.term, lijst)
        draft.order(begrip, volgorde)
        draft.part(lijst, VG.heeftBegrip, begrip)
        draft.source(begrip, claim.lines)
        draft.tekst(begrip, SKOS.definition, claim.definition)
        if claim.zie:
            draft.add(begrip, VG.zie, entries.get(claim.zie.casefold()) or draft.clean(claim.zie))


def add_sources(draft: Draft, profiel: URIRef, claims: Claims) -> None:
    """The works consulted. A reference is found again in other documents by its title: the words before the comma."""
    for claim in claims.bronnen:
        # A comma before a lower-case word belongs to the title; any other is followed by who, where or when.
        title = re.split(r",\s*(?=[A-Z0-9]|www\.)|(?<=[a-z])\.\s", claim.text)[0].strip()
        bron = thing("bron", slug(title) or slug(claim.text))
        draft.type(bron, VG.Bron, DCTERMS.BibliographicResource)
        draft.add(bron, RDFS.label, Literal(title, lang="nl"))
        draft.add(bron, DCTERMS.bibliographicCitation, Literal(claim.text, lang="nl"))
        draft.add(profiel, VG.raadpleegt, bron)
        draft.source(bron, claim.lines)
        for link in claims.links:
            if link.text.split("://")[-1] in claim.text:
                draft.add(bron, FOAF.page, URIRef(link.text))
                draft.source(bron, link.lines)
