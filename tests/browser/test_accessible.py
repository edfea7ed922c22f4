"""Pages that everybody can use: WCAG 2.2 AA as far as a machine can tell, light and dark, wide and narrow."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

PAGES = ["/", "/sparql", "/def", "/doc/profiel/thuisbegeleider-2011"]
WIDE: dict[str, Any] = {"color_scheme": "light", "viewport": {"width": 1280, "height": 900}}
NARROW: dict[str, Any] = {"color_scheme": "dark", "viewport": {"width": 320, "height": 640}}


@pytest.mark.parametrize("options", [WIDE, NARROW], ids=["wide and light", "narrow and dark"])
@pytest.mark.parametrize("path", PAGES)
def test_page_breaks_no_rule_and_needs_no_scrolling_sideways(
    visit: Callable[..., Page], accessible: Callable[[Page], None], path: str, options: dict[str, Any]
) -> None:
    page = visit(path, **options)
    accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= options["viewport"]["width"]


@pytest.mark.parametrize("options", [WIDE, NARROW], ids=["wide and light", "narrow and dark"])
def test_editor_breaks_no_rule_with_suggestions_an_answer_or_a_problem_in_it(
    editor: Callable[..., Page], accessible: Callable[[Page], None], options: dict[str, Any]
) -> None:
    page = editor(refused={400}, **options)
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
    page.keyboard.type(" }")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".tabPanel.active [role=alert]")).to_be_visible()
    page.locator(".choice summary").click()
    accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= options["viewport"]["width"]
