"""What the planner knows of the data: counts per predicate and per class."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
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

    They steer the order of evaluation only. Wrong numbers make a query slow, never wrong. Equal to itself alone, so
    that what was worked out with it can be remembered by it.
    """

    total: int
    subjects: int
    predicates: Mapping[str, Counts]
    classes: Mapping[str, int]

    def to_json(self) -> str:
        """As one line of JSON, for a file or a pipe."""
        predicates = {iri: [c.triples, c.subjects, c.objects] for iri, c in self.predicates.items()}
        return json.dumps([self.total, self.subjects, predicates, dict(self.classes)], separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> Statistics:
        """Read what `to_json` wrote. Raises `ValueError` at anything else."""
        match json.loads(text):
            case [int(total), int(subjects), dict(predicates), dict(classes)]:
                counts = {iri: Counts(*map(int, three)) for iri, three in predicates.items()}
                return cls(total, subjects, MappingProxyType(counts), MappingProxyType(classes))
        raise ValueError("these are no statistics")
