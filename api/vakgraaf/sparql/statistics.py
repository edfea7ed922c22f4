"""What the planner knows of the data: counts per predicate, per class and per graph."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


@dataclass(frozen=True, slots=True)
class Counts:
    """Of one predicate: its triples, and the distinct subjects and objects in them."""

    triples: int
    subjects: int
    objects: int


@dataclass(frozen=True, slots=True, eq=False)
class Statistics:
    """Counts of a default graph: all triples, distinct subjects, per predicate (by IRI), and instances per class.

    With the triples of each named graph beside it, where these were counted.
    They steer the order of evaluation only. Wrong numbers make a query slow, never wrong. Equal to itself alone, so
    that what was worked out with it can be remembered by it.
    """

    total: int
    subjects: int
    predicates: Mapping[str, Counts]
    classes: Mapping[str, int]
    graphs: Mapping[str, int] = field(default_factory=dict)

    def to_json(self) -> str:
        """As one line of JSON, for a file or a pipe."""
        predicates = {iri: [c.triples, c.subjects, c.objects] for iri, c in self.predicates.items()}
        counts = [self.total, self.subjects, predicates, dict(self.classes), dict(self.graphs)]
        return json.dumps(counts, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> Statistics:
        """Read what `to_json` wrote, or did before it knew of graphs. Raises `ValueError` at anything else."""
        match json.loads(text):
            case [int(total), int(subjects), dict(predicates), dict(classes), *graphs]:
                counts = {iri: Counts(*map(int, three)) for iri, three in predicates.items()}
                sizes = [MappingProxyType(dict(one)) for one in graphs]
                return cls(total, subjects, MappingProxyType(counts), MappingProxyType(classes), *sizes[:1])
        raise ValueError("these are no statistics")
