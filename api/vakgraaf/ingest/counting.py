"""What a text counts: so many kerntaken, chapters, competences; and how many there are."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vakgraaf.ingest.claims import Bevinding, Claims
from vakgraaf.ingest.dutch import NUMBERS

_NUMBER = rf"(?P<number>{'|'.join(NUMBERS)}|\d{{1,2}})"
_COUNTED = re.compile(rf"\b{_NUMBER}\s+(?P<what>kerntaken|werkprocessen|bijlagen|taken|hoofdstukken)\b", re.IGNORECASE)
# Of these a text may count some, so only a count of them all is one to hold against what is there.
_COUNTED_ALL = re.compile(
    rf"\b(?:de|deze|alle|en|over|zijn|worden|uit|voor)\s+{_NUMBER}\s+(?P<what>competenties|branches|taakgebieden)\b"
    r"(?! van het (?:KBB|competentiemodel))",
    re.IGNORECASE,
)
_ENGLISH = {
    "kerntaken": "core tasks",
    "werkprocessen": "work processes",
    "taken": "tasks",
    "bijlagen": "annexes",
    "hoofdstukken": "chapters",
    "competenties": "competences",
    "branches": "sectors",
    "taakgebieden": "task groups",
}


def _there(claims: Claims) -> dict[str, int]:
    competences = {d.letter for k in claims.kerntaken for d in k.competenties} | {d.letter for d in claims.competenties}
    return {
        "kerntaken": len(claims.kerntaken),
        "werkprocessen": sum(len(k.werkprocessen) for k in claims.kerntaken),
        "taken": sum(len(g.taken) for g in claims.taakgebieden),
        "bijlagen": len({p.nummer for p in claims.all_paragrafen() if p.nummer and p.nummer.startswith("Bijlage")}),
        "hoofdstukken": sum((chapter.nummer or "").isdigit() for chapter in claims.hoofdstukken),
        "competenties": len(competences),
        "branches": len(claims.branches),
        "taakgebieden": len(claims.taakgebieden),
    }


def counts(claims: Claims) -> Iterator[Bevinding]:
    """The text counts kerntaken, taken, annexes, competences and so on otherwise than they are there."""
    actual = _there(claims)
    told_in = (part for part in claims.all_paragrafen() if part.soort != "begrippenlijst")
    for text in (part.text for part in told_in if part.text):
        for found in [*_COUNTED.finditer(text.text), *_COUNTED_ALL.finditer(text.text)]:
            word, what = found["number"].casefold(), found["what"].casefold()
            told = int(word) if word.isdigit() else NUMBERS[word]
            if actual[what] and told != actual[what]:
                yield Bevinding(
                    "aantal-wijkt-af",
                    "waarschuwing",
                    f"De tekst noemt {told} {what}; gevonden zijn er {actual[what]}.",
                    f"The text counts {told} {_ENGLISH[what]}; found: {actual[what]}.",
                    (text.lines_between(*found.span("number")) | text.lines_between(*found.span("what")),),
                )
