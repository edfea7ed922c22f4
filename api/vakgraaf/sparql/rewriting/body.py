"""A group taken apart: what is joined, in which order, and what follows."""

from __future__ import annotations

from dataclasses import dataclass, field

from vakgraaf.sparql.rewriting.filters import Condition
from vakgraaf.sparql.rewriting.planning import Plan
from vakgraaf.sparql.rewriting.units import Unit
from vakgraaf.sparql.tree import Element


@dataclass(slots=True)
class Body:
    """What of a group is joined first, what follows, and the demands of its filters; with the plan, and its parts.

    `minus` are the NOT EXISTS that have become MINUS.
    """

    run: list[Element]
    tail: list[Element]
    conditions: list[Condition]
    plan: Plan | None = None
    units: list[Unit] = field(default_factory=list)
    minus: list[str] = field(default_factory=list)
