"""The store that the examples ask, filled as a new installation fills it, and the examples themselves."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

import pytest
from rdflib import RDF, SH, Graph, URIRef

from filled import filled
from vakgraaf.engine import GuardLimits, LocalStore, Packaged, StateDirectory, check, open_store
from vakgraaf.rdf.formats import RESULTS_CSV
from vakgraaf.resources import folder
from vakgraaf.settings import Settings

Answers = Callable[[str], list[dict[str, str]]]
NAMES = sorted(path.stem for path in folder("data/queries").glob("*.ttl") if path.stem != "prefixes")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test that takes `name` is run for every example."""
    if "name" in metafunc.fixturenames:
        metafunc.parametrize("name", NAMES)


@pytest.fixture(scope="session")
def packaged() -> Packaged:
    found = Settings().packaged()
    assert found is not None
    return found


@pytest.fixture(scope="session")
def store(packaged: Packaged, tmp_path_factory: pytest.TempPathFactory) -> LocalStore:
    return open_store(StateDirectory(filled(tmp_path_factory, tmp_path_factory.mktemp("queries") / "state")), packaged)


@pytest.fixture(scope="session")
def examples() -> dict[str, Graph]:
    """File name → what the file says."""
    return {name: Graph().parse(folder("data/queries") / f"{name}.ttl") for name in NAMES}


@pytest.fixture(scope="session")
def ontology() -> Graph:
    graph = Graph()
    for path in folder("ontology").glob("*.ttl"):
        graph.parse(path)
    return graph


@pytest.fixture(scope="session")
def texts(examples: dict[str, Graph]) -> dict[str, str]:
    """File name → the query."""
    return {name: _text(graph) for name, graph in examples.items()}


@pytest.fixture(scope="session")
def answers(store: LocalStore, texts: dict[str, str]) -> Answers:
    """The rows with which an example is answered, by column."""
    return lambda name: rows(store, texts[name])


def rows(store: LocalStore, text: str) -> list[dict[str, str]]:
    assert check(text, GuardLimits()).form.value == "SELECT"
    content = b"".join(store.query(text, RESULTS_CSV)).decode()
    return list(csv.DictReader(io.StringIO(content, newline="")))


def _text(graph: Graph) -> str:
    (example,) = graph.subjects(RDF.type, SH.SPARQLExecutable)
    assert isinstance(example, URIRef)
    (text,) = [str(text) for form in (SH.select, SH.ask, SH.construct) for text in graph.objects(example, form)]
    return text


@pytest.fixture(scope="session")
def sources() -> Callable[[str, int, int], str]:
    """The text of a source file from one line up to and including another, counted from 1."""

    def between(file: str, first: int, last: int) -> str:
        lines = (folder("data/sources") / file).read_text("utf-8").split("\n")
        return "\n".join(lines[first - 1 : last])

    return between
