"""What is in another language than the page says so (WCAG 2.2, 3.1.2), on a page of every template."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from xml.etree.ElementTree import Element

import html5rdf
import httpx
import pyoxigraph as ox
import pytest

from filled import indexed
from serving import await_search, served
from templates_shown import PAGES
from vakgraaf.app import create_app
from vakgraaf.settings import Settings
from vakgraaf.web.wording import words

ROOT = Path(__file__).parents[2]
_LANG = ("lang", "{http://www.w3.org/XML/1998/namespace}lang")
_SILENT = ("code", "script", "style", "title")
"""What is not read as a text of the page: a title cannot be marked, and code is in no language."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """The packaged data, served."""
    settings = Settings(store=indexed(tmp_path_factory, tmp_path_factory.mktemp("languages") / "state"))
    with served(create_app(settings)) as address, httpx.Client(base_url=address, timeout=30) as client:
        await_search(address)
        yield client


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


@pytest.mark.parametrize("template", PAGES)
def test_text_in_another_language_than_the_page_is_marked(site: httpx.Client, template: str) -> None:
    for language in ("nl", "en"):
        answer = site.get(PAGES[template], headers={"accept": "text/html", "accept-language": language})
        page = html5rdf.HTMLParser(strict=True).parse(answer.text)
        own = {" ".join(word.split()) for word in words(language)._catalog.values()} if language == "en" else set()
        wrong = {
            (text, marked)
            for text, marked in said(page, language)
            if (known := texts().get(text)) and marked not in known and text not in own and not text.isdigit()
        }
        assert wrong == set(), language
