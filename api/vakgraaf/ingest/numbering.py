"""Numbers that do not count: of chapters and sections, of tasks and werkprocessen, in overview and description."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from vakgraaf.ingest.claims import Bevinding, Claims, Hoofdstuk, Kerntaak, Lines, Taak, Werkproces

_SECTION = re.compile(r"(\d{1,2}(?:\.\d{1,2})+)\.?\s+[A-ZÀ-Þ].{2,79}")
# Chapters in which a number with a dot is one of a werkproces.
_OF_PROCESSES = frozenset({"overzicht-taken", "beschrijving-taken"})


def chapters(claims: Claims) -> Iterator[Bevinding]:
    """A chapter or annex that is out of the count."""
    annexes = [h for h in claims.hoofdstukken if (h.nummer or "").startswith("Bijlage ")]
    wrong = [(h, h.expected) for h in claims.hoofdstukken if h.expected]
    wrong += [
        (annex, f"Bijlage {place}")
        for place, annex in enumerate(annexes, start=1)
        if (annex.nummer or "").removeprefix("Bijlage ") not in (str(place), _roman(place))
    ]
    for chapter, expected in wrong:
        yield Bevinding(
            "hoofdstuknummer-wijkt-af",
            "waarschuwing",
            f"'{chapter.title}' heeft nummer '{chapter.nummer}'; in de telling volgt hier '{expected}'.",
            f"'{chapter.title}' has number '{chapter.nummer}'; the count goes on with '{expected}' here.",
            (chapter.heading,),
        )


def _roman(number: int) -> str:
    return ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")[number] if number <= 10 else ""


def section_numbers(chapter: Hoofdstuk) -> list[tuple[str, Lines]]:
    """The numbered headings in a chapter, at any depth, in order: number and place."""
    found = ((_SECTION.fullmatch(row.text), row) for row in chapter.rows if row.opens_block and not row.is_bullet)
    return [(match[1], frozenset(row.lines)) for match, row in found if match and not row.text.endswith((".", ";"))]


def sections(claims: Claims) -> Iterator[Bevinding]:
    """A section that is out of the count of its chapter: 3.2.3 straight after 3.2.1, 4.1 in chapter 3."""
    for chapter in claims.hoofdstukken:
        if not (chapter.nummer or "").isdigit() or chapter.kind in _OF_PROCESSES or chapter.expected:
            continue
        before: dict[str, int] = {}
        for nummer, place in section_numbers(chapter):
            head, _, last = nummer.rpartition(".")
            expected = before.get(head, 0) + 1
            inside = head == chapter.nummer or head.startswith(f"{chapter.nummer}.")
            if not inside or int(last) != expected:
                yield Bevinding(
                    "paragraafnummer-wijkt-af",
                    "waarschuwing",
                    f"Paragraaf {nummer} past niet in de telling van hoofdstuk {chapter.nummer}"
                    + (f": hier volgt {head}.{expected}." if inside else "."),
                    f"Section {nummer} does not fit the count of chapter {chapter.nummer}"
                    + (f": {head}.{expected} comes here." if inside else "."),
                    (place,),
                )
            before[head] = int(last) if inside else expected


def doubled(claims: Claims) -> Iterator[Bevinding]:
    """Two tasks, kerntaken or werkprocessen with one number."""
    groups: list[Sequence[Kerntaak | Werkproces | Taak]] = [
        claims.kerntaken,
        *(kerntaak.werkprocessen for kerntaak in claims.kerntaken),
        [taak for gebied in claims.taakgebieden for taak in gebied.taken],
    ]
    for group in groups:
        for nummer in dict.fromkeys(item.nummer for item in group):
            same = [item for item in group if item.nummer == nummer]
            if len(same) > 1:
                names, nl, en = "' en '".join(item.title for item in same), *_kind(same[0])
                yield Bevinding(
                    "nummer-dubbel",
                    "waarschuwing",
                    f"Nummer {nummer} is meer dan één keer gebruikt, voor {nl} '{names}'.",
                    f"Number {nummer} is used more than once, for {en} '{names.replace(' en ', ' and ')}'.",
                    tuple(item.heading for item in same),
                )


def _kind(item: Kerntaak | Werkproces | Taak) -> tuple[str, str]:
    if isinstance(item, Taak):
        return "de taken", "tasks"
    return ("de kerntaken", "core tasks") if isinstance(item, Kerntaak) else ("de werkprocessen", "work processes")


def overview(claims: Claims) -> Iterator[Bevinding]:
    """A task or werkproces that is described, but that the overview at the front does not have."""
    missing: list[tuple[str, str, str, Lines]] = []
    taken = [taak for gebied in claims.taakgebieden for taak in gebied.taken]
    if any(taak.announced for taak in taken):
        missing += [
            (f"Taak {t.nummer}", f"Task {t.nummer}", t.title, t.heading)
            for t in taken
            if t.described_at and t.announced is None
        ]
    listed = {kerntaak.nummer: {p.nummer for p in kerntaak.werkprocessen} for kerntaak in claims.overview}
    for kerntaak in claims.kerntaken if listed else ():
        if kerntaak.nummer not in listed:
            nummer = kerntaak.nummer
            missing.append((f"Kerntaak {nummer}", f"Core task {nummer}", kerntaak.title, kerntaak.heading))
            continue
        missing += [
            (f"Werkproces {p.nummer}", f"Work process {p.nummer}", p.title, p.heading)
            for p in kerntaak.werkprocessen
            if listed[kerntaak.nummer] and p.nummer not in listed[kerntaak.nummer]
        ]
    for nl, en, title, place in missing:
        yield Bevinding(
            "ontbreekt-in-overzicht",
            "waarschuwing",
            f"{nl} ('{title}') is beschreven, maar staat niet in het overzicht.",
            f"{en} ('{title}') is described, but the overview does not have it.",
            (place,),
        )


def order(claims: Claims) -> Iterator[Bevinding]:
    """Tasks that are described in another order than the overview lists them."""
    taken = [taak for gebied in claims.taakgebieden for taak in gebied.taken if taak.announced and taak.described_at]
    told = sorted(taken, key=lambda taak: min(taak.described_at))
    for before, after in pairwise(told):
        if taken.index(after) < taken.index(before):
            yield Bevinding(
                "volgorde-wijkt-af",
                "waarschuwing",
                f"Taak {after.nummer} is beschreven na taak {before.nummer}; in het overzicht gaat zij eraan vooraf.",
                f"Task {after.nummer} is described after task {before.nummer}; in the overview it comes before it.",
                (after.described_at, before.described_at),
            )


def groups(claims: Claims) -> Iterator[Bevinding]:
    """A task that is described in another group than the overview puts it in."""
    for gebied in claims.taakgebieden:
        for taak in gebied.taken:
            if taak.announced and taak.described_in not in (None, gebied.title):
                yield Bevinding(
                    "taakgebied-wijkt-af",
                    "waarschuwing",
                    f"Taak {taak.nummer} valt in het overzicht onder '{gebied.title}', maar is beschreven onder "
                    f"'{taak.described_in}'.",
                    f"Task {taak.nummer} is under '{gebied.title}' in the overview, but is described under "
                    f"'{taak.described_in}'.",
                    (taak.described_at, taak.heading - taak.described_at),
                )
