"""The page of a profile says what the profile is, and copes with what is not there."""

from __future__ import annotations

import re
from collections.abc import Callable

import httpx
import pytest

Page = Callable[..., str]
BCP = "/doc/profiel/thuisbegeleider-2011"
ADDENDUM = "/doc/profiel/persoonlijk-begeleider-specifieke-doelgroepen-2013"
ODD = [
    "/doc/profiel/raar-2020",
    "/doc/kerntaak/raar-1",
    "/doc/werkproces/raar-1.1",
    "/matrix/raar-2020",
    "/matrix/raar-2020.svg",
    "/structure/raar-2020",
    "/structure/raar-2020.svg",
    "/compare?a=raar-2020&b=thuisbegeleider-2011",
    "/compare.svg?a=thuisbegeleider-2011&b=raar-2020",
    "/compare?a=raar-2020",
]


def section(text: str, anchor: str) -> str:
    """A page from one heading of the second level to the next."""
    return text.partition(f'<h2 id="{anchor}">')[2].partition("<h2 ")[0]


def test_the_parts_stand_as_a_tree_in_the_order_of_the_document(page: Page) -> None:
    tree = section(page(BCP), "taken")
    found = re.findall(r'href="/id/(kerntaak|werkproces)/thuisbegeleider-2011-([\d.]+)"', tree)
    numbers = [number for _, number in found]
    assert numbers == sorted(numbers, key=lambda number: [int(part) for part in number.split(".")])
    assert (numbers[0], numbers[-1], len(numbers)) == ("1", "5.2", 26)
    assert tree.count("<details open>") == 5
    assert "5 werkprocessen" in tree


def test_an_addendum_has_its_task_groups_supplements_and_what_it_asks_as_a_whole(page: Page) -> None:
    text = page(ADDENDUM)
    assert "11 taken" in section(text, "taken")
    by_sector = section(text, "branches")
    assert re.findall(r"<h3>.*?>([^<]+)</a></h3>", by_sector) == [
        "justitiële inrichtingen",
        "maatschappelijke opvang",
        "ouderenzorg",
    ]
    assert "Ze handelt volgens veiligheidsvoorschriften" in by_sector
    assert "5 Ondersteunen bij activiteiten" in by_sector
    assert 'id="eis-kbb-c"' in section(text, "eisen")
    assert 'id="matrix"' not in text
    assert 'href="/matrix/persoonlijk-begeleider-specifieke-doelgroepen-2013"' in text


def test_an_addendum_and_what_it_supplements_lead_to_each_other(page: Page) -> None:
    assert 'href="/id/profiel/woonbegeleider"' in page(ADDENDUM)
    stub = page("/doc/profiel/woonbegeleider")
    assert "Wordt aangevuld door" in stub
    assert f'href="{ADDENDUM.replace("/doc/", "/id/")}"' in stub


def test_of_a_profile_that_is_known_by_name_only_the_page_says_so_and_shows_nothing_empty(page: Page) -> None:
    stub = page("/doc/profiel/woonbegeleider")
    assert "alleen de naam bekend" in stub
    assert re.findall(r'<h2 id="(\w+)">', stub) == ["citeren"]


def test_level_and_qualification_stand_with_the_facts(page: Page) -> None:
    facts = page(ADDENDUM).partition('<dl class="facts">')[2].partition("</dl>")[0]
    assert "Maatschappelijke Zorg, vierde profiel, niveau 4" in facts
    assert "mbo-niveau 4" in facts
    assert "Kwalificatiedossier Maatschappelijke Zorg" in facts


def test_legitimations_have_a_date_and_seats_have_functions(page: Page) -> None:
    involved = section(page(ADDENDUM), "totstandkoming")
    assert re.findall(r">(\d+ september 2013)</a>", involved) == [f"{day} september 2013" for day in (5, 24, 27, 30)]
    assert "zonder datum" in involved
    assert "Senior beleidsmedewerker" in involved


def test_texts_findings_and_acts_lead_to_their_lines(page: Page) -> None:
    text = page(BCP)
    for anchor in ("beschrijving", "totstandkoming", "bevindingen"):
        assert re.search(r'class="where" href="/sources/bcp-thuisbegeleider-2011#r\d+"', section(text, anchor)), anchor


@pytest.mark.parametrize(
    ("path", "language", "said"),
    [
        (BCP, "nl", "Calibris. (2011, november). <cite>Beroepscompetentieprofiel Thuisbegeleider</cite>. Vakgraaf."),
        (BCP, "en", 'Calibris. (2011, November). <cite lang="nl">Beroepscompetentieprofiel Thuisbegeleider</cite>.'),
        ("/doc/profiel/veel-00", "nl", "<cite>Profiel 00</cite>. (z.d.)."),
        ("/doc/profiel/veel-00", "en", "</cite>. (n.d.)."),
        ("/doc/profiel/raar-2020", "nl", "(2020, 1 maart)."),
        ("/doc/profiel/raar-2020", "en", "(2020, March 1)."),
    ],
)
def test_a_citation_has_who_when_what_and_the_address_that_stays(
    page: Page, permanent: Callable[[str], str], path: str, language: str, said: str
) -> None:
    cited = section(page(path, language), "citeren")
    assert said in cited
    assert permanent(path.removeprefix("/doc/")) in cited


def test_every_download_is_there(page: Page, site: httpx.Client) -> None:
    links = re.findall(r'href="(/graph/[^"]+\.\w+)"', section(page(BCP), "citeren"))
    assert len(links) == 4
    for link in links:
        assert site.head(link).status_code == 200, link


def test_the_picture_on_the_page_is_the_one_at_its_own_address(page: Page, site: httpx.Client) -> None:
    own = site.get("/structure/thuisbegeleider-2011.svg")
    assert own.headers["content-type"].startswith("image/svg+xml")
    assert own.text[own.text.index("<svg") :].strip() in page(BCP)


@pytest.mark.parametrize("path", ODD)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_markup_in_any_text_shows_as_text(site: httpx.Client, path: str, language: str) -> None:
    text = site.get(path, headers={"accept-language": language}).text
    assert "alert(&#39;" in text
    assert "<script>alert" not in text
    assert " style=" not in text
    assert 'href="javascript' not in text


@pytest.mark.parametrize("path", [*ODD, BCP, ADDENDUM, "/doc/kerntaak/thuisbegeleider-2011-1", "/compare"])
def test_no_two_things_on_a_page_have_one_name_and_every_jump_lands(site: httpx.Client, path: str) -> None:
    text = site.get(path).text
    ids = re.findall(r'\sid="([^"]+)"', text)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', text)) <= set(ids)


def test_every_text_of_the_odd_profile_is_on_one_of_its_pages(page: Page) -> None:
    text = page("/doc/profiel/raar-2020") + page("/doc/kerntaak/raar-1") + page("/doc/werkproces/raar-1.1")
    found = set(re.findall(r"alert\(&#39;(\w)&#39;\)", text))
    assert found == set("ptrubahkcsnqvgfdijxw1234567890" + "y" + "5" + "6")


def test_a_text_in_another_language_says_so(page: Page) -> None:
    assert re.search(r'<p class="text" lang="en">Text in English only', page("/doc/profiel/raar-2020"))
    assert re.search(r'lang="en">\s*2 Second one', page("/doc/profiel/raar-2020"))
    assert 'lang="nl">Beroepscompetentieprofiel Thuisbegeleider' in page(BCP, "en")


def test_a_profile_without_anything_has_a_page(page: Page) -> None:
    text = page("/doc/profiel/leeg-2020")
    assert '<span lang="en">Empty profile</span>' in text
    assert re.findall(r'<h2 id="(\w+)">', text) == ["citeren"]


def test_what_is_part_of_itself_does_not_go_on_for_ever(page: Page) -> None:
    assert page("/doc/profiel/raar-2020").count('href="/id/werkproces/raar-1.1"') == 2  # in the tree, in the picture
