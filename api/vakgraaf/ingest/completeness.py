"""Is the document whole? What its own overview and reading guide promise must be there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from vakgraaf.ingest.claims import Bevinding, Claims, Lines

# What a reading guide may promise → how to see that it is there.
PROMISES: tuple[tuple[str, str, Callable[[Claims], bool]], ...] = (
    (r"\btaken\b|\bkerntaken\b", "taken", lambda c: bool(c.kerntaken or c.taakgebieden)),
    (r"\bvakkennis\b", "vakkennis en vaardigheden", lambda c: any(_lists(c))),
    (r"\bcompetenties\b", "competenties", lambda c: bool(c.competenties or any(k.competenties for k in c.kerntaken))),
    (r"\bbronnen\b", "geraadpleegde bronnen", lambda c: bool(c.bronnen)),
    (r"\bstuurgroep\b", "stuurgroep", lambda c: bool(c.zetels)),
    (r"\blegitimering\b", "legitimering", lambda c: any(a.kind == "legitimering" for a in c.handelingen)),
    (r"\bbegrippenlijst\b", "begrippenlijst", lambda c: bool(c.begrippen)),
)


def missing(claims: Claims) -> Iterator[Bevinding]:
    """Findings of severity "fout": parts that are announced and not there, or there and empty."""
    for kerntaak in claims.kerntaken:
        for process in kerntaak.werkprocessen:
            if process.omschrijving is None:
                yield _absent(f"de beschrijving van werkproces {process.nummer}", process.heading)
            elif process.resultaat is None or not process.skills:
                yield _absent(f"het resultaat of de vakkennis en vaardigheden van {process.nummer}", process.heading)
        if not kerntaak.competenties:
            yield _absent(f"de competenties van kerntaak {kerntaak.nummer}", kerntaak.heading)
    for gebied in claims.taakgebieden:
        for taak in gebied.taken:
            if taak.omschrijving is None or not taak.omschrijving:
                yield _absent(f"de beschrijving van taak {taak.nummer}", taak.heading)
        if not {"vakkennis", "vaardigheid"} <= {skill.soort for skill in gebied.skills}:
            yield _absent(f"de vakkennis of vaardigheden van '{gebied.title}'", gebied.heading)
    if claims.kind == "addendum" and not claims.competenties:
        yield _absent("de competenties", claims.titled_at)
    yield from _broken_promises(claims)


def _lists(claims: Claims) -> Iterator[bool]:
    yield from (bool(w.skills) for k in claims.kerntaken for w in k.werkprocessen)
    yield from (bool(g.skills) for g in claims.taakgebieden)


def _broken_promises(claims: Claims) -> Iterator[Bevinding]:
    for paragraaf in claims.all_paragrafen():
        if paragraaf.soort not in ("leeswijzer", "opbouw") or not paragraaf.text:
            continue
        for pattern, what, present in PROMISES:
            found = re.search(pattern, paragraaf.text.text.casefold())
            if found and not present(claims):
                yield _absent(what, paragraaf.text.lines_between(*found.span()))


def _absent(what: str, place: Lines) -> Bevinding:
    return Bevinding(
        "onvolledig",
        "fout",
        f"Aangekondigd maar niet gevonden: {what}. Is het document afgebroken, of wijkt de opmaak hier af?",
        f"Announced but not found: {what}. Is the document cut off, or is its layout different here?",
        (place,),
    )
