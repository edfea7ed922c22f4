"""The pages of core tasks, work processes, tasks and task groups."""

from __future__ import annotations

import re
from collections.abc import Callable

Page = Callable[..., str]
WERKPROCES = "/doc/werkproces/thuisbegeleider-2011-"


def crumbs(text: str) -> list[str]:
    way = text.partition('<nav class="crumbs"')[2].partition("</nav>")[0]
    return re.findall(r"<li[^>]*>(?:<a [^>]*>)?([^<]+)", way)


def neighbour(text: str, which: str) -> str | None:
    found = re.search(rf'<a rel="{which}" href="/id/([^"]+)"', text)
    return found[1] if found else None


def test_crumbs_lead_from_home_over_profile_and_core_task(page: Page) -> None:
    assert crumbs(page(WERKPROCES + "1.2")) == [
        "Vakgraaf",
        "Beroepscompetentieprofiel Thuisbegeleider",
        "1 Organiseren hulpverlening",
        "Maakt samen met cliënt(systeem) het begeleidingsplan",
    ]


def test_a_work_process_tells_what_is_done_what_it_yields_and_what_it_asks(page: Page) -> None:
    text = page(WERKPROCES + "1.2")
    assert "omzetten van de indicatie/aanvraag" in text.partition('id="omschrijving"')[2].partition("<h2")[0]
    assert "Er is een begeleidingsplan" in text.partition('id="resultaat"')[2].partition("<h2")[0]
    for anchor in ("vakkennis", "vaardigheden"):
        asked = text.partition(f'<h2 id="{anchor}">')[2].partition("<h2 ")[0]
        told = re.search(r"<small>\((\d+)\)</small>", asked)
        assert told is not None
        assert asked.count('<li class="requirement"') == int(told[1])
        assert asked.count('class="where"') >= int(told[1])


def test_next_and_previous_go_on_across_core_tasks_and_end_with_the_profile(page: Page) -> None:
    first, last = page(WERKPROCES + "1.1"), page(WERKPROCES + "5.2")
    assert (neighbour(first, "prev"), neighbour(last, "next")) == (None, None)
    assert neighbour(page(WERKPROCES + "1.5"), "next") == "werkproces/thuisbegeleider-2011-2.1"
    assert neighbour(page(WERKPROCES + "2.1"), "prev") == "werkproces/thuisbegeleider-2011-1.5"
    core = page("/doc/kerntaak/thuisbegeleider-2011-2")
    assert neighbour(core, "prev") == "kerntaak/thuisbegeleider-2011-1"
    assert neighbour(core, "next") == "kerntaak/thuisbegeleider-2011-3"


def test_a_core_task_has_its_work_processes_competences_explained_and_dilemmas(page: Page) -> None:
    text = page("/doc/kerntaak/thuisbegeleider-2011-1")
    assert text.count('href="/id/werkproces/thuisbegeleider-2011-1.') == 5
    assert 'id="eis-kbb-a"' in text
    assert "Ze neemt zelf initiatief" in text
    dilemmas = text.partition('<h2 id="dilemmas">')[2]
    assert dilemmas.count('href="/id/dilemma/thuisbegeleider-2011-1-') == 2
    assert "te maken met de volgende dilemma’s" in dilemmas


def test_a_skill_says_where_else_it_is_asked_for_and_names_another_profile(page: Page) -> None:
    area = page("/doc/taakgebied/persoonlijk-begeleider-specifieke-doelgroepen-2013-clientgebonden-taken")
    shared = area.partition('id="eis-observatietechnieken"')[2].partition("</li>")[0]
    assert "Ook gevraagd op 4 andere plaatsen:" in shared
    assert shared.count("(<span>Beroepscompetentieprofiel Thuisbegeleider</span>)") == 3
    assert "…" in shared
    alone = area.partition('id="eis-budget-bewaken"')[2].partition("</li>")[0]
    assert "Ook gevraagd" not in alone


def test_what_the_whole_asks_for_is_named_with_the_part(page: Page) -> None:
    task = page("/doc/taak/persoonlijk-begeleider-specifieke-doelgroepen-2013-12")
    assert re.search(
        r"De vakkennis en vaardigheden staan bij <a [^>]+>Organisatie- en professiegebonden taken</a>", task
    )
    assert re.search(r"De competenties staan bij <a [^>]+>Addendum Persoonlijk begeleider", task)
    assert re.search(r"De competenties staan bij <a [^>]+>1 Organiseren hulpverlening</a>", page(WERKPROCES + "1.1"))


def test_a_supplement_stands_with_its_task_and_names_its_sectors(page: Page) -> None:
    task = page("/doc/taak/persoonlijk-begeleider-specifieke-doelgroepen-2013-2")
    more = task.partition('id="aanvullingen"')[2].partition("<h2")[0]
    assert "justitiële inrichtingen</a>, <a" in more
    assert "trajectplan" in more


def test_wording_that_differs_from_the_name_stands_with_the_requirement(page: Page) -> None:
    text = page("/doc/kerntaak/thuisbegeleider-2011-3")
    changed = text.partition('id="eis-kbb-u"')[2].partition("</li>")[0]
    assert "Hier genoemd: <q>Omgaan met veranderingen en aanpassen</q>" in changed
    assert "Hier genoemd" not in text.partition('id="eis-kbb-c"')[2].partition("</li>")[0]


def test_the_page_speaks_english_around_dutch_texts(page: Page) -> None:
    text = page(WERKPROCES + "1.2", "en")
    assert "Work process 1.2" in text
    assert re.search(r'<p class="text" lang="nl">De thuisbegeleider', text)
    assert "Also asked for at" in text


def test_a_part_that_nothing_is_said_of_has_a_page(page: Page) -> None:
    text = page("/doc/kerntaak/naamloos")
    assert "<h1><span>naamloos</span></h1>" in text
    assert neighbour(text, "prev") == "kerntaak/raar-2"


def test_the_rights_to_the_source_stand_on_the_page(page: Page) -> None:
    assert "© Calibris 2011." in page(WERKPROCES + "1.1")
    assert "Given to this project by its owner" in page(WERKPROCES + "1.1", "en")
