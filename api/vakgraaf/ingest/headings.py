"""The headings of the profile format: which words open which kind of section, and how a heading shows itself.

The format (Colo-format, 2005 and later) fixes the names of most sections; authors vary them a little. Where a document
has a heading that no pattern knows, typography decides: a short line that begins a block.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from vakgraaf.ingest.flow import SENTENCE_END, Gap, Row, is_short

# Title → vg:soortParagraaf. The first pattern that matches the whole title decides.
SOORTEN: tuple[tuple[str, str], ...] = (
    (r"voorwoord", "voorwoord"),
    (r"inleiding", "inleiding"),
    (r"aanleiding.*", "aanleiding"),
    (r"proces", "proces"),
    (r"(?:inhoud en )?reikwijdte.*", "reikwijdte"),
    (r"leeswijzer", "leeswijzer"),
    (r"visie.*", "visie"),
    (r"functies van (?:het|een|dit) .*", "functies-van-het-profiel"),
    (r"ontwikkeling van (?:het|dit) .*", "ontwikkeling-van-het-profiel"),
    (r"opbouw.*", "opbouw"),
    (r"(?:mogelijke )?functie(?:benamingen|namen)", "functiebenamingen"),
    (r"beschrijving van het beroep", "beschrijving-van-het-beroep"),
    (r"werkomgeving", "werkomgeving"),
    (r"(?:typerende )?beroepshouding", "beroepshouding"),
    (r"(?:rol|taken)(?:, (?:rol|taken))? en verantwoordelijkheden|verantwoordelijkheid", "verantwoordelijkheid"),
    (r"complexiteit.*", "complexiteit"),
    (r"wettelijke (?:beroeps)?vereisten", "wettelijke-vereisten"),
    (r"branche[ -]?vereisten", "branchevereisten"),
    (r"nederlands(?: en \(?moderne\)? vreemde talen)?|talen", "talen"),
    (r"rekenen(?: en wiskunde)?", "rekenen"),
    (r"context.*", "context"),
    (r"typering.*", "typering"),
    (r"trends.*", "trends"),
    (r"algemene (?:informatie|beschrijving).*", "algemene-informatie"),
    (r"overzicht (?:van )?(?:de )?(?:kern)?taken.*", "overzicht-taken"),
    (r"(?:beschrijving|uitwerking) (?:van )?(?:de )?kerntaken.*|taken", "beschrijving-taken"),
    (r"overzicht (?:van )?(?:de )?competenties|competenties|competentie(?:overzicht|matrix)", "competentieoverzicht"),
    (r"(?:geraadpleegde )?bronnen|brondocumenten|literatuur(?:lijst)?", "bronnen"),
    (r"(?:leden )?(?:stuurgroep|klankbordgroep|werkgroep).*", "deelname"),
    (r"(?:validering|validatie|legitimering).*", "validering-en-legitimering"),
    (r"begrippen(?:lijst)?|verklarende woordenlijst", "begrippenlijst"),
    (r"disclaimer|colofon", "disclaimer"),
)

# Headings that stand in a column beside their text, in the description of the occupation (§1.2 of the format).
BESCHRIJVING = (
    r"Werkomgeving",
    r"(?:Typerende )?[Bb]eroepshouding",
    r"(?:Rol|Taken)(?:, (?:rol|taken))? en verantwoordelijkheden",
    r"Complexiteit",
    r"Wettelijke (?:beroeps)?vereisten",
    r"Branche[ -]?vereisten",
    r"Nederlands en \(?moderne\)? vreemde talen",
    r"Rekenen(?: en wiskunde)?",
)
# The same for trends (§1.3): the categories of development that the format knows.
TRENDS = (
    r"Arbeidsmarkt",
    r"Wetgeving en (?:overheids)?(?:regelgeving|regulering)",
    r"Ontwikkelingen in de beroepsuitoefening",
    r"(?:Maatschappelijke|Economische|Demografische|Politieke) ontwikkelingen",
    r"Technologi(?:sche ontwikkelingen|e)",
    r"Economie|Politiek|Demografie|Samenleving",
    r"Marktontwikkelingen",
    r"Bedrijfsorganisatorische ontwikkelingen",
    r"Internationale ontwikkelingen",
)


def soort_of(title: str) -> str:
    """The vg:soortParagraaf of a section called `title`; "overig" where the title says nothing."""
    folded = " ".join(title.casefold().rstrip(".:").split())
    return next((soort for pattern, soort in SOORTEN if re.fullmatch(pattern, folded)), "overig")


def numbered_sections(rows: Sequence[Row], chapter: str) -> Iterator[tuple[int, str, str]]:
    """Index, number and title of each row "1.2 Title" that is a section of `chapter` ("1"), in counting order."""
    pattern = re.compile(rf"{re.escape(chapter)}\.(\d+)\.?\s+([A-Z].*)")
    expected = 1
    for index, row in enumerate(rows):
        found = pattern.fullmatch(row.text)
        if found and row.opens_block and int(found[1]) == expected:
            yield index, f"{chapter}.{found[1]}", found[2]
            expected += 1


def side_headings(rows: Sequence[Row], patterns: Sequence[str]) -> Iterator[tuple[int, int, str, Row | None]]:
    """Headings beside their text: index, number of rows, title, and the text that shares the last row with it.

    A heading may be broken over rows ("Wettelijke" / "beroepsvereisten"). A short line alone in its cell that no
    pattern knows is a heading as well.
    """
    open_patterns = list(patterns)
    index = 0
    while index < len(rows):
        found = _known_side_heading(rows, index, open_patterns) or _unknown_side_heading(rows, index)
        if found:
            yield index, *found
            index += found[0]
        else:
            index += 1


def _known_side_heading(rows: Sequence[Row], index: int, patterns: list[str]) -> tuple[int, str, Row | None] | None:
    if index and not rows[index].opens_block:
        return None
    for count in (1, 2, 3):
        together = " ".join(row.text for row in rows[index : index + count])
        for pattern in patterns:
            found = re.match(rf"({pattern})(?:\s+(?=[A-Z(])(.*))?$", together)
            if found is None or len(found[1]) <= len(together) - len(rows[index + count - 1 : index + count][0].text):
                continue
            after = rows[index + count] if index + count < len(rows) else None
            if found[2] is None and after is not None and not after.opens_block:
                continue
            patterns.remove(pattern)
            return count, found[1], rows[index + count - 1].rest(found[2]) if found[2] else None
        if index + count >= len(rows):
            break
    return None


# A word in the middle of a line that can only begin a sentence: what stands before it is no part of that sentence.
_BEGINS = r"(?=(?:De|Het|Een|Er|Zij|Ze|Nee|Ja|Niet|Geen|In|Voor|Bij|Beheersing)\b)"
_INLINE = re.compile(rf"([A-Z][a-zà-ÿ-]+(?:\s[a-zà-ÿ(][\w()-]*){{0,4}})\s+{_BEGINS}(.+)")
_REST_INLINE = re.compile(rf"([a-zà-ÿ(][\w() -]{{0,40}}?)\s+{_BEGINS}(.+)")


def _unknown_side_heading(rows: Sequence[Row], index: int) -> tuple[int, str, Row | None] | None:
    """A heading that no pattern knows: alone in its cell, or before a word that begins a sentence in mid-line."""
    row, following = rows[index], rows[index + 1] if index + 1 < len(rows) else None
    closed = index == 0 or (row.gap is Gap.HARD and SENTENCE_END.search(rows[index - 1].text) is not None)
    if not closed or row.is_bullet:
        return None
    if inline := _INLINE.fullmatch(row.text):
        return 1, inline[1], row.rest(inline[2])
    if following is None or len(row.text) > 30 or not re.fullmatch(r"[A-Z][^.,:;!?]*", row.text):
        return None
    if rest := _REST_INLINE.fullmatch(following.text):
        return 2, f"{row.text} {rest[1]}", following.rest(rest[2])
    return (1, row.text, None) if following.opens_block else None


def is_subheading(rows: Sequence[Row], index: int, width: int, *, closed_by: str = ".,;:?!") -> bool:
    """True where row `index` is a heading on a line of its own above its text.

    It begins a block, is shorter than it had to be, ends in no punctuation of `closed_by`, and text follows.
    """
    row = rows[index]
    following = rows[index + 1] if index + 1 < len(rows) else None
    if following is None or row.is_bullet or row.text.endswith(tuple(closed_by)) or not row.text[:1].isupper():
        return False
    previous = rows[index - 1] if index else None
    begins = (
        previous is None
        or row.gap is Gap.HARD
        or SENTENCE_END.search(previous.text) is not None
        or (row.page_start and previous.text.endswith(":"))
        or is_subheading(rows, index - 1, width, closed_by=closed_by)
    )
    follows = following.is_bullet or following.text[:1].isupper() or following.text[:1] in "‘“(-"
    # A heading straight below another one is short; what is longer there is the first line of the text.
    longest = 80 if previous is None or not _ends_open(previous) else 60
    return begins and follows and len(row.text) <= longest and is_short(row, following, width)


def _ends_open(row: Row) -> bool:
    return SENTENCE_END.search(row.text) is None
