"""What `validate` promises beyond SHACL: context, languages, safety, and leaving everything as it was."""

from __future__ import annotations

import socket
from concurrent.futures import ThreadPoolExecutor

import pytest
import rdflib
from pyparsing import ParseResults
from rdflib import Dataset, Graph, URIRef
from rdflib.plugins.sparql.parser import parseQuery

from vakgraaf.errors import InputError
from vakgraaf.validation import validate
from vakgraaf.validation.shapes import packaged_shapes
from vakgraaf.validation.validate import validate_by_reference

PREFIXES = """
@prefix ex: <https://example.org/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix vg: <https://w3id.org/vakgraaf/def#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
NAMED = """
ex:DierShape a sh:NodeShape ; sh:targetClass ex:Dier ; sh:property ex:naam .
ex:naam sh:path ex:naam ; sh:minCount 1 .
"""
SUBCLASS = "ex:Hond rdfs:subClassOf ex:Dier ."


def turtle(text: str) -> Graph:
    return Graph().parse(data=PREFIXES + text, format="turtle")


def sparql_rule(select: str, declare: bool = True) -> Graph:
    declaration = (
        'sh:declare [ sh:prefix "ex" ; sh:namespace "https://example.org/"^^xsd:anyURI ]'
        if declare
        else "a owl:Ontology"
    )
    return turtle(f"""
        <https://example.org/> {declaration} .
        ex:RegelShape a sh:NodeShape ; sh:targetSubjectsOf ex:naam ; sh:sparql ex:regel .
        ex:regel sh:prefixes <https://example.org/> ; sh:select '''{select}''' ;
            sh:message "{{?value}} is geen naam."@nl, "{{?value}} is not a name."@en .
    """)


def focus_nodes(*arguments: Graph) -> list[str]:
    return [result.focus.removeprefix("https://example.org/") for result in validate(*arguments).results]


def test_context_tells_what_is_a_kind_of_what() -> None:
    data = turtle("ex:fikkie a ex:Hond .")
    assert focus_nodes(data, turtle(NAMED)) == []
    assert focus_nodes(data, turtle(NAMED), turtle(SUBCLASS)) == ["fikkie"]


def test_only_nodes_of_the_data_are_judged() -> None:
    context = turtle(SUBCLASS + "ex:ander a ex:Hond .")
    assert focus_nodes(turtle("ex:fikkie a ex:Hond ."), turtle(NAMED), context) == ["fikkie"]


def test_context_completes_what_the_data_says_of_a_node() -> None:
    assert focus_nodes(turtle("ex:fikkie ex:leeftijd 3 ."), turtle(NAMED), turtle("ex:fikkie a ex:Dier .")) == [
        "fikkie"
    ]
    assert focus_nodes(turtle("ex:fikkie a ex:Dier ."), turtle(NAMED), turtle('ex:fikkie ex:naam "F" .')) == []


def test_blank_node_of_the_data_is_judged_with_and_without_context() -> None:
    data = turtle("[] a ex:Dier .")
    assert len(validate(data, turtle(NAMED)).results) == len(validate(data, turtle(NAMED), Graph()).results) == 1


@pytest.mark.parametrize(
    ("target", "judged"),
    [
        ("sh:targetSubjectsOf ex:baas", ["fikkie"]),
        ("sh:targetObjectsOf ex:baas", ["jan"]),
        ("sh:targetNode ex:piet", ["piet"]),
    ],
)
def test_every_kind_of_target_looks_at_the_data_only(target: str, judged: list[str]) -> None:
    shapes = turtle(f"ex:Shape {target} ; sh:property ex:naam . ex:naam sh:path ex:naam ; sh:minCount 1 .")
    assert focus_nodes(turtle("ex:fikkie ex:baas ex:jan ."), shapes, turtle("ex:bello ex:baas ex:kees .")) == judged


def test_class_that_is_its_own_shape_looks_at_the_data_only() -> None:
    shapes = turtle(
        "ex:Dier a rdfs:Class, sh:NodeShape ; sh:property ex:naam . ex:naam sh:path ex:naam ; sh:minCount 1 ."
    )
    context = turtle(SUBCLASS + "ex:ander a ex:Dier .")
    assert focus_nodes(turtle("ex:fikkie a ex:Hond ."), shapes, context) == ["fikkie"]


def test_packaged_shapes_come_with_packaged_context() -> None:
    vereiste = turtle(
        """<https://w3id.org/vakgraaf/id/vereiste/1> a vg:Competentievereiste ;
            vg:betreft <https://w3id.org/vakgraaf/id/competentie/kbb-a> ."""
    )
    rules = {result.source_shape.partition("#")[2] for result in validate(vereiste).results}
    assert "VereisteShape-volgorde" in rules, "a Competentievereiste is a Vereiste"
    assert "CompetentievereisteShape-betreft" not in rules, "kbb-a is in the competence model"


def test_classes_are_known_or_unknown_only_where_the_ontology_is_there() -> None:
    data = turtle("ex:klus a vg:Taken ; vg:omschrijving 'Doet iets.'@nl .")
    assert {result.source_shape.partition("#")[2] for result in validate(data).results} == {"KlasseShape"}
    assert validate(data, packaged_shapes()).results == ()


def test_no_graph_is_changed() -> None:
    graphs = (turtle('ex:fikkie a ex:Hond ; ex:naam "F" .'), turtle(NAMED), turtle(SUBCLASS))
    before = [set(graph) for graph in graphs]
    validate(*graphs)
    assert [set(graph) for graph in graphs] == before


def test_literals_keep_their_spelling_for_the_rest_of_the_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rdflib, "NORMALIZE_LITERALS", False)
    validate(turtle("ex:fikkie a ex:Dier ."), turtle(NAMED))
    assert rdflib.NORMALIZE_LITERALS is False


def test_dataset_counts_as_the_union_of_its_graphs() -> None:
    data = Dataset()
    data.graph(URIRef("https://example.org/een")).parse(data=PREFIXES + "ex:fikkie a ex:Dier .", format="turtle")
    assert focus_nodes(data, turtle(NAMED)) == ["fikkie"]


def test_messages_of_sparql_rules_keep_their_language_and_are_filled() -> None:
    rule = sparql_rule("SELECT $this ?value WHERE { $this ex:naam ?value }")
    (result,) = validate(turtle('ex:fikkie ex:naam "F" .'), rule).results
    assert result.messages == {"nl": "“F” is geen naam.", "en": "“F” is not a name."}


def test_value_with_backslashes_does_not_disturb_its_message() -> None:
    rule = sparql_rule("SELECT $this ?value WHERE { $this ex:naam ?value }")
    (result,) = validate(turtle(r"ex:fikkie ex:naam 'a\\d\\1\\g<0>' ."), rule).results
    assert result.message("nl") == r"“a\d\1\g<0>” is geen naam."


def test_each_question_is_parsed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    parsed: list[str] = []

    def counted(text: str) -> ParseResults:
        parsed.append(text)
        return parseQuery(text)

    monkeypatch.setattr("rdflib.plugins.sparql.parser.parseQuery", counted)
    data = turtle(" ".join(f'ex:d{number} ex:naam "F" .' for number in range(20)))
    rule = sparql_rule("SELECT $this ?value WHERE { $this ex:naam ?value . FILTER (?value = 'eenmaal ontleed') }")
    validate_by_reference(data, rule)
    validate_by_reference(data, rule)
    assert len(parsed) == 1


def test_threads_do_not_disturb_each_other() -> None:
    rule = sparql_rule("SELECT $this ?value WHERE { $this ex:naam ?value . FILTER (STRLEN(?value) > 3) }")
    graphs = [turtle(" ".join(f'ex:d{i} ex:naam "{"x" * (i % 7)}" .' for i in range(size))) for size in range(10, 40)]
    alone = [validate(graph, rule).results for graph in graphs]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda graph: validate(graph, rule).results, graphs)) == alone


@pytest.mark.parametrize(
    ("select", "says"),
    [
        ("SELECT $this WHERE { SERVICE <http://example.org/sparql> { $this ex:naam ?value } }", "SERVICE"),
        (
            "SELECT $this WHERE { #\n SERVICE\n#\n<http://example.org/sparql> { $this ex:naam ?value } }",
            "SERVICE",
        ),
        ("SELECT $this FROM <file:///etc/hosts> WHERE { $this ex:naam ?value }", "FROM"),
        ("SELECT $this WHERE { $this ex:naam ?value } VALUES ?value { 1 }", "VALUES"),
        ("SELECT $this WHERE { $this ex:naam ", "Expected"),
        ("SELECT $this WHERE { $this nergens:naam ?value }", "nergens"),
    ],
)
def test_rule_that_cannot_be_asked_is_refused(select: str, says: str) -> None:
    with pytest.raises(InputError, match=says):
        validate(turtle('ex:fikkie ex:naam "F" .'), sparql_rule(select))


def test_ill_formed_shapes_are_refused_in_both_languages() -> None:
    shapes = turtle("ex:Shape sh:targetNode ex:fikkie ; sh:property ex:x . ex:x sh:path ex:x ; sh:minCount 1, 2 .")
    with pytest.raises(InputError) as caught:
        validate(turtle("ex:fikkie a ex:Dier ."), shapes)
    assert caught.value.nl.startswith("Met deze SHACL-vormen kan niet gevalideerd worden")
    assert caught.value.en.startswith("These SHACL shapes cannot be used")


def test_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_network(*_: object, **__: object) -> None:
        pytest.fail("validation opened a socket")

    monkeypatch.setattr(socket.socket, "connect", no_network)
    imports = "<https://example.org/o> a owl:Ontology ; owl:imports <https://example.org/elders> ."
    assert validate(turtle(imports), turtle(NAMED + imports), turtle(imports)).results == ()


def test_prefixes_of_an_imported_ontology_are_known() -> None:
    rule = sparql_rule("SELECT $this ?value WHERE { $this ex:naam ?value }", declare=False)
    rule += turtle("""<https://example.org/> owl:imports <https://example.org/prefixes> .
        <https://example.org/prefixes> sh:declare ex:p .
        ex:p sh:prefix "ex" ; sh:namespace "https://example.org/"^^xsd:anyURI .""")
    assert focus_nodes(turtle('ex:fikkie ex:naam "F" .'), rule) == ["fikkie"]
