"""Which framework each row of the EU's list belongs to: the list does not say, the beginning of a label does.

A level is called "HuQF Level 5" or "AT: NQF Level 7"; the table says whose beginning "HuQF" is. A row that begins as no
framework, or as two, is left over and never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from vakgraaf.errors import UnreadableInput
from vakgraaf.linking.frameworks.listing import Listed
from vakgraaf.linking.frameworks.table import FrameworkFacts, Table

_LEVEL = re.compile(r"^(?:(Entry) )?Levels? |^(Entry) Level$")
_ENTRY = re.compile(r"^Entry(?: |$)")
_PIECES = re.compile(r"\d+|[^\d\s.]+")
_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8}


class Level(NamedTuple):
    """A level: its IRI, its code within the framework ("4+", "Entry 3"), its English label."""

    iri: str
    notation: str
    label: str


class Framework(NamedTuple):
    """A framework with its levels, the lowest first, and its name in Dutch and English."""

    facts: FrameworkFacts
    name: tuple[str, str]
    levels: tuple[Level, ...]


class Placed(NamedTuple):
    """The frameworks that the rows make, and the rows that have no place."""

    frameworks: tuple[Framework, ...]
    left_over: tuple[Listed, ...]


def place(rows: Iterable[Listed], table: Table) -> Placed:
    """Every row as a framework or as a level of one; raises `UnreadableInput` where an IRI is there with two labels."""
    names: dict[str, str] = {}
    levels: dict[str, list[Level]] = {facts.iri: [] for facts in table.frameworks}
    left: list[Listed] = []
    known = {facts.iri for facts in table.frameworks}
    prefixes = _prefixes(table)
    seen: dict[str, str] = {}
    for row in rows:
        if seen.setdefault(row.iri, row.label) != row.label:
            raise UnreadableInput(
                f"{row.iri} staat er met twee namen in: {seen[row.iri]} en {row.label}.",
                f"{row.iri} is there with two labels: {seen[row.iri]} and {row.label}.",
            )
        owner = _owner(row.label, prefixes)
        if row.iri in known:
            names[row.iri] = row.label
        elif owner is None:
            left.append(row)
        else:
            levels[owner.iri].append(Level(row.iri, _notation(row.label, owner), row.label))
    found = tuple(
        Framework(facts, (facts.name[0], names[facts.iri]), _ordered(levels[facts.iri], facts.descending))
        for facts in table.frameworks
        if facts.iri in names
    )
    orphans = [Listed(level.iri, level.label, "") for iri, lost in levels.items() if iri not in names for level in lost]
    return Placed(found, tuple(sorted([*left, *orphans])))


def order(notation: str) -> tuple[object, ...]:
    """Sort key of the code of a level: entry levels, then letters, then numbers, "4" before "4+" and "5.1"."""
    rest = _ENTRY.sub("", notation)
    pieces = _PIECES.findall(rest)
    first = pieces[0] if pieces else ""
    roman = _ROMAN.get(first.split("-")[0])
    rank = 0 if rest != notation else 2 if first.isdigit() or roman else 1
    key = tuple((1, int(piece), "") if piece.isdigit() else (0, 0, piece) for piece in pieces)
    return rank, roman or 0, key


def _ordered(levels: Iterable[Level], descending: bool) -> tuple[Level, ...]:
    return tuple(sorted(levels, key=lambda level: order(level.notation), reverse=descending))


def _prefixes(table: Table) -> Mapping[str, FrameworkFacts | None]:
    """Frameworks by how labels of their levels begin; None where two begin the same."""
    found: dict[str, FrameworkFacts | None] = {}
    for facts in table.frameworks:
        found[facts.prefix] = None if facts.prefix in found else facts
    return found


def _owner(label: str, prefixes: Mapping[str, FrameworkFacts | None]) -> FrameworkFacts | None:
    fitting = [prefix for prefix in prefixes if label.startswith(f"{prefix} ")]
    return prefixes[max(fitting, key=len)] if fitting else None


def _notation(label: str, facts: FrameworkFacts) -> str:
    """The code of a level: "RQF Entry Levels 1-2" is "Entry 1-2", "NLQF Entry Level" is "Entry"."""
    rest = label.removeprefix(f"{facts.prefix} ")
    return _LEVEL.sub(lambda match: " ".join(filter(None, (match[1] or match[2],))) + " ", rest).strip()
