"""Every agreed term is there, says what it means in two languages, and says it once."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, SKOS, Graph, Literal, URIRef

from vakgraaf.rdf.iris import ONTOLOGY, VG
from vakgraaf.rdf.prefixes import PREFIXES

TERMS = {
    OWL.Class: """
        Aanvulling Addendum Begrip Begrippenlijst Beroep Beroepscompetentieprofiel Bevinding Branche
        Bron Brondocument Competentie Competentiemodel Competentievereiste Deelname Dilemma
        Documentregel Inschaling Kerntaak Koppelbesluit Koppeling Kwalificatie Kwalificatiedossier
        Legitimering Matrixregel Niveau Ontwikkeling Paragraaf Passage Profiel Raamwerk Skill
        Skillvereiste Stub Taak Taakgebied Toelichting Vaardigheid Vakkennis Validering Vereiste
        Voetnoot Werkproces""",
    OWL.ObjectProperty: """
        afgeleidVia beschrijft betreft brondocument gebaseerdOp geldtBij geldtVoor heeftAanvulling
        heeftBegrip heeftBegrippenlijst heeftBeschrijvingsonderdeel heeftBevinding heeftDeelname
        heeftDilemma heeftInschaling heeftKerntaak heeftLegitimering heeftMatrixregel heeftOnderdeel
        heeftOntwikkeling heeftParagraaf heeftTaak heeftTaakgebied heeftToelichting heeftValidering
        heeftVereiste heeftVoetnoot heeftWerkproces isBasisVoor isOnderdeelVan komtOvereenMet
        ligtBinnen niveau noemtKwalificatiedossier orgaan organisatie raadpleegt staatOokIn vereist
        vermeldtKerntaak vultAan""",
    OWL.DatatypeProperty: """
        aantalRegels beginRegel besluit bestand categorie code creboCode eindRegel eindeInstroom ernst
        formulering foutVoorbeeld functie geldigTot geldigVanaf goedVoorbeeld gremium gronden groep
        kolom koppelstatus mboNiveau methode nummer omschrijving onderbouwing pagina resultaat rol
        sha256 soortParagraaf status tekst toelichting volgorde vorigeStand""",
    OWL.AnnotationProperty: "zie",
}
KIND = {VG[name]: kind for kind, names in TERMS.items() for name in names.split()}
PARTS = """
    heeftAanvulling heeftBegrip heeftBegrippenlijst heeftDilemma heeftKerntaak heeftMatrixregel
    heeftOntwikkeling heeftParagraaf heeftTaak heeftTaakgebied heeftToelichting heeftVereiste
    heeftVoetnoot heeftWerkproces"""
EVERY_TERM = pytest.mark.parametrize("term", sorted(KIND), ids=lambda term: term.removeprefix(VG))
TERM_STATUS = URIRef(PREFIXES["vs"] + "term_status")


def test_the_ontology_declares_the_agreed_terms_and_no_others(ontology: Graph) -> None:
    declared = {s: kind for kind in TERMS for s in ontology.subjects(RDF.type, kind) if str(s).startswith(str(VG))}
    assert declared == KIND


@EVERY_TERM
def test_term_has_one_label_and_one_definition_in_dutch_and_in_english(ontology: Graph, term: URIRef) -> None:
    for property_ in (RDFS.label, SKOS.definition):
        texts = [o for o in ontology.objects(term, property_) if isinstance(o, Literal)]
        assert sorted(str(t.language) for t in texts) == ["en", "nl"]
        assert all(str(t).strip() == str(t) != "" for t in texts)


@EVERY_TERM
def test_definition_is_a_sentence_of_its_own_in_each_language(ontology: Graph, term: URIRef) -> None:
    nl, en = sorted(ontology.objects(term, SKOS.definition), key=lambda o: str(getattr(o, "language", "")))[::-1]
    assert str(nl) != str(en)
    assert str(nl).endswith(".")
    assert str(en).endswith(".")
    assert "  " not in f"{nl}{en}"


@EVERY_TERM
def test_term_belongs_to_the_one_ontology_and_states_its_status(ontology: Graph, term: URIRef) -> None:
    assert list(ontology.objects(term, RDFS.isDefinedBy)) == [ONTOLOGY]
    assert [str(o) for o in ontology.objects(term, TERM_STATUS)] in (["stable"], ["testing"])


def test_no_two_terms_share_a_definition(ontology: Graph) -> None:
    counts = Counter(o for term in KIND for o in ontology.objects(term, SKOS.definition))
    assert [text for text, count in counts.items() if count > 1] == []


def test_no_term_is_defined_in_two_modules(modules: dict[Path, Graph]) -> None:
    counts = Counter(s for graph in modules.values() for s in set(graph.subjects(RDF.type)))
    assert [s for s, count in counts.items() if isinstance(s, URIRef) and count > 1] == []


def test_nothing_has_a_domain_or_range_because_shapes_say_what_is_allowed(ontology: Graph) -> None:
    assert not list(ontology.subject_objects(RDFS.domain))
    assert not list(ontology.subject_objects(RDFS.range))


def test_exactly_the_part_properties_stand_under_has_part(ontology: Graph) -> None:
    found = set(ontology.subjects(RDFS.subPropertyOf, VG.heeftOnderdeel))
    assert found == {VG[name] for name in PARTS.split()}


def test_every_named_term_that_the_ontology_mentions_is_declared_in_it(ontology: Graph) -> None:
    mentioned = {t for triple in ontology for t in triple if str(t).startswith(str(VG)) and isinstance(t, URIRef)}
    assert mentioned == set(KIND)
