"""Every case says of itself what the shapes make of it, and its author reads the approved words."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import Graph

from vakgraaf.validation import Report, validate
from vakgraaf.validation.report import render_text
from vakgraaf.validation.shapes import packaged_context

HERE = Path(__file__).parent
CASES = sorted(HERE.glob("*/*.ttl"))
WORST = {"invalid": "Violation", "warning": "Warning", "info": "Info"}


def judged(case: Path, surroundings: Graph) -> Report:
    return validate(Graph().parse(case, format="turtle"), context=surroundings)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}/{case.stem}")
def test_case_is_judged_as_its_name_says(case: Path, surroundings: Graph, request: pytest.FixtureRequest) -> None:
    report = judged(case, surroundings)
    kind = case.name.split(".")[0]
    if kind == "valid":
        assert render_text(report) == "Voldoet: niets aan te merken.\n"
        return
    assert report.results[0].severity == WORST[kind]
    assert report.conforms == (kind != "invalid")
    golden = case.with_suffix(".report.txt")
    if request.config.getoption("--update-golden", default=False):
        golden.write_text(render_text(report), encoding="utf-8")
    assert golden.read_text(encoding="utf-8") == render_text(report)


def test_shared_example_is_without_fault() -> None:
    example = Graph().parse(HERE / "voorbeeld.ttl", format="turtle")
    assert render_text(validate(example, context=packaged_context())) == "Voldoet: niets aan te merken.\n"


def test_every_report_belongs_to_a_case() -> None:
    reports = {path.with_name(path.name.replace(".report.txt", ".ttl")) for path in HERE.glob("*/*.report.txt")}
    assert reports == {case for case in CASES if not case.name.startswith("valid.")}
