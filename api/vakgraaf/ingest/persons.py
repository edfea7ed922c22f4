"""Natural persons in a text: where their names stand, so that they stay out of the graph."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

_ADDRESS = r"(?:[Mm]evrouw|[Mm]evr\.?|[Mm]w\.?|[Dd]e\s+[Hh]eer|[Dd]hr\.?)"
_DEGREE = r"(?:[Dd]rs\.|[Dd]r\.|[Ii]r\.|[Ii]ng\.|[Mm]r\.|[Pp]rof\.)"
_INITIALS = r"(?:[A-Z]\.\s?(?:[A-Z][a-z]?\.\s?)*)"
_PARTICLE = r"(?:(?:van|de|den|der|het|'t|’t|ten|ter|te|la|le|el|von|op|in|aan|Van|De|Den|Der|Ten|Ter)\s+)*"
_SURNAME = r"[A-ZÀ-Ý][\w’'-]+(?:\s?[-–]\s?(?:(?:van|de|den|der)\s+)*[A-ZÀ-Ý][\w’'-]+)*"
_TITLED = re.compile(
    rf"\b(?:{_ADDRESS}\s+(?:{_DEGREE}\s*)*(?:{_INITIALS}\s*)?|{_DEGREE}\s*(?:{_DEGREE}\s*)*{_INITIALS}\s*){_PARTICLE}{_SURNAME}"
)
_INITIALLED = re.compile(rf"{_INITIALS}\s*{_PARTICLE}{_SURNAME}")
LEFT_OUT = "…"


def name_at_start(text: str) -> str | None:
    """The name of a person that `text` begins with: with a form of address, or with initials."""
    found = _TITLED.match(text) or _INITIALLED.match(text)
    return found[0] if found else None


def names_in(text: str) -> list[str]:
    """Names of persons in running text: only with a form of address, so that "B. Aansturen" is none."""
    return [found[0] for found in _TITLED.finditer(text)]


def leave_out(text: str, names: Sequence[str]) -> str:
    """`text` with each of `names` replaced by an ellipsis."""
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, LEFT_OUT)
    return text


def find_names(lines: Sequence[str], tables: Mapping[int, str]) -> dict[int, list[str]]:
    """Line number → names on it; `tables` gives the names found in tables of people, by line."""
    found: dict[int, list[str]] = {}
    for number, line in enumerate(lines, start=1):
        names = {*names_in(line), *([tables[number]] if number in tables else [])}
        if names:
            found[number] = sorted(names)
    return found
