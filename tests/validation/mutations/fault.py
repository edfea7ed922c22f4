"""A fault: how it is made, the rule that must speak, where, and what may speak with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from rdflib import Graph

from validation.mutations.manuscript import Manuscript


@dataclass(frozen=True)
class TextFault:
    """A fault in a text. `rule` is the local name of the rule in `vgs:`; it must speak at a line that was touched.

    `followers` are rules that rightly speak of the same fault from another side; `silences` are rules that had
    something to say about the original of what is gone now.
    """

    name: str
    source: str
    broken: Callable[[Manuscript], None]
    rule: str
    followers: frozenset[str] = frozenset()
    silences: frozenset[str] = frozenset()


@dataclass(frozen=True)
class GraphFault:
    """A fault in a graph: `rule` must speak about `focus` (the end of an IRI), on `path` where it has one."""

    name: str
    source: str
    broken: Callable[[Graph], None]
    rule: str
    focus: str
    path: str | None = None
    followers: frozenset[str] = frozenset()
    silences: frozenset[str] = frozenset()
