"""What a document contradicts in itself, and what it promises but does not hold. Reported, never repaired.

Each check looks at the claims and yields findings; `CHECKS` is the list. A finding of severity "fout" means that the
document is not whole: it is not turned into a graph.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator

from vakgraaf.ingest.claims import Bevinding, Claims, Kerntaak, Lines, Taak, Werkproces
from vakgraaf.ingest.dutch import (
    DATE,
    NUMBERS,
    abbreviation,
    enumeration,
    iso_date,
    singular_key,
    spoken_date,
    without_article,
)
from vakgraaf.ingest.flow import SENTENCE_END, Prose

Check = Callable[[Claims], Iterator[Bevinding]]


def find(claims: Claims) -> list[Bevinding]:
    """All findings about `claims`, in the order of the lines they concern."""
    found = [finding for check in CHECKS for finding in check(claims)]
    return sorted(found, key=lambda f: (min((min(p) for p in f.places if p), default=0), f.code, f.nl))


def _dangling_zie(claims: Claims) -> Iterator[Bevinding]:
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


def _titles(claims: Claims) -> Iterator[Bevinding]:
    """Overview and chapter give a kerntaak or werkproces another name."""
    described = {k.nummer: (k.title, k.heading) for k in claims.kerntaken}
    described |= {w.nummer: (w.title, w.heading) for k in claims.kerntaken for w in k.werkprocessen}
    listed: list[Kerntaak | Werkproces] = [*claims.overview]
    listed += [process for kerntaak in claims.overview for process in kerntaak.werkprocessen]
    for item in listed:
        title, heading = described.get(item.nummer, (item.title, item.heading))
        if title != item.title:
            yield _other_name(f"Taak {item.nummer}", item.title, title, item.heading, heading - item.heading)
    for taak in (t for g in claims.taakgebieden for t in g.taken if t.announced not in (None, t.title)):
        yield _other_name(f"Taak {taak.nummer}", taak.announced or "", taak.title, taak.heading, taak.heading)


def _other_name(what: str, listed: str, told: str, place: Lines, other: Lines) -> Bevinding:
    return Bevinding(
        "naam-wijkt-af",
        "waarschuwing",
        f"{what} heet in het overzicht '{listed}' en in het hoofdstuk '{told}'.",
        f"{what} is called '{listed}' in the overview and '{told}' in the chapter.",
        (place, other),
    )


def _competence_names(claims: Claims) -> Iterator[Bevinding]:
    """The overview of competences names a competence otherwise than a chapter does."""
    listed = {row.letter: row for row in claims.matrix}
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
            f"Competence {letter} is called '{row.wording}' in the overview and '{wording}' with the kerntaken.",
            places,
        )


def _quotes(text: str) -> str:
    return re.sub(r"[‘’“”\"'´`]", "'", text).casefold()


def _matrix(claims: Claims) -> Iterator[Bevinding]:
    """The overview ticks other kerntaken than the chapters demand the competence for."""
    demanded = {(d.letter, k.nummer): d.lines for k in claims.kerntaken for d in k.competenties}
    for row in claims.matrix:
        told = {nummer for letter, nummer in demanded if letter == row.letter}
        for nummer in sorted(told ^ set(row.kerntaken)):
            listed = nummer in row.kerntaken
            nl = ("staat in het overzicht, maar niet bij", "staat niet in het overzicht, maar wel bij")[not listed]
            en = ("is in the overview, but not with", "is not in the overview, but is with")[not listed]
            yield Bevinding(
                "overzicht-wijkt-af",
                "waarschuwing",
                f"Competentie {row.letter} {nl} kerntaak {nummer}.",
                f"Competence {row.letter} {en} kerntaak {nummer}.",
                (row.lines, *([demanded[row.letter, nummer]] if not listed else [])),
            )


_ACT_TOLD = re.compile(rf"\b({DATE})\b[^.]*?\b(gevalideerd|gelegitimeerd)\b", re.IGNORECASE)


def _act_dates(claims: Claims) -> Iterator[Bevinding]:
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


_SUBJECT = re.compile(r"(?:De|Het)\s+([a-zà-ÿ-]+(?:er|ster|eur|ist|ent|ant|or|oog))\b")


def _other_occupation(claims: Claims) -> Iterator[Bevinding]:
    """A description that begins with another occupation where nearly all begin with the document's own."""
    texts = [d.toelichting for k in claims.kerntaken for d in k.competenties]
    texts += [d.toelichting for d in claims.competenties]
    texts += [t for taak in claims.taken if isinstance(taak, Werkproces | Taak) and (t := taak.omschrijving)]
    named = [(text, found) for text in texts if (found := _SUBJECT.match(text.text))]
    counts = Counter(found[1] for _, found in named)
    if not counts:
        return
    usual, often = counts.most_common(1)[0]
    for text, found in named:
        own = found[1] in claims.beroep.casefold() or found[1] == usual
        if not own and often >= 5 * counts[found[1]]:
            other = next(t for t, f in named if f[1] == usual)
            yield Bevinding(
                "ander-beroep",
                "waarschuwing",
                f"Deze tekst gaat over 'de {found[1]}'; het profiel beschrijft '{claims.beroep}'.",
                f"This text is about 'de {found[1]}'; the profile describes '{claims.beroep}'.",
                (text.lines_between(*found.span()), other.lines_between(0, 20)),
            )


_COUNTED = re.compile(rf"\b({'|'.join(NUMBERS)}|\d{{1,2}})\s+(kerntaken|werkprocessen|bijlagen|taken)\b", re.IGNORECASE)


def _counts(claims: Claims) -> Iterator[Bevinding]:
    """The text counts kerntaken, werkprocessen, taken or annexes otherwise than they are there."""
    annexes = {p.nummer for p in claims.all_paragrafen() if p.nummer and p.nummer.startswith("Bijlage")}
    actual = {
        "kerntaken": len(claims.kerntaken),
        "werkprocessen": sum(len(k.werkprocessen) for k in claims.kerntaken),
        "taken": sum(len(g.taken) for g in claims.taakgebieden),
        "bijlagen": len(annexes),
    }
    for text in _texts(claims, without={"begrippenlijst"}):
        for found in _COUNTED.finditer(text.text):
            word, what = found[1].casefold(), found[2].casefold()
            told = int(word) if word.isdigit() else NUMBERS[word]
            if actual[what] and told != actual[what]:
                yield Bevinding(
                    "aantal-wijkt-af",
                    "waarschuwing",
                    f"De tekst noemt {told} {what}; gevonden zijn er {actual[what]}.",
                    f"The text says {told} {what}; {actual[what]} were found.",
                    (text.lines_between(*found.span()),),
                )


def _unfinished(claims: Claims) -> Iterator[Bevinding]:
    """A description that stops without a full stop, a list item that ends in a comma."""
    texts = [(f"competentie {d.letter}", d.toelichting) for k in claims.kerntaken for d in k.competenties]
    texts += [(f"competentie {d.letter}", d.toelichting) for d in claims.competenties]
    for taak in claims.taken:
        parts = (getattr(taak, "omschrijving", None), getattr(taak, "resultaat", None))
        texts += [(f"taak {taak.nummer}", part) for part in parts if part]
    for what, text in texts:
        if text and not SENTENCE_END.search(text.text):
            yield _stops(what, text.text, frozenset({max(text.lines)}))
    lists = [s for taak in claims.taken if isinstance(taak, Werkproces) for s in taak.skills]
    for item in [*lists, *(s for g in claims.taakgebieden for s in g.skills)]:
        if item.wording.endswith(","):
            yield _stops("opsomming", item.wording, item.lines)


def _stops(what: str, text: str, lines: Lines) -> Bevinding:
    tail = " ".join(text.split()[-4:])
    return Bevinding(
        "tekst-niet-af",
        "info",
        f"De tekst ({what}) lijkt niet af: hij eindigt op '… {tail}'.",
        f"The text ({what}) seems unfinished: it ends in '… {tail}'.",
        (lines,),
    )


def _branches(claims: Claims) -> Iterator[Bevinding]:
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
                    f"The supplement is for '{branche}', but the scope does not name that branch.",
                    (frozenset({min(aanvulling.lines)}), scope),
                )


_SUBMITTED = re.compile(r"ter legitimering voorgelegd aan\s+([^.]+)\.")


def _submitted(claims: Claims) -> Iterator[Bevinding]:
    """Submitted for legitimation to other bodies than those that legitimated."""
    acts = [act for act in claims.handelingen if act.kind == "legitimering"]
    given = {_body(act.orgaan) for act in acts}
    for text in _texts(claims, without=set()):
        for found in _SUBMITTED.finditer(text.text):
            asked = enumeration(found[1])
            for name in [n for n in asked if _body(n) not in given] if acts else []:
                others = ", ".join(sorted(a.orgaan for a in acts if _body(a.orgaan) not in map(_body, asked)))
                yield Bevinding(
                    "orgaan-wijkt-af",
                    "waarschuwing",
                    f"Voorgelegd aan '{name}', maar niet door '{name}' gelegitimeerd; wel door: "
                    f"{others or 'niemand anders'}.",
                    f"Submitted to '{name}' but not legitimated by '{name}'; but by: {others or 'no one else'}.",
                    (text.lines_between(*found.span()), frozenset(line for a in acts for line in a.lines)),
                )


def _body(name: str) -> str:
    return without_article(abbreviation(name)[0]).removeprefix("Vereniging ").casefold()


def _unread(claims: Claims) -> Iterator[Bevinding]:
    """A row that may name a person could not be taken apart; nothing of it is in the graph."""
    for lines in claims.unread:
        yield Bevinding(
            "niet-gelezen",
            "waarschuwing",
            "Deze regel noemt misschien een persoon en is niet gelezen: naam, organisatie en functie zijn niet te scheiden.",
            "This line may name a person and was not read: name, organisation and function cannot be told apart.",
            (lines,),
        )


CHECKS: tuple[Check, ...] = (
    _dangling_zie,
    _titles,
    _competence_names,
    _matrix,
    _act_dates,
    _other_occupation,
    _counts,
    _unfinished,
    _branches,
    _submitted,
    _unread,
)
