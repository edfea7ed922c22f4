"""One report, three faces, always in the same order."""

from __future__ import annotations

from rdflib import RDF, SH, Graph, Literal, URIRef

from vakgraaf.validation import Report, validate
from vakgraaf.validation.report import Place, shortened
from vakgraaf.validation.reports.as_json import render_json
from vakgraaf.validation.reports.as_text import render_text
from vakgraaf.validation.reports.as_turtle import render_turtle

PREFIXES = """
@base <https://w3id.org/vakgraaf/id/> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix vg: <https://w3id.org/vakgraaf/def#> .
@prefix vgs: <https://w3id.org/vakgraaf/shapes#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
SHAPES = """
vgs:WerkprocesShape a sh:NodeShape ; sh:targetClass vg:Werkproces ; sh:property vgs:tip, vgs:moet, vgs:hoort .
vgs:moet a sh:PropertyShape ; sh:name "resultaat"@nl, "result"@en ;
    sh:path vg:resultaat ; sh:minCount 1 ; sh:order 2 ; sh:severity sh:Violation ;
    sh:message "Geef een resultaat."@nl, "Give a result."@en .
vgs:hoort a sh:PropertyShape ; sh:name "kerntaak"@nl, "core task"@en ;
    sh:path [ sh:inversePath vg:heeftWerkproces ] ; sh:minCount 1 ;
    sh:severity sh:Warning ; sh:message "Hang het onder een kerntaak."@nl, "Put it under a core task."@en .
vgs:tip a sh:PropertyShape ; sh:name "nummer"@nl, "number"@en ;
    sh:path vg:nummer ; sh:pattern "^1" ; sh:severity sh:Info ;
    sh:message "Begin met 1."@nl, "Begin with 1."@en .
"""
DATA = """
vg:Werkproces rdfs:label "Werkproces"@nl, "Work process"@en .
<werkproces/w-1.10> a vg:Werkproces ; rdfs:label "Rapporteert"@nl, "Reports"@en ; vg:nummer "2.10" .
<werkproces/w-1.2> a vg:Werkproces ; rdfs:label "Begeleidt"@nl ; vg:nummer "1.2" ;
    prov:wasDerivedFrom <passage/p> .
<passage/p> vg:brondocument <brondocument/b> ; vg:beginRegel 351 ; vg:eindRegel 360 ; vg:pagina 13 ;
    oa:exact "Zij begeleidt." .
<brondocument/b> vg:bestand "bcp.txt" .
"""
EXPECTED = """Voldoet niet: 2 overtredingen, 2 waarschuwingen, 1 tip.

Werkproces 1.2 Begeleidt
────────────────────────

OVERTREDING  Resultaat: niet ingevuld
  Begeleidt (id:werkproces/w-1.2)
  bcp.txt, regels 351–360 (bladzijde 13)
  │ Zij begeleidt.
  Wat er mis is: “resultaat” is niet ingevuld.
  Wat te doen: Geef een resultaat.
  Regel: https://w3id.org/vakgraaf/shapes#moet

WAARSCHUWING  Kerntaak: niet ingevuld
  Begeleidt (id:werkproces/w-1.2)
  bcp.txt, regels 351–360 (bladzijde 13)
  │ Zij begeleidt.
  Wat er mis is: “kerntaak” is niet ingevuld.
  Wat te doen: Hang het onder een kerntaak.
  Regel: https://w3id.org/vakgraaf/shapes#hoort

Werkproces 2.10 Rapporteert
───────────────────────────

OVERTREDING  Resultaat: niet ingevuld
  Rapporteert (id:werkproces/w-1.10)
  Wat er mis is: “resultaat” is niet ingevuld.
  Wat te doen: Geef een resultaat.
  Regel: https://w3id.org/vakgraaf/shapes#moet

WAARSCHUWING  Kerntaak: niet ingevuld
  Rapporteert (id:werkproces/w-1.10)
  Wat er mis is: “kerntaak” is niet ingevuld.
  Wat te doen: Hang het onder een kerntaak.
  Regel: https://w3id.org/vakgraaf/shapes#hoort

TIP  Nummer: andere vorm verwacht
  Rapporteert (id:werkproces/w-1.10)
  Wat er mis is: Bij “nummer” staat “2.10”, en dat heeft niet de vorm die hier hoort.
  Wat te doen: Begin met 1.
  Regel: https://w3id.org/vakgraaf/shapes#tip
"""


def report(data: str = DATA, shapes: str = SHAPES) -> Report:
    graphs = [Graph().parse(data=PREFIXES + text, format="turtle") for text in (data, shapes)]
    return validate(*graphs)


def path_of(path: str) -> str | None:
    shape = f"vgs:s a sh:PropertyShape ; sh:targetNode <x> ; sh:path {path} ; sh:minCount 9 ."
    return report("<y> a vg:Taak .", shape).results[0].path


def test_text_is_grouped_by_part_of_the_document_with_lines_and_passage() -> None:
    assert render_text(report()) == EXPECTED


def test_text_speaks_english_too() -> None:
    text = render_text(report(), "en")
    assert text.startswith("Does not conform: 2 violations, 2 warnings, 1 tip.\n")
    assert "VIOLATION  Result: not filled in\n  Begeleidt (id:werkproces/w-1.2)\n" in text
    assert (
        "  bcp.txt, lines 351–360 (page 13)\n  │ Zij begeleidt.\n  What is wrong: “result” is not filled in.\n" in text
    )
    assert "  What to do: Give a result.\n  Rule: https://w3id.org/vakgraaf/shapes#moet\n" in text


def test_text_of_a_graph_without_fault_is_one_line() -> None:
    assert render_text(report("<x> a vg:Taak .")) == "Voldoet: niets aan te merken.\n"
    assert render_text(report("<x> a vg:Taak ."), "en") == "Conforms: nothing to remark.\n"


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
    assert render_text(own).startswith("Voldoet niet: 1 overig.\n\nvg:Ernstig  vg:nummer: niet ingevuld\n")


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


def test_addition_without_a_name_goes_by_what_it_adds_to() -> None:
    silent = "vgs:s a sh:NodeShape ; sh:targetClass vg:Aanvulling ; sh:property [ sh:path vg:tekst ; sh:minCount 1 ] ."
    data = """vg:Aanvulling rdfs:label "Aanvulling"@nl, "Addition"@en . vg:vultAan rdfs:label "vult aan"@nl .
        <w> rdfs:label "Begeleidt"@nl . <a> a vg:Aanvulling ; vg:vultAan <w> ."""
    (result,) = report(data, silent).results
    assert result.names == {"nl": "de aanvulling van Begeleidt", "en": "the addition of Begeleidt"}
    both = report(f"{data} <b> a vg:Aanvulling ; vg:vultAan <w> .", silent).results
    assert [result.label for result in both] == [
        "de eerste aanvulling van Begeleidt",
        "de tweede aanvulling van Begeleidt",
    ]


def test_part_that_data_and_context_both_mention_is_one() -> None:
    shapes = "vgs:s a sh:NodeShape ; sh:targetClass vg:Werkproces ; sh:property [ sh:path vg:tekst ; sh:minCount 1 ] ."
    data = "<k> vg:heeftWerkproces <w> . <w> a vg:Werkproces ."
    context = f'vg:Werkproces rdfs:label "Werkproces"@nl . <k> rdfs:label "Zorgt"@nl . {data}'
    graphs = [Graph().parse(data=PREFIXES + text, format="turtle") for text in (data, shapes, context)]
    assert validate(*graphs).results[0].label == "het werkproces van Zorgt"


def test_number_of_any_length_has_its_place() -> None:
    long = "1" * 5000
    shapes = "vgs:s a sh:PropertyShape ; sh:targetClass vg:Werkproces ; sh:path vg:tekst ; sh:minCount 1 ."
    data = " ".join(f'<{n}> a vg:Werkproces ; vg:nummer "{n}" .' for n in (f"1.{long}", "1.10", "1.9", f"1.{long[1:]}"))
    assert [result.focus.rpartition("/")[2] for result in report(data, shapes).results] == [
        "1.9",
        "1.10",
        f"1.{long[1:]}",
        f"1.{long}",
    ]


def test_long_values_are_cut_and_types_are_named() -> None:
    shapes = "vgs:s a sh:PropertyShape ; sh:targetNode <x> ; sh:path vg:tekst ; sh:maxLength 1 ."
    values = [
        result.value
        for result in report(f'<x> vg:tekst "{"a" * 200}"@nl, 12, "xx", "2020-01-01"^^xsd:date .', shapes).results
    ]
    assert values == ['"2020-01-01"^^xsd:date', f'"{"a" * 99}…"@nl', '"xx"', "12"]


def test_lines_are_said_as_people_say_them() -> None:
    assert Place("bcp.txt", 3, 3).text() == "bcp.txt, regel 3"
    assert Place("bcp.txt", 3, 4, 2).text("en") == "bcp.txt, lines 3–4 (page 2)"
    assert Place("bcp.ttl", 3, 3, None, 7).text() == "bcp.ttl, regel 3, kolom 7"


def test_names_are_shortened_where_the_table_has_a_prefix() -> None:
    assert shortened(str(URIRef("https://w3id.org/vakgraaf/id/taak/x"))) == "id:taak/x"
    assert shortened("https://example.org/x") == "<https://example.org/x>"
    assert shortened("_:b0") == "_:b0"
