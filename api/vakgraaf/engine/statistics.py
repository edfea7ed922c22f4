"""How much there is of what: the numbers of VoID (`counting` finds them).

A triple that several graphs state counts once in the whole and once in each of those graphs.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import NamedTuple

from vakgraaf.sparql import statistics as planning

UNNAMED = ""
"""The key of the unnamed graph among the graphs."""


@dataclass(frozen=True, slots=True)
class Size:
    """The numbers of one graph or of all together; `entities` are the subjects that have an IRI."""

    triples: int = 0
    entities: int = 0
    subjects: int = 0
    objects: int = 0
    properties: int = 0
    classes: int = 0


class Use(NamedTuple):
    """A property as used by things of a class: `target` is a class or datatype of its values, or "" for all values."""

    klasse: str
    name: str
    target: str = ""
    is_class: bool = False


class Link(NamedTuple):
    """Links from things of Vakgraaf by one property to IRIs on one other host (`space`: scheme, host and a slash)."""

    name: str
    space: str


@dataclass(slots=True)
class Statistics:
    """All numbers: of the whole, by graph, by class, by property, by use of a property, by kind of link.

    `ends` are the different subjects and objects of a property.
    """

    whole: Size
    graphs: dict[str, Size]
    classes: dict[str, int]
    properties: dict[str, int]
    ends: dict[str, tuple[int, int]]
    uses: dict[Use, int]
    links: dict[Link, int]

    def counts(self) -> dict[str, dict[str, int]]:
        """The numbers that pages show, ready for JSON: of the whole, by graph (triples), by class (things)."""
        graphs = {name: size.triples for name, size in self.graphs.items()}
        return {"whole": asdict(self.whole), "graphs": graphs, "classes": self.classes}

    def planning(self) -> planning.Statistics:
        """The numbers that the planner of queries goes by."""
        predicates = {iri: planning.Counts(n, *self.ends[iri]) for iri, n in self.properties.items()}
        graphs = {name: size.triples for name, size in self.graphs.items() if name != UNNAMED}
        return planning.Statistics(self.whole.triples, self.whole.subjects, predicates, self.classes, graphs)
