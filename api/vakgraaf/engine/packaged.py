"""What is packaged, as a list of files and the named graph each belongs in."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from vakgraaf.rdf import names

ONTOLOGY_GRAPH = names.graph("ontology")
SHAPES_GRAPH = names.graph("shapes")
CONCEPTS_GRAPH = names.graph("begrippen")
FRAMEWORKS_GRAPH = names.graph("raamwerken")
QUERIES_GRAPH = names.graph("queries")
DERIVED_GRAPH = names.graph("afgeleid")
DESCRIPTION_GRAPH = names.graph("beschrijving")
VERSIONS_GRAPH = names.graph("versies")
LINKS_GRAPH = names.graph("koppelingen")
PROPOSALS_GRAPH = names.graph("koppelingen-voorstellen")
DECISIONS_GRAPH = names.graph("koppelingen-besluiten")
REMARKS_GRAPH = names.graph("toetsing")

NO_INSTANCE_DATA = frozenset({DERIVED_GRAPH, ONTOLOGY_GRAPH, QUERIES_GRAPH, SHAPES_GRAPH})
"""The named graphs from which nothing follows by rule."""

_FORMAT = "4"
"""Part of the fingerprint: raise it when the same files should lead to another store."""


@dataclass(frozen=True, slots=True)
class Packaged:
    """The folders that a store is filled from; a folder that is None or not there brings nothing."""

    ontology: Path | None = None
    shapes: Path | None = None
    reference: Path | None = None
    graphs: Path | None = None
    queries: Path | None = None

    def files(self) -> Iterator[tuple[Path, str]]:
        """Each Turtle file with the IRI of its graph, in a fixed order; each file in graphs/ has its own."""
        shared = (
            (self.ontology, ONTOLOGY_GRAPH),
            (self.shapes, SHAPES_GRAPH),
            (self.reference, CONCEPTS_GRAPH),
            (self.queries, QUERIES_GRAPH),
        )
        for folder, graph in shared:
            for path in _turtle(folder):
                yield path, graph
        # A folder within the reference data is a graph of its own: raamwerken, kwalificaties.
        for folder in _folders(self.reference):
            for path in _turtle(folder):
                yield path, names.graph(folder.name)
        for path in _turtle(self.graphs):
            yield path, names.graph(path.stem)

    def fingerprint(self) -> str:
        """A digest of every file and its place; equal fingerprints make equal stores."""
        digest = hashlib.sha256(_FORMAT.encode())
        for path, graph in self.files():
            digest.update(f"\n{graph}\n{path.name}\n".encode() + hashlib.sha256(path.read_bytes()).digest())
        return digest.hexdigest()


def _folders(folder: Path | None) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.is_dir()) if folder is not None and folder.is_dir() else []


def _turtle(folder: Path | None) -> list[Path]:
    return sorted(folder.glob("*.ttl")) if folder is not None and folder.is_dir() else []
