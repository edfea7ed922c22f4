"""Natural persons in a text: where their names stand, so that they stay out of the graph."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

_ADDRESS = r"(?:[Mm]evrouw|[Mm]evr\.?|[Mm]w\.?|[Dd]e\s+[Hh]eer|[Dd]hr\.?)"
_DEGREE = r"(?:[Dd]rs\.|[Dd]r\.|[Ii]r\.|[Ii]ng\.|[Mm]r\.|[Pp]rof\.)"
_INITIALS = r"(?:[A-Z]\.\s?(?:[A-Z][a-z]?\.\s?)*)"
_SMALL = r"(?:van|de|den|der|het|'t|’t|ten|ter|te|la|le|el|al|ben|bin|von|op|in|aan|Van|De|Den|Der|Ten|Ter|El|Al)"
_PARTICLE = rf"(?:{_SMALL}\s+)*"
_SURNAME = rf"[A-ZÀ-Ý][\w’']+(?:\s?[-–]\s?(?:{_SMALL}\s+)*[A-ZÀ-Ý][\w’']+)*"
_ADDRESSED = re.compile(rf"\b{_ADDRESS}\s+(?:{_DEGREE}\s*)*(?:{_INITIALS}\s*)?{_PARTICLE}{_SURNAME}")
_INITIALLED = re.compile(rf"(?:{_ADDRESS}\s+)?(?:{_DEGREE}\s*)*{_INITIALS}\s*{_PARTICLE}{_SURNAME}")
_TITLED = re.compile(rf"\b(?:{_DEGREE}\s*)+{_INITIALS}\s*{_PARTICLE}{_SURNAME}")
# Who signs or decides for a body, whatever their name looks like.
_ON_BEHALF = re.compile(r"\bdoor\s+(?:[^A-ZÀ-Ý]{0,40})([A-ZÀ-Ý](?:(?!\bnamens\b).){1,60}?),?\s+namens\b")
LEFT_OUT = "…"


def name_at_start(text: str) -> str | None:
    """The name of a person that `text` begins with, where it has initials: then it is clear where it ends."""
    found = _INITIALLED.match(text)
    return found[0] if found else None


def addressed(text: str) -> bool:
    """True where `text` begins with a form of address: a person, but perhaps not clear how far the name goes."""
    return _ADDRESSED.match(text) is not None


def names_in(text: str) -> list[str]:
    """Names of persons in running text: with a form of address or a degree, or whoever acts on behalf of a body."""
    found = [match[0] for pattern in (_ADDRESSED, _TITLED) for match in pattern.finditer(text)]
    return found + [match[1] for match in _ON_BEHALF.finditer(text)]


def leave_out(text: str, names: Sequence[str]) -> str:
    """`text` with each of `names` replaced by an ellipsis."""
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, LEFT_OUT)
    return text


def find_names(lines: Sequence[str], tables: Mapping[int, str]) -> dict[int, list[str]]:
    """Line number → names on it; `tables` gives what was found to be a name elsewhere, by line."""
    found: dict[int, list[str]] = {}
    for number, line in enumerate(lines, start=1):
        names = {*names_in(line), *([tables[number]] if number in tables else [])}
        if names:
            found[number] = sorted(names)
    return found
