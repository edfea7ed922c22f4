"""The published frameworks: what they say of levels, of each other, and of sources."""

from __future__ import annotations

from dataclasses import replace

import pytest
from rdflib import DCTERMS, FOAF, RDF, RDFS, SKOS, Graph, Literal, URIRef

from vakgraaf.linking.frameworks.graphs import graphs
from vakgraaf.linking.frameworks.table import Relation, read_table
from vakgraaf.rdf.iris import VG, thing
from vakgraaf.resources import folder
from vakgraaf.validation import validate

PUBLISHED = folder("data/reference") / "raamwerken"
QDR = "http://data.europa.eu/snb/qdr/"
COUNTRY = "http://publications.europa.eu/resource/authority/country/"


@pytest.fixture(scope="module")
def frameworks() -> Graph:
    graph = Graph()
    for path in sorted(PUBLISHED.glob("*.ttl")):
        graph.parse(path)
    return graph


def related(graph: Graph, level: URIRef) -> set[URIRef]:
    claims = graph.objects(level, VG.heeftInschaling)
    return {target for claim in claims for target in graph.objects(claim, VG.niveau) if isinstance(target, URIRef)}


def test_every_level_has_both_languages_a_code_a_place_a_framework_and_a_source(frameworks: Graph) -> None:
    levels = set(frameworks.subjects(RDF.type, VG.Niveau))
    assert len(levels) == 381 + 8 + 4
    for level in levels:
        for property_ in (SKOS.prefLabel, RDFS.label, SKOS.definition):
            found = [text.language for text in frameworks.objects(level, property_) if isinstance(text, Literal)]
            assert sorted(map(str, found)) == ["en", "nl"], level
        for property_ in (SKOS.notation, VG.volgorde, SKOS.inScheme, DCTERMS.source):
            assert len(list(frameworks.objects(level, property_))) == 1, level


def test_every_claim_about_a_level_is_established_and_has_a_source_with_an_address(frameworks: Graph) -> None:
    for claim in set(frameworks.subjects(RDF.type, VG.Inschaling)):
        assert frameworks.value(claim, VG.status) == Literal("vastgesteld")
        sources = list(frameworks.objects(claim, DCTERMS.source))
        assert sources
        for source in sources:
            assert frameworks.value(source, FOAF.page) is not None
            assert frameworks.value(source, DCTERMS.bibliographicCitation) is not None


@pytest.mark.parametrize(
    ("level", "eqf"),
    [
        ("c_ff656b33", 4),  # NLQF 4
        ("c_c2700f4e", 4),  # NLQF 4+
        ("c_12a84182", 4),  # DQR 4
        ("c_615c4895", 4),  # VKS 4
        ("c_4053e803", 4),  # NFQ 5
        ("c_c167deaa", 4),  # SCQF 6
        ("c_dddf1163", 4),  # RQF 3
        ("c_308a1766", 5),  # RQF 4
        ("c_b3a26e65", 1),  # RQF Entry 3
        ("c_67af56a4", 4),  # NQR 4
    ],
)
def test_level_is_at_the_eqf_level_that_its_country_says(frameworks: Graph, level: str, eqf: int) -> None:
    assert related(frameworks, URIRef(QDR + level)) == {URIRef(f"http://data.europa.eu/snb/eqf/{eqf}")}


@pytest.mark.parametrize("level", ["c_b42dd23b", "c_778f8030", "c_505223a4", "c_de548626"])
def test_level_below_the_eqf_has_no_eqf_level(frameworks: Graph, level: str) -> None:
    assert (URIRef(QDR + level), RDF.type, VG.Niveau) in frameworks
    assert related(frameworks, URIRef(QDR + level)) == set()


def test_where_no_source_is_known_nothing_is_said(frameworks: Graph) -> None:
    levels = frameworks.subjects(SKOS.inScheme, URIRef(f"{QDR}c_d3b1f75e"))  # Albania
    assert all(related(frameworks, level) == set() for level in levels if isinstance(level, URIRef))


def test_a_level_that_no_source_names_is_related_to_nothing_and_one_that_two_name_has_both() -> None:
    table = read_table(folder("data/reference") / "raamwerken.toml")
    said = {"1": ("web", "nlqf"), "2": ()}
    relation = Relation("mbo", "EQF", "generiek", said, {"1": "1", "2": "2"}, {"1": ("let op", "beware")})
    made = graphs([], replace(table, relations=(relation,)))["mbo"]
    assert related(made, thing("niveau", "mbo-2")) == set()
    (claim,) = made.objects(thing("niveau", "mbo-1"), VG.heeftInschaling)
    assert {str(source).rsplit("/", 1)[-1] for source in made.objects(claim, DCTERMS.source)} == {"web", "nlqf"}
    assert Literal("let op", lang="nl") in set(made.objects(claim, SKOS.editorialNote))


def test_mbo_4_is_at_nlqf_4(frameworks: Graph) -> None:
    assert related(frameworks, thing("niveau", "mbo-4")) == {URIRef(f"{QDR}c_ff656b33")}


@pytest.mark.parametrize(
    ("framework", "country"),
    [("c_5c66dcbc", "NLD"), ("c_ed96825f", "BEL"), ("c_36ff4631", "GBR"), ("c_f4790dbf", "XKX")],
)
def test_framework_says_of_which_country_it_is(frameworks: Graph, framework: str, country: str) -> None:
    assert list(frameworks.objects(URIRef(QDR + framework), DCTERMS.spatial)) == [URIRef(COUNTRY + country)]


def test_nlqf_and_eqf_have_their_descriptor_categories(frameworks: Graph) -> None:
    for scheme, count in ((f"{QDR}c_5c66dcbc", 8), ("http://data.europa.eu/snb/eqf/25831c2", 3)):
        assert len(list(frameworks.objects(URIRef(scheme), VG.heeftBeschrijvingsonderdeel))) == count


def test_codes_of_status_and_method_are_those_that_the_shapes_allow(frameworks: Graph) -> None:
    allowed = {"statussen-inschaling": "vastgesteld afgeleid voorgesteld afgewezen"}
    allowed["methoden-inschaling"] = "generiek referentie keten beschrijving"
    for name, codes in allowed.items():
        concepts = frameworks.objects(thing("begrippenkader", name), SKOS.hasTopConcept)
        assert {str(frameworks.value(one, SKOS.notation)) for one in concepts} == set(codes.split())


def test_the_frameworks_conform_to_our_own_shapes(frameworks: Graph) -> None:
    assert validate(frameworks).results == ()
