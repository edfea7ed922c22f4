"""The reference data against the shapes of NL-SBB, the Dutch application profile of SKOS."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import OWL, Graph

from vakgraaf.resources import folder
from vakgraaf.validation import validate

SHAPES = Path(__file__).resolve().parents[3] / "shared/reference/nl-sbb/skos-ap-nl.ttl"


pytestmark = pytest.mark.skipif(
    not SHAPES.is_file(), reason="the NL-SBB shapes are not here (shared/reference is absent)"
)
# What documents give no ground for: they name skills, occupations and terms without defining or ordering them all.
LEFT_OPEN = {"http://nlbegrip.nl/def/skosapnl#Concept-definition", "http://nlbegrip.nl/def/skosapnl#Concept"}


def nl_sbb() -> Graph:
    shapes = Graph().parse(SHAPES)
    shapes.remove((None, OWL.imports, None))
    return shapes


def test_reference_data_has_no_violation_and_no_warning_of_nl_sbb(reference: Graph) -> None:
    assert [result for result in validate(reference, nl_sbb()).results if result.severity != "Info"] == []


def test_the_frameworks_have_no_violation_and_no_warning_of_nl_sbb() -> None:
    frameworks = Graph()
    for path in sorted((folder("data/reference") / "raamwerken").glob("*.ttl")):
        frameworks.parse(path)
    assert [result for result in validate(frameworks, nl_sbb()).results if result.severity != "Info"] == []


@pytest.mark.parametrize(
    "name",
    [
        "addendum-persoonlijk-begeleider-specifieke-doelgroepen-2013",
        pytest.param("bcp-thuisbegeleider-2011", marks=pytest.mark.slow),
    ],
)
def test_concepts_of_documents_keep_nl_sbb_but_for_what_documents_leave_open(reference: Graph, name: str) -> None:
    graph = Graph().parse(folder("data/graphs") / f"{name}.ttl")
    broken = {result.source_shape for result in validate(graph, nl_sbb(), reference).results}
    assert broken <= LEFT_OPEN
