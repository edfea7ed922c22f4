"""Things as a page mentions them: a name, and where it leads."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from vakgraaf.engine import Value
from vakgraaf.web.site.nearby import Nearby


class Named(NamedTuple):
    """The IRI of a thing, and what it is called."""

    iri: str
    name: Value


def named(near: Nearby, *things: str) -> tuple[Named, ...]:
    """These things with their names."""
    return tuple(Named(thing, near.label(thing)) for thing in things)


def numbered(near: Nearby, subject: str) -> Value:
    """What a thing is called, after the number that it is printed with."""
    name, number = near.label(subject), near.text(subject, "vg:nummer")
    return name if number is None else name._replace(text=f"{number.text} {name.text}")


def joined(values: Iterable[Value]) -> str:
    """Texts as one, for where there is no room for a list."""
    return ", ".join(value.text for value in values)
