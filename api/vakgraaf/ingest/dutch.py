"""Dutch words that carry data: dates, enumerations, numbers, abbreviations."""

from __future__ import annotations

import calendar
import re

MONTHS = {
    name: number
    for number, name in enumerate(
        "januari februari maart april mei juni juli augustus september oktober november december".split(), start=1
    )
}
ENGLISH_MONTHS = tuple("January February March April May June July August September October November December".split())
_COUNTED = (
    "een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien zeventien achttien "
    "negentien twintig"
)
NUMBERS = {name: number for number, name in enumerate(_COUNTED.split(), start=1)}
DATE = rf"(?:(\d{{1,2}})\s+)?({'|'.join(MONTHS)})\s+(\d{{4}})"
_DATE = re.compile(DATE, re.IGNORECASE)
_ABBREVIATED = re.compile(r"(.+?)\s*\((?:(?:de|het)\s+)?([A-Z][A-Z0-9&/’']{1,})\)")


def iso_date(text: str) -> str | None:
    """The first date in `text` as ISO 8601: "2 november 2011" → "2011-11-02", "Oktober 2011" → "2011-10"."""
    found = _DATE.search(text)
    if found is None:
        return None
    month = f"{int(found[3]):04d}-{MONTHS[found[2].casefold()]:02d}"
    return f"{month}-{int(found[1]):02d}" if found[1] and _is_day(found) else month


def _is_day(found: re.Match[str]) -> bool:
    """True where the month of that year has such a day."""
    return 1 <= int(found[1]) <= calendar.monthrange(int(found[3]), MONTHS[found[2].casefold()])[1]


def spoken_date(iso: str, language: str = "nl") -> str:
    """An ISO date as people write it: "2011-11-02" → "2 november 2011"; other text is returned as it is."""
    found = re.fullmatch(r"(\d{4})-(\d{2})(?:-(\d{2}))?", iso)
    if found is None:
        return iso
    month = list(MONTHS if language == "nl" else ENGLISH_MONTHS)[int(found[2]) - 1]
    return " ".join([*([str(int(found[3]))] if found[3] else []), month, found[1]])


def enumeration(text: str) -> list[str]:
    """The parts of a Dutch enumeration without their articles: "ActiZ, de MOgroep en verpleeg- en verzorgingshuizen".

    An "en" behind a hyphen joins two halves of one name and does not separate.
    """
    cleaned = " ".join(text.split()).strip(" .")
    parts = re.split(r"\s*,\s+|(?<!-)\s+en\s+", cleaned)
    return [bare for part in parts if (bare := without_article(part))]


def without_article(name: str) -> str:
    """`name` without a leading article or "namens"."""
    return re.sub(r"^(?:namens\s+)?(?:de\s+|het\s+|een\s+)?", "", name.strip())


def abbreviation(name: str) -> tuple[str, str | None]:
    """Short and long name: "Sociaal Overleg … (het SOVVT)" → ("SOVVT", "Sociaal Overleg …"); else (name, None)."""
    found = _ABBREVIATED.fullmatch(name.strip())
    return (found[2], found[1]) if found else (name.strip(), None)


def singular_key(text: str) -> str:
    """`text` folded so that singular and plural meet: "werkvelden" and "werkveld", "taken" and "taak".

    A key for comparing, not a word: case, a plural -en or -s, and doubled letters at the end of a word are dropped.
    """
    return " ".join(_fold(word) for word in re.findall(r"[^\W_]+[+#]*", text.casefold()))


def _fold(word: str) -> str:
    if len(word) > 4:
        word = re.sub(r"(?:en|[^s]s)$", lambda found: found[0].removesuffix("en").removesuffix("s"), word)
    return re.sub(r"([a-z])\1(?=[^aeiou]?$)", r"\1", word)
