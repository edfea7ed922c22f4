"""What a visitor who never heard of RDF does here, from the home page on, with the network off."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

Show = Callable[..., Page]


def heading(page: Page) -> str:
    """The title on the page."""
    return page.locator("h1").inner_text()


def test_from_a_word_to_a_profile_a_work_process_and_the_lines_that_it_was_made_of_and_back(shows: Show) -> None:
    page = shows("/")
    page.get_by_role("main").get_by_role("searchbox").fill("thuisbegeleider")
    page.keyboard.press("Enter")
    page.locator(".results a", has_text="Beroepscompetentieprofiel").first.click()
    expect(page.locator("h1")).to_have_text("Beroepscompetentieprofiel Thuisbegeleider")
    page.locator(".tree a", has_text="1.3").first.click()
    expect(page.locator(".kind")).to_contain_text("Werkproces")
    name, lines = heading(page), page.locator("main .kind a.where").nth(1)
    first = re.sub(r"\D*(\d+).*", r"\1", lines.inner_text())
    lines.click()
    expect(page.locator(f"#r{first}")).to_be_in_viewport()
    expect(page.locator(f"#r{first}")).to_contain_text(name[:20])
    page.go_back()
    assert heading(page) == name
    page.get_by_role("navigation", name="Kruimelpad").get_by_role("link", name="Thuisbegeleider").click()
    expect(page.locator("h1")).to_have_text("Beroepscompetentieprofiel Thuisbegeleider")


def test_two_profiles_are_chosen_and_compared(shows: Show) -> None:
    page = shows("/")
    page.get_by_role("link", name="Vergelijk twee profielen").click()
    page.get_by_label("Vergelijk", exact=True).select_option(label="Beroepscompetentieprofiel Thuisbegeleider")
    page.get_by_label("met", exact=True).select_option(index=1)
    page.get_by_role("main").get_by_role("button", name="Vergelijk").click()
    expect(page.locator("h1")).to_contain_text("Beroepscompetentieprofiel Thuisbegeleider")
    expect(page.get_by_role("region", name="De vergelijking in beeld").locator("svg")).to_be_visible()
    expect(page.get_by_role("heading", name=re.compile("Gedeeld"))).to_have_count(2)
    page.get_by_role("link", name="links en rechts wisselen").click()
    expect(page.locator("h1")).to_have_text(re.compile("en Beroepscompetentieprofiel Thuisbegeleider$"))


def test_example_of_the_home_page_is_asked_at_a_click(shows: Show) -> None:
    page = shows("/")
    page.locator("summary").first.click()
    page.locator("details[open] a").first.click()
    page.wait_for_url("**/sparql?query=*")
    page.wait_for_selector(".tabPanel.active .yasr tbody tr, textarea#query:visible")


def test_other_language_is_of_the_same_page_and_goes_back(shows: Show) -> None:
    page = shows("/doc/werkproces/thuisbegeleider-2011-1.3")
    name = heading(page)
    page.get_by_role("link", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert heading(page) == name, "what the document says stays in its own language"
    expect(page.locator("h1 [lang=nl]")).to_have_count(1)
    expect(page.locator(".kind")).to_contain_text("Work process")
    page.get_by_role("link", name="Nederlands").click()
    expect(page.locator("html")).to_have_attribute("lang", "nl")


def test_print_shows_what_is_folded_and_leaves_out_what_only_a_screen_can_use(shows: Show) -> None:
    page = shows("/doc/profiel/thuisbegeleider-2011")
    folded = page.locator("details.section:not([open]) p.text").first
    expect(folded).to_be_hidden()
    page.emulate_media(media="print")
    try:
        expect(folded).to_be_visible()
        expect(page.get_by_role("searchbox")).to_have_count(0)
    finally:
        page.emulate_media(media="screen")
