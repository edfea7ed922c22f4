"""One report in six forms: each says the same, is valid in its own right, and comes out the same every time."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import jsonschema
import pytest
from rdflib import DCTERMS, PROV, RDF, SH, Graph, Literal

from vakgraaf.commands.validating import ReportForm
from vakgraaf.pipeline.judging import judge, read_input
from vakgraaf.rdf.formats import TURTLE
from vakgraaf.rdf.iris import VG
from vakgraaf.validation import Report, reports, validate
from vakgraaf.validation.locating import File, located
from vakgraaf.validation.reports import REPORT_FORMATS, render
from vakgraaf.validation.reports.as_text import render_text

TEXT = """@base <https://w3id.org/vakgraaf/id/> .
@prefix vg: <https://w3id.org/vakgraaf/def#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .

<kerntaak/x-1> a vg:Kerntaak, vg:Taak ; rdfs:label "Snoeien & <hakken>"@nl ; vg:nummer "1" ;
    vg:heeftWerkproces <werkproces/x-1.2> .
<werkproces/x-1.2> a vg:Werkproces, vg:Taak ; rdfs:label "Snoeit"@nl ; vg:nummer "1.2" ; vg:volgorde "twee" ;
    vg:heeftVereiste [ a vg:Competentievereiste ; vg:volgorde 1 ; vg:toelichting "Zij beslist"@nl ] ,
        [ a vg:Competentievereiste ; vg:volgorde 2 ; vg:toelichting "Een"@nl , "Twee"@nl ] .
"""
SCHEMA = Path(reports.__file__).with_name("report.schema.json")


@pytest.fixture(scope="module")
def report() -> Report:
    data = Graph().parse(data=TEXT, format="turtle")
    return located(validate(data), data, [File("tuin.ttl", TEXT.encode(), TURTLE)])


def test_the_command_offers_every_form() -> None:
    assert [form.value for form in ReportForm] == [*REPORT_FORMATS]


@pytest.mark.parametrize("form", [name for name in REPORT_FORMATS if name != "turtle"])
def test_blank_nodes_go_by_their_place_in_the_document(report: Report, form: str) -> None:
    assert "het tweede competentievereiste van werkproces 1.2" in render(report, form)
    if form != "json":
        assert "the second competence requirement of work process 1.2" in render(report, form, "en")
        assert "_:" not in render(report, form)


def test_a_place_in_rdf_is_that_of_the_triple_else_the_predicate_else_the_subject(report: Report) -> None:
    found = {(result.path, result.part): result.lines[0] for result in report.results if result.lines}
    order = found["vg:volgorde", "Werkproces 1.2 Snoeit"]
    assert (order.first, order.column) == (7, TEXT.splitlines()[6].index('"twee"') + 1)
    result = found["vg:resultaat", "Werkproces 1.2 Snoeit"]
    assert (result.first, result.column) == (7, 1)
    assert result.quote is not None
    assert result.quote.startswith("<werkproces/x-1.2> a vg:Werkproces")
    twice = next(
        r for r in report.results if r.source_shape.endswith("toelichting-punt") and r.value and "Twee" in r.value
    )
    assert (twice.lines[0].first, twice.lines[0].column) == (9, TEXT.splitlines()[8].index('"Twee"') + 1)


def test_json_is_as_its_schema_says(report: Report) -> None:
    schema = json.loads(SCHEMA.read_text("utf-8"))
    document = json.loads(render(report, "json"))
    jsonschema.validate(document, schema)
    assert document["version"] == "1.0"
    assert document["counts"]["Violation"] == report.count("Violation")
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(document | {"unknown": 1}, schema)


def test_turtle_has_beside_the_standard_what_it_has_no_words_for(report: Report) -> None:
    graph = Graph().parse(data=render(report, "turtle"), format="turtle")
    assert len(set(graph.objects(None, SH.result))) == len(report.results)
    for result in graph.subjects(RDF.type, SH.ValidationResult):
        for one in (SH.focusNode, SH.resultSeverity, SH.sourceConstraintComponent, SH.sourceShape, PROV.atLocation):
            assert graph.value(result, one) is not None
    places = set(graph.subjects(VG.kolom))
    assert places
    assert Literal("Werkproces 1.2 Snoeit", lang="nl") in set(graph.objects(None, DCTERMS.isPartOf))


def test_sarif_has_rules_levels_and_regions(report: Report) -> None:
    log = json.loads(render(report, "sarif"))
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules)
    for rule in rules:
        assert rule["help"]["text"]
        assert rule["helpUri"].startswith("https://w3id.org/vakgraaf/shapes#")
        assert rule["defaultConfiguration"]["level"] in {"error", "warning", "note"}
    assert len(run["results"]) == len(report.results)
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        (place,) = result["locations"]
        region = place["physicalLocation"]["region"]
        assert TEXT.splitlines()[region["startLine"] - 1].strip() == region["snippet"]["text"]
        assert region["startColumn"] >= 1
        assert place["physicalLocation"]["artifactLocation"]["uri"] == "tuin.ttl"
    assert {result["level"] for result in run["results"]} >= {"error"}


def test_junit_fails_on_violations_alone(report: Report) -> None:
    root = ElementTree.fromstring(render(report, "junit"))
    assert root.tag == "testsuites"
    assert int(root.get("tests", "")) == len(root.findall("testsuite/testcase")) == len(report.results)
    assert int(root.get("failures", "")) == len(root.findall("testsuite/testcase/failure")) == report.count("Violation")
    assert [suite.get("name") for suite in root] == [part for part, _ in report.by_part()]
    told = [failure.text or "" for failure in root.iter("failure")]
    assert all("tuin.ttl, regel " in text and "Wat te doen: " in text for text in told)


def test_junit_of_nothing_wrong_is_one_case_that_passes() -> None:
    root = ElementTree.fromstring(render(Report((), Graph()), "junit", "en"))
    assert [case.get("name") for case in root.iter("testcase")] == ["Conforms to all rules"]


def test_html_stands_alone_and_runs_nothing(report: Report) -> None:
    page = render(report, "html")
    assert "<script" not in page
    assert " style=" not in page
    assert "src=" not in page
    assert "default-src 'none'; style-src 'sha256-" in page
    assert "Snoeien &amp; &lt;hakken&gt;" in page
    assert page.count("<article") == len(report.results)
    assert '<html lang="en">' in render(report, "html", "en")
    assert "@media print" in page
    assert "prefers-color-scheme: dark" in page


def test_colour_adds_nothing_but_colour(report: Report) -> None:
    coloured = render_text(report, colour=True)
    assert "\x1b[" in coloured
    plain = render_text(report)
    assert "\x1b" not in plain
    for code in ("\x1b[0m", "\x1b[1m", "\x1b[2m", "\x1b[1;31m", "\x1b[1;33m", "\x1b[1;36m"):
        coloured = coloured.replace(code, "")
    assert coloured == plain


def test_same_input_gives_the_same_report_byte_for_byte_whatever_the_hash_seed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("tuin.ttl").write_text(TEXT, "utf-8")
    report = judge([read_input(Path("tuin.ttl"))]).report
    here = [render(report, form, language) for form in REPORT_FORMATS for language in ("nl", "en")]
    script = (
        "import json; from pathlib import Path\n"
        "from vakgraaf.pipeline.judging import judge, read_input\n"
        "from vakgraaf.validation.reports import REPORT_FORMATS, render\n"
        "report = judge([read_input(Path('tuin.ttl'))]).report\n"
        "print(json.dumps([render(report, form, lang) for form in REPORT_FORMATS for lang in ('nl', 'en')]))\n"
    )
    # This process has a seed of its own, by chance or by the variable.
    env = os.environ | {"PYTHONHASHSEED": "2" if os.environ.get("PYTHONHASHSEED") == "1" else "1"}
    run = subprocess.run([sys.executable, "-c", script], env=env, capture_output=True, check=True)
    assert json.loads(run.stdout) == here
