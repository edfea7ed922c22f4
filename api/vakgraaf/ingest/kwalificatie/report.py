"""What was understood of qualification files: as text and as data."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rdflib import RDF, URIRef

from vakgraaf.ingest.kwalificatie.building import UnderstoodDossiers
from vakgraaf.rdf.iris import VG

# Class → its name in the report, Dutch and English, in reading order.
_COUNTED = (
    (VG.Kwalificatie, "kwalificaties", "qualifications"),
    (VG.Kerntaak, "kerntaken", "kerntaken"),
    (VG.Werkproces, "werkprocessen", "werkprocessen"),
    (VG.Competentievereiste, "competentievereisten", "competence demands"),
    (VG.Skillvereiste, "vereisten van vakkennis en vaardigheden", "demands of knowledge and skills"),
    (VG.Vakkennis, "onderdelen vakkennis", "items of knowledge"),
    (VG.Vaardigheid, "vaardigheden", "skills"),
    (VG.Paragraaf, "paragrafen", "sections"),
    (VG.Profiel, "brondocumenten die alleen bij naam bekend zijn", "source documents known by name only"),
    (VG.Passage, "passages", "passages"),
)
_UNDERSTOOD = {"nl": "Begrepen", "en": "Understood"}


def as_text(understood: UnderstoodDossiers, language: str = "nl") -> str:
    """The report for people, in Dutch or English."""
    return "\n".join(_lines(understood, language)) + "\n"


def as_data(understood: UnderstoodDossiers) -> dict[str, Any]:
    """The report for machines."""
    return {
        "document": understood.name,
        "sort": "kwalificatiedossier",
        "dossiers": [
            {
                "number": dossier.nummer,
                "title": dossier.titel,
                "version": dossier.versie,
                "crebo": list(dossier.crebos),
                "qualifications": [
                    {"code": one.code, "title": one.titel, "crebo": one.crebo, "mboLevel": one.niveau}
                    for one in dossier.profielen
                ],
            }
            for dossier in understood.dossiers
        ],
        "triples": len(understood.graph),
        "counts": {str(klasse).split("#")[1]: _count(understood, klasse) for klasse, _, _ in _COUNTED},
    }


def _lines(understood: UnderstoodDossiers, language: str) -> Iterator[str]:
    yield f"{understood.file}  ({len(understood.graph)} triples)"
    for dossier in understood.dossiers:
        nl, en = dossier.described()
        yield f"  {en if language == 'en' else nl}"
    yield f"  {_UNDERSTOOD['en' if language == 'en' else 'nl']}:"
    for klasse, nl, en in _COUNTED:
        if count := _count(understood, klasse):
            yield f"    {en if language == 'en' else nl}: {count}"


def _count(understood: UnderstoodDossiers, klasse: URIRef) -> int:
    return len(set(understood.graph.subjects(RDF.type, klasse)))
