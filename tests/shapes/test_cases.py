"""Every case says of itself what the shapes make of it, and its author reads the approved words."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from rdflib import Graph

from vakgraaf.rdf.formats import TURTLE
from vakgraaf.resources import folder
from vakgraaf.validation import Report, validate
from vakgraaf.validation.locating import File, located
from vakgraaf.validation.report import Language
from vakgraaf.validation.reports import render
from vakgraaf.validation.shapes import packaged_context

from .rule_cases import shown_rules

HERE = Path(__file__).parent
EXAMPLES = folder("shapes") / "examples"
CASES = sorted(EXAMPLES.glob("*/*.ttl"))
WORST = {"invalid": "Violation", "warning": "Warning", "info": "Info"}
LANGUAGES: tuple[Language, ...] = ("nl", "en")


def judged(case: Path, surroundings: Graph) -> Report:
    data = Graph().parse(case, format="turtle")
    return located(validate(data, context=surroundings), data, [File(case.name, case.read_bytes(), TURTLE)])


def goldens(case: Path) -> Iterator[tuple[Language, Path]]:
    for language in LANGUAGES:
        yield language, HERE / case.parent.name / f"{case.stem}.{language}.txt"


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}/{case.stem}")
def test_case_is_judged_as_its_name_says(case: Path, surroundings: Graph, request: pytest.FixtureRequest) -> None:
    report = judged(case, surroundings)
    kind = case.name.split(".")[0]
    if kind == "valid":
        assert render(report) == "Voldoet: niets aan te merken.\n"
        return
    assert report.results[0].severity == WORST[kind]
    assert report.conforms == (kind != "invalid")
    for language, golden in goldens(case):
        text = render(report, "text", language)
        if request.config.getoption("--update-golden", default=False):
            golden.parent.mkdir(exist_ok=True)
            golden.write_text(text, encoding="utf-8")
        assert golden.read_text(encoding="utf-8") == text


def test_shared_example_is_without_fault() -> None:
    example = Graph().parse(EXAMPLES / "voorbeeld.ttl", format="turtle")
    assert render(validate(example, context=packaged_context())) == "Voldoet: niets aan te merken.\n"


def test_every_report_belongs_to_a_case_and_every_case_is_an_example() -> None:
    wanted = {golden for case in CASES if not case.name.startswith("valid.") for _, golden in goldens(case)}
    assert set(HERE.glob("*/*.txt")) == wanted
    assert not list(HERE.glob("**/*.ttl"))


def test_no_report_shows_the_label_of_a_blank_node() -> None:
    for path in HERE.glob("*/*.txt"):
        lines = path.read_text(encoding="utf-8").splitlines()
        assert not [line for line in lines if "_:" in line and not line.startswith("  │ ")], path


def test_pages_know_which_case_shows_which_rule(request: pytest.FixtureRequest) -> None:
    index = EXAMPLES / "rules.json"
    text = json.dumps(shown_rules(EXAMPLES), ensure_ascii=False, indent=1) + "\n"
    if request.config.getoption("--update-golden", default=False):
        index.write_text(text, encoding="utf-8")
    assert index.read_text(encoding="utf-8") == text
