"""How to cite a profile: who, when, what and where, in the order of the APA style."""

from __future__ import annotations

import re
from typing import NamedTuple

from vakgraaf.engine import Value
from vakgraaf.ingest.dutch import spoken_date
from vakgraaf.web.site.names import Named

_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_UNKNOWN = {"nl": "z.d.", "en": "n.d."}


class Citation(NamedTuple):
    """The parts of a citation; `authors` is empty where nobody is known, and then the title comes first."""

    authors: str
    date: str
    title: Value
    address: str


def citation(
    publishers: tuple[Named, ...], issued: Value | None, title: Value, address: str, language: str
) -> Citation:
    """What to write when one refers to something; `address` is the one that stays."""
    names = [publisher.name.text for publisher in publishers]
    *first, last = names or [""]
    return Citation(
        authors=f"{', '.join(first)} & {last}" if first else last,
        date=_apa(issued.text if issued else "", language),
        title=title,
        address=address,
    )


def spoken(date: Value | None, language: str) -> str:
    """A date as people write it: "2 november 2011", "november 2011", "2011"; empty where there is none."""
    return spoken_date(date.text, language) if date else ""


def _apa(date: str, language: str) -> str:
    """A date with the year first: "2011, november"; "z.d." where there is none."""
    found = _ISO.match(date)
    if found is None:
        return _UNKNOWN.get(language, _UNKNOWN["nl"])
    if not found[2]:
        return found[1]
    words = spoken_date(found[0], language).split()  # [day,] month, year
    day_and_month = " ".join(words[:-1] if language == "nl" else reversed(words[:-1]))
    return f"{found[1]}, {day_and_month}"
