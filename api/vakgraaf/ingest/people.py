"""Who took part: seats in groups (organisation and function, never the person) and the acts of approval."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from vakgraaf.ingest.claims import Handeling, Vermelding, Zetel
from vakgraaf.ingest.dutch import DATE, enumeration, iso_date, without_article
from vakgraaf.ingest.flow import Prose, Row, join, lines_of
from vakgraaf.ingest.persons import name_at_start

_HEADER = re.compile(r"Naam\b.*|(?:Organisatie\s+)?Functie")
_GROUP = re.compile(r"(?:deelgenomen aan de|[Ll]eden van de)\s+([a-z]+)\s*:")
_GREMIUM = re.compile(r"(?:netwerk|commissie|raad|werkgroep|panel|overleg|bestuur|team|groep)\b", re.IGNORECASE)
_FUNCTION = re.compile(
    r"(?:\w*(?:medewerker|medewerkster|begeleider|begeleidster|manager|adviseur|bestuurder|coördinator|directeur|leider"
    r"|leidster|coach|secretaris|functionaris|functionarissen|verpleegkundige|verzorgende|docent|onderzoeker|voorzitter"
    r"|consulent|beleidsmaker|hulpverlener|trainer|specialist|deskundige|hoofd|agoog|psycholoog|ondernemer|eigenaar))",
    re.IGNORECASE,
)
_BEFORE_FUNCTION = frozenset(
    "senior junior strategisch juridisch uitvoerend plv. plaatsvervangend adjunct algemeen regionaal".split()
)


@dataclass
class Cells:
    """One person's row of a table, still in cells."""

    name: str | None
    rows: list[Row]
    cells: list[str] = field(default_factory=list)

    @property
    def lines(self) -> frozenset[int]:
        """The source lines of the row."""
        return lines_of(self.rows)


def announced_groups(text: str) -> list[str]:
    """The groups whose members a text announces, in order: ["stuurgroep", "klankbordgroep"]."""
    return _GROUP.findall(text)


def people_table(rows: Sequence[Row]) -> tuple[list[Row], list[list[Cells]], list[Row]]:
    """Rows before the first table of people, the tables (a list of rows each), and their header rows."""
    starts = [i for i, row in enumerate(rows) if row.text.startswith("Naam") and _HEADER.fullmatch(row.text)]
    if not starts:
        return list(rows), [], []
    headers: list[Row] = []
    tables: list[list[Cells]] = []
    for row in rows[starts[0] :]:
        if _HEADER.fullmatch(row.text):
            headers.append(row)
            if row.text.startswith("Naam"):
                tables.append([])
        else:
            _add_to_table(tables[-1], row)
    return list(rows[: starts[0]]), tables, headers


def _add_to_table(table: list[Cells], row: Row) -> None:
    plain = row.without_bullet()
    name = name_at_start(plain.text)
    if name:
        parts = re.split(r"\s{2,}", plain.text[len(name) :].strip())
        table.append(Cells(name, [row], [part for part in parts if part]))
    elif not table or (row.opens_block and _GREMIUM.match(plain.text)):
        table.append(Cells(None, [row], [plain.text]))
    elif row.opens_block:
        table[-1].rows.append(row)
        table[-1].cells.append(plain.text)
    else:
        table[-1].rows.append(row)
        table[-1].cells[-1:] = [f"{table[-1].cells[-1] if table[-1].cells else ''} {plain.text}".strip()]


def seats(table: Sequence[Cells], groep: str, functions: frozenset[str]) -> Iterator[Zetel]:
    """A seat for each row: the organisation, and the function where it can be told from it.

    Columns are lost in plain text, so a row in one cell is split where the name of a function begins; `functions` are
    the names of the document's own occupation, casefolded.
    """
    for row in table:
        cells = list(row.cells)
        gremium = cells.pop(0) if row.name is None and len(cells) > 1 else None
        organisatie, functie = (cells[0] if cells else "", cells[1] if len(cells) > 1 else None)
        if functie is None:
            organisatie, functie = split_function(organisatie, functions)
        organisatie = without_article(organisatie)
        if organisatie:
            yield Zetel(groep, organisatie, functie, gremium, row.lines)


def split_function(text: str, functions: frozenset[str]) -> tuple[str, str | None]:
    """Organisation and function in one string: "Florence zorg Zorgmanager Thuisbegeleiding"."""
    words = text.split()
    for index in range(1, len(words)):
        word = words[index]
        if _FUNCTION.fullmatch(word) or " ".join(words[index:]).casefold().startswith(tuple(functions)):
            while index > 1 and words[index - 1].casefold() in _BEFORE_FUNCTION:
                index -= 1
            return " ".join(words[:index]), " ".join(words[index:])
    return text, None


def acts(prose: Prose) -> Iterator[Handeling]:
    """Validations and legitimations told in running text, one for each body."""
    yield from _validations(prose)
    yield from _legitimations(prose)


def _validations(prose: Prose) -> Iterator[Handeling]:
    pattern = re.compile(r"is\s+(?:in\s+|op\s+)?([^.]*?)\s*gevalideerd\s+door\s+(?:de\s+|het\s+)?([^.]+)\.")
    for found in pattern.finditer(prose.text):
        lines = prose.lines_between(found.start(), found.end())
        names = re.sub(r"^(?:achterban|werkveld)(?:/\S+)?\s+van\s+", "", found[2].replace("achterban/het ", ""))
        for orgaan in enumeration(names):
            yield Handeling("validering", orgaan, iso_date(found[1]), lines)


_BODY = r"(?:Het|De)\s+((?:[^.()]|\([^)]*\))+?)"


def _legitimations(prose: Prose) -> Iterator[Handeling]:
    told = re.compile(rf"{_BODY}\s+heeft\s+[^.]*?gelegitimeerd\s+(?:op|in)\s+({DATE})")
    for found in told.finditer(prose.text):
        yield Handeling(
            "legitimering", found[1].strip(), iso_date(found[2]), prose.lines_between(found.start(), found.end())
        )


def listed_act(row_text: str, lines: frozenset[int], notes: tuple[str, ...]) -> Handeling | None:
    """An act as an item of a list: "5 september 2013 gelegitimeerd door … namens SOVVT"."""
    pattern = rf"({DATE})\s+(gelegitimeerd|gevalideerd)\s+door\s+(?:.*?\bnamens\s+)?(?:de\s+|het\s+)?(.+?)\.?"
    found = re.fullmatch(pattern, row_text, re.IGNORECASE)
    if found is None:
        return None
    if found[5].casefold() == "gelegitimeerd":
        return Handeling("legitimering", found[6], iso_date(found[1]), lines, notes)
    return Handeling("validering", found[6], iso_date(found[1]), lines, notes)


def members(prose: Prose) -> Iterator[tuple[str, list[Vermelding]]]:
    """Bodies that are made up of others: "Het SOVVT wordt gevormd door de werknemersorganisaties A en B en …"."""
    for found in re.finditer(r"(?:Het|De)\s+(\S+)\s+wordt\s+gevormd\s+door\s+(.+?)\.(?:\s|$)", prose.text, re.DOTALL):
        lines = prose.lines_between(found.start(), found.end())
        named = re.sub(r"\bde\s+\w*organisaties\s+", "", found[2])
        yield found[1], [Vermelding(name, lines) for name in enumeration(named)]


def prose_of(rows: Sequence[Row], words: frozenset[str]) -> Prose:
    """Running text of rows without list items."""
    return join([row for row in rows if not row.is_bullet], words)
