"""Slips of the pen that a reader sees at once: what was left to be filled in, pasted twice, copied from elsewhere."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator

from rapidfuzz import fuzz

from vakgraaf.ingest.claims import Bevinding, Claims, Taak, Werkproces
from vakgraaf.ingest.dutch import MONTHS
from vakgraaf.ingest.flow import SENTENCE_END, Gap, Prose
from vakgraaf.ingest.references import running

_TO_BE_FILLED_IN = re.compile(
    r"\bX{3,}\b|\bx{3,}\b|\b(?:PM|NTB|NNB|TBD|TODO)\b|\bn\.\s?[tn]\.\s?b\.|\[[^\[\]\d]{0,60}\]|<[a-zA-Z][^<>]{0,40}>"
    r"|\?{2,}|(?<!\S)(?:\.{3,}|…)(?=\s|$)|_{4,}|[Ll]orem ipsum|\bnader te bepalen\b|\b(?:nog )?in te vullen\b"
)


def placeholders(claims: Claims) -> Iterator[Bevinding]:
    """A place that was left to be filled in."""
    for chapter in claims.hoofdstukken:
        for row in chapter.rows:
            for found in _TO_BE_FILLED_IN.finditer(row.text):
                yield Bevinding(
                    "nog-in-te-vullen",
                    "waarschuwing",
                    f"Hier staat nog '{found[0].strip()}': dat lijkt een plek die ingevuld moest worden.",
                    f"This still says '{found[0].strip()}': it looks like a place that was to be filled in.",
                    (frozenset(row.lines),),
                )


_RUN = 12  # so many words in a row are no chance


def repeated(claims: Claims) -> Iterator[Bevinding]:
    """A passage that stands twice in one text; a description that two tasks of different names share."""
    texts = [(t, t.omschrijving) for t in claims.taken if isinstance(t, Taak | Werkproces) and t.omschrijving]
    demands = [d.toelichting for k in claims.kerntaken for d in k.competenties]
    for text in [text for _, text in texts] + demands + [d.toelichting for d in claims.competenties]:
        yield from _passage_twice(text)
    for index, (taak, text) in enumerate(texts):
        for other, earlier in texts[:index]:
            if text.text == earlier.text and taak.title != other.title and text.text:
                yield Bevinding(
                    "tekst-dubbel",
                    "waarschuwing",
                    f"Taak {taak.nummer} heeft dezelfde beschrijving als taak {other.nummer}.",
                    f"Task {taak.nummer} has the same description as task {other.nummer}.",
                    (text.lines, earlier.lines),
                )


def _passage_twice(text: Prose) -> Iterator[Bevinding]:
    words = list(re.finditer(r"\S+", text.text))
    seen: dict[tuple[str, ...], int] = {}
    for index in range(len(words) - _RUN + 1):
        run = tuple(word[0].casefold() for word in words[index : index + _RUN])
        first = seen.setdefault(run, index)
        if first != index:
            here, there = (text.lines_between(words[at].start(), words[at + _RUN - 1].end()) for at in (index, first))
            yield Bevinding(
                "tekst-dubbel",
                "waarschuwing",
                f"Dit staat twee keer in deze tekst: '{' '.join(run[:6])} …'.",
                f"This stands twice in this text: '{' '.join(run[:6])} …'.",
                (here, there),
            )
            return


_DAY = re.compile(r"\b(\d{1,2})\s+([a-zA-Z]{3,10})\.?\s+((?:19|20)\d{2})\b")


def dates(claims: Claims) -> Iterator[Bevinding]:
    """A day that no calendar has, a month that no year has."""
    for chapter in claims.hoofdstukken:
        text = running(chapter)
        for found in _DAY.finditer(text.text):
            day, word, year = int(found[1]), found[2].casefold(), int(found[3])
            month = MONTHS.get(word)
            if month is None and not _like_a_month(word):
                continue
            if month is None or not 1 <= day <= calendar.monthrange(year, month)[1]:
                yield Bevinding(
                    "datum-bestaat-niet",
                    "waarschuwing",
                    f"'{found[0]}' is geen datum.",
                    f"'{found[0]}' is not a date.",
                    (text.lines_between(*found.span()),),
                )


def _like_a_month(word: str) -> bool:
    return any(month.startswith(word) or fuzz.ratio(word, month) >= 75 for month in MONTHS)


def acts(claims: Claims) -> Iterator[Bevinding]:
    """An item of a list that tells of an approval and of which no date or body could be read."""
    read = {line for act in claims.handelingen for line in act.lines}
    for chapter in claims.hoofdstukken:
        for row in chapter.rows if chapter.kind == "validering-en-legitimering" else ():
            told = re.search(r"\b(gelegitimeerd|gevalideerd)\s+door\b", row.text)
            if told and row.is_bullet and not read & set(row.lines):
                yield Bevinding(
                    "handeling-niet-gelezen",
                    "waarschuwing",
                    f"Wie hier wanneer heeft {told[1]}, is niet te lezen; schrijf '5 september 2013 {told[1]} door …'.",
                    "Who approved this and when cannot be read here; write "
                    f"'5 september 2013 {told[1]} door …' (day, month, year, body).",
                    (frozenset(row.lines),),
                )


def years(claims: Claims) -> Iterator[Bevinding]:
    """The feet of the pages carry more than one year."""
    if not claims.jaren:
        return
    told = [named.name for named in claims.jaren]
    usual = max(dict.fromkeys(told), key=told.count)
    for named in claims.jaren:
        if named.name != usual:
            yield Bevinding(
                "jaartal-wijkt-af",
                "waarschuwing",
                f"Onder deze bladzijde staat {named.name}, onder de andere {usual}.",
                f"The foot of this page says {named.name}, the others say {usual}.",
                (named.lines, next(other.lines for other in claims.jaren if other.name == usual)),
            )


_NAMED = re.compile(
    r"\b(Addendum|[Bb]eroepscompetentieprofiel)\s+([A-Z][\w-]*(?:\s+[a-z][\w-]*){0,5}?)\s+(?:is|wordt|werd|heeft|zijn)\b"
)


def other_document(claims: Claims) -> Iterator[Bevinding]:
    """A sentence says of another document what this one should say of itself: text copied and not adapted."""
    others = {named.name.casefold() for named in claims.vult_aan}
    for text in [paragraaf.text for paragraaf in claims.all_paragrafen() if paragraaf.text]:
        for found in _NAMED.finditer(text.text):
            name = " ".join(found[2].split())
            if name.casefold() != claims.beroep.casefold() and name.casefold() not in others:
                yield Bevinding(
                    "ander-document",
                    "waarschuwing",
                    f"Hier gaat het over '{found[1]} {name}'; dit document is '{claims.title}'.",
                    f"This is about '{found[1]} {name}'; this document is '{claims.title}'.",
                    (text.lines_between(*found.span()),),
                )


_LEAST = re.compile(r"^(?:[-–—•*·]|\uf0b7)$")
_OPEN_END = re.compile(r"(?:,|\b(?:en|of|de|het|een|van|met|voor|om|te|naar|aan|door|als|dat|die))$")


def items(claims: Claims) -> Iterator[Bevinding]:
    """A sign of a list with nothing behind it; an item of a list that stops after 'en'."""
    for chapter in claims.hoofdstukken:
        for row in chapter.rows:
            if _LEAST.match(row.text):
                yield Bevinding(
                    "opsomming-leeg",
                    "waarschuwing",
                    "Achter dit opsommingsteken staat niets.",
                    "There is nothing behind this sign of a list.",
                    (frozenset(row.lines),),
                )
    lists = [process.skills for kerntaak in claims.kerntaken for process in kerntaak.werkprocessen]
    for item in [skill for skills in [*lists, *(g.skills for g in claims.taakgebieden)] for skill in skills]:
        if _OPEN_END.search(item.wording) and not item.wording.endswith(","):
            tail = " ".join(item.wording.split()[-4:])
            yield Bevinding(
                "tekst-niet-af",
                "info",
                f"De tekst (opsomming) lijkt niet af: hij eindigt op '… {tail}'.",
                f"The text (list) seems unfinished: it ends in '… {tail}'.",
                (item.lines,),
            )


def bare_terms(claims: Claims) -> Iterator[Bevinding]:
    """A term in the glossary with nothing below it."""
    for chapter in (chapter for chapter in claims.hoofdstukken if chapter.kind == "begrippenlijst"):
        rows = chapter.rows
        for before, row, following in zip(rows, rows[1:], rows[2:], strict=False):
            closed = row.gap is Gap.HARD or SENTENCE_END.search(before.text) is not None
            apart = row.opens_block and closed and following.gap is Gap.HARD
            if apart and len(row.text) <= 40 and row.text[:1].isupper() and not row.text.endswith((".", ":", ",", ";")):
                yield Bevinding(
                    "begrip-zonder-uitleg",
                    "waarschuwing",
                    f"Bij het begrip '{row.text}' staat geen uitleg en geen verwijzing.",
                    f"The term '{row.text}' has neither a definition nor a reference.",
                    (frozenset(row.lines),),
                )
