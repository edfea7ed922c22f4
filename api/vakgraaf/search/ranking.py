"""Which things fit, and in what order.

The points of a result are those of the best tier that it is in, and those that it has of itself. As FTS5 gives the
things of a tier in the order of their own points, the first few of each tier hold the first few of all.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from typing import NamedTuple

from vakgraaf.language.words import key
from vakgraaf.search.expressions import NAME_POINTS, TIERS, WIDEST, Tier, expression
from vakgraaf.search.terms import Term

_MOST_NAMED = 1000


class Ranked(NamedTuple):
    """A thing that fits, and what it was found by."""

    thing: int
    by: str


def all_of(connection: sqlite3.Connection, terms: Sequence[Term], marks: Sequence[str]) -> list[int]:
    """Everything that fits, in the order of its own points."""
    row = connection.execute(
        "SELECT json_group_array(rowid) FROM found WHERE found MATCH ?", (expression(terms, WIDEST, marks),)
    )
    things: list[int] = json.loads(row.fetchone()[0])
    return things


def best(
    connection: sqlite3.Connection,
    points: bytes,
    text: str,
    terms: Sequence[Term],
    marks: Sequence[str],
    things: Sequence[int],
    most: int,
) -> list[Ranked]:
    """The first `most` of `things`, which are all that fits. `points` are those that each thing has of itself."""
    scores: dict[int, tuple[int, str]] = {}

    def keep(found: Sequence[int], extra: int, by: str) -> None:
        for thing in found:
            scores.setdefault(thing, (extra + points[thing - 1], by))

    if named := called(connection, text):
        keep(sorted(set(named).intersection(things))[:most], NAME_POINTS, "name")
    for tier in TIERS:
        if _complete(scores, things, tier.points + points[things[0] - 1], most):
            break
        keep(_first(connection, terms, tier, marks, most), tier.points, tier.by)
    ranked = sorted(scores, key=lambda thing: (-scores[thing][0], thing))[:most]
    return [Ranked(thing, scores[thing][1]) for thing in ranked]


def _complete(scores: dict[int, tuple[int, str]], things: Sequence[int], at_most: int, most: int) -> bool:
    """Whether nothing that has no more than `at_most` points can be among the first `most` any more."""
    if len(scores) < min(most, len(things)):
        return False
    return (
        len(scores) >= len(things) or sorted((score for score, _ in scores.values()), reverse=True)[most - 1] > at_most
    )


def fitting_part(connection: sqlite3.Connection, terms: Sequence[Term], marks: Sequence[str]) -> list[Term]:
    """As many of `terms` as something has all of: but for one where that is enough, else as many as go together.

    What says least is left out first.
    """
    for left_out in sorted(terms, key=lambda term: term.weight):
        rest = [term for term in terms if term is not left_out]
        if _any(connection, rest, marks):
            return rest
    kept: list[Term] = []
    for term in sorted(terms, key=lambda term: -term.weight):
        if _any(connection, [*kept, term], marks):
            kept.append(term)
    return [term for term in terms if term in kept]


def _any(connection: sqlite3.Connection, terms: Sequence[Term], marks: Sequence[str]) -> bool:
    return bool(_first(connection, terms, WIDEST, marks, 1))


def _first(
    connection: sqlite3.Connection, terms: Sequence[Term], tier: Tier, marks: Sequence[str], most: int
) -> list[int]:
    rows = connection.execute(
        "SELECT rowid FROM found WHERE found MATCH ? ORDER BY rowid LIMIT ?", (expression(terms, tier, marks), most)
    )
    return [thing for (thing,) in rows]


def called(connection: sqlite3.Connection, text: str) -> list[int]:
    """What is called exactly `text`, but for spaces, hyphens, case and diacritics, in the order of its own points."""
    rows = connection.execute("SELECT thing FROM name WHERE key = ? ORDER BY thing LIMIT ?", (key(text), _MOST_NAMED))
    return [thing for (thing,) in rows]
