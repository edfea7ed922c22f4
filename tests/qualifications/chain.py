"""Crebo codes over the years: two lists of codes → qualifications, files, and what succeeded what.

A code is not a name and a name is no code: codes came back under other names, and names under other codes. Everything
hangs on the code together with the list that has it.
"""

from __future__ import annotations

import csv
import io
from itertools import pairwise
from pathlib import Path

from rdflib import DCTERMS, SKOS, XSD, Graph, Literal, URIRef

from vakgraaf.ingest.kwalificatie.sheet import Sheet
from vakgraaf.rdf.iris import VG, thing

LAWS = "crebo/maatschappelijke_zorg.csv"
REGISTER = "crebo/mz_huidig_dossier.csv"
_LAW = "https://wetten.overheid.nl/"
_LAW_RIGHTS = (
    Literal("Tekst van regelingen van de overheid; daarop rust geen auteursrecht.", lang="nl"),
    Literal("Text of regulations of the Dutch government, which is free of copyright.", lang="en"),
)
_REGISTER_RIGHTS = (
    Literal(
        "Gegevens uit het opleidingenregister, overgenomen uit cedanl/mbo-bekostiging-bestanden (MIT-licentie).",
        lang="nl",
    ),
    Literal("Data from the register of courses, taken from cedanl/mbo-bekostiging-bestanden (MIT licence).", lang="en"),
)
_FILES = ("22195", "23181", "23312")
"""The successive qualification files Maatschappelijke Zorg."""
_SUCCEEDED = {"92661": "25477", "92662": "25478"}
"""Same name, same level, same kind of course, in the list that replaced the other."""
_NOW = {"4": "25779", "3": "25780"}
"""The only qualification of each level in the file under which the register has all earlier codes now."""
_NOTES = {
    "opvolging": (
        "Opvolger afgeleid, niet officieel vastgesteld: dezelfde naam, hetzelfde niveau en dezelfde soort opleiding in "
        "de regeling die de vorige verving.",
        "Successor derived, not officially established: same name, same level and same kind of course in the "
        "regulation that replaced the former one.",
    ),
    "nu": (
        "Opvolger afgeleid, niet officieel vastgesteld: het register plaatst deze code nu onder dossier 23312, en dat "
        "heeft op dit niveau één kwalificatie.",
        "Successor derived, not officially established: the register now has this code under file 23312, which holds "
        "one qualification of this level.",
    ),
    "92661": (
        "In 2008/09 (BWBR0024188) stond deze code voor 'Medewerker gehandicaptenzorg niveau 4'.",
        "In 2008/09 (BWBR0024188) this code stood for 'Medewerker gehandicaptenzorg niveau 4'.",
    ),
    "92662": (
        "In 2008/09 (BWBR0024188) stond deze code voor 'Medewerker Volwassenenwerk': dezelfde code, een andere naam.",
        "In 2008/09 (BWBR0024188) this code stood for 'Medewerker Volwassenenwerk': the same code, another name.",
    ),
}


def chain(reference: Path) -> Graph:
    """The graph of both lists in the folder `reference`."""
    laws = Sheet(
        (reference / LAWS).read_bytes(),
        "crebo-regelingen-maatschappelijke-zorg.csv",
        "Crebocodes Maatschappelijke Zorg in BWBR0031310 en BWBR0036352 (eigen uittreksel)",
        _LAW_RIGHTS,
    )
    for law in ("BWBR0031310", "BWBR0036352"):
        laws.add(laws.document, DCTERMS.source, URIRef(_LAW + law))
    register = Sheet(
        (reference / REGISTER).read_bytes(),
        "crebo-register-maatschappelijke-zorg.csv",
        "Crebocodes Maatschappelijke Zorg met hun huidige dossier (uittreksel uit het register)",
        _REGISTER_RIGHTS,
    )
    _add_laws(laws, reference)
    _add_register(register, reference)
    _add_files(register)
    return laws.graph + register.graph


def _rows(path: Path) -> list[tuple[int, dict[str, str]]]:
    """Each row with its line."""
    return list(enumerate(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"))), start=2))


def _add_laws(sheet: Sheet, reference: Path) -> None:
    for line, row in _rows(reference / LAWS):
        dossier = _dossier(sheet, row["crebo_dossier"], row["dossier"], line)
        code = row["crebo_kwalificatie"]
        iri = _kwalificatie(sheet, code, row["kwalificatie"], row["mbo_niveau"], line)
        sheet.add(iri, VG.isOnderdeelVan, dossier)
        sheet.add(iri, VG.geldigVanaf, Literal(row["geldig_vanaf"], datatype=XSD.date))
        sheet.add(iri, DCTERMS.source, URIRef(_LAW + row["bron_bwb"]))
        if code in _SUCCEEDED:
            _succeeds(sheet, iri, thing("kwalificatie", _SUCCEEDED[code]), "opvolging")
        if code in _NOTES:
            _note(sheet, iri, code)
            sheet.add(iri, DCTERMS.source, URIRef(_LAW + "BWBR0024188"))


def _add_register(sheet: Sheet, reference: Path) -> None:
    known = set(_SUCCEEDED) | {"92650"}
    for line, row in _rows(reference / REGISTER):
        code, level = row["code"], row["mbo_niveau"]
        iri = _kwalificatie(sheet, code, row["naam"], level, line)
        if code in _NOW.values():
            dossier = _dossier(sheet, row["huidig_dossier_code"], row["huidig_dossier_naam"], line)
            sheet.add(iri, VG.isOnderdeelVan, dossier)
        elif code not in known and code != "92660":
            _succeeds(sheet, iri, thing("kwalificatie", _NOW[level]), "nu")


def _add_files(sheet: Sheet) -> None:
    series = thing("kwalificatiedossier", "maatschappelijke-zorg")
    things = [thing("kwalificatiedossier", crebo) for crebo in _FILES]
    for one in things:
        sheet.add(one, DCTERMS.isVersionOf, series)
    for before, after in pairwise(things):
        _succeeds(sheet, before, after)


def _dossier(sheet: Sheet, crebo: str, title: str, line: int) -> URIRef:
    iri = sheet.thing("kwalificatiedossier", crebo, types=(VG.Kwalificatiedossier,))
    name = f"{title} (crebo {crebo})"
    sheet.label(iri, f"Kwalificatiedossier {name}", f"Qualification file {name}")
    sheet.tekst(iri, DCTERMS.title, title)
    sheet.add(iri, VG.creboCode, Literal(crebo))
    sheet.source(iri, (line, line))
    return iri


def _kwalificatie(sheet: Sheet, crebo: str, title: str, level: str, line: int) -> URIRef:
    iri = sheet.thing("kwalificatie", crebo, types=(VG.Kwalificatie,))
    sheet.label(iri, title)
    sheet.add(iri, VG.creboCode, Literal(crebo))
    sheet.add(iri, VG.mboNiveau, Literal(int(level)))
    sheet.source(iri, (line, line))
    return iri


def _succeeds(sheet: Sheet, before: URIRef, after: URIRef, note: str = "") -> None:
    sheet.add(before, DCTERMS.isReplacedBy, after)
    sheet.add(after, DCTERMS.replaces, before)
    if note:
        _note(sheet, before, note)


def _note(sheet: Sheet, subject: URIRef, name: str) -> None:
    nl, en = _NOTES[name]
    sheet.add(subject, SKOS.editorialNote, Literal(nl, lang="nl"), Literal(en, lang="en"))
