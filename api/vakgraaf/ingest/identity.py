"""Which profile a document is: kind, occupation, title, year, publisher. Found in the text, never in the file name."""

from __future__ import annotations

import re
from collections import Counter

from vakgraaf.errors import NotAProfile
from vakgraaf.ingest.claims import Claims, Vermelding
from vakgraaf.ingest.layout import Flow
from vakgraaf.ingest.read import Text
from vakgraaf.rdf.iris import slug

_RUNNING = re.compile(r"(BCP|Beroepscompetentieprofiel|Addendum)\s+(.+?)(?:\s+\d{1,3})?$", re.IGNORECASE)
_BCP_NAMED = re.compile(r"[Bb]eroepscompetentieprofiel\s+([A-Z][\w-]+(?:\s+[A-Z][\w-]+)*)")
_ADDENDUM_NAMED = re.compile(r"Addendum\s+([A-Z][^.,;:()]{3,80}?)\s+is\b")
_NO_LETTERS = re.compile(r"[\W\d_]+")
_PARTS_OF_NAMES = ("bcp", "beroeps", "profiel", "adden", "dendum")
_COPYRIGHT = re.compile(r"(?:©|\(c\))?\s*(?:Copyright)?\s*([A-Z][\w& ]*?)\s+(\d{4})\s*$", re.IGNORECASE)


def identify(text: Text, flow: Flow) -> Claims:
    """Empty claims that know which profile they are about.

    Raises `NotAProfile` where the text names no beroepscompetentieprofiel or addendum.
    """
    found = _from_footers(flow) or _from_text(" ".join(row.text for row in flow.rows))
    if found is None:
        raise _no_profile(text)
    kind, beroep = found
    publisher, year = _copyright(flow)
    title = f"{'Addendum' if kind == 'addendum' else 'Beroepscompetentieprofiel'} {beroep}"
    reference = slug(f"{beroep} {year or ''}")
    claims = Claims("addendum" if kind == "addendum" else "bcp", beroep, title, reference, _where(text, flow, beroep))
    claims.publisher, claims.issued = publisher, year
    claims.jaren = _years(text, flow)
    return claims


def require_name(text: Text) -> None:
    """Raises `NotAProfile` at once for a long text in which not even a part of either name stands.

    One that is broken off at the end of a page has the other part of the name on the next.
    """
    letters = _NO_LETTERS.sub("", "".join(text.lines)).casefold()
    if not any(part in letters for part in _PARTS_OF_NAMES):
        raise _no_profile(text)


def _no_profile(text: Text) -> NotAProfile:
    return NotAProfile(
        f"{text.name}: dit is geen beroepscompetentieprofiel of addendum; nergens noemt de tekst er een bij naam "
        "('Beroepscompetentieprofiel Verzorgende', 'Addendum …').",
        f"{text.name}: this is no beroepscompetentieprofiel or addendum; the text names none "
        "('Beroepscompetentieprofiel Verzorgende', 'Addendum …').",
    )


def _from_footers(flow: Flow) -> tuple[str, str] | None:
    for footer in flow.footers:
        if found := _RUNNING.fullmatch(footer):
            return ("addendum" if found[1].casefold() == "addendum" else "bcp", " ".join(found[2].split()))
    return None


def _from_text(running: str) -> tuple[str, str] | None:
    addenda = Counter(_ADDENDUM_NAMED.findall(running))
    if addenda:
        return "addendum", addenda.most_common(1)[0][0]
    profiles = Counter(_BCP_NAMED.findall(running))
    return ("bcp", profiles.most_common(1)[0][0]) if profiles else None


def _copyright(flow: Flow) -> tuple[str | None, str | None]:
    for footer in flow.footers:
        if "©" in footer or "copyright" in footer.casefold():
            found = _COPYRIGHT.search(footer)
            return (found[1].strip(), found[2]) if found else (None, None)
    return None, None


def _years(text: Text, flow: Flow) -> list[Vermelding]:
    """The years in the copyright lines of the pages, each with its line."""
    lines = ((n, text.line(n)) for n in sorted(flow.furniture))
    marked = ((n, line) for n, line in lines if "©" in line or "copyright" in line.casefold())
    return [Vermelding(found[2], frozenset({n})) for n, line in marked if (found := _COPYRIGHT.search(line))]


def _where(text: Text, flow: Flow, beroep: str) -> frozenset[int]:
    """The first row that names the occupation in running text, or else the first running head, or else line 1."""
    for row in flow.rows:
        if beroep.casefold() in row.text.casefold():
            return frozenset(row.lines)
    lines = [n for n in sorted(flow.furniture) if beroep.casefold() in text.line(n).casefold()]
    return frozenset(lines[:1] or [1])
