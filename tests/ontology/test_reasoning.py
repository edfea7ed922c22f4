"""What follows from the ontology, shown by HermiT on a small profile.

An expected conclusion "a p b" becomes a class "a that does not p b": it cannot have members exactly if the
conclusion follows. So one run of the reasoner answers for all of them, also for those that must not follow.
"""

from __future__ import annotations

import shutil

import pytest
from rdflib import Graph

from vakgraaf.rdf.prefixes import PREFIXES
from vakgraaf.validation.consistency import Consistency, check_consistency
from vakgraaf.validation.owl_profile import check_profile

java = pytest.mark.skipif(shutil.which("java") is None, reason="HermiT needs Java, which is not installed")
PREAMBLE = "\n".join(f"@prefix {prefix}: <{namespace}> ." for prefix, namespace in PREFIXES.items())
EXAMPLE = "@prefix : <https://example.org/> .\n"

PROFILE = """
:bcp a vg:Beroepscompetentieprofiel, vg:Profiel ; vg:heeftKerntaak :k ; vg:isBasisVoor :kwalificatie ;
    dct:issued "2011-11"^^xsd:gYearMonth ; vg:heeftLegitimering :legitimering ; vg:heeftMatrixregel :regel ;
    vg:heeftDeelname :deelname ; vg:heeftBegrippenlijst :lijst ; prov:wasDerivedFrom :passage .
:addendum a vg:Addendum ; vg:vultAan :stub ; vg:heeftTaakgebied :gebied .
:stub a vg:Beroepscompetentieprofiel, vg:Stub .
:kwalificatie a vg:Kwalificatie, vg:Stub ; vg:isOnderdeelVan :dossier ;
    vg:mboNiveau 4 ; vg:creboCode "25479" .
:dossier a vg:Kwalificatiedossier, vg:Stub .
:k a vg:Kerntaak, vg:Taak ; vg:heeftWerkproces :w ; vg:heeftVereiste :c ; vg:nummer "1" ; vg:volgorde 1 .
:w a vg:Werkproces, vg:Taak ; vg:heeftVereiste :s ; vg:omschrijving "De thuisbegeleider …"@nl .
:s a vg:Skillvereiste, vg:Vereiste ; vg:betreft :gesprekstechnieken ; vg:formulering "gesprekstechnieken"@nl .
:c a vg:Competentievereiste, vg:Vereiste ; vg:betreft :kbb-d .
:gesprekstechnieken a vg:Vaardigheid ; skos:inScheme :skills .
:kbb-d a vg:Competentie ; skos:inScheme :model .
:model a vg:Competentiemodel, skos:ConceptScheme .
:regel a vg:Matrixregel ; vg:betreft :kbb-d ; vg:vermeldtKerntaak :k .
:gebied a vg:Taakgebied ; vg:heeftTaak :taak .
:taak a vg:Taak ; vg:heeftAanvulling :aanvulling .
:aanvulling a vg:Aanvulling ; vg:vultAan :taak ; vg:geldtVoor :branche .
:branche a vg:Branche .
:lijst a vg:Begrippenlijst ; vg:heeftBegrip :client .
:client a vg:Begrip ; vg:zie "zorgvrager"@nl .
:legitimering a vg:Legitimering ; vg:orgaan :sovvt ; dct:date "2011-11-02"^^xsd:date .
:deelname a vg:Deelname ; vg:organisatie :sovvt ; vg:groep "stuurgroep" .
:sovvt a org:Organization .
:passage a vg:Passage, oa:TextQuoteSelector ; vg:brondocument :document ; vg:beginRegel 1 ; oa:exact "…"@nl .
:document a vg:Brondocument ; vg:aantalRegels 2491 .
"""
FOLLOWS = [
    ":bcp vg:heeftOnderdeel :k",
    ":bcp dct:hasPart :k",
    ":k vg:isOnderdeelVan :bcp",
    ":w dct:isPartOf :k",
    ":w vg:ligtBinnen :bcp",
    ":s vg:ligtBinnen :bcp",
    ":client vg:ligtBinnen :bcp",
    ":aanvulling vg:ligtBinnen :addendum",
    ":dossier vg:heeftOnderdeel :kwalificatie",
    ":w vg:vereist :gesprekstechnieken",
    ":k vg:vereist :kbb-d",
    ":kwalificatie vg:gebaseerdOp :bcp",
    ":legitimering prov:wasAssociatedWith :sovvt",
    ":deelname org:organization :sovvt",
    ":bcp a prov:Entity",
    ":w a vg:Taak",
    ":kbb-d a skos:Concept",
    ":gesprekstechnieken a skos:Concept",
    ":lijst a skos:ConceptScheme",
    ":legitimering a prov:Activity",
    ":document a foaf:Document",
]
FOLLOWS_FROM_HAVING_A_SUPPLEMENT = ":los vg:vultAan :taak"
DOES_NOT_FOLLOW = [
    ":bcp vg:vereist :kbb-d",
    ":k vg:vereist :gesprekstechnieken",
    ":regel vg:vereist :kbb-d",
    ":w vg:isOnderdeelVan :bcp",
    ":legitimering vg:ligtBinnen :bcp",
    ":addendum vg:ligtBinnen :stub",
    ":taak vg:vultAan :aanvulling",
]


# Two classes, and what is said of a thing that is in both, in Dutch and English.
EXCLUDING = [
    ("vg:Kerntaak, vg:Werkproces", "Kerntaak als Werkproces;", "Core task and Work process;"),
    (
        "vg:Addendum, vg:Beroepscompetentieprofiel",
        "Addendum als Beroepscompetentieprofiel;",
        "Addendum and Occupational competence profile;",
    ),
    (
        "vg:Werkproces, vg:Paragraaf",
        "Paragraaf als Werkproces (een soort Taak);",
        "Section and Work process (a kind of Task);",
    ),
    ("vg:Competentie, vg:Competentiemodel", "Competentie als Competentiemodel;", "Competence and Competence model;"),
]


def counterexample(number: int, conclusion: str) -> str:
    subject, property_, value = conclusion.split()
    condition = (
        value if property_ == "a" else f"[ a owl:Restriction ; owl:onProperty {property_} ; owl:hasValue {value} ]"
    )
    return (
        f":tegen-{number:02} a owl:Class ; rdfs:subClassOf [ a owl:Class ; owl:oneOf ( {subject} ) ] ,"
        f" [ a owl:Class ; owl:complementOf {condition} ] .\n"
    )


def graph_of(ontology: Graph, turtle: str) -> Graph:
    return Graph().parse(data=f"{PREAMBLE}\n{EXAMPLE}{turtle}", format="turtle") + ontology


@pytest.fixture(scope="module")
def conclusions() -> list[str]:
    return [*FOLLOWS, FOLLOWS_FROM_HAVING_A_SUPPLEMENT, *DOES_NOT_FOLLOW]


@pytest.fixture(scope="module")
def verdict(ontology: Graph, conclusions: list[str]) -> Consistency:
    tests = "".join(counterexample(n, conclusion) for n, conclusion in enumerate(conclusions))
    both = "".join(f":beide{n} a owl:Class ; rdfs:subClassOf {types} .\n" for n, (types, _, _) in enumerate(EXCLUDING))
    return check_consistency(graph_of(ontology, PROFILE + ":taak vg:heeftAanvulling :los .\n" + tests + both))


def test_ontology_reference_data_and_example_are_within_owl_2_dl(ontology: Graph, reference: Graph) -> None:
    assert check_profile(ontology + reference) == ()
    assert check_profile(graph_of(ontology, PROFILE)) == ()


@java
@pytest.mark.java
def test_ontology_with_reference_data_is_consistent_and_every_class_can_have_members(
    ontology: Graph, reference: Graph
) -> None:
    assert check_consistency(ontology + reference).good


@java
@pytest.mark.java
def test_a_profile_with_all_its_parts_is_consistent(verdict: Consistency) -> None:
    assert verdict.consistent


@java
@pytest.mark.java
def test_inverses_subproperties_chain_and_transitivity_conclude_what_they_should(
    verdict: Consistency, conclusions: list[str]
) -> None:
    followed = [conclusions[int(iri.rsplit("-", 1)[1])] for iri in verdict.unsatisfiable if "/tegen-" in iri]
    assert followed == [*FOLLOWS, FOLLOWS_FROM_HAVING_A_SUPPLEMENT]


@java
@pytest.mark.java
def test_classes_that_exclude_each_other_can_have_no_member_in_common(verdict: Consistency) -> None:
    both = {f"https://example.org/beide{n}" for n in range(len(EXCLUDING))}
    assert both <= set(verdict.unsatisfiable)


@java
@pytest.mark.java
def test_a_thing_in_two_excluding_classes_is_found_and_both_are_named(ontology: Graph) -> None:
    things = [f':fout{n} a {types} ; rdfs:label "Dubbel {n}"@nl .' for n, (types, _, _) in enumerate(EXCLUDING)]
    verdict = check_consistency(graph_of(ontology, PROFILE + "\n".join(things)))
    assert not verdict.consistent
    for n, (_, nl, en) in enumerate(EXCLUDING):
        assert f"Dubbel {n} <https://example.org/fout{n}> is zowel {nl}" in verdict.nl
        assert f"Dubbel {n} <https://example.org/fout{n}> is both {en}" in verdict.en
