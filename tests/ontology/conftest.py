"""The ontology and the reference data, each file parsed once."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import Graph

from vakgraaf.resources import folder


def _parsed(path: str) -> dict[Path, Graph]:
    return {file: Graph().parse(file) for file in sorted(folder(path).glob("*.ttl"))}


def _merged(graphs: dict[Path, Graph]) -> Graph:
    merged = Graph()
    for graph in graphs.values():
        merged += graph
    return merged


@pytest.fixture(scope="session")
def modules() -> dict[Path, Graph]:
    return _parsed("ontology")


@pytest.fixture(scope="session")
def ontology(modules: dict[Path, Graph]) -> Graph:
    return _merged(modules)


@pytest.fixture(scope="session")
def reference() -> Graph:
    return _merged(_parsed("data/reference"))
