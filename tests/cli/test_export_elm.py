"""Qualifications in the European Learning Model, as the program writes them, against the shapes of its profile LOQ."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from rdflib import DCTERMS, OWL, RDF, SKOS, Graph, Namespace, URIRef
from rdflib.compare import isomorphic

from vakgraaf.linking import elm, elm_facts
from vakgraaf.rdf import iris
from vakgraaf.rdf.iris import VG
from vakgraaf.validation import validate

Run = Callable[..., Any]
ELM = Namespace("http://data.europa.eu/snb/model/elm/")
SHAPES = Path(__file__).resolve().parents[3] / "shared/reference/elm/LOQ-constraints.ttl"
QUALIFICATION = URIRef(f"{iris.BASE}id/kwalificatie/25479")
RECORD = URIRef(f"{QUALIFICATION}#elm")


@pytest.fixture(scope="module")
def exported(run: Run) -> Any:
    """What the export left behind."""
    ended = run("export", "--profile", "elm", "--format", "nt")
    assert ended.returncode == 0, ended.stderr
    return ended


@pytest.fixture(scope="module")
def records(exported: Any) -> Graph:
    """The records of the packaged qualifications."""
    return Graph().parse(data=exported.stdout, format="nt")


@pytest.mark.skipif(not SHAPES.is_file(), reason="the LOQ shapes are not here (shared/reference is absent)")
def test_every_record_conforms_to_the_closed_shapes_of_loq(records: Graph) -> None:
    shapes = Graph().parse(SHAPES)
    shapes.remove((None, OWL.imports, None))
    assert validate(records, shapes).results == ()
    records = records + Graph().add((RECORD, VG.creboCode, next(records.objects(None, DCTERMS.title))))
    assert not validate(records, shapes).conforms  # the shape is closed, so this is no empty test


def test_the_record_of_thuisbegeleider_has_its_code_levels_and_field(records: Graph) -> None:
    (code,) = records.objects(RECORD, URIRef("http://www.w3.org/ns/adms#identifier"))
    assert {str(value) for value in records.objects(code, SKOS.notation)} == {"25479"}
    assert [str(value) for value in records.objects(RECORD, DCTERMS.title)] == ["Thuisbegeleider"]
    assert list(records.objects(RECORD, ELM.EQFLevel)) == [URIRef("http://data.europa.eu/snb/eqf/4")]
    assert list(records.objects(RECORD, ELM.NQFLevel)) == [URIRef("http://data.europa.eu/snb/qdr/c_ff656b33")]
    assert list(records.objects(RECORD, ELM.ISCEDFCode)) == [URIRef("http://data.europa.eu/snb/isced-f/0923")]


def test_its_outcomes_are_the_sixteen_work_processes_with_the_competences_of_that_profile(records: Graph) -> None:
    outcomes = set(records.objects(RECORD, ELM.learningOutcome))
    assert len(outcomes) == 16
    asked = {
        str(outcome).rpartition("23181-")[2]: {
            str(letter)
            for skill in records.objects(outcome, ELM.relatedSkill)
            for letter in records.objects(skill, SKOS.notation)
        }
        for outcome in outcomes
    }
    assert asked["p5-k1-w1"] == set("EJMR")
    assert asked["b1-k1-w5"] == set(
        "ETVDCK"
    )  # K is asked in addition by two of the six qualifications, this one included
    other = f"{iris.BASE}id/kwalificatie/25478#elm-werkproces-23181-b1-k1-w5"
    assert str(URIRef(f"{iris.BASE}id/competentie/kbb-k")) not in map(
        str, records.objects(URIRef(other), ELM.relatedSkill)
    )


def test_records_are_nodes_of_their_own_and_a_profile_has_none(records: Graph) -> None:
    about = set(records.subjects(RDF.type, ELM.Qualification))
    assert len(about) == 6
    assert {str(one).removesuffix("#elm").rpartition("/id/")[2].split("/")[0] for one in about} == {"kwalificatie"}
    assert all("#elm" in str(one) for one in records.subjects(RDF.type, None) if "/id/kwalificatie/" in str(one))


def test_records_that_are_loaded_and_exported_again_are_the_same(
    exported: Any, records: Graph, command: Run, tmp_path: Path
) -> None:
    file = tmp_path / "elm.nt"
    file.write_text(exported.stdout, "utf-8")
    again = partial(command, tmp_path, VAKGRAAF_STORE=str(tmp_path / "state"), VAKGRAAF_EMPTY="true")
    assert again("load", file, "--graph", "elm", "--no-validate").returncode == 0
    text = again("export", "--graph", "elm", "--format", "nt").stdout
    assert isomorphic(records, Graph().parse(data=text, format="nt"))


def test_what_no_record_can_be_made_of_is_named_with_what_it_lacks(exported: Any) -> None:
    lines = [line for line in exported.stderr.splitlines() if "/kwalificatie/92662 " in line]
    assert len(lines) == 1
    assert "mist een vakgebied (ISCED-F), werkprocessen of vakkennis" in lines[0]


@pytest.mark.parametrize(
    ("levels", "lacks"),
    [
        ((), "een EQF-niveau volgens een bron"),
        (("3", "4"), "één EQF-niveau (bronnen spreken elkaar tegen)"),
    ],
)
def test_without_one_level_there_is_no_record(levels: tuple[str, ...], lacks: str) -> None:
    facts = Graph()
    for level in levels:
        facts.add((QUALIFICATION, ELM.EQFLevel, URIRef(f"{elm_facts.EQF}{level}")))
    assert lacks in [nl for nl, _ in elm.lacking(facts, QUALIFICATION)]
    assert len(elm.record(facts, QUALIFICATION)) == 0


@pytest.mark.parametrize(
    ("status", "counts"), [("vastgesteld", True), ("afgeleid", True), ("voorgesteld", False), ("afgewezen", False)]
)
def test_only_claims_that_are_established_or_derived_give_a_level(status: str, counts: bool) -> None:
    store = ox.Store()
    store.load(
        f"""@prefix vg: <{VG}> . @prefix a: <http://a.example/> .
        <{QUALIFICATION}> a vg:Kwalificatie ; vg:heeftInschaling a:1 .
        a:1 vg:niveau <{elm_facts.NQF}x> ; vg:status "vastgesteld" .
        <{elm_facts.NQF}x> vg:heeftInschaling a:2 .
        a:2 vg:niveau <{elm_facts.EQF}4> ; vg:status "{status}" .""".encode(),
        ox.RdfFormat.TURTLE,
    )
    answer = store.query(elm_facts.query(str(QUALIFICATION)))
    assert isinstance(answer, ox.QueryTriples)
    there = {(triple.predicate.value, str(triple.object)) for triple in answer}
    assert (str(ELM.NQFLevel), f"<{elm_facts.NQF}x>") in there
    assert ((str(ELM.EQFLevel), f"<{elm_facts.EQF}4>") in there) is counts


def test_only_an_iri_is_asked_about() -> None:
    with pytest.raises(ValueError, match="not an IRI"):
        elm_facts.query("http://a.example/> ?p ?o")
