"""What could be meant by the beginning of a name."""

from __future__ import annotations

import sqlite3
from typing import NamedTuple

from vakgraaf.language.words import key, sequence
from vakgraaf.search.expressions import beginning
from vakgraaf.search.fields import Role
from vakgraaf.search.spelling import Vocabulary
from vakgraaf.search.terms import typed_words

_LOOKED_AT = 80
_BEGINS = 25
_MOST_WORDS = 8


class Fitting(NamedTuple):
    """A thing, and those of its names that fit."""

    thing: int
    names: tuple[str, ...]


def suggested(
    connection: sqlite3.Connection, points: bytes, vocabulary: Vocabulary, text: str, most: int
) -> list[Fitting]:
    """Things with a name in which all words but the last stand, and one, or a part of one, begins with the last.

    Of things of the same name the one that stands furthest forward.
    Where there are none, with a word that the last could be meant for.
    """
    *whole, last = typed_words(text)[:_MOST_WORDS] or [""]
    if not last:
        return []
    found = _named(connection, points, whole, last, text, most)
    if found:
        return found
    for _, word in vocabulary.candidates(last)[:1]:
        return _named(connection, points, whole, word, " ".join([*whole, word]), most)
    return []


def _named(
    connection: sqlite3.Connection, points: bytes, whole: list[str], last: str, text: str, most: int
) -> list[Fitting]:
    rows = connection.execute(
        "SELECT rowid FROM named WHERE named MATCH ? ORDER BY rowid LIMIT ?", (beginning([*whole, last]), _LOOKED_AT)
    )
    things = dict.fromkeys(thing for (thing,) in rows)
    start = key(text)
    same = connection.execute(
        "SELECT thing FROM name WHERE key >= ? AND key < ? ORDER BY key LIMIT ?",
        (start, start + "\U0010ffff", _LOOKED_AT),
    )
    things.update(dict.fromkeys(thing for (thing,) in same))
    ranked: dict[str, tuple[int, Fitting]] = {}
    for thing in things:
        names = _fitting_names(connection, thing, last, start)
        if not names:
            continue
        worth = points[thing - 1] + _BEGINS * any(key(name).startswith(start) for name in names)
        name = names[0].casefold()
        if name not in ranked or ranked[name][0] < worth:
            ranked[name] = (worth, Fitting(thing, names))
    best = sorted(ranked.values(), key=lambda one: (-one[0], one[1].thing))
    return [fitting for _, fitting in best[:most]]


def _fitting_names(connection: sqlite3.Connection, thing: int, last: str, start: str) -> tuple[str, ...]:
    """The names of `thing` that begin as was typed, or else those that have the last word; of one property."""
    named = connection.execute(
        "SELECT property, text FROM literal WHERE thing = ? AND role = ? ORDER BY place", (thing, int(Role.LABEL))
    ).fetchall()
    fitting = [one for one in named if key(one[1]).startswith(start)]
    fitting = fitting or [one for one in named if any(last in word for word in sequence(one[1]))]
    return tuple(name for property_, name in fitting if property_ == fitting[0][0])
