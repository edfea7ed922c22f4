"""A rewritten query has the answers of the query as it was."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings

from thoroughness import examples
from vakgraaf.engine.cardinalities import measure
from vakgraaf.sparql.rewriting import rewrite
from vakgraaf.sparql.statistics import Counts, Statistics

from .questions import PROLOGUE, SPACE, answer, queries, statistics, stores

ROOT = Path(__file__).parents[2]
_BESIDE = ROOT.parent / "shared" / "suites" / "rdf-tests"
SUITE = Path(os.environ.get("VAKGRAAF_W3C_SUITE") or _BESIDE)
_QT = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#"
_SHACL = "http://www.w3.org/ns/shacl#"


def _same(store: ox.Store, text: str, counts: Statistics) -> None:
    rewritten = rewrite(text, counts)
    assert answer(store, rewritten.text) == answer(store, text), rewritten.text


@settings(max_examples=examples(60))
@given(stores(), queries(), statistics())
def test_any_query_has_the_same_solutions_as_often(store: ox.Store, text: str, counts: Statistics) -> None:
    _same(store, text, counts)


@settings(max_examples=examples(60))
@given(stores(), queries(), statistics())
def test_so_it_has_where_data_are_read_from_disk(store: ox.Store, text: str, counts: Statistics) -> None:
    rewritten = rewrite(text, counts)
    assert answer(store, rewritten.text, union=True) == answer(store, text, union=True), rewritten.text


@pytest.mark.slow
@settings(max_examples=3000)
@given(stores(), queries(), statistics())
def test_any_query_has_the_same_solutions_as_often_at_length(store: ox.Store, text: str, counts: Statistics) -> None:
    _same(store, text, counts)


@pytest.mark.parametrize("text", [*(ROOT / "data" / "queries").glob("*.ttl")], ids=lambda path: path.stem)
def test_packaged_questions_have_the_same_answers(text: Path, packaged: ox.Store) -> None:
    counts = measure(packaged)
    example = ox.Store()
    example.load(path=text)
    for word in ("select", "construct", "ask", "describe"):
        for quad in example.quads_for_pattern(None, ox.NamedNode(_SHACL + word), None):
            query = quad.object.value
            rewritten = rewrite(query, counts)
            assert answer(packaged, rewritten.text) == answer(packaged, query), rewritten.text


@pytest.fixture(scope="module")
def packaged() -> ox.Store:
    """The graphs that come with the program, each in a graph of its own and all in the default graph."""
    store = ox.Store()
    for folder in ("data/graphs", "data/reference", "ontology"):
        for path in sorted((ROOT / folder).glob("*.ttl")):
            store.load(path=path)
            store.load(path=path, to_graph=ox.NamedNode(SPACE + path.stem))
    return store


def _w3c() -> Iterator[tuple[Path, tuple[Path, ...], tuple[Path, ...]]]:
    """Query, default graph and named graphs of each test in the suites that has a query."""
    for manifest in sorted(SUITE.rglob("manifest*.ttl")):
        store = ox.Store()
        try:
            store.load(path=manifest, base_iri=manifest.as_uri())
        except SyntaxError:
            continue
        for quad in store.quads_for_pattern(None, ox.NamedNode(_QT + "query"), None):
            data = [
                tuple(
                    _path(q.object.value) for q in store.quads_for_pattern(quad.subject, ox.NamedNode(_QT + name), None)
                )
                for name in ("data", "graphData")
            ]
            yield _path(quad.object.value), data[0], data[1]


def _path(iri: str) -> Path:
    return Path(iri.removeprefix("file://"))


def _loaded(files: tuple[Path, ...], named: tuple[Path, ...]) -> ox.Store:
    store = ox.Store()
    for path in files:
        store.load(path=path, base_iri=path.as_uri())
    for path in named:
        store.load(path=path, base_iri=path.as_uri(), to_graph=ox.NamedNode(path.as_uri()))
    return store


# A call of one of these gives another answer each time.
_CHANGING = re.compile(r"RAND|UUID|BNODE|NOW\s*\(|_:|\[|CONSTRUCT", re.IGNORECASE)
_TESTS = list(_w3c())


@pytest.mark.skipif(not _TESTS, reason=f"the W3C's suites are not at {SUITE}")
def test_w3c_queries_have_the_same_answers() -> None:
    done = changed = 0
    for path, files, named in _TESTS:
        text = path.read_text("utf-8")
        try:
            store = _loaded(files, named)
        except (OSError, SyntaxError):
            continue
        for counts in (measure(store), _upside_down(measure(store))):
            rewritten = rewrite(text, counts)
            done += 1
            if rewritten.applied:
                changed += 1
                before, after = answer(store, text), answer(store, rewritten.text)
                if _CHANGING.search(text) and not isinstance(before, str) and not isinstance(after, str):
                    before, after = before.total(), after.total()  # type: ignore[assignment]  # compared as sizes
                assert after == before, f"{path}\n{rewritten.text}"
    assert done > 500
    assert changed > 200


def _upside_down(counts: Statistics) -> Statistics:
    """Statistics that call everything rare common, so that other plans are tried too."""
    turned = {iri: Counts(10**6 // (c.triples + 1), c.subjects, c.objects) for iri, c in counts.predicates.items()}
    return Statistics(10**7, 10**5, turned, {iri: 10**6 // (n + 1) for iri, n in counts.classes.items()})


def test_an_error_stays_an_error() -> None:
    counts = Statistics(10, 5, {SPACE + "p": Counts(5, 5, 5)}, {})
    store = ox.Store()
    for where in (
        "{ _:x :p ?a OPTIONAL { ?a :p ?b } _:x :p ?c . ?c :p ?d }",
        "{ ?a :p ?b . ?b :p ?c BIND(1 AS ?a) }",
        "{ ?a :p ?b ?b :p ?c }",
        "{ ?a :p ?b . ?b none:q ?c }",
        "{ ?a :p ?b . . ?b :p ?c }",
    ):
        query = PROLOGUE + "SELECT ?a WHERE " + where
        assert answer(store, query) == "error"
        assert answer(store, rewrite(query, counts).text) == "error", where
