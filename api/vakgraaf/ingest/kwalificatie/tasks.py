"""The core tasks and work processes of a qualification file → triples, with what they ask for."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from rdflib import DCTERMS, SKOS, Literal, URIRef

from vakgraaf.ingest.kwalificatie.claims import Eis, Item, Kerntaak, Span, Tekst, Werkproces
from vakgraaf.ingest.kwalificatie.sheet import Sheet
from vakgraaf.language.capitals import capitalised
from vakgraaf.rdf.iris import VG, thing

_SKILLS = thing("begrippenkader", "skills")
_KNOWLEDGE = re.compile(r"^heeft\b.*\b(?:kennis|inzicht)\b|^(?:\w*kennis|inzicht)\b", re.IGNORECASE)
_WORDS = {
    "complexiteit": ("Complexiteit", "complexiteit"),
    "verantwoordelijkheid": ("Verantwoordelijkheid en zelfstandigheid", "verantwoordelijkheid"),
    "omschrijving": ("Omschrijving", "overig"),
    "resultaat": ("Resultaat", "overig"),
    "gedrag": ("Gedrag", "overig"),
    "typering": ("Typering van het beroep", "typering"),
}
"""Sort of text → its heading, and its vg:soortParagraaf."""
_PROPERTIES = {"omschrijving": VG.omschrijving, "resultaat": VG.resultaat}


class TaskWriter:
    """Writes tasks; what holds for one profile in addition is written with that qualification."""

    def __init__(self, sheet: Sheet, key: str, qualifications: Mapping[str, URIRef], codes: Mapping[str, str]) -> None:
        """`qualifications` and `codes` ("P1") are by the number of the profile; `key` begins the names of parts."""
        self._sheet, self._key = sheet, key
        self._qualifications, self._codes = qualifications, codes
        self._places: dict[tuple[URIRef, URIRef], int] = defaultdict(int)

    def kerntaak(self, claim: Kerntaak, *, facts: bool) -> URIRef:
        """A core task with all below it; `facts`: without texts, and without items of knowledge and skill."""
        sheet = self._sheet
        kerntaak = sheet.thing("kerntaak", self._key, claim.code, types=(VG.Kerntaak, VG.Taak))
        self._named(kerntaak, claim.titel, claim.code, claim.span)
        for place, process in enumerate(claim.werkprocessen, start=1):
            werkproces = self._werkproces(process, facts=facts)
            sheet.add(werkproces, VG.volgorde, Literal(place))
            sheet.add(kerntaak, VG.heeftWerkproces, werkproces)
        if not facts:
            self._texts(kerntaak, claim.code, claim.teksten)
            for demand in claim.vereisten:
                self._demand(kerntaak, claim.code, demand, self._skill(demand.item))
        return kerntaak

    def _werkproces(self, claim: Werkproces, *, facts: bool) -> URIRef:
        werkproces = self._sheet.thing("werkproces", self._key, claim.code, types=(VG.Werkproces, VG.Taak))
        self._named(werkproces, claim.titel, claim.code, claim.span)
        if not facts:
            self._texts(werkproces, claim.code, claim.teksten)
        for demand in claim.competenties:
            self._demand(werkproces, claim.code, demand, thing("competentie", f"kbb-{demand.item.code}"))
        return werkproces

    def paragraaf(self, holder: URIRef, where: str, text: Tekst, kind: str = "", at: URIRef | None = None) -> None:
        """A text as a section of `holder`; `at` is the task that it is about, where that is not the holder."""
        sheet, kind = self._sheet, kind or text.soort
        title, soort = _WORDS[kind]
        code = self._codes.get(text.profiel, "")
        parts = [part for part in (where, code, kind) if part]
        paragraaf = sheet.thing("paragraaf", self._key, *parts, types=(VG.Paragraaf,))
        sheet.label(paragraaf, f"{title} bij {where}" if at is not None else title)
        sheet.add(paragraaf, VG.soortParagraaf, Literal(soort))
        sheet.tekst(paragraaf, VG.tekst, text.text)
        sheet.source(paragraaf, text.span)
        self._hang(holder, VG.heeftParagraaf, paragraaf, at)

    def _named(self, task: URIRef, title: str, code: str, span: Span) -> None:
        self._sheet.label(task, title)
        self._sheet.add(task, VG.nummer, Literal(code))
        self._sheet.source(task, span)

    def _texts(self, task: URIRef, code: str, texts: Sequence[Tekst]) -> None:
        for text in texts:
            holder = self._qualifications.get(text.profiel)
            if holder is not None:
                self.paragraaf(holder, code, text, at=task)
            elif text.soort in _PROPERTIES:
                self._sheet.tekst(task, _PROPERTIES[text.soort], text.text)
                self._sheet.source(task, text.span)
            else:
                self.paragraaf(task, code, text)

    def _demand(self, task: URIRef, code: str, demand: Eis, wanted: URIRef) -> None:
        """What a task asks for; what one profile asks for in addition there is asked by the qualification."""
        sheet, item = self._sheet, demand.item
        holder = self._qualifications.get(demand.profiel)
        parts = [code, self._codes.get(demand.profiel, ""), f"kbb-{item.code}" if item.code else item.nummer]
        kind = VG.Competentievereiste if item.code else VG.Skillvereiste
        iri = sheet.thing("vereiste", self._key, *(part for part in parts if part), types=(kind, VG.Vereiste))
        sheet.label(iri, f"{item.code}. {item.titel}" if item.code else item.titel)
        sheet.tekst(iri, VG.formulering, item.titel)
        sheet.add(iri, VG.betreft, wanted)
        sheet.source(iri, demand.span)
        self._hang(holder or task, VG.heeftVereiste, iri, task if holder is not None else None)

    def _hang(self, holder: URIRef, predicate: URIRef, part: URIRef, at: URIRef | None) -> None:
        self._places[holder, predicate] += 1
        self._sheet.add(part, VG.volgorde, Literal(self._places[holder, predicate]))
        self._sheet.add(holder, predicate, part)
        if at is not None:
            self._sheet.add(part, VG.geldtBij, at)

    def _skill(self, item: Item) -> URIRef:
        """An item of knowledge or skill: one thing for each number, however many tasks ask for it."""
        sheet = self._sheet
        soort = VG.Vakkennis if _KNOWLEDGE.search(item.titel) else VG.Vaardigheid
        skill = sheet.thing("skill", "sbb", item.nummer, types=(SKOS.Concept, VG.Skill, soort))
        if (skill, SKOS.prefLabel, None) not in sheet.graph:
            label = capitalised(item.titel)
            sheet.label(skill, label)
            sheet.tekst(skill, SKOS.prefLabel, label)
            sheet.add(skill, SKOS.inScheme, _SKILLS)
            sheet.add(skill, DCTERMS.identifier, Literal(item.nummer))
            sheet.source(skill, item.span)
        return skill
