"""`/matrix` and `/structure`: the same matrix as page, table and picture; a picture of what a profile divides into."""

from __future__ import annotations

import csv
import io
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable

import httpx
import pytest

SVG = "{http://www.w3.org/2000/svg}"
BCP = "/matrix/thuisbegeleider-2011"


def rows(answer: httpx.Response) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(answer.text)))


def test_the_table_has_every_competence_of_the_model_and_a_column_for_each_core_task(site: httpx.Client) -> None:
    answer = site.get(BCP + ".csv")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    found = rows(answer)
    assert "".join(row["code"] for row in found) == "ABCDEFGHIJKLMNOPQRSTUVWXY"
    assert list(found[0])[:4] == ["code", "competence", "iri", "Kerntaak 1 Organiseren hulpverlening"]
    asked = {row["code"]: "".join("x" if cell == "x" else "-" for cell in list(row.values())[3:]) for row in found}
    assert (asked["A"], asked["C"], asked["O"]) == ("x---x", "xxxxx", "-----")


def test_page_table_and_picture_agree(site: httpx.Client) -> None:
    asked = sum(list(row.values()).count("x") for row in rows(site.get(BCP + ".csv")))
    page = site.get(BCP).text
    assert page.count('<td class="yes">') == asked
    assert page.count("●</a>") == asked
    picture = ET.fromstring(site.get(BCP + ".svg").content)
    assert len(picture.findall(f"{SVG}circle")) == asked
    assert "Van de 25 competenties van het model worden er 21 gevraagd." in page


def test_a_cell_leads_to_what_the_task_says_of_the_competence(site: httpx.Client) -> None:
    cell = re.search(r'<td class="yes"><a href="/id/([^"#]+)#([^"]+)"', site.get(BCP).text)
    assert cell is not None
    assert f'id="{cell[2]}"' in site.get(f"/doc/{cell[1]}").text


def test_what_the_overview_of_the_document_says_otherwise_is_marked(site: httpx.Client) -> None:
    found = {row["code"]: list(row.values())[3:] for row in rows(site.get("/matrix/raar-2020.csv"))}
    assert found["C"] == ["", "x*", "o", ""]
    assert found["D"] == ["x", "", "", ""]
    page = site.get("/matrix/raar-2020").text
    assert "●*" in page
    assert 'aria-label="alleen in het overzicht"' in page
    assert "●*" not in site.get(BCP).text


def test_what_a_profile_asks_as_a_whole_is_a_column(site: httpx.Client) -> None:
    found = rows(site.get("/matrix/persoonlijk-begeleider-specifieke-doelgroepen-2013.csv"))
    assert list(found[0])[3:] == ["Hele profiel"]
    assert sum(row["Hele profiel"] == "x" for row in found) == 14


@pytest.mark.parametrize("path", ["/matrix/woonbegeleider", "/matrix/leeg-2020", "/structure/leeg-2020"])
def test_a_profile_without_any_says_so(site: httpx.Client, path: str) -> None:
    answer = site.get(path)
    assert answer.status_code == 200
    assert '<p class="notice">' in answer.text


@pytest.mark.parametrize("path", [BCP, "/structure/thuisbegeleider-2011"])
def test_the_form_is_chosen_by_extension_then_parameter_then_accept(site: httpx.Client, path: str) -> None:
    svg, html = "image/svg+xml; charset=utf-8", "text/html; charset=utf-8"

    def kind(address: str, accept: str) -> str:
        return site.get(address, headers={"accept": accept}).headers["content-type"]

    assert kind(path, "image/svg+xml") == svg
    assert kind(path, "*/*") == html
    assert kind(path + "?format=svg", "text/html") == svg
    assert kind(path + "?format=image/svg%2Bxml", "text/html") == svg
    assert kind(path + ".svg?format=html", "text/html") == svg
    assert site.get(path, headers={"accept": "text/turtle"}).status_code == 406
    assert site.get(path + "?format=turtle").status_code == 406


@pytest.mark.parametrize("kind", ["matrix", "structure"])
def test_a_profile_is_found_by_its_iri_too_and_what_is_none_is_404(
    site: httpx.Client, permanent: Callable[[str], str], kind: str
) -> None:
    short = site.get(f"/{kind}/thuisbegeleider-2011.svg").text
    assert site.get(f"/{kind}/{permanent('profiel/thuisbegeleider-2011')}.svg").text == short
    for nothing in ("nergens", "skill/computervaardigheden", "a b", "<script>", "http://[", "%25zz", "/"):
        assert site.get(f"/{kind}/{nothing}").status_code == 404, nothing


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("path", [BCP + ".svg", "/structure/thuisbegeleider-2011.svg", "/structure/raar-2020.svg"])
def test_a_picture_has_a_title_a_description_and_only_attributes_for_style(
    site: httpx.Client, path: str, language: str
) -> None:
    answer = site.get(path, headers={"accept-language": language})
    picture = ET.fromstring(answer.content)
    title, description = picture.find(f"{SVG}title"), picture.find(f"{SVG}desc")
    assert title is not None
    assert description is not None
    assert picture.get("aria-labelledby", "").split() == [title.get("id"), description.get("id")]
    assert title.text
    assert description.text
    assert not [element for element in picture.iter() if "style" in element.attrib or element.tag == f"{SVG}style"]
    assert answer.headers["content-language"] == language


def test_the_picture_links_every_part_and_its_bars_say_how_many_skills(site: httpx.Client) -> None:
    picture = ET.fromstring(site.get("/structure/thuisbegeleider-2011.svg").content)
    links = [link.get("href") for link in picture.iter(f"{SVG}a")]
    assert len(links) == len(set(links)) == 26
    bars = picture.findall(f"{SVG}rect[@class='bar']")
    numbers = [
        element.text for element in picture.findall(f"{SVG}text[@class='count']") if (element.text or "").isdigit()
    ]
    assert len(bars) == len(numbers) == 21
    by_number = sorted(
        zip((int(number or 0) for number in numbers), (int(bar.get("width", 0)) for bar in bars), strict=True)
    )
    assert [width for _, width in by_number] == sorted(width for _, width in by_number)


def test_nothing_in_a_picture_stands_outside_it(site: httpx.Client) -> None:
    picture = ET.fromstring(site.get("/structure/thuisbegeleider-2011.svg").content)
    width, height = float(picture.get("width", 0)), float(picture.get("height", 0))
    for box in picture.findall(f"{SVG}rect"):
        if box.get("class") != "paper":
            assert float(box.get("x", 0)) + float(box.get("width", 0)) <= width
            assert float(box.get("y", 0)) + float(box.get("height", 0)) <= height


@pytest.mark.parametrize("path", [BCP + ".csv", "/structure/thuisbegeleider-2011.svg", BCP])
def test_what_the_client_has_already_is_304(site: httpx.Client, path: str) -> None:
    tag = site.get(path).headers["etag"]
    assert site.get(path, headers={"if-none-match": tag}).status_code == 304
    assert site.head(path).headers["etag"] == tag
