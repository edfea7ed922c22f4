"""The heart of a beroepscompetentieprofiel: kerntaken, their werkprocessen, and what each demands.

A chapter is read label by label: every row either is a label of the table below, which says what follows it, or goes
with the label before it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from vakgraaf.ingest.claims import Competentievereiste, Kerntaak, Skillvereiste, Soort, Werkproces
from vakgraaf.ingest.flow import Row, join, lines_of, stretches
from vakgraaf.ingest.sections import DILEMMA_LEADIN, item_text, list_items

Words = frozenset[str]

SECTION = re.compile(r"\d+\.\d+\.?\s+Kerntaak\s+(\d+)[.:]?\s+(.+)")
KERNTAAK = re.compile(r"Kerntaak\s+(\d+)[.:]?\s+(.+)")
WERKPROCES = re.compile(r"(\d+\.\d+)\.?\s+([A-Z].*)")
COMPETENTIE = re.compile(r"[Cc]ompetentie\s+([A-Z])[.:]?\s+(.+)")
TOELICHTING = re.compile(r"Toelichting\s*:?\s+([A-Z].*)")

# Label → state that it opens. A colon may follow; what stands behind it is the first of what the label opens.
LABELS: tuple[tuple[str, str], ...] = (
    (r"(?:Be|Om)schrijving(?:(?: van het)? werkproces)?", "omschrijving"),
    (r"(?:Gewenst r|Beoogd r|R)esultaat", "resultaat"),
    (r"(?:Benodigde v|Vereiste v|V)akkennis en (?:vak)?vaardigheden", "skills"),
    (r"Kennis en (?:vak)?vaardigheden", "skills"),
    (r"(?:Vakk|K)ennis", "vakkennis"),
    (r"(?:Vakv|V)aardigheden", "vaardigheid"),
    (r"Toelichting bij werkproces \d+\.\d+", "toelichting-werkproces"),
    (r"Toelichting", "toelichting"),
    (r"Competenties die nodig zijn .*", "competenties"),
    (r"Benodigde competenties .*", "competenties"),
)
SOORT: dict[str, Soort | None] = {"skills": None, "vakkennis": "vakkennis", "vaardigheid": "vaardigheid"}


@dataclass
class Stretch:
    """A label and the rows that go with it."""

    state: str
    label: Row
    rows: list[Row] = field(default_factory=list)


def label_of(row: Row) -> tuple[str | None, str]:
    """The state that a label row opens, and the text behind the label; (None, "") for any other row."""
    for pattern, state in LABELS:
        if found := re.fullmatch(rf"(?:{pattern})\s*(?::\s*(?P<text>.*))?", row.text):
            return state, (found["text"] or "").strip()
    return None, ""


def skill_list(rows: Sequence[Row], soort: Soort | None, words: Words) -> tuple[list[Skillvereiste], list[Row]]:
    """The items of a list of vakkennis or vaardigheden in order, and rows that are not in the list."""
    items, rest = list_items(rows)
    texts = [item_text(item, words) for item in items]
    return [Skillvereiste(text.text, soort, text.lines, text.notes) for text in texts], rest


def competence_list(rows: Sequence[Row], words: Words) -> tuple[list[Competentievereiste], list[Row]]:
    """The competences of "competentie C. Begeleiden / Toelichting …" in order, and the rows before the first."""
    heads = [i for i, row in enumerate(rows) if COMPETENTIE.fullmatch(row.text)]
    found = []
    for start, end in stretches(heads, len(rows)):
        at = next((i for i in range(start + 1, end) if TOELICHTING.fullmatch(rows[i].text)), end)
        head = join(rows[start:at], words)
        body = list(rows[at:end])
        if body and (match := TOELICHTING.fullmatch(body[0].text)):
            body[0] = body[0].rest(match[1])
        named = COMPETENTIE.fullmatch(head.text)
        if named:
            lines = lines_of(rows[start:end])
            found.append(Competentievereiste(named[1], named[2], join(body, words), lines))
    return found, list(rows[: heads[0]] if heads else rows)


def read_overview(rows: Sequence[Row]) -> tuple[list[Kerntaak], list[Row]]:
    """The overview table: kerntaken with the titles of their werkprocessen, and the rows that are not in it."""
    kerntaken: list[Kerntaak] = []
    rest: list[Row] = []
    for row in rows:
        if found := KERNTAAK.fullmatch(row.text):
            kerntaken.append(Kerntaak(found[1], found[2], frozenset(row.lines), notes=row.notes))
        elif (found := WERKPROCES.fullmatch(row.text)) and kerntaken and _belongs(found[1], kerntaken[-1]):
            process = Werkproces(found[1], found[2], frozenset(row.lines), notes=row.notes)
            kerntaken[-1].werkprocessen.append(process)
        elif kerntaken and not row.opens_block:
            _extend_title(kerntaken[-1], row)
        else:
            rest.append(row)
    return kerntaken, rest


def read_kerntaken(rows: Sequence[Row], words: Words) -> tuple[list[Row], list[Kerntaak], list[Row], list[Row]]:
    """A chapter of kerntaken: rows before the first, the kerntaken, label rows (structure), rows left over."""
    first = next((i for i, row in enumerate(rows) if _kerntaak_head(row)), len(rows))
    kerntaken: list[Kerntaak] = []
    labels: list[Row] = []
    left: list[Row] = []
    for stretch in _stretches(rows[first:]):
        leftover = _READ[stretch.state](stretch, kerntaken, words)
        if stretch.state in _STRUCTURE:
            labels.append(stretch.label)
        left.extend(leftover)
    return list(rows[:first]), kerntaken, labels, left


def merge_overview(kerntaak: Kerntaak, announced: Kerntaak | None) -> None:
    """Add to a kerntaak the places, and the footnotes called there, where the overview names it and its parts."""
    if announced is None:
        return
    kerntaak.heading |= announced.heading
    kerntaak.notes += announced.notes
    processes = {process.nummer: process for process in kerntaak.werkprocessen}
    for named in announced.werkprocessen:
        if process := processes.get(named.nummer):
            process.heading |= named.heading
            process.notes += named.notes
        else:
            kerntaak.werkprocessen.append(named)


def _kerntaak_head(row: Row) -> re.Match[str] | None:
    return SECTION.fullmatch(row.text) or (KERNTAAK.fullmatch(row.text) if row.opens_block else None)


def _belongs(nummer: str, kerntaak: Kerntaak) -> bool:
    return nummer.split(".")[0] == kerntaak.nummer


def _stretches(rows: Sequence[Row]) -> list[Stretch]:
    """The rows cut at their labels. A "1.2 Title" is a werkproces where a description is announced below it."""
    found: list[Stretch] = []
    kerntaak = ""
    for index, row in enumerate(rows):
        state, text = label_of(row)
        if head := _kerntaak_head(row):
            kerntaak, state, text = head[1], "kerntaak", ""
        elif (process := WERKPROCES.fullmatch(row.text)) and _is_process(row, process[1], kerntaak):
            state = "werkproces" if _description_follows(rows, index) else None
        elif found and found[-1].state in ("competenties", "competentie"):
            state = "competentie" if COMPETENTIE.fullmatch(row.text) else state if text == "" else None
        if state:
            found.append(Stretch(state, row, [row.rest(text)] if text else []))
        else:
            found[-1].rows.append(row)
    return found


def _is_process(row: Row, nummer: str, kerntaak: str) -> bool:
    """True where the number is one of this kerntaak, or stands apart and may be a slip."""
    return nummer.split(".")[0] == kerntaak or (row.opens_block and kerntaak != "")


def _description_follows(rows: Sequence[Row], index: int) -> bool:
    """True where, after at most three more rows of title, a description of a werkproces is announced."""
    return any(label_of(row)[0] == "omschrijving" for row in rows[index + 1 : index + 5])


def _extend_title(kerntaak: Kerntaak, row: Row) -> None:
    target = kerntaak.werkprocessen[-1] if kerntaak.werkprocessen else kerntaak
    target.title = f"{target.title} {row.text}"
    target.heading |= frozenset(row.lines)
    target.notes += row.notes


def _on_kerntaak(stretch: Stretch, kerntaken: list[Kerntaak], words: Words) -> list[Row]:
    head = _kerntaak_head(stretch.label)
    own, rest = _title_rows(stretch)
    title = join([stretch.label.rest(head[2] if head else ""), *own], words).text
    if not kerntaken or head is None or kerntaken[-1].nummer != head[1]:
        kerntaken.append(Kerntaak(head[1] if head else "", title, frozenset()))
    kerntaken[-1].heading |= lines_of([stretch.label, *own])
    kerntaken[-1].notes += stretch.label.notes
    return rest


def _on_werkproces(stretch: Stretch, kerntaken: list[Kerntaak], words: Words) -> list[Row]:
    found = WERKPROCES.fullmatch(stretch.label.text)
    rows = [stretch.label.rest(found[2] if found else ""), *stretch.rows]
    process = Werkproces(found[1] if found else "", join(rows, words).text, lines_of(rows))
    process.notes = tuple(note for row in rows for note in row.notes)
    kerntaken[-1].werkprocessen.append(process)
    return []


def _title_rows(stretch: Stretch) -> tuple[list[Row], list[Row]]:
    """Rows straight below a heading go on with it; others do not belong to it."""
    own: list[Row] = []
    for row in stretch.rows:
        if row.opens_block:
            break
        own.append(row)
    return own, stretch.rows[len(own) :]


def _process(kerntaken: list[Kerntaak]) -> Werkproces | None:
    return kerntaken[-1].werkprocessen[-1] if kerntaken and kerntaken[-1].werkprocessen else None


def _on_text(stretch: Stretch, kerntaken: list[Kerntaak], words: Words) -> list[Row]:
    """The omschrijving or the resultaat of a werkproces; a second one has no place."""
    process = _process(kerntaken)
    if process is None or getattr(process, stretch.state):
        return stretch.rows
    setattr(process, stretch.state, join(stretch.rows, words))
    return []


def _on_skills(stretch: Stretch, kerntaken: list[Kerntaak], words: Words) -> list[Row]:
    process = _process(kerntaken)
    if process is None:
        return stretch.rows
    items, rest = skill_list(stretch.rows, SOORT[stretch.state], words)
    process.skills.extend(items)
    return rest


def _on_toelichting(stretch: Stretch, kerntaken: list[Kerntaak], words: Words) -> list[Row]:
    """A note on the kerntaak: its text, and the dilemmas that it may announce."""
    split = next((i for i, row in enumerate(stretch.rows) if DILEMMA_LEADIN.search(row.text)), None)
    text = stretch.rows if split is None else stretch.rows[: split + 1]
    if text:
        kerntaken[-1].toelichtingen.append(join(text, words))
    items, rest = list_items(stretch.rows[len(text) :])
    kerntaken[-1].dilemmas.extend(item_text(item, words) for item in items)
    return rest


def _on_toelichting_werkproces(stretch: Stretch, kerntaken: list[Kerntaak], words: Words) -> list[Row]:
    named = re.search(r"\d+\.\d+", stretch.label.text)
    for process in (p for k in kerntaken for p in k.werkprocessen if named and p.nummer == named[0]):
        process.toelichtingen.append(join(stretch.rows, words))
        return []
    return [stretch.label, *stretch.rows]


def _on_competentie(stretch: Stretch, kerntaken: list[Kerntaak], words: Words) -> list[Row]:
    found, rest = competence_list([stretch.label, *stretch.rows], words)
    kerntaken[-1].competenties.extend(found)
    return rest


def _on_competenties(stretch: Stretch, kerntaken: list[Kerntaak], words: Words) -> list[Row]:
    return stretch.rows


_Reader = Callable[[Stretch, list[Kerntaak], Words], list[Row]]
_READ: dict[str, _Reader] = {
    "kerntaak": _on_kerntaak,
    "werkproces": _on_werkproces,
    "omschrijving": _on_text,
    "resultaat": _on_text,
    "skills": _on_skills,
    "vakkennis": _on_skills,
    "vaardigheid": _on_skills,
    "toelichting": _on_toelichting,
    "toelichting-werkproces": _on_toelichting_werkproces,
    "competenties": _on_competenties,
    "competentie": _on_competentie,
}
_STRUCTURE = frozenset(
    {"omschrijving", "resultaat", "skills", "vakkennis", "vaardigheid", "toelichting", "competenties"}
)
