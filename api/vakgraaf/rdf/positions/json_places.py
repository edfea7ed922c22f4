"""JSON (RFC 8259) with the place of every key and value."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field

from vakgraaf.rdf.positions.spots import Spot

_SPACE = re.compile(r"[ \t\n\r]*")
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)
_SCALAR = re.compile(r"[^\s,:\[\]{}]+")

Scalar = str | int | float | bool | None


@dataclass(slots=True)
class Json:
    """A value: `scalar` for what is not an array or object; `raw` is its text."""

    spot: Spot
    kind: str
    raw: str = ""
    scalar: Scalar = None
    items: list[Json] = field(default_factory=list)
    members: list[tuple[str, Spot, Json]] = field(default_factory=list)

    def get(self, key: str) -> Json | None:
        """A member of an object."""
        return next((value for name, _, value in self.members if name == key), None)


def read_json(text: str) -> Json | None:
    """The whole text; None where it is no JSON."""
    try:
        value, _ = _value(text, _skip(text, 1 if text.startswith("\ufeff") else 0))
    except (ValueError, IndexError, RecursionError):
        return None
    return value


def _skip(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def _value(text: str, at: int) -> tuple[Json, int]:
    if text[at] == "{":
        return _object(text, at)
    if text[at] == "[":
        return _array(text, at)
    found = _STRING.match(text, at) or _SCALAR.match(text, at)
    if found is None:
        raise ValueError(at)
    return Json((at, found.end()), "scalar", found[0], json.loads(found[0])), found.end()


def _object(text: str, start: int) -> tuple[Json, int]:
    made = Json((start, start + 1), "object")
    at = _skip(text, start + 1)
    while text[at] != "}":
        found = _STRING.match(text, at)
        if found is None:
            raise ValueError(at)
        colon = _skip(text, found.end())
        value, end = _value(text, _skip(text, colon + 1))
        made.members.append((json.loads(found[0]), found.span(), value))
        at = _after(text, end, "}")
    made.spot = (start, at + 1)
    return made, at + 1


def _array(text: str, start: int) -> tuple[Json, int]:
    made = Json((start, start + 1), "array")
    at = _skip(text, start + 1)
    while text[at] != "]":
        value, end = _value(text, at)
        made.items.append(value)
        at = _after(text, end, "]")
    made.spot = (start, at + 1)
    return made, at + 1


def _after(text: str, end: int, closing: str) -> int:
    at = _skip(text, end)
    if text[at] == closing:
        return at
    if text[at] != ",":
        raise ValueError(at)
    return _skip(text, at + 1)
