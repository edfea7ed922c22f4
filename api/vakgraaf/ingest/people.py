"""The acts of approval: who validated and legitimated a profile, when, and which bodies make up another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from vakgraaf.ingest.claims import Handeling, Vermelding
from vakgraaf.ingest.dutch import DATE, enumeration, iso_date
from vakgraaf.ingest.flow import Prose, Row, join

_GROUP = re.compile(r"(?:deelgenomen aan de|[Ll]eden van de)\s+([a-z]+)\s*:")


def announced_groups(text: str) -> list[str]:
    """The groups whose members a text announces, in order: ["stuurgroep", "klankbordgroep"]."""
    return _GROUP.findall(text)


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


_LISTED = re.compile(
    rf"({DATE})\s+(gelegitimeerd|gevalideerd)\s+door\s+(?:.*?\bnamens\s+)?(?:de\s+|het\s+)?(.+?)\.?", re.IGNORECASE
)


def listed_act(row: Row) -> Handeling | None:
    """An act as an item of a list: "5 september 2013 gelegitimeerd door … namens SOVVT"."""
    found = _LISTED.fullmatch(row.text)
    if found is None:
        return None
    lines, date = frozenset(row.lines), iso_date(found[1])
    if found[5].casefold() == "gelegitimeerd":
        return Handeling("legitimering", found[6], date, lines, row.notes)
    return Handeling("validering", found[6], date, lines, row.notes)


def members(prose: Prose) -> Iterator[tuple[str, list[Vermelding]]]:
    """Bodies that are made up of others: "Het SOVVT wordt gevormd door de werknemersorganisaties A en B en …"."""
    for found in re.finditer(r"(?:Het|De)\s+(\S+)\s+wordt\s+gevormd\s+door\s+(.+?)\.(?:\s|$)", prose.text, re.DOTALL):
        lines = prose.lines_between(found.start(), found.end())
        named = re.sub(r"\bde\s+\w*organisaties\s+", "", found[2])
        yield found[1], [Vermelding(name, lines) for name in enumeration(named)]


def prose_of(rows: Sequence[Row], words: frozenset[str]) -> Prose:
    """Running text of rows without list items."""
    return join([row for row in rows if not row.is_bullet], words)
