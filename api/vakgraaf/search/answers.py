"""What is asked of an index, and what it answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

PAGE = 20
"""So many results make a page."""
DEEPEST = 500
"""So many pages can be turned; who wants more chooses by facet, or asks a query."""
FACETS = ("class", "profile", "branche")
"""What results can be chosen by."""


@dataclass(frozen=True, slots=True)
class Sought:
    """What somebody looks for: words, IRIs by the names of `FACETS`, the page from 1, the language they read."""

    text: str
    chosen: dict[str, str] = field(default_factory=dict)
    page: int = 1
    language: str = "nl"


class Label(NamedTuple):
    """A name, and its language or ""."""

    text: str
    language: str


class Named(NamedTuple):
    """Something with its names; those of one that has none are empty."""

    iri: str
    labels: tuple[Label, ...]


class Marked(NamedTuple):
    """A text and where in it, from and to, words stand that were looked for."""

    text: str
    language: str
    marks: tuple[tuple[int, int], ...]
    property: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """A result. `by` says what it was found by; `profiles` are those that it is a part of, at most three of them."""

    iri: str
    labels: tuple[Label, ...]
    number: str
    of: Named | None
    by: str
    snippet: Marked | None
    profiles: tuple[Named, ...]
    in_profiles: int


class Choice(NamedTuple):
    """A value that results can be chosen by, how many have it, and whether it is chosen."""

    name: Named
    things: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Found:
    """An answer. `meant`: the words that were looked for in the place of unknown ones; `left_out`: words that nothing
    has together with the others; `suggested`: what else could have been meant."""

    total: int
    hits: tuple[Hit, ...]
    facets: dict[str, tuple[Choice, ...]]
    meant: dict[str, str]
    left_out: tuple[str, ...]
    suggested: dict[str, str]
    stems: frozenset[str]


class Suggestion(NamedTuple):
    """Something that is called as what was typed begins; `labels` are those of its names that do."""

    iri: str
    labels: tuple[Label, ...]
    of: Named | None
