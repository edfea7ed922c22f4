"""The reference data against the shapes of NL-SBB, the Dutch application profile of SKOS."""

from __future__ import annotations

from pathlib import Path

import pyshacl
import pytest
from rdflib import OWL, SH, Graph

SHAPES = Path(__file__).resolve().parents[3] / "shared/reference/nl-sbb/skos-ap-nl.ttl"


@pytest.mark.skipif(not SHAPES.is_file(), reason="the NL-SBB shapes are not here (shared/reference is absent)")
def test_reference_data_has_no_violation_and_no_warning_of_nl_sbb(reference: Graph) -> None:
    shapes = Graph().parse(SHAPES)
    shapes.remove((None, OWL.imports, None))
    _, report, _ = pyshacl.validate(reference, shacl_graph=shapes)
    assert isinstance(report, Graph)
    results = [
        (report.value(r, SH.focusNode), report.value(r, SH.resultMessage))
        for severity in (SH.Violation, SH.Warning)
        for r in report.subjects(SH.resultSeverity, severity)
    ]
    assert results == []
