"""SBB's XML of qualification files → claims. What is optional may be absent; what is wrong is told with its line."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from vakgraaf.ingest.kwalificatie.claims import (
    Bron,
    Crebo,
    Eis,
    Item,
    Kerntaak,
    Kwalificatie,
    Kwalificatiedossier,
    Soort,
    Span,
    Tekst,
    Werkproces,
)
from vakgraaf.ingest.readers.markup import local

Problem = tuple[int, str, str]
"""A line, and what is wrong there in Dutch and in English."""
_DATE = re.compile(r"(\d{1,2})-(\d{1,2})-(\d{4})")
_CREBO = re.compile(r"\d{5}")
_ADDED = "aanvullend"
_TASK_TEXTS: tuple[tuple[str, Soort], ...] = (
    ("complexiteit", "complexiteit"),
    ("verantwoordelijkheid", "verantwoordelijkheid"),
)
_PROCESS_TEXTS: tuple[tuple[str, Soort], ...] = (
    ("werkprocesomschrijving", "omschrijving"),
    ("werkprocesresultaat", "resultaat"),
    ("werkprocesgedrag", "gedrag"),
)
_LEVELS = frozenset("1234")


class DossierReader:
    """Reads one `<dossier>`; what is wrong with it is in `problems` afterwards."""

    def __init__(self, dossier: etree._Element, competences: dict[str, Item]) -> None:
        """`competences` are those that the file lists, by their numbers."""
        self.problems: list[Problem] = []
        self._dossier, self._competences = dossier, competences
        self._items = items(dossier.iterfind("kennisenvaardigheden/kennisofvaardigheid"))
        self._profiles = {profile.get("nr", "") for profile in dossier.iterfind("profielen/profiel")}

    def read(self) -> Kwalificatiedossier:
        """What the file says."""
        dossier = self._dossier
        return Kwalificatiedossier(
            nummer=dossier.get("nr", ""),
            titel=self._title(dossier),
            versie=dossier.get("versie", ""),
            status=dossier.get("status", ""),
            span=_span(dossier),
            registers=tuple(self._crebo(one) for one in dossier.iterfind("dossiercrebos/dossiercrebo")),
            vastgesteld=self._date(dossier.find(".//vastgesteldop")),
            basis=tuple(self._kerntaak(one, "B1") for one in dossier.iterfind("basis//basiskerntaken/kerntaak")),
            profielen=tuple(self._kwalificatie(one) for one in dossier.iterfind("profielen/profiel")),
            bronnen=tuple(self._bron(one) for one in dossier.iterfind(".//brondocumenten/brondocument")),
        )

    def _kwalificatie(self, profile: etree._Element) -> Kwalificatie:
        code = self._chapter(profile, "P")
        level = profile.get("niveau", "").strip()
        if level and level not in _LEVELS:
            self._wrong(profile, f"'{level}' is geen mbo-niveau (1, 2, 3 of 4)", f"'{level}' is no mbo level (1 to 4)")
        crebos = [self._crebo(one) for one in profile.iter() if local(one) == "crebo" and (one.text or "").strip()]
        typing = profile.find("omschrijving/typeringvanhetberoep")
        return Kwalificatie(
            nummer=profile.get("nr", ""),
            code=code,
            titel=self._title(profile),
            niveau=level,
            span=_span(profile),
            register=next(iter(crebos), None),
            typering=None if typing is None else next(_text(typing, "omschrijving"), None),
            kerntaken=tuple(self._kerntaak(one, code) for one in profile.iterfind("profielkerntaken/kerntaak")),
        )

    def _kerntaak(self, task: etree._Element, part: str) -> Kerntaak:
        code = f"{part}-{self._chapter(task, 'K')}"
        listed = task.find("vakkennisenvaardigheden")
        processes = tuple(self._werkproces(one, code) for one in task.iterfind("*/werkproces"))
        return Kerntaak(
            code,
            self._title(task),
            _span(task),
            tuple(self._texts(task, _TASK_TEXTS)),
            tuple(self._demands(listed, "vakkennisenvaardigheden", self._items)),
            processes,
        )

    def _werkproces(self, process: etree._Element, task: str) -> Werkproces:
        return Werkproces(
            f"{task}-{self._chapter(process, 'W')}",
            self._title(process),
            _span(process),
            tuple(self._texts(process, _PROCESS_TEXTS)),
            tuple(self._demands(process.find("werkprocescompetenties"), "competentie", self._competences)),
        )

    def _texts(self, holder: etree._Element, kinds: tuple[tuple[str, Soort], ...]) -> Iterator[Tekst]:
        """The texts of a task, and those that hold in addition for one profile."""
        for name, kind in kinds:
            for element in holder.iterfind(name):
                yield from _text(element, kind)
                for added in element.iter(_ADDED):
                    profile = self._profile(added)
                    for inner in added:
                        if local(inner) != "profiel" and profile:
                            yield from _text(inner, kind, profile)

    def _demands(self, listed: etree._Element | None, name: str, known: dict[str, Item]) -> Iterator[Eis]:
        """The items that a list refers to, those that only one profile asks for with that profile; each once."""
        seen: set[tuple[str, str]] = set()
        for element in () if listed is None else listed.iter(name):
            reference = element.get("referentie")
            if reference is None:
                continue
            added = next(element.iterancestors(_ADDED), None)
            profile = "" if added is None else self._profile(added)
            item = known.get(reference)
            if item is None:
                self._wrong(
                    element,
                    f"verwijst naar nummer {reference}, dat het bestand niet beschrijft",
                    f"refers to number {reference}, which the file does not describe",
                )
            elif (reference, profile) not in seen:
                seen.add((reference, profile))
                yield Eis(item, _span(element), profile)

    def _profile(self, added: etree._Element) -> str:
        """The number of the profile that something holds for in addition."""
        pointer = added.find("profiel")
        number = "" if pointer is None else pointer.get("referentie", "")
        if number not in self._profiles:
            self._wrong(
                added if pointer is None else pointer,
                f"een aanvulling voor profiel '{number}', dat het bestand niet heeft",
                f"an addition for profile '{number}', which the file does not have",
            )
            return ""
        return number

    def _crebo(self, element: etree._Element) -> Crebo:
        code = " ".join("".join(element.itertext()).split())
        if not _CREBO.fullmatch(code):
            self._wrong(
                element, f"'{code}' is geen crebocode van vijf cijfers", f"'{code}' is no five-digit crebo code"
            )
        names = ("Geldig_vanaf", "Datum_einde_instroom", "Datum_einde_opleiding")
        return Crebo(code, _span(element), *(self._iso(element, element.get(name, "")) for name in names))

    def _bron(self, element: etree._Element) -> Bron:
        title = " ".join((element.get("omschrijving") or element.get("naam") or "").split())
        if not title:
            self._wrong(element, "een brondocument zonder naam", "a source document without a name")
        date = self._iso(element, element.get("datum", ""))
        return Bron(title, element.get("type", ""), date, element.get("naam", ""), _span(element))

    def _title(self, element: etree._Element) -> str:
        title = " ".join(element.get("titel", "").split())
        if not title:
            self._wrong(element, f"<{local(element)}> heeft geen titel", f"<{local(element)}> has no title")
        return title

    def _chapter(self, element: etree._Element, letter: str) -> str:
        """The code of a part within the whole: the letter with the number of its chapter."""
        chapter = element.get("hoofdstuk", "").strip()
        name, parent = local(element), element.getparent()
        others = [] if parent is None else [one for one in parent.iterchildren(element.tag) if one is not element]
        if not chapter.isdecimal():
            self._wrong(element, f"<{name}> heeft geen hoofdstuknummer", f"<{name}> has no chapter number")
        elif any(one.get("hoofdstuk", "").strip() == chapter for one in others):
            self._wrong(
                element, f"hoofdstuk {chapter} komt hier twee keer voor", f"chapter {chapter} is there twice here"
            )
        return f"{letter}{chapter}"

    def _date(self, element: etree._Element | None) -> str | None:
        return None if element is None else self._iso(element, element.text or "")

    def _iso(self, element: etree._Element, text: str) -> str | None:
        """A date that is written as 02-11-2011, in ISO 8601."""
        if not text.strip():
            return None
        found = _DATE.fullmatch(text.strip())
        if found is None or not (1 <= int(found[2]) <= 12 and 1 <= int(found[1]) <= 31):
            self._wrong(
                element, f"'{text.strip()}' is geen datum (dd-mm-jjjj)", f"'{text.strip()}' is no date (dd-mm-yyyy)"
            )
            return None
        return f"{found[3]}-{int(found[2]):02}-{int(found[1]):02}"

    def _wrong(self, element: etree._Element, nl: str, en: str) -> None:
        self.problems.append((_span(element)[0], nl, en))


def items(elements: Iterator[etree._Element]) -> dict[str, Item]:
    """Items of knowledge and skill, or competences, by their numbers."""
    found = {}
    for element in elements:
        title = " ".join(element.get("titel", "").split())
        found[element.get("nr", "")] = Item(element.get("nr", ""), title, _span(element), element.get("code", ""))
    return found


def _text(element: etree._Element, kind: Soort, profile: str = "") -> Iterator[Tekst]:
    """The text that stands in an element before anything else in it; none where that is blank."""
    text = (element.text or "").rstrip()
    if text.strip():
        first, _ = _span(element)
        lines = (" ".join(line.split()) for line in text.strip().splitlines())
        yield Tekst(kind, "\n".join(line for line in lines if line), (first, first + text.count("\n")), profile)


def _span(element: etree._Element) -> Span:
    line = element.sourceline or 1
    return line, line
