"""Claims about who took part → triples: organisations, seats, validations, legitimations."""

from __future__ import annotations

from collections.abc import Sequence

from rdflib import DCTERMS, FOAF, PROV, RDFS, SKOS, Literal, Namespace, URIRef

from vakgraaf.ingest.claims import Claims, Handeling, Lines, Zetel
from vakgraaf.ingest.draft import Draft, date_literal
from vakgraaf.ingest.dutch import abbreviation, spoken_date
from vakgraaf.rdf.iris import VG, slug, thing

ORG = Namespace("http://www.w3.org/ns/org#")
GROUPS = frozenset({"stuurgroep", "klankbordgroep", "werkgroep"})
_ACTS = {
    "validering": (VG.Validering, VG.heeftValidering, "Validering", "Validation"),
    "legitimering": (VG.Legitimering, VG.heeftLegitimering, "Legitimering", "Legitimation"),
}


def organisation(draft: Draft, name: str, lines: Lines) -> URIRef:
    """The organisation called `name`. "Vereniging X" is X where the document knows X; "Long name (ABC)" is ABC."""
    short, long = abbreviation(name)
    bare = short.removeprefix("Vereniging ")
    known = {zetel.organisatie for zetel in draft.claims.zetels}
    label = bare if bare in known else short
    own_group = short.casefold() in GROUPS
    iri = thing("organisatie", draft.reference, short) if own_group else thing("organisatie", slug(label))
    draft.type(iri, ORG.Organization)
    draft.label(iri, f"{short.capitalize()} {draft.claims.title}" if own_group else label)
    for other in (long, short):
        if other and other != label and not own_group:
            draft.add(iri, SKOS.altLabel, draft.clean(other))
    draft.source(iri, lines)
    return iri


def add_seats(draft: Draft, profiel: URIRef, seats: Sequence[Zetel]) -> None:
    """Seats in groups: organisation and function. The person who took the seat is left out."""
    counted: dict[str, int] = {}
    for claim in seats:
        volgorde = counted[claim.groep] = counted.get(claim.groep, 0) + 1
        deelname = draft.mint("deelname", claim.groep, volgorde)
        draft.type(deelname, VG.Deelname)
        draft.label(deelname, ", ".join(filter(None, (claim.gremium, claim.functie, claim.organisatie, claim.groep))))
        draft.order(deelname, volgorde)
        draft.add(profiel, VG.heeftDeelname, deelname)
        draft.add(deelname, VG.groep, Literal(claim.groep))
        draft.add(deelname, VG.organisatie, organisation(draft, claim.organisatie, claim.lines))
        draft.tekst(deelname, VG.functie, claim.functie)
        draft.tekst(deelname, VG.gremium, claim.gremium)
        draft.source(deelname, claim.lines)


def add_acts(draft: Draft, profiel: URIRef, acts: Sequence[Handeling]) -> None:
    """Validations and legitimations: one act by one body on one date."""
    for claim in acts:
        klasse, predicate, nl, en = _ACTS[claim.kind]
        orgaan = organisation(draft, claim.orgaan, claim.lines)
        body = str(draft.graph.value(orgaan, RDFS.label))
        act = draft.mint(claim.kind, orgaan.rsplit("/", 1)[-1].removeprefix(f"{draft.reference}-"))
        draft.type(act, klasse, PROV.Activity)
        when = (f", {spoken_date(claim.date)}", f", {spoken_date(claim.date, 'en')}") if claim.date else ("", "")
        draft.label(act, f"{nl} door {body}{when[0]}", f"{en} by {body}{when[1]}")
        draft.add(profiel, predicate, act)
        draft.add(act, VG.orgaan, orgaan)
        if claim.date:
            draft.add(act, DCTERMS.date, date_literal(claim.date))
        draft.source(act, claim.lines)
        draft.notes(act, claim.notes)


def add_members(draft: Draft, claims: Claims) -> None:
    """Which organisations make up a body."""
    for body, members in claims.leden.items():
        for member in members:
            whole = organisation(draft, body, member.lines)
            draft.add(whole, ORG.hasMember, organisation(draft, member.name, member.lines))


def add_links(draft: Draft, profiel: URIRef, publisher: URIRef | None) -> None:
    """Links that stand alone: the publisher's home page and mailbox, or else something to see beside the profile.

    A link that belongs to a source consulted was attached to it.
    """
    name = str(draft.graph.value(publisher, RDFS.label)).casefold() if publisher else None
    for link in draft.claims.links:
        if link.lines <= draft.by_line.keys():
            continue
        subject, predicate = profiel, RDFS.seeAlso
        if publisher is not None and name and name in link.text.casefold():
            subject = publisher
            predicate = FOAF.mbox if link.text.startswith("mailto:") else FOAF.homepage
        draft.add(subject, predicate, URIRef(link.text))
        draft.source(subject, link.lines)
