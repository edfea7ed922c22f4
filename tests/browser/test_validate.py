"""The form of `/validate`, as an author uses it: with a mouse, with the keyboard, without scripts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from rdflib import Graph

from vakgraaf.resources import folder

pytestmark = pytest.mark.browser

ADDENDUM = folder("data/sources") / "addendum-persoonlijk-begeleider-specifieke-doelgroepen-2013.txt"
_PATIENCE_MS = 60_000


@pytest.mark.parametrize("scheme", ["light", pytest.param("dark", marks=pytest.mark.slow)])
def test_an_author_uploads_an_addendum_and_reads_what_was_found(
    visit: Callable[..., Page], accessible: Callable[[Page], None], scheme: str
) -> None:
    page = visit("/validate", color_scheme=scheme)
    accessible(page)
    page.get_by_label("Eén of meer bestanden").set_input_files(ADDENDUM)
    page.get_by_role("button", name="Toets", exact=True).click(timeout=_PATIENCE_MS)
    expect(page.get_by_role("heading", level=1)).to_have_text("Voldoet", timeout=_PATIENCE_MS)
    expect(page.locator("#r24")).to_be_visible()
    accessible(page)
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_a_finding_leads_to_its_lines_and_back(visit: Callable[..., Page]) -> None:
    page = visit("/validate", java_script_enabled=False)
    page.get_by_label("Eén of meer bestanden").set_input_files(ADDENDUM)
    page.get_by_role("button", name="Toets", exact=True).click(timeout=_PATIENCE_MS)
    first = page.locator(".judged a.where").first
    anchor = first.get_attribute("href", timeout=_PATIENCE_MS)
    first.click()
    assert anchor is not None
    assert page.url.endswith(anchor)
    page.locator(".block .finding a").first.click()
    expect(page.locator(".judged li:target")).to_have_count(1)


def test_the_draft_can_be_taken_from_the_answer(visit: Callable[..., Page], tmp_path: Path) -> None:
    page = visit("/validate")
    page.get_by_label("Eén of meer bestanden").set_input_files(ADDENDUM)
    page.get_by_role("button", name="Toets", exact=True).click(timeout=_PATIENCE_MS)
    with page.expect_download(timeout=_PATIENCE_MS) as downloading:
        page.get_by_role("button", name="Gegevens als Turtle").click()
    downloading.value.save_as(tmp_path / "draft.ttl")
    assert downloading.value.suggested_filename == f"{ADDENDUM.stem}.ttl"
    assert len(Graph().parse(tmp_path / "draft.ttl")) > 3000


def test_a_pasted_text_is_judged_by_the_keyboard_alone(visit: Callable[..., Page]) -> None:
    page = visit("/validate", language="en")
    page.get_by_label("Or paste a text or data here").focus()
    page.keyboard.insert_text("<https://w3id.org/vakgraaf/id/kerntaak/x> a <https://w3id.org/vakgraaf/def#Kerntaak> .")
    for _ in range(10):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.type") == "submit":
            break
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Does not conform", timeout=_PATIENCE_MS)
    expect(page.get_by_label("Or paste a text or data here")).to_have_value(
        "<https://w3id.org/vakgraaf/id/kerntaak/x> a <https://w3id.org/vakgraaf/def#Kerntaak> ."
    )
