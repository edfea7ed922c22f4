"""Values that no rule was made for are judged as the standard has it: nothing falls over them, in either engine."""

from __future__ import annotations

import warnings

import pytest
from rdflib import Graph

from vakgraaf.errors import InputError
from vakgraaf.validation import Report, validate
from vakgraaf.validation.validate import validate_by_reference

PREFIXES = """
@base <https://w3id.org/vakgraaf/id/> .
@prefix ex: <https://example.org/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix vg: <https://w3id.org/vakgraaf/def#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
DATA = """
ex:getal ex:a "drie"^^xsd:integer ; ex:b 1 .
ex:dag ex:a "2013-02-30"^^xsd:date ; ex:b "P1D"^^xsd:duration .
ex:niets ex:a "NaN"^^xsd:double ; ex:b 1.5 .
ex:tekst ex:a "3" ; ex:b ex:getal .
ex:goed ex:a 3 ; ex:b 1 .
"""


@pytest.fixture(autouse=True)
def quiet() -> None:
    warnings.simplefilter("ignore")  # rdflib warns of the values that are the point here


def turtle(text: str) -> Graph:
    return Graph().parse(data=PREFIXES + text, format="turtle")


def by_rule(select: str, data: str = DATA) -> list[str]:
    rule = turtle(f"""ex:s a sh:NodeShape ; sh:targetSubjectsOf ex:a ; sh:sparql [ sh:message "Nee."@nl ; sh:select '''
        PREFIX ex: <https://example.org/>
        PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
        {select}''' ] .""")
    return names(validate_by_reference(turtle(data), rule))


def names(report: Report) -> list[str]:
    return [result.focus.rpartition("/")[2] for result in report.results]


@pytest.mark.parametrize(
    "expression",
    [
        "?a - ?b = 2",
        "?a + ?b = 4",
        "?a * ?b = 3",
        "?a / ?b = 3",
        "-?a = -3",
        "ABS(?a) = 3",
        "CEIL(?a) = 3",
        "ROUND(?a) = 3",
        "xsd:decimal(?a) - ?b = 2",
        'SUBSTR("goed", ?a, ?b) = "e"',
    ],
)
def test_expression_over_a_value_that_does_not_fit_is_no_find(expression: str) -> None:
    assert by_rule(f"SELECT $this WHERE {{ $this ex:a ?a ; ex:b ?b FILTER ({expression}) }}") == ["goed"]


@pytest.mark.parametrize("function", ["YEAR", "MONTH", "DAY", "HOURS", "MINUTES", "SECONDS", "TZ"])
def test_part_of_a_moment_that_is_none_is_no_find(function: str) -> None:
    assert by_rule(f"SELECT $this WHERE {{ $this ex:a ?a FILTER (STR({function}(?a)) != '') }}") == []


def test_error_within_an_expression_leaves_a_variable_unbound_and_an_alternative_to_be_taken() -> None:
    unbound = "SELECT $this WHERE { $this ex:a ?a BIND (?a - 1 AS ?less) FILTER (!BOUND(?less)) }"
    assert by_rule(unbound) == ["dag", "getal", "tekst"]
    instead = "SELECT $this WHERE { $this ex:a ?a FILTER (COALESCE(?a - 1, 7) = 7) }"
    assert by_rule(instead) == ["dag", "getal", "tekst"]


def test_what_cannot_be_judged_is_refused_in_both_languages() -> None:
    with pytest.raises(InputError) as caught:
        by_rule("SELECT $this (SUM(?x) AS ?value) WHERE { $this ex:a|ex:b ?x } GROUP BY $this")
    assert "kunnen niet getoetst worden" in caught.value.nl
    assert "cannot be judged" in caught.value.en
    for words in (caught.value.nl, caught.value.en):
        assert '"drie"^^xsd:integer (<https://example.org/getal>, <https://example.org/a>)' in words


def test_packaged_shapes_refuse_a_number_that_is_none_and_name_it() -> None:
    with pytest.raises(InputError, match=r'"NaN"\^\^xsd:decimal \(id:taak/t, vg:volgorde\)'):
        validate(turtle('<taak/t> a vg:Taak ; vg:volgorde "NaN"^^xsd:decimal .'))


def test_packaged_shapes_judge_a_place_that_is_no_number() -> None:
    data = turtle("""
        <kerntaak/k> a vg:Kerntaak ; vg:heeftWerkproces <werkproces/a>, <werkproces/b> .
        <werkproces/a> a vg:Werkproces ; vg:volgorde "drie"^^xsd:integer , 2 .
        <werkproces/b> a vg:Werkproces ; vg:volgorde "x"^^xsd:integer .
    """)
    asked = validate(data).results
    # A number that the store writes otherwise, so that pySHACL judges what looks at it.
    data += turtle('<werkproces/c> vg:volgorde "007"^^xsd:integer .')
    report = validate(data)
    assert [result for result in report.results if not result.focus.endswith("/c")] == list(asked)
    assert '"drie"^^xsd:integer' in {result.value for result in report.results}
