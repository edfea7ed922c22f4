"""A qualification file of SBB becomes a graph: every code, demand and source of it, with its line."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest
from rdflib import DCTERMS, PROV, RDF, RDFS, XSD, Graph, Literal, URIRef

from vakgraaf.errors import NotAProfile, UnreadableInput
from vakgraaf.ingest.kwalificatie.building import understand_dossiers
from vakgraaf.ingest.kwalificatie.origins import KnownProfile, occupation
from vakgraaf.pipeline.documents import profiles_there_are
from vakgraaf.pipeline.inputs import Input
from vakgraaf.pipeline.judging import judge
from vakgraaf.rdf.iris import VG, thing
from vakgraaf.validation import validate

from .dossiers import DOSSIER, dossier

REFERENCE = Path(__file__).resolve().parents[3] / "shared/reference/kd_mz_2016"
XML = REFERENCE / "4156_Maatschappelijke_Zorg.xml"
needs_reference = pytest.mark.skipif(not XML.is_file(), reason="SBB's XML is not here (shared/reference is absent)")


@pytest.fixture(scope="module")
def care() -> Graph:
    return understand_dossiers(XML.read_bytes(), XML.name, profiles_there_are()).graph


@pytest.fixture(scope="module")
def bicycles() -> Graph:
    return understand_dossiers(dossier(), "fietstechniek.xml").graph


def rows(name: str) -> list[dict[str, str]]:
    with (REFERENCE / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def things(graph: Graph, klasse: URIRef) -> set[URIRef]:
    return {one for one in graph.subjects(RDF.type, klasse) if isinstance(one, URIRef)}


def texts(graph: Graph, subject: URIRef, property_: URIRef) -> set[str]:
    return {str(value) for value in graph.objects(subject, property_)}


def coded(graph: Graph, klasse: URIRef) -> dict[str, URIRef]:
    return {str(graph.value(one, VG.nummer)): one for one in things(graph, klasse)}


def letters(graph: Graph, holder: URIRef, at: URIRef | None = None) -> list[str]:
    """The competences that a thing asks for, in order; those that hold at a task."""
    demands = [
        one for one in graph.objects(holder, VG.heeftVereiste) if (one, RDF.type, VG.Competentievereiste) in graph
    ]
    demands = [one for one in demands if graph.value(one, VG.geldtBij) == at]
    ordered = sorted(demands, key=lambda one: int(str(graph.value(one, VG.volgorde))))
    return [str(graph.value(one, VG.betreft))[-1].upper() for one in ordered]


def skills(graph: Graph, holder: URIRef, at: URIRef | None = None) -> set[str]:
    demands = [one for one in graph.objects(holder, VG.heeftVereiste) if (one, RDF.type, VG.Skillvereiste) in graph]
    wanted = [graph.value(one, VG.betreft) for one in demands if graph.value(one, VG.geldtBij) == at]
    return {str(graph.value(one, DCTERMS.identifier)) for one in wanted}


@needs_reference
def test_the_qualifications_have_their_crebo_codes_as_text_and_their_levels(care: Graph) -> None:
    found = {
        (str(care.value(one, VG.creboCode)), str(care.value(one, RDFS.label)), str(care.value(one, VG.mboNiveau)))
        for one in things(care, VG.Kwalificatie)
    }
    assert found == {(row["crebo"], row["titel"], row["mbo_niveau"]) for row in rows("profielen")}
    assert len(found) == 6
    home = thing("kwalificatie", "25479")
    assert care.value(home, VG.creboCode) == Literal("25479")
    assert care.value(home, VG.mboNiveau) == Literal(4)
    assert care.value(home, VG.geldigVanaf) == Literal("2015-08-01", datatype=XSD.date)


@needs_reference
def test_every_work_process_has_its_code_title_and_competences_in_order(care: Graph) -> None:
    processes = coded(care, VG.Werkproces)
    listed = {row["werkproces_code"]: row for row in rows("kerntaken_werkprocessen")}
    assert set(processes) == set(listed)
    assert len(processes) == 43
    for code, row in listed.items():
        assert str(care.value(processes[code], RDFS.label)) == " ".join(row["werkproces"].split())
        assert letters(care, processes[code]) == row["competenties"].split()


@needs_reference
def test_competences_that_one_profile_asks_in_addition_are_asked_by_that_qualification_alone(care: Graph) -> None:
    processes, by_code = coded(care, VG.Werkproces), {row["code"]: row["crebo"] for row in rows("profielen")}
    for row in rows("kerntaken_werkprocessen"):
        added = [part.split(":") for part in row["aanvullende_competenties_per_profiel"].split(" | ") if part]
        wanted = {code.strip(): list(found.strip()) for code, found in added}
        for code, crebo in by_code.items():
            holder = thing("kwalificatie", crebo)
            assert letters(care, holder, processes[row["werkproces_code"]]) == wanted.get(code, []), row


@needs_reference
def test_all_items_of_knowledge_and_skill_are_there_once_and_asked_where_the_file_asks_them(care: Graph) -> None:
    listed = rows("vakkennis_vaardigheden")
    assert len(things(care, VG.Skill)) == len({row["kv_nr"] for row in listed}) == 118
    tasks, by_code = coded(care, VG.Kerntaak), {row["code"]: row["crebo"] for row in rows("profielen")}
    for code, task in tasks.items():
        here = [row for row in listed if row["kerntaak_code"] == code]
        own = code.partition("-")[0]
        for profile, crebo in by_code.items():
            extra = {row["kv_nr"] for row in here if row["profiel"] == profile and own == "B1"}
            assert skills(care, thing("kwalificatie", crebo), task) == extra
        plain = {row["kv_nr"] for row in here if own != "B1" or not row["profiel"]}
        assert skills(care, task) == plain
    for row in listed:
        kind = VG.Vakkennis if row["soort_afgeleid"] == "kennis" else VG.Vaardigheid
        assert (thing("skill", "sbb", row["kv_nr"]), RDF.type, kind) in care


@needs_reference
def test_all_links_lead_to_one_of_25_competences_and_to_a_line_of_the_file(care: Graph) -> None:
    model = {thing("competentie", f"kbb-{row['code']}") for row in rows("competenties")}
    asked = set(chain.from_iterable(care.objects(one, VG.betreft) for one in things(care, VG.Competentievereiste)))
    assert len(model) == 25
    assert asked <= model
    lines = XML.read_text("utf-8-sig").split("\n")
    for one in things(care, VG.Kwalificatie) | things(care, VG.Taak) | things(care, VG.Vereiste):
        (passage, *_) = sorted(care.objects(one, PROV.wasDerivedFrom), key=str)
        first = int(str(care.value(passage, VG.beginRegel)))
        assert (
            str(care.value(passage, URIRef("http://www.w3.org/ns/oa#exact"))).split("\n")[0] == lines[first - 1].strip()
        )


@needs_reference
def test_the_source_documents_are_profiles_and_ours_are_recognised_by_title_and_date(care: Graph) -> None:
    file = thing("kwalificatiedossier", "23181")
    sources = set(care.objects(file, DCTERMS.source))
    assert len(sources) == len(rows("brondocumenten")) == 6
    ours = ("thuisbegeleider-2011", "persoonlijk-begeleider-specifieke-doelgroepen-2013")
    assert {thing("profiel", name) for name in (*ours, "activiteitenbegeleider", "woonbegeleider")} <= sources
    founded = {(str(s).rpartition("/")[2], str(o).rpartition("/")[2]) for s, o in care.subject_objects(VG.isBasisVoor)}
    assert founded == {(ours[0], "25479"), (ours[1], "25478"), ("agogisch-medewerker-ggz-2012", "25474")}
    assert things(care, VG.Stub).isdisjoint({thing("profiel", name) for name in ours})


@needs_reference
def test_complexity_and_responsibility_are_sections_also_where_one_profile_has_its_own(care: Graph) -> None:
    task, home = coded(care, VG.Kerntaak)["B1-K1"], thing("kwalificatie", "25479")
    general = {str(care.value(one, VG.soortParagraaf)) for one in care.objects(task, VG.heeftParagraaf)}
    assert general == {"complexiteit", "verantwoordelijkheid"}
    own = [one for one in care.objects(home, VG.heeftParagraaf) if care.value(one, VG.geldtBij) == task]
    assert {str(care.value(one, VG.soortParagraaf)) for one in own} == general


@needs_reference
def test_the_graph_of_the_whole_file_conforms(care: Graph) -> None:
    assert validate(care).results == ()


def test_another_file_of_the_format_goes_through_with_much_left_out(bicycles: Graph) -> None:
    assert validate(bicycles).conforms
    assert set(coded(bicycles, VG.Kerntaak)) == {"B1-K1", "P2-K1"}
    assert set(coded(bicycles, VG.Werkproces)) == {"B1-K1-W1", "P2-K1-W1"}
    plain, technician = thing("kwalificatie", "25991"), thing("kwalificatie", "23999", "P2")
    assert texts(bicycles, plain, VG.creboCode) == {"25991"}
    assert texts(bicycles, technician, VG.creboCode) == set()
    shared = coded(bicycles, VG.Werkproces)["B1-K1-W1"]
    assert (letters(bicycles, shared), letters(bicycles, technician, shared)) == (["M"], ["K"])
    assert letters(bicycles, plain, shared) == []
    assert skills(bicycles, technician, coded(bicycles, VG.Kerntaak)["B1-K1"]) == {"3"}
    assert {str(one)[-1] for one in things(bicycles, VG.Vakkennis)} == {"1", "3"}


def test_a_text_says_on_which_lines_it_stands(bicycles: Graph) -> None:
    (section,) = things(bicycles, VG.Paragraaf)
    assert str(bicycles.value(section, VG.tekst)) == "De monteur herstelt fietsen.\nSoms is het lastig."
    (passage,) = bicycles.objects(section, PROV.wasDerivedFrom)
    line = DOSSIER.split("\n").index("Soms is het lastig.]]></complexiteit>") + 1
    assert [int(str(bicycles.value(passage, one))) for one in (VG.beginRegel, VG.eindRegel)] == [line - 1, line]


def test_a_file_says_from_when_until_when_it_holds(bicycles: Graph) -> None:
    file = thing("kwalificatiedossier", "23999")
    days = {name: str(bicycles.value(file, VG[name])) for name in ("geldigVanaf", "eindeInstroom", "geldigTot")}
    assert days == {"geldigVanaf": "2020-08-01", "eindeInstroom": "2024-07-31", "geldigTot": "2028-07-31"}


def test_a_source_document_nobody_knows_is_a_profile_by_name_and_any_other_a_consulted_source(bicycles: Graph) -> None:
    profile, file = thing("profiel", "fietsenmaker-2019"), thing("kwalificatiedossier", "23999")
    assert (profile, RDF.type, VG.Stub) in bicycles
    assert (profile, VG.isBasisVoor, thing("kwalificatie", "25991")) in bicycles
    assert [str(bicycles.value(one, RDFS.label)) for one in bicycles.objects(file, VG.raadpleegt)] == [
        "Marktonderzoek tweewielers"
    ]


@pytest.mark.parametrize(("year", "same"), [("2019", True), (None, True), ("2012", False)])
def test_a_known_profile_is_meant_where_title_and_year_agree(year: str | None, same: bool) -> None:
    known = KnownProfile(thing("profiel", "mijn-profiel"), "Beroepscompetentieprofiel Fietsenmaker", year, False)
    graph = understand_dossiers(dossier(), "f.xml", [known]).graph
    assert ((known.iri, VG.isBasisVoor, None) in graph) is same


def test_an_addendum_is_not_taken_for_the_profile_of_the_same_name() -> None:
    known = KnownProfile(thing("profiel", "mijn"), "Addendum Fietsenmaker", "2019", True)
    assert (known.iri, None, None) not in understand_dossiers(dossier(), "f.xml", [known]).graph


def test_names_of_documents_and_qualifications_are_compared_without_what_only_says_their_sort() -> None:
    titles = ("Beroepscompetentieprofiel Thuisbegeleider 2011", "BCP_Thuisbegeleider", "Thuisbegeleider (mbo)")
    assert {occupation(title) for title in titles} == {"thuisbegeleider"}


def test_equal_titles_of_profiles_stay_apart_as_codes_name_them() -> None:
    graph = understand_dossiers(dossier(("Fietstechnicus", "Fietsenmaker")), "f.xml").graph
    assert len(things(graph, VG.Kwalificatie)) == 2


def test_facts_alone_have_no_texts_and_no_items(bicycles: Graph) -> None:
    facts = understand_dossiers(dossier(), "fietstechniek.xml", facts=True).graph
    assert things(facts, VG.Paragraaf) == things(facts, VG.Skill) == set()
    assert set(facts) < set(bicycles)
    assert validate(facts).conforms


def damages() -> Iterator[object]:
    for name, old, new, message in (
        ("competence", '<competentie referentie="11" />', '<competentie referentie="99" />', "nummer 99"),
        ("item", 'vaardigheden referentie="1" />', 'vaardigheden referentie="999" />', "nummer 999"),
        ("profile", 'aanvullend><profiel referentie="102"', 'aanvullend><profiel referentie="7"', "profiel '7'"),
        ("title", 'titel="Zoekt de storing"', "", "heeft geen titel"),
        ("chapter", 'titel="Zoekt de storing" hoofdstuk="1"', 'titel="Zoekt de storing"', "geen hoofdstuknummer"),
        ("twice", 'titel="Fietstechnicus" hoofdstuk="2"', 'titel="Fietstechnicus" hoofdstuk="1"', "twee keer"),
        ("level", 'niveau="3"', 'niveau="hbo"', "'hbo' is geen mbo-niveau"),
        ("crebo", ">25991<", ">2599<", "'2599' is geen crebocode"),
        ("date", '"31-07-2028"', '"31-17-2028"', "geen datum"),
    ):
        yield pytest.param(old, new, message, id=name)


@pytest.mark.parametrize(("old", "new", "message"), list(damages()))
def test_what_cannot_be_right_is_told_with_its_line(old: str, new: str, message: str) -> None:
    line = next(n for n, text in enumerate(DOSSIER.split("\n"), start=1) if old in text)
    with pytest.raises(UnreadableInput, match=message) as raised:
        understand_dossiers(dossier((old, new)), "kapot.xml")
    assert f"egel {line}: " in raised.value.message("nl")
    assert f"ine {line}: " in raised.value.message("en")


def test_a_file_that_breaks_off_is_told_with_its_line() -> None:
    with pytest.raises(UnreadableInput, match=r"geen geldige XML op regel \d+"):
        understand_dossiers(dossier()[:2000], "half.xml")


@pytest.mark.parametrize("declared", ['<!DOCTYPE sbb [<!ENTITY a "b">]>', '<!DOCTYPE sbb SYSTEM "file:///etc/passwd">'])
def test_entities_and_document_types_are_refused(declared: str) -> None:
    with pytest.raises(UnreadableInput, match="DOCTYPE"):
        understand_dossiers(dossier(("<sbb>", f"{declared}<sbb>")), "gevaarlijk.xml")


def test_xml_that_is_nested_too_deep_is_refused() -> None:
    deep = "<omschrijving>" * 230 + "</omschrijving>" * 230
    with pytest.raises(UnreadableInput, match="diep"):
        understand_dossiers(dossier(("<basistaken>", f"{deep}<basistaken>")), "diep.xml")


def test_xml_without_a_file_in_it_is_none() -> None:
    with pytest.raises(NotAProfile, match="geen kwalificatiedossier"):
        understand_dossiers(b"<sbb><dossiers/></sbb>", "leeg.xml")


def test_several_files_in_one_stand_beside_each_other() -> None:
    text = DOSSIER[DOSSIER.index("<dossier nr") : DOSSIER.index("</dossiers>")]
    second = text.replace("23999", "23998").replace("25991", "25992").replace("Fietstechniek", "Motortechniek")
    graph = understand_dossiers(dossier(("</dossiers>", f"{second}</dossiers>")), "meer.xml").graph
    assert len(things(graph, VG.Kwalificatiedossier)) == 2
    assert len(things(graph, VG.Werkproces)) == 4


def test_judging_takes_a_qualification_file_as_the_graph_that_it_is(tmp_path: Path) -> None:
    judgement = judge([Input("fietstechniek.xml", dossier())])
    assert judgement.report.conforms
    assert judgement.documents == ()
    assert len(things(judgement.graph, VG.Werkproces)) == 2
