"""What the examples answer, held against what can be read in the two documents."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from rdflib import RDF, SKOS, Graph

from vakgraaf.engine import LocalStore, Packaged, StateDirectory, open_store
from vakgraaf.rdf import iris
from vakgraaf.rdf.formats import N_TRIPLES, RESULTS_CSV, RESULTS_JSON

Answers = Callable[[str], list[dict[str, str]]]
BCP = "Beroepscompetentieprofiel Thuisbegeleider"
ADDENDUM = "Addendum Persoonlijk begeleider specifieke doelgroepen"


def test_begeleiden_is_asked_in_every_kerntaak_and_in_the_addendum(answers: Answers) -> None:
    found = [(row["profielNaam"], row["nummer"]) for row in answers("competentie-in-profielen")]
    assert found == [(ADDENDUM, ""), *((BCP, number) for number in "12345")]


def test_the_addendum_is_at_level_4_of_the_german_framework(answers: Answers) -> None:
    found = {row["profiel"]: row["duitsNiveau"] for row in answers("duits-niveau-van-een-profiel")}
    addendum = iris.thing("profiel", "persoonlijk-begeleider-specifieke-doelgroepen-2013")
    assert found[str(addendum)] == "DQR-niveau 4"
    assert found[str(iris.thing("profiel", "thuisbegeleider-2011"))] == "DQR-niveau 4"


def test_profile_and_qualification_differ_in_the_competences_of_both_documents(answers: Answers) -> None:
    found: dict[tuple[str, str, str], str] = defaultdict(str)
    for row in answers("competenties-van-profiel-en-kwalificatie"):
        found[row["profielNaam"], row["crebo"], row["alleenIn"]] += row["letter"]
    assert found == {
        (ADDENDUM, "25478", "kwalificatie"): "BKLPS",
        (BCP, "25479", "kwalificatie"): "S",
        (BCP, "25479", "profiel"): "AIW",
    }


def test_a_work_process_that_both_call_the_same_is_covered(answers: Answers) -> None:
    rows = [row for row in answers("werkprocessen-van-kwalificatie-gedekt") if row["crebo"] == "25479"]
    assert {row["nummer"]: row["inProfielNaam"] for row in rows if row["gedekt"] == "ja"} == {
        "P5-K1-W3": "Ondersteunt de cliënt bij het voeren van de regie over zijn leven"
    }
    assert len({row["nummer"] for row in rows}) == 16


def test_ten_skills_are_asked_by_both(answers: Answers) -> None:
    found = answers("gedeelde-skills")
    assert [row["skillNaam"] for row in found if row["soort"] == "Vakkennis"] == [
        "Kennis van sociaal, psychisch en lichamelijk functioneren"
    ]
    assert [row["skillNaam"] for row in found if row["soort"] == "Vaardigheid"] == [
        "Computervaardigheden",
        "Feedbackvaardigheden",
        "Gesprekstechnieken",
        "Methodisch handelen",
        "Observatietechnieken",
        "Sociale vaardigheden",
        "Vergadertechnieken",
        "Voorlichtings-, advies- en instructievaardigheden",
        "Zelfreflectievaardigheden",
    ]


def test_seven_competences_are_asked_of_the_thuisbegeleider_only(answers: Answers) -> None:
    found = answers("competentie-in-een-van-twee-profielen")
    assert {row["alleenIn"] for row in found} == {BCP}
    assert [row["letter"] for row in found] == list("ABIKLPW")


def test_matrix_has_all_letters_and_leaves_open_what_is_not_asked(answers: Answers) -> None:
    matrix = {
        row["letter"]: "".join(number for number in "12345" if row[f"kerntaak{number}"] == "x")
        for row in answers("competentiematrix")
    }
    assert "".join(matrix) == "ABCDEFGHIJKLMNOPQRSTUVWXY"
    assert (matrix["A"], matrix["C"], matrix["E"], matrix["R"]) == ("15", "12345", "135", "1234")
    assert [letter for letter, numbers in matrix.items() if not numbers] == list("OSXY")


def test_three_supplements_hold_in_judicial_institutions(answers: Answers) -> None:
    assert [(row["onderdeelNaam"], row["beginRegel"]) for row in answers("aanvullingen-per-branche")] == [
        ("Typering van het beroep", "70"),
        ("Schrijven van het begeleidingsplan", "193"),
        ("Ondersteunen bij activiteiten", "229"),
    ]


def test_tasks_come_in_printed_order(answers: Answers) -> None:
    found = answers("taken-in-volgorde")
    numbers = {name: [row["taakNummer"] for row in found if row["profielNaam"] == name] for name in (BCP, ADDENDUM)}
    assert numbers[ADDENDUM] == [str(number) for number in range(1, 16)]
    last = {1: 5, 2: 5, 3: 5, 4: 4, 5: 2}
    assert numbers[BCP] == [f"{k}.{w}" for k, count in last.items() for w in range(1, count + 1)]


def test_every_wording_stands_on_the_lines_that_are_given(
    answers: Answers, sources: Callable[[str, int, int], str]
) -> None:
    files = {BCP: "bcp-thuisbegeleider-2011.txt"}
    files[ADDENDUM] = "addendum-persoonlijk-begeleider-specifieke-doelgroepen-2013.txt"
    found = answers("vindplaatsen-van-een-skill")
    assert Counter(row["documentNaam"] for row in found) == {BCP: 7, ADDENDUM: 1}
    for row in found:
        text = sources(files[row["documentNaam"]], int(row["beginRegel"]), int(row["eindRegel"]))
        assert row["formulering"] in re.sub(r"\s+", " ", text)


def test_quotation_behind_a_werkproces_is_the_source_s_own(
    answers: Answers, sources: Callable[[str, int, int], str]
) -> None:
    found = answers("herkomst-van-een-werkproces")
    for row in found:
        text = sources(row["bestand"], int(row["beginRegel"]), int(row["eindRegel"]))
        assert "".join(row["citaat"].split()) == "".join(text.split())
    assert [int(row["beginRegel"]) for row in found] == sorted(int(row["beginRegel"]) for row in found)


def test_dilemmas_stand_with_their_kerntaak(answers: Answers) -> None:
    found = Counter(row["nummer"] for row in answers("dilemmas-per-kerntaak"))
    assert found == {"1": 2, "2": 2, "3": 3, "4": 3, "5": 1}


def test_findings_name_the_lines_that_contradict_each_other(answers: Answers) -> None:
    found = answers("bevindingen-in-documenten")
    dates = [row["beginRegel"] for row in found if row["code"] == "datum-wijkt-af"]
    assert dates == ["265", "2261"]
    assert {row["documentNaam"] for row in found} == {BCP, ADDENDUM}


def test_legitimation_has_body_date_and_reservation(answers: Answers) -> None:
    found = answers("validering-en-legitimering")
    legitimated = [row for row in found if row["handelingSoort"] == "Legitimering"]
    assert [(row["profielNaam"], row["orgaanNaam"], row["datum"]) for row in legitimated] == [
        (ADDENDUM, "SOVVT", "2013-09-05"),
        (ADDENDUM, "Federatie Opvang", "2013-09-24"),
        (ADDENDUM, "Dienst Justitiële Inrichtingen", "2013-09-27"),
        (ADDENDUM, "MOgroep", "2013-09-30"),
        (BCP, "SOVVT", "2011-11-02"),
    ]
    assert [row["orgaanNaam"] for row in found if row["kanttekening"]] == ["Federatie Opvang"]


def test_three_terms_point_to_a_zorgvrager_who_has_no_entry(answers: Answers) -> None:
    found = [(row["begripNaam"], row["verwijstNaar"]) for row in answers("begrippen-zonder-ingang")]
    assert found == [(term, "zorgvrager") for term in ("Cliënt", "Hulpvrager", "Patiënt")]


def test_developments_keep_the_order_of_categories(answers: Answers) -> None:
    found = Counter(row["categorie"] for row in answers("ontwikkelingen-per-categorie"))
    assert list(found.items()) == [
        ("Arbeidsmarkt", 6),
        ("Wetgeving en regelgeving", 4),
        ("Ontwikkelingen in de beroepsuitoefening", 11),
    ]


def test_both_documents_consulted_the_acht_bakens(answers: Answers) -> None:
    found = [(row["bronNaam"], row["profielNaam"]) for row in answers("gedeelde-bronnen")]
    assert found == [("Acht bakens van Welzijn Nieuwe Stijl", name) for name in (ADDENDUM, BCP)]


def test_every_footnote_is_called_somewhere(answers: Answers) -> None:
    found = answers("voetnoten-en-hun-plaats")
    numbers = {name: [row["nummer"] for row in found if row["documentNaam"] == name] for name in (BCP, ADDENDUM)}
    assert numbers == {BCP: list("1234"), ADDENDUM: list("123456")}
    assert [row["plaatsNummer"] for row in found if row["documentNaam"] == BCP] == ["", "", "1.2", "1.2"]


def test_addendum_supplements_two_profiles_known_by_name_only(answers: Answers) -> None:
    found = answers("samenhang-van-profielen")
    supplemented = [row["anderNaam"] for row in found if row["relatieNaam"] == "vult aan"]
    assert supplemented == [
        "Beroepscompetentieprofiel Activiteitenbegeleider",
        "Beroepscompetentieprofiel Woonbegeleider",
    ]
    assert {row["alleenBijNaam"] for row in found if row["relatieNaam"] == "vult aan"} == {"true"}
    founded = [row for row in found if row["relatieNaam"] == "is basis voor"]
    assert {row["mboNiveau"] for row in founded} == {"4"}
    assert {row["creboCode"] for row in founded if row["alleenBijNaam"] == "false"} == {"25474", "25478", "25479"}


def test_counts_are_those_of_the_documents(answers: Answers) -> None:
    found = {
        (row["graaf"].removeprefix(iris.BASE + "graph/"), row["klasseNaam"]): int(row["aantal"])
        for row in answers("aantallen-per-klasse")
    }
    assert found["bcp-thuisbegeleider-2011", "Kerntaak"] == 5
    assert found["bcp-thuisbegeleider-2011", "Werkproces"] == 21
    assert found["addendum-persoonlijk-begeleider-specifieke-doelgroepen-2013", "Taak"] == 15
    assert found["begrippen", "Competentie"] == 25


def test_intake_and_plan_share_the_most_skills(answers: Answers) -> None:
    first, *others = answers("werkprocessen-met-gedeelde-skills")
    assert (first["nummer1"], first["nummer2"], first["gedeeldeSkills"]) == ("1.1", "1.2", "15")
    assert all(int(row["gedeeldeSkills"]) < 15 for row in others)


def test_collections_hold_the_competences_of_the_kerntaken(store: LocalStore, texts: dict[str, str]) -> None:
    content = b"".join(store.query(texts["kerntaken-als-skos-collecties"], N_TRIPLES))
    graph = Graph().parse(data=content, format="nt")
    collections = set(graph.subjects(RDF.type, SKOS.Collection))
    assert len(collections) == 5
    assert len(list(graph.subject_objects(SKOS.member))) == 44
    assert set(graph.objects(None, SKOS.member)) == set(graph.subjects(RDF.type, SKOS.Concept))


OTHER_DOCUMENT = f"""
@base <{iris.BASE}id/> .
@prefix vg: <{iris.VG}> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
<profiel/thuisbegeleider-2011> a vg:Profiel ; rdfs:label "Profiel"@nl ;
    vg:heeftKerntaak <kerntaak/een> ; vg:heeftMatrixregel <matrixregel/a> .
<kerntaak/een> a vg:Kerntaak ; rdfs:label "Kerntaak"@nl ; vg:nummer "1" ; vg:volgorde 1 ;
    vg:heeftVereiste <vereiste/b> .
<vereiste/b> a vg:Competentievereiste ; vg:betreft <competentie/kbb-b> .
<matrixregel/a> a vg:Matrixregel ; vg:betreft <competentie/kbb-a> ; vg:vermeldtKerntaak <kerntaak/een> .
"""


@pytest.fixture(scope="module")
def other_store(packaged: Packaged, tmp_path_factory: pytest.TempPathFactory) -> LocalStore:
    """A profile of the same name with eleven werkprocessen, and an overview that contradicts its one kerntaak."""
    graphs: Path = tmp_path_factory.mktemp("graphs")
    processes = "".join(
        f"<kerntaak/een> vg:heeftWerkproces <werkproces/{n}> .\n"
        f'<werkproces/{n}> a vg:Werkproces ; rdfs:label "Werkproces"@nl ; vg:nummer "1.{n}" ; vg:volgorde {n} .\n'
        for n in range(1, 12)
    )
    (graphs / "ander.ttl").write_text(OTHER_DOCUMENT + processes, "utf-8")
    return open_store(StateDirectory(tmp_path_factory.mktemp("other")), replace(packaged, graphs=graphs))


def test_number_1_10_comes_after_1_9(other_store: LocalStore, texts: dict[str, str]) -> None:
    content = b"".join(other_store.query(texts["taken-in-volgorde"], RESULTS_CSV)).decode()
    assert re.findall(r",(1\.\d+),", content) == [f"1.{n}" for n in range(1, 12)]


def test_overview_that_contradicts_the_kerntaken_is_noticed(other_store: LocalStore, texts: dict[str, str]) -> None:
    content = b"".join(other_store.query(texts["overzicht-klopt-met-kerntaken"], RESULTS_JSON)).decode()
    assert '"boolean":false' in content
