"""One report, three faces, always in the same order."""

from __future__ import annotations

import json

from rdflib import RDF, SH, Graph, Literal, URIRef

from vakgraaf.validation import Report, validate
from vakgraaf.validation.report import Lines, render_json, render_text, render_turtle, shortened

PREFIXES = """
@base <https://w3id.org/vakgraaf/id/> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix vg: <https://w3id.org/vakgraaf/def#> .
@prefix vgs: <https://w3id.org/vakgraaf/shapes#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
SHAPES = """
vgs:WerkprocesShape a sh:NodeShape ; sh:targetClass vg:Werkproces ; sh:property vgs:tip, vgs:moet, vgs:hoort .
vgs:moet a sh:PropertyShape ; sh:path vg:resultaat ; sh:minCount 1 ; sh:order 2 ; sh:severity sh:Violation ;
    sh:message "Geef een resultaat."@nl, "Give a result."@en .
vgs:hoort a sh:PropertyShape ; sh:path [ sh:inversePath vg:heeftWerkproces ] ; sh:minCount 1 ;
    sh:severity sh:Warning ; sh:message "Hang het onder een kerntaak."@nl, "Put it under a core task."@en .
vgs:tip a sh:PropertyShape ; sh:path vg:nummer ; sh:pattern "^1" ; sh:severity sh:Info ;
    sh:message "Begin met 1."@nl, "Begin with 1."@en .
"""
DATA = """
<werkproces/w-1.10> a vg:Werkproces ; rdfs:label "Rapporteert"@nl, "Reports"@en ; vg:nummer "2.10" .
<werkproces/w-1.2> a vg:Werkproces ; rdfs:label "Begeleidt"@nl ; vg:nummer "1.2" ;
    prov:wasDerivedFrom <passage/p> .
<passage/p> vg:brondocument <brondocument/b> ; vg:beginRegel 351 ; vg:eindRegel 360 ; vg:pagina 13 .
<brondocument/b> vg:bestand "bcp.txt" .
"""
EXPECTED = """Voldoet niet: 2 overtredingen, 2 waarschuwingen, 1 tip.

OVERTREDINGEN: zo kan het niet gepubliceerd worden

Begeleidt (id:werkproces/w-1.2)
  bcp.txt, regels 351–360 (bladzijde 13)
  - Geef een resultaat.
    bij vg:resultaat
    regel vgs:moet

Rapporteert (id:werkproces/w-1.10)
  - Geef een resultaat.
    bij vg:resultaat
    regel vgs:moet

WAARSCHUWINGEN: dit hoort anders

Begeleidt (id:werkproces/w-1.2)
  bcp.txt, regels 351–360 (bladzijde 13)
  - Hang het onder een kerntaak.
    bij ^vg:heeftWerkproces
    regel vgs:hoort

Rapporteert (id:werkproces/w-1.10)
  - Hang het onder een kerntaak.
    bij ^vg:heeftWerkproces
    regel vgs:hoort

TIPS: dit kan beter

Rapporteert (id:werkproces/w-1.10)
  - Begin met 1.
    bij vg:nummer
    waarde: "2.10"
    regel vgs:tip
"""


def report(data: str = DATA, shapes: str = SHAPES) -> Report:
    graphs = [Graph().parse(data=PREFIXES + text, format="turtle") for text in (data, shapes)]
    return validate(*graphs)


def path_of(path: str) -> str | None:
    shape = f"vgs:s a sh:PropertyShape ; sh:targetNode <x> ; sh:path {path} ; sh:minCount 9 ."
    return report("<y> a vg:Taak .", shape).results[0].path


def test_text_is_grouped_by_severity_and_then_by_thing_with_its_lines() -> None:
    assert render_text(report()) == EXPECTED


def test_text_speaks_english_too() -> None:
    text = render_text(report(), "en")
    assert text.startswith("Does not conform: 2 violations, 2 warnings, 1 tip.\n")
    assert "  bcp.txt, lines 351–360 (page 13)\n  - Give a result.\n    at vg:resultaat\n    rule vgs:moet\n" in text


def test_text_of_a_graph_without_fault_is_one_line() -> None:
    assert render_text(report("<x> a vg:Taak .")) == "Voldoet: niets aan te merken.\n"
    assert render_text(report("<x> a vg:Taak ."), "en") == "Conforms: nothing to remark.\n"


def test_json_has_what_a_program_needs() -> None:
    document = json.loads(render_json(report()))
    assert document["conforms"] is False
    assert document["counts"] == {"Violation": 2, "Warning": 2, "Info": 1}
    assert document["results"][0] == {
        "focus": "https://w3id.org/vakgraaf/id/werkproces/w-1.2",
        "label": "Begeleidt",
        "path": "vg:resultaat",
        "value": None,
        "severity": "Violation",
        "messages": {"nl": "Geef een resultaat.", "en": "Give a result."},
        "source_shape": "https://w3id.org/vakgraaf/shapes#moet",
        "component": "http://www.w3.org/ns/shacl#MinCountConstraintComponent",
        "lines": [{"document": "bcp.txt", "first": 351, "last": 360, "page": 13}],
    }


def test_turtle_is_a_validation_report_with_messages_in_two_languages() -> None:
    graph = Graph().parse(data=render_turtle(report()), format="turtle")
    (root,) = graph.subjects(RDF.type, SH.ValidationReport)
    assert len(set(graph.objects(root, SH.result))) == 5
    assert Literal("Geef een resultaat.", lang="nl") in set(graph.objects(None, SH.resultMessage))
    assert Literal("Give a result.", lang="en") in set(graph.objects(None, SH.resultMessage))
    assert any(graph.objects(None, SH.resultPath / SH.inversePath))


def test_same_report_gives_the_same_bytes() -> None:
    assert render_turtle(report()) == render_turtle(report())
    assert render_json(report()) == render_json(report())


def test_warnings_and_tips_do_not_stop_publication_but_sh_conforms_is_strict() -> None:
    fine = report('<werkproces/w> a vg:Werkproces ; vg:resultaat "Klaar."@nl ; vg:nummer "2.1" .')
    assert fine.conforms
    assert [result.severity for result in fine.results] == ["Warning", "Info"]
    assert (None, SH.conforms, Literal(False)) in fine.graph


def test_severity_of_ones_own_stops_publication() -> None:
    own = report(
        "<x> a vg:Taak .",
        "vgs:s sh:targetNode <x> ; sh:path vg:nummer ; sh:minCount 1 ; sh:severity vg:Ernstig .",
    )
    assert not own.conforms
    assert own.results[0].severity == "https://w3id.org/vakgraaf/def#Ernstig"
    assert "OVERIG (https://w3id.org/vakgraaf/def#Ernstig)" in render_text(own)


def test_shape_without_words_still_says_something() -> None:
    silent = report("<x> a vg:Taak .", "vgs:s sh:targetNode <x> ; sh:path vg:nummer ; sh:minCount 1 .")
    assert silent.results[0].message("nl")


def test_blank_shape_goes_by_the_name_of_its_owner() -> None:
    shapes = "vgs:Eigenaar sh:targetNode <x> ; sh:property [ sh:path vg:nummer ; sh:minCount 1 ] ."
    assert report("<x> a vg:Taak .", shapes).results[0].source_shape == "https://w3id.org/vakgraaf/shapes#Eigenaar"


def test_rule_with_an_exemption_names_the_path_of_its_alternative() -> None:
    shapes = """vgs:s a sh:NodeShape ; sh:targetNode <x> ; sh:or ( vgs:stub vgs:titel ) .
        vgs:stub a sh:NodeShape ; sh:class vg:Stub . vgs:titel sh:path vg:nummer ; sh:minCount 1 ."""
    (result,) = report("<x> a vg:Taak .", shapes).results
    assert (result.path, result.value) == ("vg:nummer", None)


def test_paths_read_as_sparql() -> None:
    assert path_of("( vg:heeftTaakgebied vg:heeftTaak )") == "vg:heeftTaakgebied/vg:heeftTaak"
    assert (
        path_of("[ sh:alternativePath ( vg:heeftTaak [ sh:inversePath vg:vultAan ] ) ]") == "vg:heeftTaak|^vg:vultAan"
    )
    assert path_of("[ sh:zeroOrMorePath ( vg:heeftTaak vg:vultAan ) ]") == "(vg:heeftTaak/vg:vultAan)*"
    assert path_of("[ sh:oneOrMorePath vg:heeftTaak ]") == "vg:heeftTaak+"
    assert path_of("<https://example.org/pad>") == "<https://example.org/pad>"


def test_long_values_are_cut_and_types_are_named() -> None:
    shapes = "vgs:s a sh:PropertyShape ; sh:targetNode <x> ; sh:path vg:tekst ; sh:maxLength 1 ."
    values = [
        result.value
        for result in report(f'<x> vg:tekst "{"a" * 200}"@nl, 12, "xx", "2020-01-01"^^xsd:date .', shapes).results
    ]
    assert values == ['"2020-01-01"^^xsd:date', f'"{"a" * 99}…"@nl', '"xx"', "12"]


def test_lines_are_said_as_people_say_them() -> None:
    assert Lines("bcp.txt", 3, 3).text() == "bcp.txt, regel 3"
    assert Lines("bcp.txt", 3, 4, 2).text("en") == "bcp.txt, lines 3–4 (page 2)"


def test_names_are_shortened_where_the_table_has_a_prefix() -> None:
    assert shortened(str(URIRef("https://w3id.org/vakgraaf/id/taak/x"))) == "id:taak/x"
    assert shortened("https://example.org/x") == "<https://example.org/x>"
    assert shortened("_:b0") == "_:b0"
