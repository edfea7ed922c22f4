"""`/compare`: two profiles side by side, and what the page, the data, the table and the picture say of them."""

from __future__ import annotations

import csv
import io
import re
import xml.etree.ElementTree as ET
from typing import Any

import httpx
import pytest

from vakgraaf.web import compare_view

SVG = "{http://www.w3.org/2000/svg}"
LEFT, RIGHT = "thuisbegeleider-2011", "persoonlijk-begeleider-specifieke-doelgroepen-2013"
BOTH = {"a": LEFT, "b": RIGHT}


def data(site: httpx.Client, a: str, b: str) -> dict[str, Any]:
    answer = site.get("/compare.json", params={"a": a, "b": b})
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    found: dict[str, Any] = answer.json()
    return found


def iris(things: list[dict[str, Any]]) -> set[str]:
    return {one["iri"] for one in things}


def test_each_side_is_divided_into_what_is_shared_near_and_its_own(site: httpx.Client) -> None:
    found = data(site, LEFT, RIGHT)
    for level in ("competences", "skills"):
        of = found[level]
        for side in ("left", "right"):
            near = {pair[side]["iri"] for pair in of["near"]}
            assert len(near) == len(of["near"])
            parts = [iris(of["shared"]), near, iris(of[side])]
            assert sum(map(len, parts)) == len(set().union(*parts)) == found[side][level]
    assert (len(found["competences"]["shared"]), len(found["competences"]["right"])) == (14, 0)
    assert "Computervaardigheden" in {one["name"] for one in found["skills"]["shared"]}


def test_near_skills_are_worded_alike_and_say_how_much(site: httpx.Client) -> None:
    found = data(site, LEFT, RIGHT)
    pairs = {pair["left"]["name"]: pair for pair in found["skills"]["near"]}
    assert pairs["Motivatietechnieken"]["right"]["name"] == "Kennis van motivatietechnieken"
    assert (pairs["Motivatietechnieken"]["score"], pairs["Motivatietechnieken"]["why"]) == (100, "wording")
    assert pairs["Kennis van sociale kaart"]["why"] == "within"
    assert all(pair["score"] >= found["thresholds"]["near"] for pair in pairs.values() if pair["why"] == "wording")
    assert "Communicatieve vaardigheden" not in pairs  # much like "Administratieve vaardigheden", and another thing
    assert [pair["score"] for pair in found["skills"]["near"] if pair["why"] == "wording"] == sorted(
        (pair["score"] for pair in pairs.values() if pair["why"] == "wording"), reverse=True
    )


def test_skills_that_somebody_linked_are_near_without_a_score(site: httpx.Client) -> None:
    pairs = data(site, "raar-2020", LEFT)["skills"]["near"]
    assert [(pair["right"]["name"], pair["score"], pair["why"]) for pair in pairs] == [
        ("Computervaardigheden", None, "match")
    ]
    assert "gekoppeld" in site.get("/compare", params={"a": "raar-2020", "b": LEFT}).text


def test_tasks_that_are_alike_stand_side_by_side_once(site: httpx.Client) -> None:
    found = data(site, LEFT, RIGHT)
    aligned = found["tasks"]["aligned"]
    pairs = {pair["left"]["number"]: pair["right"]["number"] for pair in aligned}
    assert pairs["1.2"] == "2"  # the plan
    assert pairs["2.2"] == "4"  # the household
    assert len(set(pairs.values())) == len(pairs) == len(aligned)
    assert all(pair["score"] >= found["thresholds"]["aligned"] for pair in aligned)
    assert all(pair["skills"] is None for pair in aligned)  # the tasks of the addendum ask for none themselves
    assert len(aligned) + len(found["tasks"]["left"]) == found["left"]["tasks"] == 21
    assert len(aligned) + len(found["tasks"]["right"]) == found["right"]["tasks"] == 15


def test_a_profile_compared_with_itself_differs_in_nothing(site: httpx.Client) -> None:
    found = data(site, LEFT, LEFT)
    for level in ("competences", "skills", "tasks"):
        assert found[level]["left"] == found[level]["right"] == []
    assert {pair["score"] for pair in found["tasks"]["aligned"]} == {100}
    assert all(pair["left"] == pair["right"] for pair in found["tasks"]["aligned"])
    assert "Links en rechts staat hetzelfde." in site.get("/compare", params={"a": LEFT, "b": LEFT}).text


def test_the_other_way_round_says_the_same(site: httpx.Client) -> None:
    one, other = data(site, LEFT, RIGHT), data(site, RIGHT, LEFT)
    assert iris(one["skills"]["left"]) == iris(other["skills"]["right"])
    turned = {(pair["right"]["iri"], pair["left"]["iri"]) for pair in other["skills"]["near"]}
    assert {(pair["left"]["iri"], pair["right"]["iri"]) for pair in one["skills"]["near"]} == turned
    tasks = {(pair["right"]["iri"], pair["left"]["iri"], pair["score"]) for pair in other["tasks"]["aligned"]}
    assert {(pair["left"]["iri"], pair["right"]["iri"], pair["score"]) for pair in one["tasks"]["aligned"]} == tasks


def test_the_table_has_a_line_for_everything_in_the_data(site: httpx.Client) -> None:
    answer = site.get("/compare", params=BOTH | {"format": "csv"})
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    lines = list(csv.DictReader(io.StringIO(answer.text)))
    found = data(site, LEFT, RIGHT)
    for level, name in (("competences", "competence"), ("skills", "skill"), ("tasks", "task")):
        for relation, things in found[level].items():
            there = [line for line in lines if (line["level"], line["relation"]) == (name, relation)]
            assert len(there) == len(things), (level, relation)
    assert len(lines) == sum(
        len(things) for level in ("competences", "skills", "tasks") for things in found[level].values()
    )


def test_the_picture_says_the_numbers_in_words(site: httpx.Client) -> None:
    answer = site.get("/compare", params=BOTH, headers={"accept": "image/svg+xml"})
    picture = ET.fromstring(answer.content)
    found = data(site, LEFT, RIGHT)["skills"]
    description = picture.findtext(f"{SVG}desc") or ""
    numbers = [len(found[part]) for part in ("left", "shared", "near", "right")]
    said = "alleen links {}, gedeeld {}, verwant {}, alleen rechts {}.".format(*numbers)
    assert f"Vakkennis en vaardigheden: {said}" in description
    shown = [text.text for text in picture.iter(f"{SVG}text") if (text.text or "").isdigit()]
    assert [str(number) for number in numbers] == [number for number in shown if number in map(str, numbers)]
    assert " ".join(answer.text[answer.text.index("<svg") :].split()) in " ".join(
        site.get("/compare", params=BOTH).text.split()
    )


def test_the_page_states_its_thresholds_and_links_the_data(site: httpx.Client) -> None:
    text = site.get("/compare", params=BOTH).text
    assert "78 van de 100" in text
    assert "vanaf 15 van de 100" in text
    for form in ("json", "csv", "svg"):
        link = f"/compare.{form}?a={LEFT}&amp;b={RIGHT}"
        assert f'href="{link}"' in text
        assert site.get(link.replace("&amp;", "&")).status_code == 200
    assert f'href="/compare?a={RIGHT}&amp;b={LEFT}"' in text


@pytest.mark.parametrize("missing", [{}, {"a": LEFT}, {"b": RIGHT}, {"a": "", "b": ""}])
def test_without_two_names_there_is_a_form_with_everything_to_choose_from(
    site: httpx.Client, missing: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compare_view, "FEW", 1000)
    text = site.get("/compare", params=missing | {"few": "1000"}).text
    assert len(re.findall(r'<select id="[ab]" name="[ab]">', text)) == 2
    assert text.count(f'<option value="{LEFT}"') == 2
    assert text.count('<option value="kwalificatie/maatschappelijke-zorg-vierde-profiel-niveau-4"') == 2
    assert text.count("Dubbel profiel (dubbel-1)") == 2
    assert text.count(" selected") == sum(bool(value) for value in missing.values())
    assert site.get("/compare.json", params=missing).status_code == 400


def test_where_there_is_too_much_for_a_list_a_field_completes(
    site: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compare_view, "FEW", 3)
    text = site.get("/compare", params={"a": LEFT, "few": "3"}).text
    assert "<select" not in text
    assert 'list="choices" value="Beroepscompetentieprofiel Thuisbegeleider"' in text
    assert '<option value="Addendum Persoonlijk begeleider specifieke doelgroepen"></option>' in text


@pytest.mark.parametrize(
    "name",
    [
        "thuisbegeleider-2011",
        "profiel/thuisbegeleider-2011",
        "https://w3id.org/vakgraaf/id/profiel/thuisbegeleider-2011",
        "https://w3id.org/vakgraaf/doc/profiel/thuisbegeleider-2011",
        "  Beroepscompetentieprofiel Thuisbegeleider ",
    ],
)
def test_a_profile_goes_by_short_name_iri_or_name(site: httpx.Client, name: str) -> None:
    assert data(site, name, RIGHT)["left"]["iri"] == "https://w3id.org/vakgraaf/id/profiel/thuisbegeleider-2011"


@pytest.mark.parametrize(
    "name", ["thuisbegelijder", "<script>alert(1)</script>", 'x" } #', "a\nb\\", "skill/raar", "http://["]
)
def test_what_is_not_known_is_404_with_what_may_be_meant(site: httpx.Client, name: str) -> None:
    answer = site.get("/compare", params={"a": name, "b": RIGHT})
    assert answer.status_code == 404
    assert "is niet de naam van één profiel of kwalificatie" in answer.text
    assert "<script>alert" not in answer.text
    if name == "thuisbegelijder":
        assert f'href="/compare?a={LEFT}&amp;b={RIGHT}"' in answer.text
    refused = site.get("/compare.json", params={"a": name, "b": RIGHT}, headers={"accept": "application/problem+json"})
    assert (refused.status_code, refused.json()["status"]) == (404, 404)


def test_a_name_that_several_have_is_asked_about(site: httpx.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = site.get("/compare", params={"a": "Dubbel profiel", "b": RIGHT})
    assert answer.status_code == 404
    for reference in ("dubbel-1", "dubbel-2"):
        assert f'href="/compare?a={reference}&amp;b={RIGHT}"' in answer.text
    monkeypatch.setattr(compare_view, "FEW", 3)
    assert '<option value="dubbel-1">Dubbel profiel</option>' in site.get("/compare?few=4").text


@pytest.mark.parametrize(
    "other", ["woonbegeleider", "kwalificatie/raar", "kwalificatiedossier/maatschappelijke-zorg", "leeg-2020"]
)
def test_what_little_is_known_of_can_be_compared(site: httpx.Client, other: str) -> None:
    found = data(site, LEFT, other)
    assert found["right"]["skills"] == 0
    assert len(found["skills"]["left"]) == found["left"]["skills"]
    text = site.get("/compare", params={"a": LEFT, "b": other}).text
    assert "nog niet bekend welke taken het heeft" in text
    assert site.get("/compare.svg", params={"a": other, "b": other}).status_code == 200


@pytest.mark.parametrize(
    ("profile", "crebo", "left", "right"), [(LEFT, "25479", "AIW", "S"), (RIGHT, "25478", "", "BKLPS")]
)
def test_a_qualification_asks_what_its_work_processes_and_its_own_additions_ask(
    site: httpx.Client, profile: str, crebo: str, left: str, right: str
) -> None:
    found = data(site, profile, f"kwalificatie/{crebo}")
    assert "".join(one["code"] for one in found["competences"]["left"]) == left
    assert "".join(one["code"] for one in found["competences"]["right"]) == right


def test_work_processes_of_a_qualification_are_covered_or_not(site: httpx.Client) -> None:
    tasks = data(site, LEFT, "kwalificatie/25479")["tasks"]
    covered = {pair["right"]["number"]: pair["left"]["number"] for pair in tasks["aligned"]}
    expected = {"P5-K1-W1": "1.2", "P5-K1-W3": "3.2", "P5-K1-W4": "3.3", "P5-K1-W5": "4.2", "B1-K1-W1": "1.1"}
    assert {number: covered.get(number) for number in expected} == expected
    assert "B1-K1-W2" in {part["number"] for part in tasks["right"]}  # care of the body
    assert len(covered) + len(tasks["right"]) == 16
    text = site.get("/compare", params={"a": LEFT, "b": "kwalificatie/25479"}).text
    assert f"{len(covered)} van de 16 hebben een tegenhanger" in text
    assert f"{len(covered)} van de 21 hebben een tegenhanger" in text
    assert "niet bekend welke vakkennis en vaardigheden het vraagt" in text


def test_where_there_are_only_names_tasks_have_to_be_more_alike(site: httpx.Client) -> None:
    found = data(site, LEFT, "kwalificatie/25479")
    assert found["thresholds"]["aligned"] == 20
    assert min(pair["score"] for pair in found["tasks"]["aligned"]) >= 20
    assert data(site, LEFT, RIGHT)["thresholds"]["aligned"] == 15


def test_tasks_that_somebody_linked_stand_side_by_side_without_a_score(site: httpx.Client) -> None:
    aligned = data(site, LEFT, "raar-2020")["tasks"]["aligned"]
    assert [(pair["left"]["number"], pair["score"]) for pair in aligned if pair["score"] is None] == [("5.2", None)]
    assert "gekoppeld" in site.get("/compare", params={"a": LEFT, "b": "raar-2020"}).text
    lines = csv.DictReader(io.StringIO(site.get("/compare.csv", params={"a": LEFT, "b": "raar-2020"}).text))
    assert [line["left"][:3] for line in lines if (line["relation"], line["score"]) == ("aligned", "")] == ["5.2"]


def test_the_profile_leads_to_the_comparison(site: httpx.Client) -> None:
    assert f'href="/compare?a={LEFT}"' in site.get(f"/doc/profiel/{LEFT}").text
