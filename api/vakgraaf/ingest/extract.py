"""Flow → claims: each chapter goes to the recogniser of its kind.

`READERS` is the table of chapter kinds; a chapter of another kind is running text with headings.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from vakgraaf.errors import NotAProfile
from vakgraaf.ingest import kerntaken, lists, people, sections, taken
from vakgraaf.ingest.claims import Begrip, Claims, Hoofdstuk, Ontwikkeling, Paragraaf, Tekst, Vermelding
from vakgraaf.ingest.dutch import iso_date
from vakgraaf.ingest.flow import SENTENCE_END, Gap, Row, clean, join, lines_of, stretches
from vakgraaf.ingest.headings import BESCHRIJVING, numbered_sections, soort_of
from vakgraaf.ingest.identity import identify, require_name
from vakgraaf.ingest.layout import Flow, lay_out
from vakgraaf.ingest.mentions import note_mentions
from vakgraaf.ingest.outline import Chapter, outline
from vakgraaf.ingest.persons import find_names
from vakgraaf.ingest.read import Text
from vakgraaf.ingest.seats import read_tables
from vakgraaf.language.capitals import capitalised

Words = frozenset[str]
_TABLE_HEAD = re.compile(r"Kerntaak\s+Werkproces(?:sen)?|Kerntaken\s+Werkprocessen")


def extract(text: Text) -> tuple[Flow, Claims]:
    """The layout of `text` and what it says.

    Raises `NotAProfile` where it is no beroepscompetentieprofiel or addendum.
    """
    require_name(text)
    flow = lay_out(text)
    claims = identify(text, flow)
    _, chapters = outline(flow.rows)
    if not any(chapter.kind in ("beschrijving-taken", "taken") for chapter in chapters):
        raise NotAProfile(
            f"{text.name}: dit lijkt op een profiel ({claims.title}), maar er is geen hoofdstuk met kerntaken of taken "
            "in gevonden. Controleer of het document volledig is.",
            f"{text.name}: this looks like a profile ({claims.title}), but it has no chapter of core tasks "
            "(kerntaken) or tasks (taken). Check whether the document is complete.",
        )
    tables: dict[int, str] = {}
    for chapter in chapters:
        place = frozenset(chapter.heading.lines)
        claims.hoofdstukken.append(
            Hoofdstuk(chapter.kind, chapter.nummer, chapter.title, place, chapter.rows, chapter.expected)
        )
        READERS.get(chapter.kind, _running_text)(chapter, claims, flow.words, tables)
    _read_notes(flow, claims)
    claims.names = find_names([clean(line) for line in text.lines], tables)
    note_mentions(claims)
    return flow, claims


def _heading(chapter: Chapter) -> frozenset[int]:
    return frozenset(chapter.heading.lines)


def _add_chapter(claims: Claims, chapter: Chapter, text: Sequence[Row], parts: list[Paragraaf], words: Words) -> None:
    """A chapter becomes a paragraaf where it has text or parts of its own; else its heading is mere structure."""
    if not text and not parts:
        claims.structure |= _heading(chapter)
        if not chapter.rows:
            claims.empty.append(Vermelding(chapter.title, _heading(chapter)))
        return
    soort = soort_of(chapter.title)
    whole = sections.section(chapter.title, text, _heading(chapter), words, soort=soort, nummer=chapter.nummer)
    whole.text = whole.text if text else None
    whole.parts.extend(parts)
    claims.paragrafen.append(whole)


def _running_text(chapter: Chapter, claims: Claims, words: Words, tables: dict[int, str]) -> None:
    intro, parts = sections.subsections(_without_links(chapter.rows, claims), words)
    _add_chapter(claims, chapter, intro, parts, words)


def _preface(chapter: Chapter, claims: Claims, words: Words, tables: dict[int, str]) -> None:
    """A preface is one text; the date below it dates the profile, and who signed it is left out."""
    rows = _without_links(chapter.rows, claims)
    ended = max((i for i, row in enumerate(rows) if SENTENCE_END.search(row.text)), default=len(rows) - 1)
    for row in rows[ended + 1 :]:
        if len(row.text) < 30 and (date := iso_date(row.text)):
            claims.issued = date
        else:
            claims.unread.append(frozenset(row.lines))
            tables.update(dict.fromkeys(row.lines, row.text))
    kept = [row for row in rows if frozenset(row.lines) not in claims.unread]
    _add_chapter(claims, chapter, kept, [], words)


def _imprint(chapter: Chapter, claims: Claims, words: Words, tables: dict[int, str]) -> None:
    _add_chapter(claims, chapter, _without_links(chapter.rows, claims), [], words)


def _without_links(rows: Sequence[Row], claims: Claims) -> list[Row]:
    links = [row for row in rows if lists.LINK.fullmatch(row.text)]
    claims.links.extend(Tekst(row.text, frozenset(row.lines)) for row in links)
    return [row for row in rows if row not in links]


def _introduction(chapter: Chapter, claims: Claims, words: Words, tables: dict[int, str]) -> None:
    """Running text with headings; a list of sources among them is read as such."""
    rows = list(chapter.rows)
    at = next((i for i, row in enumerate(rows) if row.opens_block and soort_of(row.text) == "bronnen"), len(rows))
    intro, parts = sections.subsections(rows[:at], words)
    _add_chapter(claims, chapter, intro, parts, words)
    _take_sources(rows[at:], claims, words)


def _sources(chapter: Chapter, claims: Claims, words: Words, tables: dict[int, str]) -> None:
    claims.structure |= _heading(chapter)
    _take_sources(chapter.rows, claims, words)


def _take_sources(rows: Sequence[Row], claims: Claims, words: Words) -> None:
    bronnen, links, rest = lists.read_bronnen(rows, words)
    claims.bronnen.extend(bronnen)
    claims.links.extend(links)
    claims.structure |= lines_of(row for row in rest if soort_of(row.text) == "bronnen")


def _general(chapter: Chapter, claims: Claims, words: Words, tables: dict[int, str]) -> None:
    """General information about the occupation: numbered sections, or headings above their text."""
    numbered = list(numbered_sections(chapter.rows, chapter.nummer or ""))
    if not numbered:
        _running_text(chapter, claims, words, tables)
        return
    starts = [index for index, _, _ in numbered]
    parts = []
    for (_, nummer, title), (start, end) in zip(numbered, stretches(starts, len(chapter.rows)), strict=True):
        rows, heading = chapter.rows[start + 1 : end], frozenset(chapter.rows[start].lines)
        loose: list[Ontwikkeling] = []
        if soort_of(title) == "trends":
            body, loose, below = sections.trends(rows, words)
        else:
            body, below = _section_body(soort_of(title), rows, words)
        part = sections.section(title, body, heading, words, nummer=nummer)
        part.ontwikkelingen.extend(loose)
        part.parts.extend(below)
        parts.append(part)
    _add_chapter(claims, chapter, chapter.rows[: starts[0]], parts, words)


def _section_body(soort: str, rows: Sequence[Row], words: Words) -> tuple[list[Row], list[Paragraaf]]:
    if soort == "beschrijving-van-het-beroep":
        return sections.beside(rows, BESCHRIJVING, words)
    if soort == "functiebenamingen":
        return list(rows), []
    return sections.subsections(rows, words)


def _overview(chapter: Chapter, claims: Claims, words: Words, tables: dict[int, str]) -> None:
    found, rest = kerntaken.read_overview(chapter.rows)
    claims.kerntaken = found
    heads = [row for row in rest if _TABLE_HEAD.fullmatch(row.text) or _is_occupation(row, claims)]
    claims.structure |= lines_of(heads)
    text = [row for row in rest if row not in heads]
    numbered = list(numbered_sections(text, chapter.nummer or ""))
    starts = [index for index, _, _ in numbered]
    parts = [
        sections.section(title, text[start + 1 : end], frozenset(text[start].lines), words, nummer=nummer)
        for (_, nummer, title), (start, end) in zip(numbered, stretches(starts, len(text)), strict=True)
    ]
    _add_chapter(claims, chapter, text[: starts[0]] if starts else text, parts, words)


def _is_occupation(row: Row, claims: Claims) -> bool:
    return row.text.casefold() == claims.beroep.casefold()


def _kerntaken(chapter: Chapter, claims: Claims, words: Words, tables: dict[int, str]) -> None:
    intro, found, labels, _ = kerntaken.read_kerntaken(chapter.rows, words)
    announced = {kerntaak.nummer: kerntaak for kerntaak in claims.kerntaken}
    claims.overview = claims.kerntaken
    for kerntaak in found:
        kerntaken.merge_overview(kerntaak, announced.pop(kerntaak.nummer, None))
    claims.kerntaken = [*found, *announced.values()]
    claims.structure |= lines_of(labels)
    _add_chapter(claims, chapter, intro, [], words)


def _taken(chapter: Chapter, claims: Claims, words: Words, tables: dict[int, str]) -> None:
    claims.taakgebieden, structure, _ = taken.read_taken(chapter.rows, chapter.nummer or "", words)
    claims.structure |= _heading(chapter) | lines_of(structure)


def _group_lists(chapter: Chapter, claims: Claims, words: Words, tables: dict[int, str]) -> None:
    labels, _ = taken.read_group_lists(chapter.rows, claims.taakgebieden, words)
    claims.structure |= _heading(chapter) | lines_of(labels)


def _competences(chapter: Chapter, claims: Claims, words: Words, tables: dict[int, str]) -> None:
    claims.competenties, before = kerntaken.competence_list(chapter.rows, words)
    announcement = [row for row in before if row.text.endswith(":")]
    claims.structure |= lines_of(announcement)
    _add_chapter(claims, chapter, [row for row in before if row not in announcement], [], words)


def _matrix(chapter: Chapter, claims: Claims, words: Words, tables: dict[int, str]) -> None:
    intro, claims.matrix, header = lists.read_matrix(chapter.rows)
    claims.structure |= lines_of(header)
    _add_chapter(claims, chapter, intro, [], words)


def _glossary(chapter: Chapter, claims: Claims, words: Words, tables: dict[int, str]) -> None:
    intro, claims.begrippen = lists.read_begrippen(chapter.rows, words)
    _add_chapter(claims, chapter, intro, [], words)


def _people(chapter: Chapter, claims: Claims, words: Words, tables: dict[int, str]) -> None:
    """Groups and approvals: tables of people become seats, sentences and items become acts, the rest is text."""
    before, found = read_tables(chapter.rows, frozenset({claims.beroep.casefold()}))
    running = people.prose_of(before, words)
    groups = people.announced_groups(running.text) or ["validering"]
    for index, table in enumerate(found):
        claims.zetels.extend(table.seats(groups[min(index, len(groups) - 1)]))
        claims.structure |= lines_of(table.headers)
        claims.unread.extend(frozenset(row.lines) for row in table.unread)
        tables.update(table.names())
    claims.handelingen.extend(people.acts(running))
    claims.leden.update(people.members(running))
    _add_chapter(claims, chapter, *_text_of_people(before, claims, words), words)


def _text_of_people(rows: Sequence[Row], claims: Claims, words: Words) -> tuple[list[Row], list[Paragraaf]]:
    text = []
    for row in rows:
        act = people.listed_act(row.without_bullet()) if row.is_bullet else None
        if act:
            claims.handelingen.append(act)
        else:
            text.append(row)
    return sections.subsections(text, words)


# A footnote that says what a term means in this document.
_DEFINES = re.compile(
    r"Met (?:de term )?([\w -]+?) word(?:t|en) .*bedoeld\.|De term ([\w -]+?) wordt gebruikt voor .+|"
    r"([A-Z][\w -]{2,40}): .+",
    re.DOTALL,
)


def _read_notes(flow: Flow, claims: Claims) -> None:
    """The footnotes; where a document has no glossary, those that define a term are its glossary."""
    has_glossary = bool(claims.begrippen)
    for body in flow.notes:
        rows = [row for row in body.rows if row.text]
        text = join([Row(row.text, row.lines, Gap.NONE) for row in rows], flow.words)
        claims.voetnoten.append(Tekst(text.text, lines_of(body.rows), (body.number,)))
        defined = _DEFINES.match(text.text)
        if defined and not has_glossary:
            term = next(group for group in defined.groups() if group)
            claims.begrippen.append(Begrip(capitalised(term), text, None, lines_of(body.rows)))


_Reader = Callable[[Chapter, Claims, Words, dict[int, str]], None]
READERS: dict[str, _Reader] = {
    "voorwoord": _preface,
    "disclaimer": _imprint,
    "inleiding": _introduction,
    "bronnen": _sources,
    "algemene-informatie": _general,
    "overzicht-taken": _overview,
    "beschrijving-taken": _kerntaken,
    "taken": _taken,
    "vakkennis": _group_lists,
    "competenties": _competences,
    "competentieoverzicht": _matrix,
    "begrippenlijst": _glossary,
    "deelname": _people,
    "validering-en-legitimering": _people,
}
