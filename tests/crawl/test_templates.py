"""On a page of every template: it is valid HTML, and what is in another language than the page says so.

The latter is WCAG 2.2, 3.1.2. Each page is fetched and read once for both.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from xml.etree.ElementTree import Element

import httpx
import pyoxigraph as ox
import pytest

from crawl.reading import parsed, read
from templates_shown import PAGES, REFUSED, rendered, shown, templates
from vakgraaf.web.wording import words

ROOT = Path(__file__).parents[2]
_LANG = ("lang", "{http://www.w3.org/XML/1998/namespace}lang")
_SILENT = ("code", "script", "style", "title")
"""What is not read as a text of the page: a title cannot be marked, and code is in no language."""


@dataclass
class Fetched:
    """A page as it came, and the last template that the server made it with."""

    answer: httpx.Response
    template: str

    @cached_property
    def tree(self) -> Element:
        """The page, read strictly."""
        return parsed(self.answer.text)


# pytest puts the tests of one page after each other, and forgets the page then.
@pytest.fixture(scope="module", params=PAGES)
def page(site: httpx.Client, request: pytest.FixtureRequest) -> tuple[str, dict[str, Fetched]]:
    """A template, and the page that it is judged by in both languages."""
    template, found = request.param, {}
    for language in ("nl", "en"):
        address = f"{PAGES[template]}{'&' if '?' in PAGES[template] else '?'}lang={language}"
        with rendered() as names:
            answer = site.get(address, headers={"accept": "text/html,*/*;q=0.1", "accept-language": "nl"})
        found[language] = Fetched(answer, names[-1] if names else "")
    return template, found


@cache
def texts() -> dict[str, set[str]]:
    """Every text of the data and the ontology, with the languages that it is in."""
    found: dict[str, set[str]] = {}
    for path in (*ROOT.glob("data/*/*.ttl"), *ROOT.glob("ontology/*.ttl"), *ROOT.glob("shapes/*.ttl")):
        for quad in ox.parse(path.read_bytes(), ox.RdfFormat.TURTLE):
            if isinstance(quad.object, ox.Literal) and quad.object.language:
                found.setdefault(" ".join(quad.object.value.split()), set()).add(quad.object.language)
    return found


def said(element: Element, language: str) -> Iterator[tuple[str, str]]:
    """Each text of a page with the language that it is marked to be in."""
    own = next((element.attrib[name] for name in _LANG if name in element.attrib), language)
    if isinstance(element.tag, str) and element.tag.rpartition("}")[2] not in _SILENT:
        yield " ".join((element.text or "").split()), own
        for child in element:
            yield from said(child, own)
            yield " ".join((child.tail or "").split()), own


def test_every_template_has_a_page_to_be_judged_by() -> None:
    assert templates() - shown() == set(), "write a page with it in tests/templates_shown.py"


def test_page_of_each_template_is_valid_in_both_languages(page: tuple[str, dict[str, Fetched]]) -> None:
    template, languages = page
    for language, fetched in languages.items():
        assert (fetched.answer.status_code, fetched.template) == (REFUSED.get(template, 200), template)
        assert f'<html lang="{language}">' in fetched.answer.text
        read(fetched.tree)


def test_text_in_another_language_than_the_page_is_marked(page: tuple[str, dict[str, Fetched]]) -> None:
    for language, fetched in page[1].items():
        own = {" ".join(word.split()) for word in words(language)._catalog.values()} if language == "en" else set()
        wrong = {
            (text, marked)
            for text, marked in said(fetched.tree, language)
            if (known := texts().get(text)) and marked not in known and text not in own and not text.isdigit()
        }
        assert wrong == set(), language
