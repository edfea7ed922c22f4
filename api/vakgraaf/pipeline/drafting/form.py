"""What a form sends (`taakgebied.0.taak.1.omschrijving=…`) as what was filled in, part in part."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from vakgraaf.pipeline.drafting.blueprint import ADDENDUM, Part

# More of one part is no addendum that a person fills in; and it bounds what a request can make us build.
MOST_OF_ONE = 60

Nested = dict[str, Any]


def from_fields(fields: Iterable[tuple[str, str]], part: Part = ADDENDUM) -> Nested:
    """The fields that the blueprint knows, nested; every part is there, at least once. Other fields are ignored.

    Parts come in the order of their numbers, whatever gaps there are between those.
    """
    return _nested(dict(fields), part, "")


def _nested(fields: Mapping[str, str], part: Part, at: str) -> Nested:
    found: Nested = {blank.key: fields.get(at + blank.key, "") for blank in part.blanks}
    for inner in part.parts:
        start = f"{at}{inner.key}."
        numbers = {name.removeprefix(start).partition(".")[0] for name in fields if name.startswith(start)}
        counted = sorted(int(number) for number in numbers if number.isdecimal() and len(number) <= 3)[:MOST_OF_ONE]
        found[inner.key] = [_nested(fields, inner, f"{start}{number}.") for number in counted] or [empty(inner)]
    return found


def empty(part: Part = ADDENDUM) -> Nested:
    """One of everything, with nothing filled in."""
    return {**{blank.key: "" for blank in part.blanks}, **{inner.key: [empty(inner)] for inner in part.parts}}


def add(filled: Nested, at: str) -> None:
    """One more of the parts called `at` (`taakgebied.0.taak`), at the end; nothing where there is no such part."""
    for part, parts in _lists(filled, at):
        if len(parts) < MOST_OF_ONE:
            parts.append(empty(part))


def remove(filled: Nested, at: str) -> None:
    """Without the part called `at` (`taakgebied.0.taak.1`); the last one of its kind is emptied instead."""
    where, _, number = at.rpartition(".")
    for part, parts in _lists(filled, where):
        if number.isdecimal() and int(number) < len(parts):
            parts.pop(int(number))
            if not parts:
                parts.append(empty(part))


def _lists(filled: Nested, at: str) -> Iterator[tuple[Part, list[Nested]]]:
    """The list of parts called `at` and what they are, if there is one."""
    here, part = filled, ADDENDUM
    *steps, last = at.split(".")
    for key, number in zip(steps[::2], steps[1::2], strict=False):
        inner = next((one for one in part.parts if one.key == key), None)
        if inner is None or not number.isdecimal() or int(number) >= len(here[key]):
            return
        here, part = here[key][int(number)], inner
    for inner in part.parts:
        if inner.key == last:
            yield inner, here[last]
