"""The documents that a qualification file rests on: which profiles they are, and which qualifications they found."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rdflib import DCTERMS, RDF, RDFS, XSD, Graph, Literal, URIRef

from vakgraaf.ingest.kwalificatie.claims import Bron, Kwalificatie
from vakgraaf.ingest.kwalificatie.sheet import Sheet
from vakgraaf.rdf.iris import VG, slug, thing

_ADDENDUM = re.compile(r"^\s*addendum\b", re.IGNORECASE)
_KIND = re.compile(r"^\s*(?:beroepscompetentieprofiel|addendum|bcp)(?![^\W_])[\s:_-]*", re.IGNORECASE)
_TAIL = re.compile(r"(?:\s+|\()(?:mbo|(?:19|20)\d{2})\)?\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class KnownProfile:
    """A profile that is there already: its title, the year of issue where known, and whether it is an addendum."""

    iri: URIRef
    title: str
    year: str | None
    addendum: bool


def known_profiles(graph: Graph) -> list[KnownProfile]:
    """The profiles that a graph has, by what it says of their types, labels and dates."""
    found = []
    for iri in sorted(set(graph.subjects(RDF.type, VG.Profiel)), key=str):
        label = next(iter(sorted(map(str, graph.objects(iri, RDFS.label)))), None)
        if isinstance(iri, URIRef) and label:
            issued = graph.value(iri, DCTERMS.issued)
            year = str(issued)[:4] if issued is not None else None
            found.append(KnownProfile(iri, label, year, (iri, RDF.type, VG.Addendum) in graph))
    return found


def occupation(title: str) -> str:
    """What a document or qualification is about: its title without the sort of document, a year, and the word mbo."""
    name = _KIND.sub("", " ".join(title.split()))
    while (shorter := _TAIL.sub("", name)) != name:
        name = shorter
    return slug(name)


def add_origins(
    sheet: Sheet,
    dossier: URIRef,
    bronnen: Iterable[Bron],
    qualifications: Sequence[tuple[Kwalificatie, URIRef]],
    known: Sequence[KnownProfile],
) -> None:
    """The documents that the file names as its sources; those about the same occupation found a qualification."""
    for bron in bronnen:
        if not _is_profile(bron):
            _add_other(sheet, dossier, bron)
            continue
        profile = _profile(sheet, bron, known)
        sheet.source(profile, bron.span)
        sheet.add(dossier, DCTERMS.source, profile)
        for qualification, iri in qualifications:
            if occupation(qualification.titel) == occupation(bron.titel):
                sheet.add(profile, VG.isBasisVoor, iri)
                sheet.source(iri, bron.span)


def _profile(sheet: Sheet, bron: Bron, known: Sequence[KnownProfile]) -> URIRef:
    """The profile that a source document is: one that is known by title and year, else one known by name only."""
    addendum, year = bool(_ADDENDUM.match(bron.titel)), (bron.datum or "")[:4] or None
    same = [one for one in known if occupation(one.title) == occupation(bron.titel) and one.addendum == addendum]
    same = [one for one in same if None in (one.year, year) or one.year == year]
    if same:
        found = min(same, key=lambda one: (one.year is None, str(one.iri)))
        if found.year is None and bron.datum:
            sheet.add(found.iri, DCTERMS.issued, Literal(bron.datum, datatype=XSD.date))
        return found.iri
    profile = thing("profiel", occupation(bron.titel) or slug(bron.titel), *([year] if year else []))
    kind = VG.Addendum if addendum else VG.Beroepscompetentieprofiel
    sheet.add(profile, RDF.type, VG.Profiel, kind, VG.Stub)
    sheet.label(profile, bron.titel)
    if bron.datum:
        sheet.add(profile, DCTERMS.issued, Literal(bron.datum, datatype=XSD.date))
    return profile


def _add_other(sheet: Sheet, dossier: URIRef, bron: Bron) -> None:
    iri = sheet.thing("bron", bron.titel, types=(VG.Bron,))
    sheet.label(iri, bron.titel)
    sheet.tekst(iri, DCTERMS.title, bron.titel)
    cited = ", ".join(part for part in (bron.titel, bron.bestand, bron.datum) if part)
    sheet.add(iri, DCTERMS.bibliographicCitation, Literal(cited))
    if bron.datum:
        sheet.add(iri, DCTERMS.issued, Literal(bron.datum, datatype=XSD.date))
    sheet.source(iri, bron.span)
    sheet.add(dossier, VG.raadpleegt, iri)


def _is_profile(bron: Bron) -> bool:
    sort = bron.soort.casefold()
    return "bcp" in sort or "beroepscompetentie" in sort or bool(_ADDENDUM.match(bron.titel))
