"""The reference data: 25 competences, the kinds of section, and the schemes that documents refer to."""

from __future__ import annotations

import string

import pytest
from rdflib import DCTERMS, RDF, RDFS, SKOS, Graph, Literal, URIRef
from rdflib.term import Node

from vakgraaf.rdf.iris import VG, thing

MODEL = thing("competentiemodel", "kbb")
KINDS = thing("begrippenkader", "soorten-paragraaf")
CODES = """
    voorwoord inleiding aanleiding proces reikwijdte leeswijzer visie functies-van-het-profiel
    ontwikkeling-van-het-profiel opbouw algemene-informatie functiebenamingen
    beschrijving-van-het-beroep werkomgeving beroepshouding verantwoordelijkheid complexiteit
    wettelijke-vereisten branchevereisten talen rekenen context typering trends trendcategorie
    overzicht-taken beschrijving-taken competentieoverzicht deelname validering-en-legitimering
    begrippenlijst bronnen disclaimer overig"""
TITLES = {
    "A": "Beslissen en activiteiten initiëren",
    "K": "Vakdeskundigheid toepassen",
    "R": 'Op de behoeften en verwachtingen van de "klant" richten',
    "U": "Omgaan met verandering en aanpassen",
    "Y": "Bedrijfsmatig handelen",
}


def languages(graph: Graph, subject: Node, property_: URIRef) -> list[str]:
    return sorted(str(getattr(o, "language", None)) for o in graph.objects(subject, property_))


def test_the_model_has_25_competences_with_the_letters_a_to_y(reference: Graph) -> None:
    competences = set(reference.subjects(RDF.type, VG.Competentie))
    letters = {c: str(reference.value(c, SKOS.notation)) for c in competences}
    assert sorted(letters.values()) == list(string.ascii_uppercase[:25])
    assert all(c == thing("competentie", f"kbb-{letter.lower()}") for c, letter in letters.items())


@pytest.mark.parametrize("letter", sorted(TITLES))
def test_competence_carries_its_official_title(reference: Graph, letter: str) -> None:
    title = Literal(TITLES[letter], lang="nl")
    assert (thing("competentie", f"kbb-{letter}"), SKOS.prefLabel, title) in reference


def test_every_concept_has_label_and_definition_in_both_languages(reference: Graph) -> None:
    concepts = set(reference.subjects(RDF.type, SKOS.Concept))
    assert len(concepts) == 25 + len(CODES.split()) + len(set(reference.subjects(RDF.type, VG.Branche)))
    for concept in concepts:
        for property_ in (SKOS.prefLabel, RDFS.label, SKOS.definition):
            assert languages(reference, concept, property_) == ["en", "nl"], concept
        assert set(reference.objects(concept, SKOS.prefLabel)) == set(reference.objects(concept, RDFS.label))


def test_every_concept_and_its_scheme_name_each_other(reference: Graph) -> None:
    for concept in reference.subjects(RDF.type, SKOS.Concept):
        (scheme,) = reference.objects(concept, SKOS.inScheme)
        assert (concept, SKOS.topConceptOf, scheme) in reference
        assert (scheme, SKOS.hasTopConcept, concept) in reference
    assert len(list(reference.subject_objects(SKOS.hasTopConcept))) == len(
        set(reference.subjects(RDF.type, SKOS.Concept))
    )


def test_the_model_says_whose_the_definitions_are_and_where_the_titles_come_from(reference: Graph) -> None:
    assert languages(reference, MODEL, SKOS.editorialNote) == ["en", "nl"]
    (source,) = reference.objects(MODEL, DCTERMS.source)
    assert reference.value(source, DCTERMS.bibliographicCitation) is not None


def test_every_kind_of_section_has_a_concept_with_its_code(reference: Graph) -> None:
    found = {str(reference.value(c, SKOS.notation)) for c in reference.objects(KINDS, SKOS.hasTopConcept)}
    assert found == set(CODES.split())


@pytest.mark.parametrize("name", ["beroepen", "branches", "skills"])
def test_scheme_for_what_documents_bring_is_there(reference: Graph, name: str) -> None:
    scheme = thing("begrippenkader", name)
    assert (scheme, RDF.type, SKOS.ConceptScheme) in reference
    assert languages(reference, scheme, DCTERMS.title) == ["en", "nl"]
    assert languages(reference, scheme, SKOS.definition) == ["en", "nl"]


@pytest.mark.parametrize(
    "scheme", [MODEL, thing("begrippenkader", "beroepen"), thing("begrippenkader", "skills")], ids=lambda s: s[-8:]
)
def test_words_of_others_are_not_put_under_our_licence(reference: Graph, scheme: URIRef) -> None:
    assert not list(reference.objects(scheme, DCTERMS.license))
    assert languages(reference, scheme, DCTERMS.rights) == ["en", "nl"]
