"""Where in a query a group stands, as far as that matters to how it is written."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import inf

from vakgraaf.sparql.scope import NONE, Names


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a group stands.

    `given`: variables that may have a value before it begins. `hashing`: subselects may be written in it. `alone`: its
    filters see only its own variables (not in OPTIONAL, not in EXISTS). `needed` and `enough`: as in `Task`. `naming`:
    new variables may be made (no `SELECT *` would show them). `nodes`: variables that stand for nodes of its graph
    in what it is joined with.
    """

    given: Names = NONE
    hashing: bool = True
    alone: bool = True
    needed: Names | None = None
    naming: bool = True
    enough: float = inf
    nodes: Names = NONE

    def inside(self, given: Names = NONE) -> Setting:
        """That of a group in this one, of which all solutions are asked for as they are."""
        return replace(self, given=given, needed=None, enough=inf)

    def beside(self, nodes: Names) -> Setting:
        """That of what is joined with triples that bind these to nodes of the graph."""
        return replace(self, nodes=self.nodes | nodes)
