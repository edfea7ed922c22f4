"""Queries and pySHACL say the same: of every case of every shape, of what is packaged, and of data that is spoilt.

pySHACL takes seconds for what queries do in one. So by default it judges the cases of a few shapes and a small graph
that is spoilt; with the slow tests all cases, at once and by themselves, and dozens of sets of spoilt data.
"""

from __future__ import annotations

import random
import warnings
from collections.abc import Callable
from pathlib import Path

import pytest
from rdflib import RDF, XSD, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from vakgraaf.engine.scratch import graph_of
from vakgraaf.resources import folder
from vakgraaf.validation import Report, validate
from vakgraaf.validation.registry import validate_registry
from vakgraaf.validation.validate import packaged_roots, validate_by_reference

SHAPES = folder("shapes/examples")
ADDENDUM = "addendum-persoonlijk-begeleider-specifieke-doelgroepen-2013"
Triple = tuple[Node, Node, Node]

STRANGE: tuple[Callable[[], Node], ...] = (
    lambda: Literal("een tekst", lang="nl"),
    lambda: Literal("a text", lang="en"),
    lambda: Literal(""),
    lambda: Literal(" \x1c\t"),
    lambda: Literal("3\n"),
    lambda: Literal("3"),
    lambda: Literal(3),
    lambda: Literal(-3),
    lambda: Literal("1.5", datatype=XSD.decimal),
    lambda: Literal("drie", datatype=XSD.integer),
    lambda: Literal("2013-02-30", datatype=XSD.date),
    lambda: Literal("2013", datatype=XSD.gYear),
    lambda: Literal(True),
    lambda: URIRef("https://example.org/nergens"),
    BNode,
)
# Spellings that the store does not keep: the shapes that may meet one are judged by pySHACL.
NOT_KEPT: tuple[Callable[[], Node], ...] = (
    lambda: Literal("007", datatype=XSD.integer, normalize=False),
    lambda: Literal("3", datatype=XSD.byte, normalize=False),
    lambda: Literal("een", datatype=XSD.string),
    lambda: Literal("een tekst", lang="NL"),
)


def the_same(data: Graph, context: Graph | None = None) -> Report:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # rdflib warns of the strange literals that are the point here
        report, reference = validate(data, context=context), validate_by_reference(data, context=context)
    assert report.results == reference.results
    return report


def spoilt(graph: Graph, seed: int) -> Graph:
    """A copy with triples taken away, changed and added: what people and programs do to data."""
    chance, result, triples = random.Random(seed), Graph(), sorted(graph, key=str)
    strange = STRANGE if seed % 3 else STRANGE + NOT_KEPT
    predicates = sorted({p for _, p, _ in triples}, key=str)
    kinds = sorted({o for _, p, o in triples if p == RDF.type}, key=str)
    for triple in triples:
        result.add(triple)
    for _ in range(chance.choice((15, 60, 150))):
        subject, predicate, value = chance.choice(triples)
        other = chance.choice(triples)[2]
        match chance.randrange(7):
            case 0 | 1:
                result.remove((subject, predicate, value))
            case 2:
                result.remove((subject, predicate, value))
                result.add((subject, predicate, other))
            case 3:
                if str(predicate).rpartition("#")[2] not in ("beginRegel", "eindRegel"):  # pySHACL compares no blanks
                    result.remove((subject, predicate, value))
                    result.add((subject, predicate, chance.choice(strange)()))
            case 4:
                result.add((subject, predicate, value if isinstance(other, BNode) else other))
            case 5:
                result.add((subject, chance.choice(predicates), value))
            case _:
                result.add((subject, RDF.type, chance.choice(kinds)))
    return result


@pytest.fixture(scope="module")
def addendum() -> Graph:
    return Graph().parse(folder("data/graphs") / f"{ADDENDUM}.ttl")


@pytest.fixture(scope="module")
def small() -> Graph:
    return Graph().parse(SHAPES / "voorbeeld.ttl")


def cases_of(*names: str) -> Graph:
    data = Graph()
    for name in names:
        for path in sorted((SHAPES / name).glob("*.ttl")):
            data.parse(path)
    return data


@pytest.mark.slow
def test_cases_of_all_shapes_together_are_judged_the_same() -> None:
    names = sorted(path.name for path in SHAPES.iterdir() if path.is_dir())
    assert len(the_same(cases_of(*names)).results) > 300


NAMES = sorted(path.name for path in SHAPES.iterdir() if any(path.glob("*.ttl")))
BY_DEFAULT = ("begrip", "gepubliceerd", "werkproces")
"""Shapes that have between them the most kinds of rules."""


@pytest.mark.parametrize("name", [n if n in BY_DEFAULT else pytest.param(n, marks=pytest.mark.slow) for n in NAMES])
def test_cases_of_a_shape_together_are_judged_the_same(name: str) -> None:
    the_same(cases_of(name))


@pytest.mark.slow
@pytest.mark.parametrize("case", sorted(SHAPES.glob("*/*.ttl")), ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_each_case_alone_is_judged_the_same(case: Path) -> None:
    the_same(Graph().parse(case))


def test_every_packaged_shape_is_asked_as_queries() -> None:
    assert {str(root.shape): root.refused for root in packaged_roots() if root.refused} == {}


@pytest.mark.slow
def test_addendum_is_judged_the_same(addendum: Graph) -> None:
    the_same(addendum)


@pytest.mark.slow
def test_all_packaged_graphs_together_are_judged_the_same() -> None:
    data = Graph()
    for path in sorted(folder("data/graphs").glob("*.ttl")):
        data.parse(path)
    the_same(data)


@pytest.mark.parametrize("seed", [1, 2, *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(3, 40))])
def test_spoilt_data_is_judged_the_same(seed: int, small: Graph) -> None:
    assert the_same(spoilt(small, seed)).results


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(1, 40))
def test_spoilt_addendum_is_judged_the_same(seed: int, addendum: Graph) -> None:
    assert the_same(spoilt(addendum, seed)).results


# By default against the queries, which pySHACL agrees with on the same data in the (slow) test above.
@pytest.mark.parametrize(
    ("seed", "engine"),
    [(1, validate), *(pytest.param(seed, validate_by_reference, marks=pytest.mark.slow) for seed in (4, 5))],
    ids=["queries", "reference-4", "reference-5"],
)
def test_as_a_registry_it_is_judged_the_same(seed: int, engine: Callable[[Graph], Report], addendum: Graph) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        data = spoilt(addendum, seed)
        content = data.serialize(format="nt").encode()
        expected = engine(graph_of(content))
        steps: list[tuple[int, int]] = []
        found = validate_registry([content], progress=lambda done, of: steps.append((done, of)))
    assert found.results == expected.results
    assert steps[-1][0] == steps[-1][1] == len(steps)
