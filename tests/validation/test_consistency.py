"""HermiT's verdict and the OWL 2 DL rules, on ontologies small enough to see the cause."""

from __future__ import annotations

import shutil
import stat
import tempfile
from pathlib import Path

import pytest
from rdflib import Graph

from vakgraaf.errors import MissingTool, NotConforming
from vakgraaf.rdf.prefixes import PREFIXES
from vakgraaf.validation.consistency import check_consistency
from vakgraaf.validation.owl_profile import check_profile

needs_java = pytest.mark.skipif(shutil.which("java") is None, reason="HermiT needs Java, which is not installed")
PREAMBLE = "\n".join(f"@prefix {prefix}: <{namespace}> ." for prefix, namespace in PREFIXES.items())

ANIMALS = """
:Dier a owl:Class ; rdfs:label "Dier"@nl, "Animal"@en .
:Vis a owl:Class ; rdfs:subClassOf :Dier ; rdfs:label "Vis"@nl, "Fish"@en ; owl:disjointWith :Vogel .
:Vogel a owl:Class ; rdfs:subClassOf :Dier ; rdfs:label "Vogel"@nl, "Bird"@en .
:Steen a owl:Class ; rdfs:label "Steen"@nl, "Stone"@en .
[] a owl:AllDisjointClasses ; owl:members ( :Dier :Steen ) .
:eet a owl:ObjectProperty .
:naam a owl:DatatypeProperty .
"""


def graph(turtle: str) -> Graph:
    return Graph().parse(data=f"{PREAMBLE}\n@prefix : <https://example.org/> .\n{ANIMALS}{turtle}", format="turtle")


@needs_java
@pytest.mark.java
def test_a_sound_graph_is_good_and_says_so_in_two_languages() -> None:
    verdict = check_consistency(graph(':haai a :Vis ; :naam "haai"@nl, "1975"^^xsd:gYear .'))
    assert verdict.good
    assert verdict.message() == "De graaf is consistent en elke klasse kan leden hebben."
    assert verdict.message("en") == "The graph is consistent and every class can have members."
    assert verdict.reasoner.startswith("HermiT")


@needs_java
@pytest.mark.java
def test_a_contradiction_is_explained_by_the_classes_that_clash() -> None:
    verdict = check_consistency(graph(':pinguin a :Vis, :Vogel ; rdfs:label "pinguïn"@nl .'))
    assert not verdict.consistent
    assert not verdict.good
    assert verdict.message() == (
        "De graaf spreekt zichzelf tegen. pinguïn <https://example.org/pinguin> is zowel Vis als Vogel; "
        "die klassen sluiten elkaar uit."
    )
    assert verdict.message("en").endswith("is both Fish and Bird; those classes exclude each other.")


@needs_java
@pytest.mark.java
def test_a_clash_of_superclasses_names_them_beside_the_types_given() -> None:
    verdict = check_consistency(graph(":fossiel a :Vis, :Steen ."))
    assert "fossiel <https://example.org/fossiel> is zowel Vis (een soort Dier) als Steen" in verdict.nl


@needs_java
@pytest.mark.java
def test_many_clashes_are_counted_instead_of_listed() -> None:
    verdict = check_consistency(graph("".join(f":p{n:02} a :Vis, :Vogel . " for n in range(12))))
    assert verdict.nl.count("Vis als Vogel") == 10
    assert verdict.nl.endswith("Er zijn nog 2 zulke gevallen.")
    assert verdict.en.endswith("There are 2 more of these.")


@needs_java
@pytest.mark.java
def test_a_contradiction_with_another_cause_points_to_properties() -> None:
    eats_nothing = "[ a owl:Restriction ; owl:onProperty :eet ; owl:someValuesFrom owl:Nothing ]"
    verdict = check_consistency(graph(f":Vis rdfs:subClassOf {eats_nothing} . :haai a :Vis ."))
    assert not verdict.consistent
    assert "zoek de oorzaak in eigenschappen" in verdict.nl
    assert "look for the cause in properties" in verdict.en


@needs_java
@pytest.mark.java
def test_a_class_that_cannot_have_members_is_named_with_the_reason() -> None:
    verdict = check_consistency(graph(":Vleermuis a owl:Class ; rdfs:subClassOf :Vis, :Vogel ."))
    assert verdict.consistent
    assert not verdict.good
    assert verdict.unsatisfiable == ("https://example.org/Vleermuis",)
    assert "Vleermuis <https://example.org/Vleermuis> valt onder zowel Vis als Vogel" in verdict.nl
    assert "falls under both Fish and Bird" in verdict.en


@needs_java
@pytest.mark.java
def test_a_graph_outside_owl_2_dl_is_refused_with_what_hermit_says() -> None:
    outside = graph(
        ":eet a owl:TransitiveProperty . :Vis rdfs:subClassOf"
        " [ a owl:Restriction ; owl:onProperty :eet ; owl:maxCardinality 1 ] ."
    )
    with pytest.raises(NotConforming, match="OWL 2 DL") as caught:
        check_consistency(outside)
    assert caught.value.details


@needs_java
@pytest.mark.java
def test_nothing_is_printed_or_left_behind(
    capfd: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    check_consistency(graph(":haai a :Vis ."))
    check_consistency(graph(":pinguin a :Vis, :Vogel ."))
    assert capfd.readouterr().out == ""
    assert list(tmp_path.iterdir()) == []


@needs_java
@pytest.mark.java
def test_imports_are_not_followed() -> None:
    importing = graph("<https://example.org/> a owl:Ontology ; owl:imports <http://127.0.0.1:9/elders> .")
    assert check_consistency(importing).good


@needs_java
@pytest.mark.java
def test_one_check_knows_nothing_of_the_one_before() -> None:
    check_consistency(graph(":pinguin a :Vis ."))
    assert check_consistency(graph(":pinguin a :Vogel .")).good


def test_without_java_the_error_says_what_is_missing_in_two_languages() -> None:
    with pytest.raises(MissingTool) as caught:
        check_consistency(graph(""), java="/nowhere/java")
    assert "heeft Java nodig, en '/nowhere/java' is niet te starten" in caught.value.nl
    assert "needs Java, and '/nowhere/java' cannot be started" in caught.value.en


def test_a_java_that_does_not_run_counts_as_missing(tmp_path: Path) -> None:
    broken = tmp_path / "java"
    broken.write_text("#!/bin/sh\necho 'no Java runtime present' >&2\nexit 1\n", encoding="utf-8")
    broken.chmod(broken.stat().st_mode | stat.S_IXUSR)
    with pytest.raises(MissingTool, match="is niet te starten"):
        check_consistency(graph(""), java=str(broken))


@pytest.mark.parametrize(
    ("turtle", "nl", "en"),
    [
        (
            ":a :onbekend :b .",
            "<https://example.org/onbekend> wordt gebruikt maar is niet",
            "is used but not declared",
        ),
        (
            ":a a :Onbekend .",
            "De klasse <https://example.org/Onbekend> wordt gebruikt",
            "is used but not declared",
        ),
        (
            ":Vis rdfs:subClassOf :Kwal .",
            "De klasse <https://example.org/Kwal> wordt gebruikt",
            "not declared",
        ),
        (":eet a owl:DatatypeProperty .", "is tegelijk gegevenseigenschap en objecteigenschap", "is at once"),
        (":Vis a rdfs:Datatype .", "is tegelijk datatype en klasse", "is at once class and datatype"),
        (':haai a :Vis ; :eet "makreel" .', "een tekst of getal als waarde", "has a literal as value"),
        (":haai a :Vis ; :naam :haai .", "een zaak als waarde", "has a thing as value"),
        (
            ":naam rdfs:subPropertyOf :eet .",
            "maar dat is een ander soort eigenschap",
            "another kind of property",
        ),
        (":eet a owl:TransitiveProperty, owl:AsymmetricProperty .", "is samengesteld", "is composite"),
        (
            ":eet a owl:TransitiveProperty . :Vis rdfs:subClassOf"
            " [ a owl:Restriction ; owl:onProperty :eet ; owl:minCardinality 2 ] .",
            "is samengesteld",
            "may not be functional, asymmetric, irreflexive, counted or disjoint",
        ),
        (
            ":jaagt a owl:ObjectProperty ; owl:propertyChainAxiom ( :eet :eet ) ; owl:propertyDisjointWith :eet .",
            "<https://example.org/jaagt> is samengesteld",
            "is composite",
        ),
        (
            ":ziet a owl:ObjectProperty ."
            " :jaagt a owl:ObjectProperty ; rdfs:subPropertyOf :eet ;"
            " owl:propertyChainAxiom ( :eet :ziet ) .",
            "dat zelf weer van <https://example.org/jaagt> afhangt",
            "which itself depends on",
        ),
        (
            ":jaagt a owl:ObjectProperty ; owl:propertyChainAxiom ( :eet :jaagt :eet ) .",
            "staat midden in de keten",
            "stands in the middle of the chain",
        ),
    ],
)
def test_what_is_outside_owl_2_dl_is_named(turtle: str, nl: str, en: str) -> None:
    (problem,) = check_profile(graph(turtle))
    assert nl in problem
    (problem,) = check_profile(graph(turtle), "en")
    assert en in problem


@pytest.mark.parametrize(
    "turtle",
    [
        "",
        ":eet a owl:TransitiveProperty .",
        ":eet owl:propertyChainAxiom ( :eet :eet ) .",
        ":jaagt a owl:ObjectProperty . :eet owl:propertyChainAxiom ( :jaagt :eet ) .",
        ":jaagt a owl:ObjectProperty ; rdfs:subPropertyOf :eet . :eet a owl:TransitiveProperty ."
        " :jaagt a owl:AsymmetricProperty .",
        ":gegetenDoor a owl:ObjectProperty . [] owl:inverseOf :eet ; rdfs:subPropertyOf :gegetenDoor .",
        ":zie a owl:AnnotationProperty . :a :zie :b, 'b'@nl .",
    ],
)
def test_what_owl_2_dl_allows_is_not_reported(turtle: str) -> None:
    assert check_profile(graph(turtle)) == ()
