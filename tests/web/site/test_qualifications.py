"""The pages of qualifications and their files, and what profiles show of them."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from .test_profiel import ADDENDUM, BCP, section

Page = Callable[..., str]


def plain(text: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", text).split())


def facts_of(text: str) -> str:
    return plain(text.partition('<dl class="facts">')[2].partition("</dl>")[0])


def test_the_profile_of_the_home_supervisor_shows_its_qualification_with_code_and_level(page: Page) -> None:
    facts = facts_of(page(BCP))
    assert "Thuisbegeleider (crebo 25479)" in facts
    assert "mbo-niveau 4" in facts
    assert "92662" not in facts


def test_the_addendum_shows_its_qualification_and_the_code_before_it(page: Page) -> None:
    text = page(ADDENDUM)
    facts = facts_of(text)
    assert "Persoonlijk begeleider specifieke doelgroepen (crebo 25478) daarvoor crebo 92662" in facts
    assert facts.index("25478") < facts.index("vierde profiel")
    supplemented = re.search(r"Vult aan (.*?) Brontekst", facts)
    assert supplemented is not None
    assert (
        supplemented[1] == "Beroepscompetentieprofiel Activiteitenbegeleider Beroepscompetentieprofiel Woonbegeleider"
    )


def test_a_qualification_shows_tasks_competences_chain_and_the_profiles_behind_it(page: Page) -> None:
    text = page("/doc/kwalificatie/25478")
    chain = plain(section(text, "keten"))
    assert [chain.index(code) for code in ("92662", "25478", "25779")] == sorted(
        chain.index(code) for code in ("92662", "25478", "25779")
    )
    assert "vanaf 1 augustus 2015" in chain
    assert "Opvolger afgeleid" in text
    assert "Vakgebied: maatschappelijk werk en begeleiding (ISCED-F 0923). Eigen keuze van Vakgraaf" in text
    tasks = plain(section(text, "taken"))
    assert "3 kerntaken, 15 werkprocessen" in tasks
    assert "P6-K1-W1 Schrijft het ondersteuningsplan" in tasks
    assert "P5-K1" not in tasks
    assert "B Aansturen" in plain(section(text, "competenties"))
    assert 'href="/id/profiel/persoonlijk-begeleider-specifieke-doelgroepen-2013"' in text
    assert plain(section(text, "brondocumenten")).count("basis voor deze kwalificatie") == 1


def test_a_qualification_without_anything_around_it_shows_nothing_empty(page: Page) -> None:
    text = page("/doc/kwalificatie/92660")
    assert "92660" in text
    assert not re.findall(r'<h2 id="(\w+)">', text)


def test_the_note_on_a_code_is_in_the_language_of_the_page(page: Page) -> None:
    assert "stond deze code voor" in page("/doc/kwalificatie/92662")
    english = page("/doc/kwalificatie/92662?lang=en")
    assert "this code stood for" in english
    assert "Predecessors and successors" in english


def test_a_file_shows_its_qualifications_editions_and_source_documents(page: Page) -> None:
    text = plain(page("/doc/kwalificatiedossier/23181"))
    for told in ("Gewijzigd 2016", "Vastgesteld 26 november 2015", "Volgt op", "(crebo 22195)", "(crebo 23312)"):
        assert told in text
    assert "25479" in text
    assert "Agogisch medewerker GGZ MBO" in text


def test_what_one_qualification_asks_in_addition_says_at_which_task(page: Page) -> None:
    assert "Geldt bij B1-K1-W2" in plain(page("/doc/vereiste/23181-b1-k1-w2-p3-kbb-c"))


def test_the_lines_that_are_quoted_of_a_file_that_is_not_here_have_a_page(page: Page) -> None:
    text = page("/sources/4156-maatschappelijke-zorg")
    assert "De tekst van dit document is hier niet" in text
    assert 'id="r1423"' in text


@pytest.mark.parametrize(
    ("language", "title"),
    [("nl", "Kwalificatieraamwerken en hun niveaus"), ("en", "Qualification frameworks and their levels")],
)
def test_the_graph_of_the_frameworks_is_called_that_at_home_and_in_the_catalogue(
    page: Page, language: str, title: str
) -> None:
    assert f">{title}</a>" in page("/", language)
    assert title in page("/catalog", language)
    assert "graph:raamwerken" not in page("/", language)
