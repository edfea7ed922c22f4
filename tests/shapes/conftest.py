"""The cases beside this file, what they are held against, and how to approve a new report.

A case is `<shapes file>/<kind>.<why>.ttl`, with kind one of valid, invalid, warning and info. Beside every
case but the valid ones lies the report that its author should read, `<kind>.<why>.report.txt`. After a change
that was meant:

    pytest tests/shapes --update-golden

writes the reports anew; read the difference before you commit it.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import Graph

from vakgraaf.resources import folder
from vakgraaf.validation.shapes import packaged_context

HERE = Path(__file__).parent


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write the expected reports anew")


@pytest.fixture(scope="session")
def surroundings() -> Graph:
    """Ontology, reference data, and a small profile and addendum for the cases to borrow from."""
    graph = Graph()
    graph += packaged_context()
    return graph.parse(HERE / "voorbeeld.ttl", format="turtle")


@pytest.fixture(scope="session")
def shape_files() -> set[str]:
    """The names of the files with shapes; prefixes.ttl has none."""
    return {path.stem for path in folder("shapes").glob("*.ttl")} - {"prefixes"}
