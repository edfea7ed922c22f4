"""Tables of people → seats: organisation and function. Persons are recognised only to be left out.

Columns are lost in plain text, so a row is a run of words. It is read where its name can be told for certain: it has
initials, or a known organisation follows it. Any other row is not read at all: it gives no seat, and no text of it
enters the graph.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from vakgraaf.ingest.claims import Zetel
from vakgraaf.ingest.dutch import without_article
from vakgraaf.ingest.flow import Row, lines_of
from vakgraaf.ingest.persons import addressed, name_at_start

_HEADER = re.compile(r"Naam\b.*|(?:Organisatie\s+)?Functie")
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
class Person:
    """One row of a table: its printed rows, and its cells behind the name. `gremium` where a body took the seat."""

    first: Row
    rest: list[Row] = field(default_factory=list)
    name: str = ""
    organisatie: str = ""
    functie: str | None = None
    gremium: str | None = None


@dataclass
class Table:
    """The rows of a table of people, those that could not be read, and its headers."""

    persons: list[Person] = field(default_factory=list)
    unread: list[Row] = field(default_factory=list)
    headers: list[Row] = field(default_factory=list)

    def names(self) -> Iterator[tuple[int, str]]:
        """Line and text that must stay out of the graph: names, and unread rows whole."""
        yield from ((person.first.lines[0], person.name) for person in self.persons if person.name)
        yield from ((line, row.text) for row in self.unread for line in row.lines)

    def seats(self, groep: str) -> Iterator[Zetel]:
        """A seat for each row that was read."""
        for person in self.persons:
            lines = lines_of([person.first, *person.rest])
            organisatie = without_article(person.organisatie)
            yield Zetel(groep, organisatie, person.functie, person.gremium, lines)


def read_tables(rows: Sequence[Row], functions: frozenset[str]) -> tuple[list[Row], list[Table]]:
    """Rows before the first table of people, and the tables.

    `functions` are names of the document's own occupation, casefolded.
    """
    starts = [i for i, row in enumerate(rows) if row.text.startswith("Naam") and _HEADER.fullmatch(row.text)]
    tables: list[Table] = []
    for row in rows[starts[0] :] if starts else ():
        if _HEADER.fullmatch(row.text):
            if row.text.startswith("Naam"):
                tables.append(Table())
            tables[-1].headers.append(row)
        else:
            _add(tables[-1], row, functions)
    known = {person.organisatie for table in tables for person in table.persons if person.organisatie}
    for table in tables:
        _settle(table, known, functions)
    return list(rows[: starts[0]] if starts else rows), tables


def _add(table: Table, row: Row, functions: frozenset[str]) -> None:
    """Give a printed row its place: a new person, a further cell of the last one, or none."""
    plain = row.without_bullet()
    last = table.persons[-1] if table.persons else None
    name = name_at_start(plain.text)
    if name or addressed(plain.text) or row.is_bullet:
        person = Person(plain, name=name or "")
        if name:
            _read_cells(person, plain.text[len(name) :].strip(), functions)
        table.persons.append(person)
    elif row.opens_block and _GREMIUM.match(plain.text):
        table.persons.append(Person(plain, gremium=plain.text))
    elif last is None or not _add_cell(last, plain, functions):
        table.unread.append(plain)


def _read_cells(person: Person, text: str, functions: frozenset[str]) -> None:
    """Organisation and function behind a name: by columns that are still wide apart, or where a function begins."""
    columns = [column for column in re.split(r"\s{2,}", text) if column]
    if len(columns) == 2:
        person.organisatie, person.functie = columns
    else:
        person.organisatie, person.functie = split_function(" ".join(columns), functions)


def _add_cell(person: Person, row: Row, functions: frozenset[str]) -> bool:
    """True where `row` goes on with `person`: the rest of an organisation, its function, or a body's organisation."""
    text = " ".join(row.text.split())
    if person.gremium is not None and not person.organisatie:
        if row.opens_block:
            person.organisatie, person.functie = split_function(text, functions)
        else:
            person.gremium = f"{person.gremium} {text}"
    elif person.functie is not None or not (person.name or person.gremium):
        return False
    elif _is_function(text, functions):
        person.functie = text
    elif row.opens_block:
        return False
    else:
        person.organisatie = f"{person.organisatie} {text}"
    person.rest.append(row)
    return True


def _settle(table: Table, known: Iterable[str], functions: frozenset[str]) -> None:
    """Read the rows whose name only a known organisation can end; the others are left unread."""
    by_length = sorted((name for name in known if len(name) > 2), key=len, reverse=True)
    for person in list(table.persons):
        text = person.first.text
        found = next((at for name in by_length if (at := _after_name(text, name)) is not None), None)
        if person.gremium is None and found is not None:
            person.name = text[:found].strip()
            if not person.rest:
                _read_cells(person, text[found:], functions)
        if not person.organisatie or (not person.name and person.gremium is None):
            table.persons.remove(person)
            table.unread.extend([person.first, *person.rest])


def _after_name(text: str, organisation: str) -> int | None:
    """Where `organisation` stands in `text` behind at least one word."""
    found = re.search(rf"(?<=\s){re.escape(organisation)}(?=\s|$)", text)
    return found.start() if found else None


def _is_function(text: str, functions: frozenset[str]) -> bool:
    words = text.split()
    return any(_FUNCTION.fullmatch(word) for word in words) or text.casefold().startswith(tuple(functions))


def split_function(text: str, functions: frozenset[str]) -> tuple[str, str | None]:
    """Organisation and function in one string: "Florence zorg Zorgmanager Thuisbegeleiding"."""
    words = text.split()
    for index in range(1, len(words)):
        word = words[index]
        if _FUNCTION.fullmatch(word) or " ".join(words[index:]).casefold().startswith(tuple(functions)):
            while index > 1 and words[index - 1].casefold() in _BEFORE_FUNCTION:
                index -= 1
            return " ".join(words[:index]), " ".join(words[index:])
    return " ".join(words), None
