"""Pages that everybody can use: WCAG 2.2 AA as far as a machine can tell, light and dark, wide and narrow."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

PAGES = ["/", "/sparql", "/def", "/doc/profiel/thuisbegeleider-2011"]
WIDE = (1280, 900)
NARROW = (320, 640)


def look(page: Page, scheme: Literal["light", "dark"], size: tuple[int, int]) -> None:
    """Let the page be seen in that colour scheme and size (in CSS pixels)."""
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": size[0], "height": size[1]})


def needs_no_scrolling_sideways(page: Page) -> bool:
    """WCAG 2.2, success criterion 1.4.10."""
    width, viewport = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    return bool(width <= viewport)


@pytest.mark.parametrize("path", PAGES)
def test_page_breaks_no_rule_and_needs_no_scrolling_sideways(
    visit: Callable[..., Page], accessible: Callable[[Page], None], path: str
) -> None:
    page = visit(path)
    look(page, "light", WIDE)
    accessible(page)
    look(page, "dark", NARROW)
    accessible(page)
    assert needs_no_scrolling_sideways(page)


def test_editor_breaks_no_rule_with_suggestions_an_answer_or_a_problem_in_it(
    editor: Callable[..., Page], accessible: Callable[[Page], None]
) -> None:
    page = editor(refused={400})
    look(page, "light", WIDE)
    field = page.locator(".tabPanel.active .CodeMirror")
    field.click()
    page.keyboard.press("Control+A")
    page.keyboard.type("SELECT * { ?x a kern")
    expect(page.locator(".CodeMirror-hint-active")).to_be_visible()
    accessible(page)
    page.keyboard.press("Enter")
    page.keyboard.type(" }")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".tabPanel.active .yasr tbody tr").first).to_be_visible()
    accessible(page)
    look(page, "dark", NARROW)
    accessible(page)
    assert needs_no_scrolling_sideways(page)
    page.keyboard.type(" }")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".tabPanel.active [role=alert]")).to_be_visible()
    page.locator(".choice summary").click()
    accessible(page)
