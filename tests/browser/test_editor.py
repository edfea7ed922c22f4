"""The editor of /sparql, used as a person uses it: with keys, a mouse, and an eye on what it says."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from urllib.parse import quote

import pytest
from playwright.sync_api import Locator, Page, expect

from vakgraaf.rdf import iris

pytestmark = pytest.mark.browser

Open = Callable[..., Page]
BUDGET = 1_500_000
"""Bytes that the page of the editor may load, before compression."""
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
FOREIGN = {"Run query", "Share query", "Table", "Response", "Close tab", "Add tab", "Settings", "Filter query results"}


def shown(page: Page, what: str) -> Locator:
    """Something of the tab that is in front."""
    return page.locator(f".tabPanel.active {what}")


def write(page: Page, query: str) -> None:
    """Put a query in the editor, in place of the one that is there."""
    shown(page, ".CodeMirror").evaluate("(element, text) => element.CodeMirror.setValue(text)", query)


def written(page: Page) -> str:
    return str(shown(page, ".CodeMirror").evaluate("element => element.CodeMirror.getValue()"))


def ask(page: Page, query: str) -> None:
    write(page, query)
    shown(page, ".yasqe_queryButton").click()


def rows(page: Page) -> Locator:
    return shown(page, ".yasr tbody tr")


@pytest.mark.parametrize(
    ("language", "examples", "run"), [("nl", "Voorbeelden", "Stel de vraag"), ("en", "Examples", "Ask")]
)
def test_example_is_asked_at_a_click_and_its_rows_link_to_our_pages(
    editor: Open, language: str, examples: str, run: str
) -> None:
    page = editor(language=language)
    page.get_by_text(examples, exact=True).first.click()
    page.locator(".choice button").nth(2).click()
    expect(rows(page).first).to_be_visible()
    assert rows(page).count() > 10
    link = rows(page).locator("a[href='/def#Kerntaak']").first
    expect(link).to_have_text("vg:Kerntaak")
    expect(link.locator("+ .name")).to_have_text({"nl": "Kerntaak", "en": "Core task"}[language])
    expect(shown(page, ".yasqe_queryButton")).to_have_attribute("aria-label", run)
    expect(shown(page, ".yasr_response_chip")).to_contain_text({"nl": "rijen", "en": "rows"}[language])


def test_nothing_of_the_editor_is_in_another_language(editor: Open) -> None:
    page = editor()
    ask(page, "SELECT * { ?s ?p ?o } LIMIT 2")
    expect(rows(page)).to_have_count(2)
    said = page.evaluate(
        """() => [...document.querySelectorAll('main *')].filter(e => e.checkVisibility()).flatMap(e => [
            e.title, e.placeholder, e.ariaLabel, e.childElementCount ? '' : e.textContent])"""
    )
    assert {text.strip() for text in said if text} & FOREIGN == set()


def test_query_that_is_broken_says_where_and_leads_there(editor: Open) -> None:
    page = editor(refused={400})
    ask(page, "SELECT * {\n  ?s ?p \n")
    alert = shown(page, "[role=alert]")
    expect(alert).to_contain_text("Regel 2, kolom 8")
    expect(shown(page, ".at-fault").first).to_be_visible()
    alert.get_by_role("button").click()
    cursor = shown(page, ".CodeMirror").evaluate("element => element.CodeMirror.getCursor()")
    assert (cursor["line"], cursor["ch"]) == (1, 7)


def test_classes_and_properties_of_the_data_are_suggested_by_name_and_bring_their_prefix(editor: Open) -> None:
    page = editor(language="en")
    write(page, "")
    shown(page, ".CodeMirror").click()
    page.keyboard.type("SELECT * { ?x a core")
    expect(page.locator(".CodeMirror-hint-active")).to_contain_text(re.compile("vg:Kerntaak.*Core task"))
    page.keyboard.press("Enter")
    page.keyboard.type(" ; vg:heeftW")
    expect(page.locator(".CodeMirror-hint-active")).to_contain_text("vg:heeftWerkproces")
    page.keyboard.press("Enter")
    page.keyboard.type(" ?w }")
    page.keyboard.press("Control+Enter")
    expect(rows(page).first).to_be_visible()
    assert written(page).startswith(f"PREFIX vg: <{iris.VG}>")
    assert "vg:Kerntaak ; vg:heeftWerkproces ?w" in written(page)


def test_link_with_a_question_opens_it_and_asks_it(editor: Open) -> None:
    query = f"SELECT ?p {{ ?p a <{iris.VG.Profiel}> }}"
    page = editor(f"/sparql?query={quote(query)}")
    expect(rows(page).first).to_be_visible()
    assert written(page) == query
    page.get_by_role("button", name="Deel").click()
    link = page.get_by_label("Link naar deze vraag:").input_value()
    assert link == page.url.replace("%3A", ":").replace("%2F", "/") or link.endswith(quote(query, safe="~()*!'"))
    page.goto(link)
    assert shown(page, "[role=tabpanel]").count() == 0
    assert page.get_by_role("tab").count() == 3, "one to begin with, one that was asked, and the one to add another"


def test_link_to_a_query_goes_when_the_query_is_changed_or_another_tab_comes_in_front(editor: Open) -> None:
    page = editor()
    shared = page.get_by_label("Link naar deze vraag:")
    page.get_by_role("button", name="Deel").click()
    expect(shared).to_be_visible()
    write(page, "ASK {}")
    expect(shared).to_be_hidden()
    page.get_by_role("button", name="Deel").click()
    expect(shared).to_have_value(re.compile("ASK"))
    page.get_by_role("tab", name="Nieuw tabblad").click()
    expect(shared).to_be_hidden()


@pytest.mark.parametrize(("health", "said"), [(200, "geen volledig antwoord"), (503, "niet te bereiken")])
def test_answer_that_breaks_off_is_not_taken_for_a_server_that_is_gone(editor: Open, health: int, said: str) -> None:
    page = editor(refused={503})
    cut = '{"head": {"vars": ["a"]}, "results": {"bindings": [{"a": '
    page.route("**/sparql?**", lambda route: route.fulfill(content_type="application/sparql-results+json", body=cut))
    page.route("**/health", lambda route: route.fulfill(status=health))
    ask(page, "SELECT ?a { ?a ?b ?c }")
    expect(page.get_by_role("alert")).to_contain_text(said)


def test_query_of_a_link_behind_the_hash_is_opened_too_whatever_else_is_in_it(editor: Open) -> None:
    page = editor(f"/sparql#query={quote('ASK {}')}&endpoint=https://elsewhere.example/sparql")
    expect(shown(page, ".boolean")).to_have_text("Ja")


def test_tabs_are_there_after_a_reload(editor: Open) -> None:
    page = editor()
    page.get_by_role("tab", name="Nieuw tabblad").click()
    ask(page, "ASK { ?s ?p ?o }")
    expect(shown(page, ".boolean")).to_have_text("Ja")
    page.reload()
    page.wait_for_selector(".tabPanel.active .CodeMirror")
    assert written(page) == "ASK { ?s ?p ?o }"


def test_query_can_be_stopped(editor: Open) -> None:
    page = editor()
    ask(page, ENDLESS)
    button = shown(page, ".yasqe_queryButton")
    expect(button).to_have_attribute("aria-label", "Breek af")
    button.click()
    expect(button).to_have_attribute("aria-label", "Stel de vraag")
    expect(shown(page, ".yasr_response_chip")).to_have_text("Afgebroken.")


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ('SELECT ?a { BIND("{{a}} <b>x</b>" AS ?a) }', "{{a}} <b>x</b>"),
        ("SELECT ?a { BIND(<<( <http://a.example/> <http://b.example/> 1 )>> AS ?a) }", "<<( http://a.example/"),
        ("CONSTRUCT { ?s a ?t } WHERE { ?s a ?t FILTER(false) }", "onderwerp"),
        (f"DESCRIBE <{iris.BASE}id/competentie/kbb-c>", "id:competentie/kbb-c"),
    ],
    ids=["braces and tags", "a triple term", "no triples", "a graph"],
)
def test_table_shows_what_came_and_nothing_else(editor: Open, query: str, text: str) -> None:
    page = editor()
    ask(page, query)
    expect(shown(page, ".yasr table")).to_contain_text(text)


def test_long_answer_is_turned_page_by_page_sorted_and_filtered(editor: Open) -> None:
    page = editor()
    ask(
        page,
        "SELECT ?n { VALUES ?a { 0 1 2 3 4 5 6 7 8 9 } VALUES ?b { 0 10 20 } VALUES ?c { 0 100 200 300 }"
        " BIND(?a + ?b + ?c AS ?n) }",
    )
    expect(rows(page)).to_have_count(100)
    page.get_by_role("button", name="Volgende").click()
    expect(rows(page)).to_have_count(20)
    page.get_by_role("button", name="n", exact=True).click()
    expect(rows(page).nth(1).locator("td").nth(1)).to_have_text("1")
    page.get_by_role("button", name="n", exact=True).click()
    expect(shown(page, "th[aria-sort=descending]")).to_be_visible()
    expect(rows(page).first.locator("td").nth(1)).to_have_text("329")
    page.get_by_label("Filter").fill("32")
    expect(rows(page)).to_have_count(10)


def test_tab_indents_and_after_escape_goes_on(editor: Open) -> None:
    page = editor()
    write(page, "")
    shown(page, ".CodeMirror").click()
    inside = "document.activeElement.closest('.CodeMirror') && document.activeElement.tagName === 'TEXTAREA'"
    page.keyboard.press("Tab")
    assert page.evaluate(inside)
    assert written(page) == "  "
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    assert not page.evaluate(inside)


def test_what_is_in_the_editor_can_be_had_in_another_format_and_explained(editor: Open) -> None:
    page = editor()
    write(page, "ASK { <http://a.example/> ?p ?o }")
    page.get_by_role("button", name="Haal op").click()
    assert json.loads(page.inner_text("body"))["boolean"] is False
    page.goto("/sparql")
    write(page, "ASK { <http://b.example/> ?p ?o }")
    page.get_by_role("button", name="Laat zien wat ermee gebeurt").click()
    expect(page.locator("main")).to_contain_text("http://b.example/")


def test_page_of_the_editor_keeps_to_its_budget(editor: Open) -> None:
    page = editor()
    page.wait_for_load_state("networkidle")
    loaded = page.evaluate(
        "() => performance.getEntries().filter(e => e.decodedBodySize).map(e => [e.name, e.decodedBodySize])"
    )
    assert 1_000_000 < sum(size for _, size in loaded) <= BUDGET, loaded


def test_without_scripts_the_form_asks_as_well(visit: Open) -> None:
    page = visit("/sparql", java_script_enabled=False)
    page.get_by_label("Vraag").fill("ASK { ?s ?p ?o }")
    page.get_by_role("button", name="Stel de vraag").click()
    assert json.loads(page.inner_text("body"))["boolean"] is True


def test_without_scripts_a_link_with_a_question_shows_it_in_the_form(visit: Open) -> None:
    page = visit(f"/sparql?query={quote('ASK { }')}", java_script_enabled=False)
    assert page.get_by_label("Vraag").input_value() == "ASK { }"
