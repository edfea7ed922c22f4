"""The heart of an addendum: taken in their groups, and the two lists of each group."""

from __future__ import annotations

import re
from collections.abc import Sequence

from vakgraaf.ingest.claims import Taak, Taakgebied
from vakgraaf.ingest.flow import Row, join, lines_of, stretches
from vakgraaf.ingest.headings import numbered_sections
from vakgraaf.ingest.kerntaken import SOORT, label_of, skill_list
from vakgraaf.ingest.sections import take_aanvullingen

Words = frozenset[str]
TAAK = re.compile(r"(\d{1,2})[.)]\s+(?=[A-Z])(.+)")
_OVERVIEW = re.compile(r"overzicht .*taken.*", re.IGNORECASE)
_GROUP_NUMBER = re.compile(r"\d+(?:\.\d+)+\.?\s+(?=[A-Z])(.+)")


def read_taken(rows: Sequence[Row], chapter: str, words: Words) -> tuple[list[Taakgebied], list[Row], list[Row]]:
    """A chapter of taken: the groups with their taken, the rows that are mere structure, and rows left over.

    The overview ("3.1 Overzicht taken") says which groups and taken there are; what follows describes them.
    """
    sections = list(numbered_sections(rows, chapter))
    starts = [index for index, _, _ in sections]
    structure = [rows[index] for index in starts]
    gebieden: list[Taakgebied] = []
    left: list[Row] = list(rows[: starts[0]] if starts else [])
    for (_, _, title), (start, end) in zip(sections, stretches(starts, len(rows)), strict=True):
        if _OVERVIEW.fullmatch(title):
            gebieden = _overview(rows[start + 1 : end], gebieden)
        else:
            left.extend(_descriptions(rows[start + 1 : end], gebieden, words))
    if not sections:
        left.extend(_descriptions(rows, gebieden, words))
    return gebieden, structure, left


def _overview(rows: Sequence[Row], gebieden: list[Taakgebied]) -> list[Taakgebied]:
    for row in rows:
        found = TAAK.fullmatch(row.text)
        if found and gebieden:
            gebieden[-1].taken.append(Taak(found[1], found[2], frozenset(row.lines), notes=row.notes))
        elif gebieden and gebieden[-1].taken and not row.opens_block:
            gebieden[-1].taken[-1].title += f" {row.text}"
            gebieden[-1].taken[-1].heading |= frozenset(row.lines)
        else:
            gebieden.append(Taakgebied(row.text, frozenset(row.lines)))
    return gebieden


def _descriptions(rows: Sequence[Row], gebieden: list[Taakgebied], words: Words) -> list[Row]:
    """Fill the taken of `gebieden` (and add what the overview lacks); the rows that belong to none are returned."""
    heads = [index for index, row in enumerate(rows) if _is_head(rows, index, gebieden)]
    current: Taakgebied | None = gebieden[0] if gebieden else None
    for start, end in stretches(heads, len(rows)):
        row = rows[start]
        if found := TAAK.fullmatch(row.text):
            owner = _fill(row, found, rows[start + 1 : end], gebieden, current, words)
            current = current or owner
        else:
            current = _gebied(row, gebieden)
    return list(rows[: heads[0]] if heads else rows)


def _is_head(rows: Sequence[Row], index: int, gebieden: list[Taakgebied]) -> bool:
    row = rows[index]
    if not row.opens_block or row.is_bullet:
        return False
    if group := _GROUP_NUMBER.fullmatch(row.text):
        return len(group[1]) <= 80
    if found := TAAK.fullmatch(row.text):
        announced = any(t.nummer == found[1] for g in gebieden for t in g.taken)
        return announced or len(found[2]) <= 80
    return any(g.title.casefold() == row.text.casefold() for g in gebieden)


def _gebied(row: Row, gebieden: list[Taakgebied]) -> Taakgebied:
    numbered = _GROUP_NUMBER.fullmatch(row.text)
    title = numbered[1] if numbered else row.text
    for gebied in gebieden:
        if gebied.title.casefold() == title.casefold():
            gebied.heading |= frozenset(row.lines)
            return gebied
    gebieden.append(Taakgebied(title, frozenset(row.lines)))
    return gebieden[-1]


def _fill(
    row: Row,
    found: re.Match[str],
    body: Sequence[Row],
    gebieden: list[Taakgebied],
    current: Taakgebied | None,
    words: Words,
) -> Taakgebied:
    """Give the taak of this heading its text; its heading line counts beside the overview's."""
    owner, taak = next(
        ((g, t) for g in gebieden for t in g.taken if t.nummer == found[1] and t.omschrijving is None), (None, None)
    )
    if owner is None or taak is None:
        owner = current if current is not None else _gebied(row.rest("Taken"), gebieden)
        taak = Taak(found[1], found[2], frozenset())
        owner.taken.append(taak)
    taak.announced, taak.title = taak.title if taak.heading else None, found[2]
    taak.described_in, taak.described_at = (current or owner).title, frozenset(row.lines)
    taak.heading |= frozenset(row.lines)
    taak.notes += row.notes
    text, taak.aanvullingen = take_aanvullingen(body, words)
    taak.omschrijving = join(text, words)
    return owner


def read_group_lists(rows: Sequence[Row], gebieden: list[Taakgebied], words: Words) -> tuple[list[Row], list[Row]]:
    """The chapter of vakkennis en vaardigheden: lists per group go to `gebieden`; label rows, and rows left over."""
    labels: list[Row] = []
    left: list[Row] = []
    current: Taakgebied | None = gebieden[0] if len(gebieden) == 1 else None
    heads = [i for i, row in enumerate(rows) if row.opens_block and (_label(row) or _group_of(row, gebieden))]
    left.extend(rows[: heads[0]] if heads else rows)
    for start, end in stretches(heads, len(rows)):
        group, state = _group_of(rows[start], gebieden), _label(rows[start])
        if group is not None:
            current = group
            current.heading |= lines_of(rows[start : start + 1])
            left.extend(rows[start + 1 : end])
        elif state and current is not None:
            items, rest = skill_list(rows[start + 1 : end], SOORT[state], words)
            current.skills.extend(items)
            labels.append(rows[start])
            left.extend(rest)
        else:
            left.extend(rows[start:end])
    return labels, left


def _label(row: Row) -> str | None:
    state, _ = label_of(row)
    return state if state in SOORT else None


def _group_of(row: Row, gebieden: list[Taakgebied]) -> Taakgebied | None:
    title = re.sub(r"^\d+(?:\.\d+)*\.?\s+", "", row.text).casefold()
    return next((g for g in gebieden if g.title.casefold() == title), None)
