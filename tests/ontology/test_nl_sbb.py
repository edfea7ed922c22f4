"""The reference data against the shapes of NL-SBB, the Dutch application profile of SKOS."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import OWL, Graph

from vakgraaf.validation import validate

SHAPES = Path(__file__).resolve().parents[3] / "shared/reference/nl-sbb/skos-ap-nl.ttl"


@pytest.mark.skipif(not SHAPES.is_file(), reason="the NL-SBB shapes are not here (shared/reference is absent)")
def test_reference_data_has_no_violation_and_no_warning_of_nl_sbb(reference: Graph) -> None:
    shapes = Graph().parse(SHAPES)
    shapes.remove((None, OWL.imports, None))
    assert [result for result in validate(reference, shapes).results if result.severity != "Info"] == []
