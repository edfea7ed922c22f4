"""Rows → chapters. What a chapter is about follows from its title, by the one table below.

Profiles of this format number their chapters ("1 Algemene informatie", "3. Taken") and their annexes ("Bijlage 2"),
and leave the rest unnumbered ("Voorwoord", "Disclaimer"). Taken are numbered in the same way as chapters, so a number
alone never makes a chapter.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from vakgraaf.ingest.flow import Gap, Row, stretches

# Title → kind. The first pattern that matches the whole title decides.
CHAPTER_KINDS: tuple[tuple[str, str], ...] = (
    (r"voorwoord", "voorwoord"),
    (r"inleiding", "inleiding"),
    (r"algemene (?:informatie|beschrijving).*", "algemene-informatie"),
    (r"overzicht (?:van )?(?:de )?kerntaken.*", "overzicht-taken"),
    (r"(?:beschrijving|uitwerking) (?:van )?(?:de )?kerntaken.*", "beschrijving-taken"),
    (r"taken", "taken"),
    (r"(?:vak)?kennis en (?:vak)?vaardigheden", "vakkennis"),
    (r"competenties", "competenties"),
    (r"(?:overzicht (?:van )?(?:de )?competenties|competentie(?:overzicht|matrix))", "competentieoverzicht"),
    (r"(?:geraadpleegde )?bronnen|brondocumenten|literatuur(?:lijst)?", "bronnen"),
    (r"(?:leden )?(?:stuurgroep|klankbordgroep|werkgroep)(?: en (?:stuurgroep|klankbordgroep|werkgroep))?", "deelname"),
    (r"(?:validering|validatie|legitimering)(?: en legitimering)?", "validering-en-legitimering"),
    (r"begrippen(?:lijst)?|verklarende woordenlijst", "begrippenlijst"),
    (r"disclaimer|colofon", "disclaimer"),
)
# What the format calls those chapters that have a number, each as a title that the table knows.
_TITLES = (
    "Algemene informatie beroepsuitoefening",
    "Overzicht van kerntaken",
    "Beschrijving van de kerntaken",
    "Vakkennis en vaardigheden",
    "Competenties",
    "Overzicht van competenties",
    "Geraadpleegde bronnen",
    "Validering en legitimering",
    "Begrippenlijst",
)
_LIKE = 88
"""Out of 100: "Vakkenis en vaardigheden" is like that title for 98, and no task of the two sources for 65."""
_UNNUMBERED = frozenset({"voorwoord", "inleiding", "disclaimer", "begrippenlijst", "bronnen"})
_NUMBERED = re.compile(r"(?:Hoofdstuk\s+)?(\d{1,2})[.:]?\s+(?=[A-Z])(.+)")
_ANNEX = re.compile(r"Bijlage\s+(\d{1,2}|[IVX]{1,4})[.:]?\s+(?=[A-Z])(.+)")


@dataclass(frozen=True)
class Chapter:
    """A chapter: `kind` from the table ("overig" where the title says nothing), its heading row and its body."""

    kind: str
    nummer: str | None
    title: str
    heading: Row
    rows: tuple[Row, ...]
    expected: str | None = None  # the number that it should have, where it has another


def chapter_kind(title: str) -> str | None:
    """The kind of the chapter called `title`, or None."""
    folded = " ".join(title.casefold().rstrip(".:").split())
    return next((kind for pattern, kind in CHAPTER_KINDS if re.fullmatch(pattern, folded)), None)


def names_chapter(line: str) -> bool:
    """True where `line` is the numbered title of a kind of chapter that the table knows, whatever stands around it."""
    found = _NUMBERED.fullmatch(line) or _ANNEX.fullmatch(line)
    return found is not None and chapter_kind(found[2]) is not None


def mistyped_chapter(line: str) -> str:
    """The title of the format that `line`, a numbered one that the table does not know, is very much like; else ""."""
    found = _NUMBERED.fullmatch(line) or _ANNEX.fullmatch(line)
    if found is None or chapter_kind(found[2]) is not None:
        return ""
    like = process.extractOne(found[2], _TITLES, scorer=fuzz.ratio, processor=str.casefold, score_cutoff=_LIKE)
    return like[0] if like else ""


def outline(rows: Sequence[Row]) -> tuple[list[Row], list[Chapter]]:
    """The rows before the first chapter, and the chapters."""
    heads: list[tuple[int, str, str | None, str, str | None]] = []
    counted = last = 0
    for index, row in enumerate(rows):
        current = heads[-1][1] if heads else None
        found = _chapter_head(row, counted + 1, current) or _chapter_head(row, last + 1, current)
        if found:
            heads.append((index, *found, None))
        elif found := _misnumbered(row, {head[1] for head in heads}):
            heads.append((index, *found, str(counted + 1)))
        if found and found[1] and found[1].isdigit():
            counted, last = counted + 1, int(found[1])
    chapters = []
    for head, (start, end) in zip(heads, stretches([h[0] for h in heads], len(rows)), strict=True):
        chapters.append(Chapter(*head[1:4], rows[start], tuple(rows[start + 1 : end]), head[4]))
    return list(rows[: heads[0][0] if heads else len(rows)]), chapters


def _misnumbered(row: Row, before: set[str]) -> tuple[str, str, str] | None:
    """A chapter out of the count: its title is known and has not been met, and it opens a page or stands apart.

    A chapter of taken is not looked for before the introduction: a table of contents names it there.
    """
    found = _NUMBERED.fullmatch(row.text)
    kind = chapter_kind(found[2]) if found else None
    apart = (row.page_start or row.gap is Gap.HARD) and not row.is_bullet
    return (kind, found[1], found[2]) if found and kind and apart and before and kind not in before else None


def _chapter_head(row: Row, expected: int, current: str | None) -> tuple[str, str | None, str] | None:
    if row.is_bullet or len(row.text) > 90 or not (row.opens_block or names_chapter(row.text)):
        return None
    if annex := _ANNEX.fullmatch(row.text):
        return (chapter_kind(annex[2]) or "overig", f"Bijlage {annex[1]}", annex[2])
    if numbered := _NUMBERED.fullmatch(row.text):
        kind = chapter_kind(numbered[2])
        if kind and int(numbered[1]) == expected:
            return (kind, numbered[1], numbered[2])
        if row.page_start and int(numbered[1]) == expected and current not in ("taken", "overzicht-taken", None):
            return ("overig", numbered[1], numbered[2])
        return None
    kind = chapter_kind(row.text)
    apart = row.page_start or row.gap is Gap.HARD or current is None
    return (kind, None, row.text) if kind in _UNNUMBERED and apart and row.text[:1].isupper() else None
