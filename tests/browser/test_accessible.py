"""Pages that everybody can use: WCAG 2.2 AA as far as a machine can tell, light and dark, wide and narrow."""

from __future__ import annotations

from collections.abc import Callable
from itertools import cycle
from typing import Literal

import pytest
from playwright.sync_api import Page, expect

from templates_shown import PAGES, REFUSED

pytestmark = pytest.mark.browser

WIDE = (1280, 900)
NARROW = (320, 640)
BY_WIDTH = ("target-size", "scrollable-region-focusable")
"""The rules of axe that a page may keep at one width and break at another."""
KINDS = (
    "catalog.html",
    "explained.html",
    "home.html",
    "problem.html",
    "search.html",
    "site/compare.html",
    "site/kwalificatie.html",
    "site/links.html",
    "site/matrix.html",
    "site/new_addendum.html",
    "site/profiel.html",
    "site/structure.html",
    "sparql.html",
    "validate.html",
)
"""Templates that have between them every kind of table, form, list, picture and navigation; with the slow tests all."""


def look(page: Page, scheme: Literal["light", "dark"], size: tuple[int, int]) -> None:
    """Let the page be seen in that colour scheme and size (in CSS pixels)."""
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": size[0], "height": size[1]})


def seen(shows: Callable[..., Page], template: str) -> Page:
    """The page that a template is judged by."""
    return shows(PAGES[template], refused={REFUSED[template]} if template in REFUSED else set())


def needs_no_scrolling_sideways(page: Page) -> bool:
    """WCAG 2.2, success criterion 1.4.10."""
    width, viewport = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    return bool(width <= viewport)


@pytest.mark.parametrize(("template", "scheme"), [*zip(KINDS, cycle(("light", "dark")))])
def test_page_of_each_kind_breaks_no_rule_and_needs_no_scrolling_sideways(
    shows: Callable[..., Page], accessible: Callable[..., None], template: str, scheme: Literal["light", "dark"]
) -> None:
    # Half of them light and half of them dark; the slow test has all templates in both.
    page = seen(shows, template)
    look(page, scheme, WIDE)
    accessible(page)
    look(page, scheme, NARROW)
    assert needs_no_scrolling_sideways(page)
    accessible(page, only=BY_WIDTH)


@pytest.mark.parametrize("template", [name for name in PAGES if name not in KINDS])
def test_page_of_each_other_template_needs_no_scrolling_sideways(shows: Callable[..., Page], template: str) -> None:
    page = seen(shows, template)
    look(page, "light", NARROW)
    assert needs_no_scrolling_sideways(page)


@pytest.mark.slow
@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("template", PAGES)
def test_page_of_each_template_breaks_no_rule_light_or_dark_wide_or_narrow(
    shows: Callable[..., Page], accessible: Callable[..., None], template: str, size: tuple[int, int]
) -> None:
    page = seen(shows, template)
    look(page, "light", size)
    accessible(page)
    assert needs_no_scrolling_sideways(page)
    look(page, "dark", size)
    accessible(page, only=("color-contrast",))


def test_editor_breaks_no_rule_with_suggestions_an_answer_or_a_problem_in_it(
    editor: Callable[..., Page], accessible: Callable[..., None]
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
