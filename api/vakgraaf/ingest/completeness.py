"""Is the document whole? What its own overview and reading guide promise must be there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from vakgraaf.ingest.claims import Bevinding, Claims, Kerntaak, Lines

# What a reading guide may promise: how it says so, what it is (Dutch, English), and how to see that it is there.
PROMISES: tuple[tuple[str, tuple[str, str], Callable[[Claims], bool]], ...] = (
    (r"\b(?:kern)?taken\b", ("taken", "tasks"), lambda c: bool(c.kerntaken or c.taakgebieden)),
    (r"\bvakkennis\b", ("vakkennis en vaardigheden", "knowledge and skills"), lambda c: any(_lists(c))),
    (r"\bcompetenties\b", ("competenties", "competences"), lambda c: any(_competences(c))),
    (r"\bbronnen\b", ("geraadpleegde bronnen", "sources consulted"), lambda c: bool(c.bronnen)),
    (r"\bstuurgroep\b", ("de leden van de stuurgroep", "the steering group"), lambda c: any(_steering(c))),
    (r"\blegitimering\b", ("de legitimering", "the legitimation"), lambda c: any(_legitimations(c))),
    (r"\bbegrippenlijst\b", ("de begrippenlijst", "the glossary"), lambda c: bool(c.begrippen)),
)


def missing(claims: Claims) -> Iterator[Bevinding]:
    """Findings of severity "fout": parts that are announced and not there, or there and empty."""
    for kerntaak in claims.kerntaken:
        yield from _missing_in(kerntaak)
    for gebied in claims.taakgebieden:
        for taak in gebied.taken:
            if not taak.omschrijving:
                of = f"de beschrijving van taak {taak.nummer}", f"the description of task {taak.nummer}"
                yield _absent(*of, taak.heading)
        if not {"vakkennis", "vaardigheid"} <= {skill.soort for skill in gebied.skills}:
            what = f"de vakkennis of vaardigheden van '{gebied.title}'"
            yield _absent(what, f"the knowledge or skills of '{gebied.title}'", gebied.heading)
    for demand in [d for k in claims.kerntaken for d in k.competenties] + claims.competenties:
        if not demand.toelichting:
            of = f"de toelichting bij competentie {demand.letter}", f"the explanation of competence {demand.letter}"
            yield _absent(*of, demand.lines)
    if claims.kind == "addendum" and not claims.vult_aan:
        yield _absent("welk profiel dit addendum aanvult", "which profile this addendum supplements", claims.titled_at)
    if claims.kind == "addendum" and not claims.competenties:
        yield _absent("de competenties van het addendum", "the competences of the addendum", claims.titled_at)
    yield from _broken_promises(claims)


def _missing_in(kerntaak: Kerntaak) -> Iterator[Bevinding]:
    for process in kerntaak.werkprocessen:
        nummer = process.nummer
        if not process.omschrijving:
            of = f"de beschrijving van werkproces {nummer}", f"the description of work process {nummer}"
            yield _absent(*of, process.heading)
        elif not process.resultaat or not process.skills:
            what = f"het resultaat of de vakkennis en vaardigheden van werkproces {nummer}"
            yield _absent(what, f"the result or the knowledge and skills of work process {nummer}", process.heading)
    if not kerntaak.competenties:
        of = f"van kerntaak {kerntaak.nummer}", f"of core task {kerntaak.nummer}"
        yield _absent(f"de competenties {of[0]}", f"the competences {of[1]}", kerntaak.heading)


def _lists(claims: Claims) -> Iterator[bool]:
    yield from (bool(w.skills) for k in claims.kerntaken for w in k.werkprocessen)
    yield from (bool(g.skills) for g in claims.taakgebieden)


def _competences(claims: Claims) -> Iterator[bool]:
    yield bool(claims.competenties)
    yield from (bool(k.competenties) for k in claims.kerntaken)


def _legitimations(claims: Claims) -> Iterator[bool]:
    yield from (act.kind == "legitimering" for act in claims.handelingen)


def _steering(claims: Claims) -> Iterator[bool]:
    yield from (zetel.groep != "validering" for zetel in claims.zetels)


def _broken_promises(claims: Claims) -> Iterator[Bevinding]:
    for paragraaf in claims.all_paragrafen():
        if paragraaf.soort not in ("leeswijzer", "opbouw") or not paragraaf.text:
            continue
        for pattern, what, present in PROMISES:
            found = re.search(pattern, paragraaf.text.text.casefold())
            if found and not present(claims):
                yield _absent(*what, paragraaf.text.lines_between(*found.span()))


def _absent(nl: str, en: str, place: Lines) -> Bevinding:
    return Bevinding("onvolledig", "fout", nl, en, (place,))
