"""The packaged facts about qualifications: what they say, on what ground, and that nothing else is in them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from rdflib import DCTERMS, PROV, RDF, RDFS, Graph, Literal, URIRef

from qualifications.packaged import differing
from vakgraaf.ingest.kwalificatie.origins import occupation
from vakgraaf.rdf.iris import VG, graph, thing
from vakgraaf.resources import folder
from vakgraaf.validation import validate

REFERENCE = Path(__file__).resolve().parents[3] / "shared/reference"
FILES = sorted((folder("data/reference") / "kwalificaties").glob("*.ttl"))
LONGEST = 200


@pytest.fixture(scope="module")
def facts() -> Graph:
    found = Graph()
    for path in FILES:
        found.parse(path)
    return found


def crebo(code: str) -> URIRef:
    return thing("kwalificatie", code)


@pytest.mark.skipif(not REFERENCE.is_dir(), reason="SBB's XML is not here (shared/reference is absent)")
def test_the_files_are_what_the_sources_give() -> None:
    assert differing(REFERENCE) == []


def test_they_conform_and_say_whose_they_are(facts: Graph) -> None:
    assert [result for result in validate(facts).results if result.severity == "Violation"] == []
    for property_ in (DCTERMS.title, DCTERMS.rights):
        texts = [o for o in facts.objects(graph("kwalificaties"), property_) if isinstance(o, Literal)]
        assert sorted(str(text.language) for text in texts) == ["en", "nl"]


def test_no_long_text_of_another_is_in_them(facts: Graph) -> None:
    for predicate in (VG.omschrijving, VG.resultaat, VG.tekst, VG.toelichting):
        assert (None, predicate, None) not in facts
    assert not [one for one in facts.subjects(RDF.type, VG.Skill)]
    quoted = [str(text) for text in facts.objects(None, URIRef("http://www.w3.org/ns/oa#exact"))]
    titles = [title for text in quoted for title in re.findall(r'(?:titel|omschrijving)="([^"]*)"', text)]
    assert max(map(len, titles)) < LONGEST
    assert not [text for text in quoted if "CDATA" in text or "\n" in text]


def test_every_thing_says_on_which_line_it_stands(facts: Graph) -> None:
    for klasse in (VG.Kwalificatie, VG.Kwalificatiedossier, VG.Taak, VG.Vereiste, VG.Stub):
        for one in facts.subjects(RDF.type, klasse):
            assert (one, PROV.wasDerivedFrom, None) in facts, one


def test_our_two_profiles_found_the_qualifications_of_their_names(facts: Graph) -> None:
    home, special = thing("profiel", "thuisbegeleider-2011"), crebo("25478")
    addendum = thing("profiel", "persoonlijk-begeleider-specifieke-doelgroepen-2013")
    assert set(facts.objects(home, VG.isBasisVoor)) == {crebo("25479")}
    assert set(facts.objects(addendum, VG.isBasisVoor)) == {special}
    for profile in (home, addendum):
        (passage,) = facts.objects(profile, PROV.wasDerivedFrom)
        assert str(facts.value(passage, URIRef("http://www.w3.org/ns/oa#exact"))).startswith("<brondocument ")


def test_the_codes_of_the_years_lead_to_one_another(facts: Graph) -> None:
    way = [crebo("92662")]
    while after := facts.value(way[-1], DCTERMS.isReplacedBy):
        assert isinstance(after, URIRef)
        assert (after, DCTERMS.replaces, way[-1]) in facts
        way.append(after)
    assert [str(facts.value(one, VG.creboCode)) for one in way] == ["92662", "25478", "25779"]
    assert {str(day) for day in facts.objects(way[0], VG.geldigVanaf)} == {"2014-08-01"}
    files = [thing("kwalificatiedossier", code) for code in ("22195", "23181", "23312")]
    assert [facts.value(one, DCTERMS.isReplacedBy) for one in files] == [files[1], files[2], None]


def test_before_2015_nothing_leads_to_thuisbegeleider(facts: Graph) -> None:
    assert (crebo("25479"), DCTERMS.replaces, None) not in facts


def test_a_code_that_stood_for_something_else_before_says_so(facts: Graph) -> None:
    notes = {str(note) for note in facts.objects(crebo("92662")) if "Volwassenenwerk" in str(note)}
    assert len(notes) == 2
    assert len(set(facts.objects(crebo("92662"), RDFS.label))) == 1


def test_names_are_never_what_things_are_known_by(facts: Graph) -> None:
    for one in facts.subjects(RDF.type, VG.Kwalificatie):
        name = str(one).rpartition("/")[2]
        assert name.isdecimal()
        assert occupation(str(facts.value(one, RDFS.label))) not in str(one)
