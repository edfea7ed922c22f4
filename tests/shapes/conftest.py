"""The cases in shapes/examples, what they are held against, and how to approve new reports.

A case is `shapes/examples/<shapes file>/<kind>.<why>.ttl`, with kind one of valid, invalid, warning and info; the
pages of the shapes quote them. For every case but the valid ones the reports that its author should read lie here:
`<shapes file>/<kind>.<why>.nl.txt` and `.en.txt`. After a change that was meant:

    pytest tests/shapes --update-golden

writes the reports anew, and `shapes/examples/rules.json`, which says which case shows which rule; read the difference
before you commit it.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import Graph

from vakgraaf.resources import folder
from vakgraaf.validation.shapes import packaged_context

HERE = Path(__file__).parent
EXAMPLES = folder("shapes") / "examples"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write the expected reports anew")


@pytest.fixture(scope="session")
def surroundings() -> Graph:
    """Ontology, reference data, and a small profile and addendum for the cases to borrow from."""
    graph = Graph()
    graph += packaged_context()
    return graph.parse(EXAMPLES / "voorbeeld.ttl", format="turtle")


@pytest.fixture(scope="session")
def shape_files() -> set[str]:
    """The names of the files with shapes; prefixes.ttl has none, nor have the rules for documents."""
    stems = {path.stem for path in folder("shapes").glob("*.ttl")} - {"prefixes"}
    return {stem for stem in stems if not stem.startswith("document-")}
