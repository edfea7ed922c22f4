"""What leads nowhere, stops half-way, holds nothing, or could not be read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from vakgraaf.ingest.claims import Bevinding, Claims, Lines, Paragraaf, Werkproces
from vakgraaf.ingest.flow import SENTENCE_END
from vakgraaf.ingest.kerntaken import COMPETENTIE
from vakgraaf.ingest.outline import mistyped_chapter


def dangling_zie(claims: Claims) -> Iterator[Bevinding]:
    """A glossary entry that points to a term without an entry."""
    terms = {begrip.term.casefold() for begrip in claims.begrippen}
    for begrip in claims.begrippen:
        if begrip.zie and begrip.zie.casefold() not in terms:
            yield Bevinding(
                "begrip-zonder-ingang",
                "waarschuwing",
                f"Begrip '{begrip.term}' verwijst naar '{begrip.zie}', maar dat begrip staat niet in de lijst.",
                f"Glossary term '{begrip.term}' points to '{begrip.zie}', which has no entry in the list.",
                (begrip.lines,),
            )


def doubled_terms(claims: Claims) -> Iterator[Bevinding]:
    """A term with two entries in the glossary."""
    first: dict[str, Lines] = {}
    for begrip in claims.begrippen:
        there = first.setdefault(begrip.term.casefold(), begrip.lines)
        if there != begrip.lines:
            yield Bevinding(
                "begrip-dubbel",
                "waarschuwing",
                f"Het begrip '{begrip.term}' staat twee keer in de lijst.",
                f"The term '{begrip.term}' is in the list twice.",
                (begrip.lines, there),
            )


def unfinished(claims: Claims) -> Iterator[Bevinding]:
    """A description that stops without a full stop, a list item that ends in a comma."""
    demands = [d for k in claims.kerntaken for d in k.competenties] + claims.competenties
    texts = [(("competentie", "competence"), d.letter, d.toelichting) for d in demands]
    for taak in claims.taken:
        parts = (getattr(taak, "omschrijving", None), getattr(taak, "resultaat", None))
        texts += [(("taak", "task"), taak.nummer, part) for part in parts if part]
    last = claims.begrippen[-1] if claims.begrippen else None
    if last and last.definition:
        texts.append((("begrip", "term"), last.term, last.definition))
    for (nl, en), name, text in texts:
        if text and not SENTENCE_END.search(text.text):
            yield _stops(f"{nl} {name}", f"{en} {name}", text.text, frozenset({max(text.lines)}))
    lists = [s for taak in claims.taken if isinstance(taak, Werkproces) for s in taak.skills]
    for item in [*lists, *(s for g in claims.taakgebieden for s in g.skills)]:
        if item.wording.endswith(","):
            yield _stops("opsomming", "list", item.wording, item.lines)


def _stops(nl: str, en: str, text: str, lines: Lines) -> Bevinding:
    tail = " ".join(text.split()[-4:])
    return Bevinding(
        "tekst-niet-af",
        "info",
        f"De tekst ({nl}) lijkt niet af: hij eindigt op '… {tail}'.",
        f"The text ({en}) seems unfinished: it ends in '… {tail}'.",
        (lines,),
    )


def headings(claims: Claims) -> Iterator[Bevinding]:
    """A chapter without text; a heading beside the description of the occupation that the format does not know."""
    for chapter in claims.empty:
        yield Bevinding(
            "kop-zonder-tekst",
            "info",
            f"Onder de kop '{chapter.name}' staat niets.",
            f"There is nothing under the heading '{chapter.name}'.",
            (chapter.lines,),
        )
    for paragraaf in claims.all_paragrafen():
        if _is_bare(paragraaf):
            yield Bevinding(
                "kop-zonder-tekst",
                "info",
                f"Onder de kop '{paragraaf.title}' staat niets.",
                f"There is nothing under the heading '{paragraaf.title}'.",
                (paragraaf.heading,),
            )
        for part in paragraaf.parts if paragraaf.soort == "beschrijving-van-het-beroep" else ():
            if part.soort == "overig":
                yield Bevinding(
                    "kop-onbekend",
                    "info",
                    f"De kop '{part.title}' hoort niet bij het format; de tekst is overgenomen als overige paragraaf.",
                    f"The heading '{part.title}' is not one of the format; its text was kept as another section.",
                    (part.heading,),
                )


# Sections of the format that have a text of their own, never other sections of it.
_LEAVES = frozenset(
    "aanleiding proces reikwijdte leeswijzer opbouw functies-van-het-profiel ontwikkeling-van-het-profiel werkomgeving "
    "beroepshouding verantwoordelijkheid complexiteit context typering".split()
)


def _is_bare(paragraaf: Paragraaf) -> bool:
    """Nothing below a heading, or only a section that has a place of its own in the format."""
    if paragraaf.text or paragraaf.dilemmas or paragraaf.ontwikkelingen or paragraaf.aanvullingen:
        return False
    first = paragraaf.parts[0] if paragraaf.parts else None
    return first is None or (paragraaf.soort in _LEAVES and first.soort != "overig")


def unread(claims: Claims) -> Iterator[Bevinding]:
    """A row that may name a person could not be taken apart; nothing of it is in the graph."""
    for lines in claims.unread:
        yield Bevinding(
            "niet-gelezen",
            "waarschuwing",
            "Deze regel noemt misschien een persoon en is niet gelezen: naam, organisatie en functie zijn niet te "
            "scheiden.",
            "This line may name a person and was not read: name, organisation and function cannot be told apart.",
            (lines,),
        )


_LIKE_A_COMPETENCE = re.compile(r"[Cc]ompetentie\s+\w{1,3}\b.{0,60}")


def unread_competences(claims: Claims) -> Iterator[Bevinding]:
    """A heading like that of a competence, with a letter or name that could not be read."""
    for chapter in claims.hoofdstukken:
        for row, following in pairwise(chapter.rows):
            heads = row.opens_block and _LIKE_A_COMPETENCE.fullmatch(row.text) and not COMPETENTIE.fullmatch(row.text)
            if heads and following.text.startswith("Toelichting"):
                yield Bevinding(
                    "competentie-niet-gelezen",
                    "waarschuwing",
                    f"'{row.text}' lijkt de kop van een competentie, maar letter of naam is niet te lezen.",
                    f"'{row.text}' looks like the heading of a competence, but its letter or name cannot be read.",
                    (frozenset(row.lines),),
                )


def unread_chapters(claims: Claims) -> Iterator[Bevinding]:
    """A heading like that of a chapter, with a title that the format does not know: its text is read otherwise."""
    for chapter in claims.hoofdstukken:
        headings = [(f"{chapter.nummer} {chapter.title}", chapter.heading)] if chapter.nummer else []
        headings += [(row.text, frozenset(row.lines)) for row in chapter.rows if row.opens_block and not row.is_bullet]
        for text, lines in headings:
            if title := mistyped_chapter(text):
                yield Bevinding(
                    "hoofdstuk-niet-gelezen",
                    "waarschuwing",
                    f"'{text}' lijkt de kop van het hoofdstuk '{title}', maar is niet zo gelezen.",
                    f"'{text}' looks like the heading of the chapter '{title}', but was not read as that.",
                    (lines,),
                )
