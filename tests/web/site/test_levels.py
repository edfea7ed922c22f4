"""Why a profile is at a level, what its words point to without a qualification, and the frameworks."""

from __future__ import annotations

import re
from collections.abc import Callable

import httpx

Page = Callable[..., str]
WHY = "/levels/persoonlijk-begeleider-specifieke-doelgroepen-2013"
UNKNOWN = "/levels/raar-2020"


def steps(text: str) -> list[str]:
    """The steps of the first chain, as words."""
    found = re.findall(r"<li>(.*?)</li>", text.partition('<ol class="steps">')[2].partition("</ol>")[0], re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", " ", one).split()) for one in found]


def test_the_page_goes_from_profile_to_qualification_to_mbo_to_nlqf_to_eqf(page: Page) -> None:
    found = steps(page(WHY))
    assert len(found) == 4
    for step, said in zip(found, ("kwalificatie", "mbo-niveau 4", "NLQF-niveau 4", "EQF-niveau 4"), strict=True):
        assert said in step


def test_every_step_links_to_its_source(page: Page) -> None:
    chain = page(WHY).partition('<ol class="steps">')[2].partition("</ol>")[0]
    for step in chain.split("<li>")[1:]:
        assert re.search(r'Bron: .*<a [^>]*href="(https://|/sources/)', step)


def test_the_page_names_the_level_of_other_countries_and_leads_to_their_frameworks(page: Page) -> None:
    text = page(WHY)
    assert re.search(r'href="/frameworks/dqr#niveau-4"[^>]*>DQR-niveau 4<', text)
    assert re.search(r'href="/frameworks/vks#niveau-4"[^>]*>VKS-niveau 4<', text)
    assert "NFQ-niveau 5" in text
    assert "NFQ-niveau 4<" not in text


def test_every_level_of_another_country_has_a_source(page: Page) -> None:
    abroad = page(WHY).partition("Wat daarmee overeenkomt in andere raamwerken")[2].partition("</ul>")[0]
    entries = abroad.split("<li>")[1:]
    assert len(entries) >= 7
    for entry in entries:
        assert re.search(r'Bron: .*<a [^>]*href="https?://', entry), entry


def test_sources_that_differ_are_said_to_differ(page: Page) -> None:
    text = page("/frameworks/scqf")
    assert "Nuffic, noemt bij SCQF 7 het EQF-niveau 4" in text.partition('id="niveau-7"')[2].partition("</li>")[0]


def test_the_page_quotes_what_the_profile_says_with_its_place(page: Page) -> None:
    text = page(WHY)
    assert "gedeelde verantwoordelijkheid" in text
    assert re.search(r'href="/sources/[^"]+#r\d+"', text.partition("Wat het profiel zelf zegt")[2])


def test_a_profile_without_a_qualification_gets_a_proposal_that_says_it_is_one(page: Page) -> None:
    text = page("/levels/kale-2021")
    assert '<ol class="steps">' not in text
    assert "Dit is een voorstel, geen vastgesteld niveau" in text
    assert "NLQF-niveau 4" in text


def test_a_text_that_says_too_little_gets_no_proposal(page: Page) -> None:
    assert "zegt te weinig om een niveau voor te stellen" in page("/levels/profiel/veel-00".replace("profiel/", ""))


def test_markup_in_a_text_shows_as_text(page: Page) -> None:
    assert "<script>alert" not in page(UNKNOWN)


def test_the_page_speaks_english(page: Page) -> None:
    text = page(WHY, "en")
    assert "Why NLQF Level 4" in text or "NLQF Level 4" in text
    assert "hoort bij" not in text


def test_the_page_of_the_profile_leads_to_the_page_about_its_level(page: Page) -> None:
    text = page("/doc/profiel/persoonlijk-begeleider-specifieke-doelgroepen-2013")
    assert f'href="{WHY}"' in text


def test_what_is_no_profile_has_no_page(site: httpx.Client) -> None:
    assert site.get("/levels/bestaat-niet").status_code == 404


def test_a_framework_says_which_levels_have_no_known_correspondence(page: Page) -> None:
    assert "NLQF-instroomniveau" in page("/frameworks/nlqf").partition('class="notice"')[2].partition("</p>")[0]
    assert page("/frameworks/aqf").count("AQF-niveau") >= 16
    assert 'class="notice"' not in page("/frameworks/dqr")


def test_the_list_of_frameworks_leads_to_each(page: Page) -> None:
    codes = re.findall(r'href="/frameworks/([\w-]+)"', page("/frameworks"))
    assert len(codes) == 45
    assert {"nlqf", "eqf", "dqr", "vks", "mbo"} <= set(codes)


def test_an_unknown_framework_is_not_found(site: httpx.Client) -> None:
    assert site.get("/frameworks/xyz").status_code == 404
