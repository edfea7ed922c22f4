"""The packaged ontology and reference data with, beside them, what else is known of what a graph speaks of."""

from __future__ import annotations

from rdflib import Graph
from rdflib.graph import ReadOnlyGraphAggregate

from vakgraaf.validation.shapes import packaged_context


class Surroundings(ReadOnlyGraphAggregate):
    """A context that is not copied: the packaged one, which is made ready once a process, and `found`."""

    def __init__(self, found: Graph) -> None:
        super().__init__([packaged_context(), found])
        self.found = found
