"""What a text refers to and does not have: chapters, annexes, tasks; what it announces below and is not there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest

from vakgraaf.ingest.claims import Bevinding, Claims, Hoofdstuk, Lines
from vakgraaf.ingest.flow import Prose, join
from vakgraaf.ingest.numbering import section_numbers
from vakgraaf.ingest.people import announced_groups

# What follows says that it is a part of another publication.
_ELSEWHERE = re.compile(
    r"\s*,?\s*(?:van|in|uit|bij)\s+(?:de|het|een)\s+(?!addendum|profiel|beroepscompetentieprofiel|bcp)"
)
_REFERENCE = re.compile(
    r"(?:\b(?P<kind>[Bb]ijlage|[Hh]oofdstuk|[Pp]aragraaf|[Tt]aak|[Kk]erntaak|[Ww]erkproces)|§)\s*"
    r"(?P<what>\d{1,2}(?:\.\d{1,2})*)(?!\d)"
    r"|\b[Tt]aken\s+\d{1,2}\s*(?:t/m|tot en met|[-–])\s*(?P<last>\d{1,2})(?!\d)"
    r"|\b(?P<competence>[Cc]ompetentie)\s+(?P<letter>[A-Z])(?![\w’'])"
)
_EN = {
    "bijlage": "annex",
    "hoofdstuk": "chapter",
    "paragraaf": "section",
    "taak": "task",
    "kerntaak": "core task",
    "werkproces": "work process",
    "competentie": "competence",
}


def running(chapter: Hoofdstuk) -> Prose:
    """All rows of a chapter as one text that knows its lines."""
    return join(chapter.rows) if chapter.rows else Prose("", ())


def dangling(claims: Claims) -> Iterator[Bevinding]:
    """A reference to a chapter, annex, section, task, werkproces or competence that the document does not have."""
    known = _known(claims)
    for chapter in claims.hoofdstukken:
        text = running(chapter)
        for found in _REFERENCE.finditer(text.text):
            kind = "taak" if found["last"] else (found["kind"] or found["competence"] or "paragraaf").casefold()
            what, there = found["what"] or found["letter"] or found["last"], known[kind]
            if there and what not in there and not _ELSEWHERE.match(text.text, found.end()):
                yield Bevinding(
                    "verwijzing-loopt-dood",
                    "waarschuwing",
                    f"De tekst verwijst naar {kind} {what}, maar die is er niet.",
                    f"The text refers to {_EN[kind]} {what}, which is not there.",
                    (text.lines_between(*found.span()),),
                )


def _known(claims: Claims) -> dict[str, set[str]]:
    numbers = {chapter.nummer for chapter in claims.hoofdstukken if chapter.nummer}
    plain = {nummer for nummer in numbers if nummer.isdigit()}
    competences = {d.letter for k in claims.kerntaken for d in k.competenties} | {d.letter for d in claims.competenties}
    annexes = {nummer.removeprefix("Bijlage ") for nummer in numbers - plain}
    return {
        "hoofdstuk": plain,
        # Where there are chapters and no annexes at all, a reference to one leads nowhere as well.
        "bijlage": annexes or {""},
        "paragraaf": {n for chapter in claims.hoofdstukken for n, _ in section_numbers(chapter)} | plain,
        "taak": {t.nummer for g in claims.taakgebieden for t in g.taken},
        "kerntaak": {k.nummer for k in claims.kerntaken},
        "werkproces": {p.nummer for k in claims.kerntaken for p in k.werkprocessen},
        "competentie": competences | {row.letter for row in claims.matrix},
    }


_NAMED = re.compile(r"\b([Bb]ijlage|[Hh]oofdstuk)\s+(\d{1,2})[.:]?\s+(?=([A-Z][\w-]+(?:\s+[\w-]+){0,2}))")


def names(claims: Claims) -> Iterator[Bevinding]:
    """The text announces a chapter or annex by another name than stands above it."""
    titles = {(chapter.nummer or "").casefold(): chapter for chapter in claims.hoofdstukken}
    for chapter in claims.hoofdstukken:
        text = running(chapter)
        for found in _NAMED.finditer(text.text):
            key = f"{found[1]} {found[2]}" if found[1].casefold() == "bijlage" else found[2]
            meant = titles.get(key.casefold())
            if meant and not _same_beginning(found[3], meant.title):
                yield Bevinding(
                    "verwijzing-wijkt-af",
                    "waarschuwing",
                    f"De tekst noemt {found[1].casefold()} {found[2]} '{found[3]}', erboven staat '{meant.title}'.",
                    f"The text calls {_EN[found[1].casefold()]} {found[2]} '{found[3]}', its title is '{meant.title}'.",
                    (text.lines_between(*found.span()), meant.heading),
                )


def _same_beginning(told: str, title: str) -> bool:
    first, second = told.casefold().split(), title.casefold().split()
    return first[0] in second or second[0] in first


_ANNOUNCED = re.compile(r"\b(?:gremi(?:um|a)|personen|deelnemers|organisaties)\b[^.]*\bhieronder\b[^.]*\bvermeld")
_COLON = re.compile(r"\b(?:is|zijn|als volgt|volgende)\s*:$")


def below(claims: Claims) -> Iterator[Bevinding]:
    """Something is announced ('hieronder vermeld', a colon that ends a sentence) and does not follow."""
    for chapter in claims.hoofdstukken:
        text = running(chapter)
        if chapter.kind == "validering-en-legitimering" and not any(z.groep == "validering" for z in claims.zetels):
            for found in _ANNOUNCED.finditer(text.text):
                yield _nothing_below(found[0], text.lines_between(*found.span()))
        if chapter.kind in ("validering-en-legitimering", "deelname"):
            seated = {zetel.groep for zetel in claims.zetels}
            for groep in announced_groups(text.text):
                told = re.search(rf"{groep}\s*:", text.text)
                if groep not in seated and told:
                    yield _nothing_below(told[0], text.lines_between(*told.span()))
        for row, following in zip_longest(chapter.rows, chapter.rows[1:]):
            ends = following is None or (not following.is_bullet and following.opens_block)
            if _COLON.search(row.text) and ends and not row.is_bullet:
                yield _nothing_below(" ".join(row.text.split()[-3:]), frozenset(row.lines))


def _nothing_below(announced: str, place: Lines) -> Bevinding:
    said = " ".join(announced.split())
    return Bevinding(
        "hieronder-niets",
        "waarschuwing",
        f"De tekst kondigt aan wat er volgt ('… {said}'), maar dat volgt niet.",
        f"The text announces what follows ('… {said}'), but it does not follow.",
        (place,),
    )


def notes(claims: Claims) -> Iterator[Bevinding]:
    """A number of a footnote that stands alone: called without a note, or a note that nothing calls."""
    for chapter in claims.hoofdstukken:
        for row in chapter.rows:
            if re.fullmatch(r"\d{1,2}", row.text) and 1 <= int(row.text) <= len(claims.voetnoten) + 1:
                yield Bevinding(
                    "voetnoot-los",
                    "waarschuwing",
                    f"Het voetnootnummer {row.text} staat los: er hoort een nummer in de tekst te staan én een noot.",
                    f"Footnote number {row.text} stands alone: there must be a number in the text and a note.",
                    (frozenset(row.lines),),
                )
