"""What a document says in one way here and in another there: names, dates, counts, occupations, branches, bodies."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Generator, Iterator

from vakgraaf.ingest.claims import Aanvulling, Bevinding, Claims, Kerntaak, Lines, Matrixregel, Taak, Werkproces
from vakgraaf.ingest.dutch import (
    DATE,
    abbreviation,
    enumeration,
    iso_date,
    singular_key,
    spoken_date,
    without_article,
)
from vakgraaf.ingest.flow import Prose


def titles(claims: Claims) -> Iterator[Bevinding]:
    """Overview and chapter give a kerntaak or werkproces another name."""
    described = {k.nummer: (k.title, k.heading) for k in claims.kerntaken}
    described |= {w.nummer: (w.title, w.heading) for k in claims.kerntaken for w in k.werkprocessen}
    listed: list[Kerntaak | Werkproces] = [*claims.overview]
    listed += [process for kerntaak in claims.overview for process in kerntaak.werkprocessen]
    for item in listed:
        title, heading = described.get(item.nummer, (item.title, item.heading))
        if title != item.title:
            yield _other_name(item.nummer, item.title, title, item.heading, heading - item.heading)
    for taak in (t for g in claims.taakgebieden for t in g.taken if t.announced not in (None, t.title)):
        yield _other_name(taak.nummer, taak.announced or "", taak.title, taak.heading, taak.heading)


def _other_name(nummer: str, listed: str, told: str, place: Lines, other: Lines) -> Bevinding:
    return Bevinding(
        "naam-wijkt-af",
        "waarschuwing",
        f"Taak {nummer} heet in het overzicht '{listed}' en in het hoofdstuk '{told}'.",
        f"Task {nummer} is called '{listed}' in the overview and '{told}' in the chapter.",
        (place, other),
    )


def competence_names(claims: Claims) -> Iterator[Bevinding]:
    """The overview of competences names a competence otherwise than a chapter does."""
    listed = {row.letter: row for row in reversed(claims.matrix)}
    told: dict[tuple[str, str], set[int]] = {}
    for demand in [d for k in claims.kerntaken for d in k.competenties] + claims.competenties:
        row = listed.get(demand.letter)
        if row and _quotes(row.wording) != _quotes(demand.wording):
            told.setdefault((demand.letter, demand.wording), set()).add(min(demand.lines))
    for (letter, wording), lines in sorted(told.items()):
        row = listed[letter]
        places = (row.lines, *(frozenset({line}) for line in sorted(lines)))
        yield Bevinding(
            "competentienaam-wijkt-af",
            "waarschuwing",
            f"Competentie {letter} heet in het overzicht '{row.wording}' en bij de kerntaken '{wording}'.",
            f"Competence {letter} is called '{row.wording}' in the overview and '{wording}' at the core tasks.",
            places,
        )


def _quotes(text: str) -> str:
    return re.sub(r"[‘’“”\"'´`]", "'", text).casefold()


def matrix(claims: Claims) -> Iterator[Bevinding]:
    """The overview ticks other kerntaken than the chapters demand the competence for.

    What holds for a whole row or for a whole kerntaak is said once.
    """
    demanded = {(d.letter, k.nummer): d.lines for k in claims.kerntaken for d in k.competenties}
    listed: dict[str, Matrixregel] = {}
    for row in claims.matrix:
        if row.letter in listed:
            yield _off(
                f"Competentie {row.letter} staat meer dan één keer in het overzicht",
                f"Competence {row.letter} is in the overview more than once",
                row.lines,
                listed[row.letter].lines,
            )
        listed.setdefault(row.letter, row)
    ticked = {(row.letter, nummer): row.lines for row in claims.matrix for nummer in row.kerntaken}
    if not listed:
        return
    whole = yield from _whole(claims, demanded, ticked, listed)
    for letter, nummer in sorted(demanded.keys() ^ ticked.keys()):
        if letter in whole or nummer in whole:
            continue
        is_ticked = (letter, nummer) in ticked
        nl = ("staat niet in het overzicht, maar wel bij", "staat in het overzicht, maar niet bij")[is_ticked]
        en = ("is not in the overview, but is at", "is in the overview, but not at")[is_ticked]
        places = [ticked[letter, nummer]] if is_ticked else [listed[letter].lines, demanded[letter, nummer]]
        yield _off(
            f"Competentie {letter} {nl} kerntaak {nummer}", f"Competence {letter} {en} core task {nummer}", *places
        )


def _whole(
    claims: Claims, demanded: dict[tuple[str, str], Lines], ticked: dict[tuple[str, str], Lines], listed: Container[str]
) -> Generator[Bevinding, None, set[str]]:
    """Competences without a row, kerntaken that no row ticks, ticks of a kerntaak that is not there; their names."""
    whole: set[str] = set()
    for letter in sorted({letter for letter, _ in demanded} - {letter for letter, _ in demanded if letter in listed}):
        places = [lines for (other, _), lines in demanded.items() if other == letter]
        yield _off(
            f"Competentie {letter} wordt gevraagd, maar heeft geen regel in het overzicht",
            f"Competence {letter} is asked for, but has no row in the overview",
            *places,
        )
        whole.add(letter)
    there = {kerntaak.nummer: kerntaak for kerntaak in claims.kerntaken}
    for nummer in sorted({nummer for _, nummer in ticked} - there.keys()):
        places = [lines for (_, other), lines in ticked.items() if other == nummer]
        yield _off(
            f"Het overzicht noemt kerntaak {nummer}, maar die is er niet",
            f"The overview lists core task {nummer}, which is not there",
            *places,
        )
        whole.add(nummer)
    # That a kerntaak demands nothing at all is for the check on completeness to say.
    whole |= there.keys() - {nummer for _, nummer in demanded}
    for nummer in sorted({nummer for _, nummer in demanded} - {nummer for _, nummer in ticked}):
        yield _off(
            f"Het overzicht noemt bij geen enkele competentie kerntaak {nummer}",
            f"The overview lists core task {nummer} under no competence at all",
            there[nummer].heading,
        )
        whole.add(nummer)
    return whole


def _off(nl: str, en: str, *places: Lines) -> Bevinding:
    return Bevinding("overzicht-wijkt-af", "waarschuwing", f"{nl}.", f"{en}.", places)


_ACT_TOLD = re.compile(rf"\b({DATE})\b[^.]*?\b(gevalideerd|gelegitimeerd)\b", re.IGNORECASE)


def act_dates(claims: Claims) -> Iterator[Bevinding]:
    """Running text dates a validation or legitimation otherwise than the annex that records it."""
    kinds = {"gevalideerd": "validering", "gelegitimeerd": "legitimering"}
    for text in _texts(claims, without={"validering-en-legitimering"}):
        for found in _ACT_TOLD.finditer(text.text):
            told, kind = iso_date(found[1]), kinds[found[5].casefold()]
            recorded = [a for a in claims.handelingen if a.kind == kind and a.date]
            if told and recorded and not any(_agree(told, a.date or "") for a in recorded):
                dates = sorted({a.date or "" for a in recorded})
                yield Bevinding(
                    "datum-wijkt-af",
                    "waarschuwing",
                    f"Volgens deze tekst is het profiel {found[5]} in {spoken_date(told)}, volgens de vastlegging op "
                    f"{', '.join(map(spoken_date, dates))}.",
                    f"According to this text the profile was {_EN[kind]} in {spoken_date(told, 'en')}, according to "
                    f"the record on {', '.join(spoken_date(date, 'en') for date in dates)}.",
                    (text.lines_between(*found.span()), *dict.fromkeys(a.lines for a in recorded)),
                )


_EN = {"validering": "validated", "legitimering": "legitimated"}


def _agree(first: str, second: str) -> bool:
    return first.startswith(second) or second.startswith(first)


def _texts(claims: Claims, without: set[str]) -> Iterator[Prose]:
    for paragraaf in claims.all_paragrafen():
        if paragraaf.text and paragraaf.soort not in without:
            yield paragraaf.text


_SUBJECT = re.compile(r"(?:De|Het)\s+([a-zà-ÿ-]+(?:er|ster|eur|ist|ent|ant|or|oog|ende))\b")


def other_occupation(claims: Claims) -> Iterator[Bevinding]:
    """A description that begins with another occupation where nearly all begin with the document's own."""
    texts = [d.toelichting for k in claims.kerntaken for d in k.competenties]
    texts += [d.toelichting for d in claims.competenties]
    texts += [t for taak in claims.taken if isinstance(taak, Werkproces | Taak) and (t := taak.omschrijving)]
    own_words = re.compile(rf"(?:De|Het)\s+({re.escape(claims.beroep.casefold())})\b", re.IGNORECASE)
    named = [(text, found) for text in texts if (found := own_words.match(text.text) or _SUBJECT.match(text.text))]
    counts = Counter(found[1] for _, found in named)
    if not counts:
        return
    usual, often = counts.most_common(1)[0]
    for text, found in named:
        own = found[1].casefold() in claims.beroep.casefold() or found[1] == usual
        if not own and often >= 5 * counts[found[1]]:
            other = next(t for t, f in named if f[1] == usual)
            yield Bevinding(
                "ander-beroep",
                "waarschuwing",
                f"Deze tekst gaat over 'de {found[1]}'; het profiel beschrijft '{claims.beroep}'.",
                f"This text is about '{found[1]}'; the profile describes '{claims.beroep}'.",
                (text.lines_between(*found.span()), other.lines_between(0, 20)),
            )


def branches(claims: Claims) -> Iterator[Bevinding]:
    """An aanvulling is for a branch that the document does not count among its own."""
    known = {singular_key(branche.name) for branche in claims.branches}
    if not known:
        return
    scope = frozenset(line for branche in claims.branches for line in branche.lines)
    parts = [a for p in claims.all_paragrafen() for a in p.aanvullingen]
    parts += [a for g in claims.taakgebieden for t in g.taken for a in t.aanvullingen]
    for aanvulling in parts:
        for branche in aanvulling.branches:
            if singular_key(branche) not in known:
                yield Bevinding(
                    "branche-onbekend",
                    "waarschuwing",
                    f"De aanvulling is voor '{branche}', maar die branche staat niet bij de reikwijdte.",
                    f"The supplement is for '{branche}', but the scope does not name that sector.",
                    (_naming(claims, aanvulling, branche), scope),
                )


def _naming(claims: Claims, aanvulling: Aanvulling, branche: str) -> Lines:
    """The line of a lead-in that names a branche; where it is broken over lines, the first line of the lead-in."""
    rows = [row for chapter in claims.hoofdstukken for row in chapter.rows if aanvulling.lines & set(row.lines)]
    return next((frozenset(r.lines) for r in rows if branche in r.text), frozenset({min(aanvulling.lines)}))


_SUBMITTED = re.compile(r"ter legitimering voorgelegd aan\s+([^.]+)\.")


def submitted(claims: Claims) -> Iterator[Bevinding]:
    """Submitted for legitimation to other bodies than those that legitimated."""
    acts = [act for act in claims.handelingen if act.kind == "legitimering"]
    given = {_body(act.orgaan) for act in acts}
    for text in _texts(claims, without=set()):
        for found in _SUBMITTED.finditer(text.text):
            asked = enumeration(found[1])
            silent = ", ".join(name for name in asked if _body(name) not in given)
            others = ", ".join(sorted(a.orgaan for a in acts if _body(a.orgaan) not in map(_body, asked)))
            if acts and silent:
                also = (f"; {others} juist andersom", f"; {others} the other way round") if others else ("", "")
                yield Bevinding(
                    "orgaan-wijkt-af",
                    "waarschuwing",
                    f"{silent} staat bij de voorlegging maar niet bij de legitimeringen{also[0]}.",
                    f"{silent} is named where it was submitted but not among the legitimations{also[1]}.",
                    (text.lines_between(*found.span()), frozenset(line for a in acts for line in a.lines)),
                )


def _body(name: str) -> str:
    return without_article(abbreviation(name)[0]).removeprefix("Vereniging ").casefold()
