"""Qualification files → graph: files, qualifications with their codes and levels, tasks, demands, sources of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rdflib import DCTERMS, OWL, RDF, XSD, Graph, Literal, URIRef

from vakgraaf.ingest.kwalificatie.claims import Crebo, Kwalificatie, Kwalificatiedossier
from vakgraaf.ingest.kwalificatie.origins import KnownProfile, add_origins
from vakgraaf.ingest.kwalificatie.sheet import Sheet
from vakgraaf.ingest.kwalificatie.tasks import TaskWriter
from vakgraaf.ingest.qualification import read_dossiers
from vakgraaf.ingest.readers.reading import DEFAULT_LIMITS, ReadingLimits
from vakgraaf.rdf.iris import VG, thing

_PUBLISHER = ("Samenwerkingsorganisatie Beroepsonderwijs Bedrijfsleven (SBB)", "sbb")
_ORGANISATION = URIRef("http://www.w3.org/ns/org#Organization")


@dataclass(frozen=True, slots=True)
class UnderstoodDossiers:
    """What became of a file with qualification files: its name, the claims, and the graph."""

    file: str
    name: str
    dossiers: tuple[Kwalificatiedossier, ...]
    graph: Graph


def understand_dossiers(
    content: bytes,
    filename: str,
    known: Sequence[KnownProfile] = (),
    limits: ReadingLimits = DEFAULT_LIMITS,
    *,
    facts: bool = False,
) -> UnderstoodDossiers:
    """Read SBB's XML and build its graph; `known` are profiles that may be among the sources of a file.

    `facts`: only codes, short titles, levels, competences, dates and sources; no texts, no knowledge and skills.
    Raises what `read_dossiers` does.
    """
    dossiers = read_dossiers(content, filename, limits)
    title = _titled(dossiers[0]) if len(dossiers) == 1 else f"Kwalificatiedossiers in {filename}"
    sheet = Sheet(content, filename, title)
    sbb = sheet.thing("organisatie", _PUBLISHER[1], types=(_ORGANISATION,))
    sheet.label(sbb, _PUBLISHER[0])
    sheet.source(sbb, dossiers[0].span)
    sheet.add(sheet.document, DCTERMS.publisher, sbb)
    for dossier in dossiers:
        _add_dossier(sheet, dossier, known, facts=facts)
    issued = next((dossier.vastgesteld for dossier in dossiers if dossier.vastgesteld), None)
    if issued:
        sheet.add(sheet.document, DCTERMS.issued, Literal(issued, datatype=XSD.date))
    return UnderstoodDossiers(filename, sheet.name, dossiers, sheet.graph)


def _add_dossier(sheet: Sheet, claim: Kwalificatiedossier, known: Sequence[KnownProfile], *, facts: bool) -> None:
    dossier = sheet.thing("kwalificatiedossier", claim.key, types=(VG.Kwalificatiedossier,))
    sheet.label(dossier, _titled(claim), _titled(claim).replace("Kwalificatiedossier", "Qualification file"))
    sheet.tekst(dossier, DCTERMS.title, claim.titel)
    sheet.source(dossier, claim.span)
    sheet.add(dossier, DCTERMS.rights, *sheet.graph.objects(sheet.document, DCTERMS.rights))
    for property_, value in ((DCTERMS.identifier, claim.nummer), (OWL.versionInfo, claim.versie)):
        if value:
            sheet.add(dossier, property_, Literal(value))
    if claim.vastgesteld:
        sheet.add(dossier, DCTERMS.issued, Literal(claim.vastgesteld, datatype=XSD.date))
    for crebo in claim.registers[:1]:
        _add_register(sheet, dossier, crebo)
    things = [(one, _kwalificatie(sheet, claim, one, place)) for place, one in enumerate(claim.profielen, start=1)]
    for _, iri in things:
        sheet.add(iri, VG.isOnderdeelVan, dossier)
    _add_tasks(sheet, claim, things, dossier, facts=facts)
    add_origins(sheet, dossier, claim.bronnen, things, known)


def _add_tasks(
    sheet: Sheet,
    claim: Kwalificatiedossier,
    things: Sequence[tuple[Kwalificatie, URIRef]],
    dossier: URIRef,
    *,
    facts: bool,
) -> None:
    """Core tasks: those of the common part belong to every qualification, and to the file where it has none."""
    writer = TaskWriter(
        sheet, claim.key, {one.nummer: iri for one, iri in things}, {one.nummer: one.code for one, _ in things}
    )
    for one, iri in things:
        if one.typering is not None and not facts:
            writer.paragraaf(iri, one.code, one.typering, "typering")
    common = [writer.kerntaak(kerntaak, facts=facts) for kerntaak in claim.basis]
    for place, kerntaak in enumerate(common, start=1):
        sheet.add(kerntaak, VG.volgorde, Literal(place))
        for holder in [iri for _, iri in things] or [dossier]:
            sheet.add(holder, VG.heeftKerntaak, kerntaak)
    for one, iri in things:
        for place, own in enumerate(one.kerntaken, start=len(common) + 1):
            kerntaak = writer.kerntaak(own, facts=facts)
            sheet.add(kerntaak, VG.volgorde, Literal(place))
            sheet.add(iri, VG.heeftKerntaak, kerntaak)


def _kwalificatie(sheet: Sheet, dossier: Kwalificatiedossier, claim: Kwalificatie, place: int) -> URIRef:
    """A qualification; its name is its crebo code, and where it has none its place in the file."""
    parts = (claim.crebo,) if claim.crebo else (dossier.key, claim.code)
    iri = thing("kwalificatie", *parts)
    if (iri, RDF.type, None) in sheet.graph:  # two profiles of one code: SBB did that in old files
        iri = thing("kwalificatie", *parts, claim.code)
    sheet.add(iri, RDF.type, VG.Kwalificatie)
    sheet.label(iri, claim.titel)
    sheet.add(iri, VG.volgorde, Literal(place))
    if claim.niveau:
        sheet.add(iri, VG.mboNiveau, Literal(int(claim.niveau)))
    sheet.source(iri, claim.span)
    if claim.register is not None:
        _add_register(sheet, iri, claim.register)
    return iri


def _add_register(sheet: Sheet, subject: URIRef, crebo: Crebo) -> None:
    sheet.add(subject, VG.creboCode, Literal(crebo.code))
    sheet.source(subject, crebo.span)
    dates = (
        (VG.geldigVanaf, crebo.vanaf),
        (VG.eindeInstroom, crebo.einde_instroom),
        (VG.geldigTot, crebo.einde_opleiding),
    )
    for property_, date in dates:
        if date:
            sheet.add(subject, property_, Literal(date, datatype=XSD.date))


def _titled(claim: Kwalificatiedossier) -> str:
    crebo = next(iter(claim.crebos), "")
    return f"Kwalificatiedossier {claim.titel}" + (f" (crebo {crebo})" if crebo else "")
