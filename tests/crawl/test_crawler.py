"""Every link on every page leads somewhere, every page is valid HTML, and everything in the data has a page."""

from __future__ import annotations

import re
from collections import deque
from pathlib import Path
from urllib.parse import urldefrag, urljoin, urlsplit

import html5rdf
import httpx
import pyoxigraph as ox
import pytest

from crawl.reading import Page, parsed, read
from vakgraaf.rdf import iris

ROOT = Path(__file__).parents[2]
_HTML = {"accept": "text/html,*/*;q=0.1", "accept-language": "nl"}
_ASIDE = re.compile(r"[?&](query|incoming|a|b|class|profile|branche|page|_profile|_mediatype|q|lang)=")
"""Addresses that a page makes by combining: each kind is visited, but not every combination."""


def crawl(site: httpx.Client, most: int) -> dict[str, str]:
    """Follow links from the home page; address → what is wrong with it."""
    wrong: dict[str, str] = {}
    pages: dict[str, Page] = {}
    wanted: list[tuple[str, str, str]] = []
    todo, seen, kinds = deque(["/"]), {"/"}, dict[str, int]()
    while todo and len(pages) < most:
        address = todo.popleft()
        answer = site.get(address, headers=_HTML, follow_redirects=True)
        if answer.status_code != 200:
            wrong[address] = f"status {answer.status_code}"
            continue
        if not answer.headers["content-type"].startswith("text/html"):
            continue
        try:
            pages[address] = page = read(parsed(answer.text))
        except (html5rdf.html5parser.ParseError, AssertionError) as error:
            wrong[address] = f"{type(error).__name__}: {error}"
            continue
        for link in page.links:
            target, fragment = urldefrag(urljoin(address, link))
            if urlsplit(target).netloc or link.startswith(("http:", "https:", "mailto:", "data:")):
                continue
            wanted.append((address, target, fragment))
            kind = _kind(target)
            if target not in seen and kinds.get(kind, 0) < 25:
                kinds[kind] = kinds.get(kind, 0) + bool(_ASIDE.search(target))
                seen.add(target)
                todo.append(target)
    for address, target, fragment in wanted:
        if fragment and target in pages and fragment not in pages[target].anchors:
            wrong[f"{target}#{fragment}"] = f"no such anchor, from {address}"
    return wrong


def _kind(address: str) -> str:
    path, _, query = address.partition("?")
    if not query:
        return address
    return path.split("/")[1] + "?" + "&".join(sorted(part.partition("=")[0] for part in query.split("&")))


def things() -> list[str]:
    """Every IRI of ours in the packaged data, as a path."""
    found = set()
    for path in (*ROOT.glob("data/graphs/*.ttl"), *ROOT.glob("data/reference/*.ttl")):
        for quad in ox.parse(path.read_bytes(), ox.RdfFormat.TURTLE):
            for term in (quad.subject, quad.object):
                if isinstance(term, ox.NamedNode) and term.value.startswith(iris.BASE):
                    found.add(term.value.removeprefix(iris.BASE))
    return sorted(found)


def test_links_lead_somewhere_and_pages_are_valid(site: httpx.Client) -> None:
    wrong = crawl(site, 50)
    assert wrong == {}, "\n".join(f"{a}: {w}" for a, w in wrong.items())


@pytest.mark.slow
def test_every_link_of_every_page_leads_somewhere(site: httpx.Client) -> None:
    assert crawl(site, 10**6) == {}


def test_everything_in_the_data_is_known_at_its_own_address(site: httpx.Client) -> None:
    references = things()
    assert len(references) > 1000
    # One of each kind here; the slow test has all of them.
    kinds = {reference.rpartition("/")[0]: reference for reference in references}
    answers = {r: site.get(f"/{r.partition('#')[0]}", headers=_HTML, follow_redirects=True) for r in kinds.values()}
    assert {r: a.status_code for r, a in answers.items() if a.status_code != 200} == {}


@pytest.mark.slow
def test_each_single_thing_in_the_data_is_known_at_its_own_address(site: httpx.Client) -> None:
    for reference in things():
        answer = site.get(f"/{reference.partition('#')[0]}", headers={"accept": "text/turtle"}, follow_redirects=True)
        assert answer.status_code == 200, reference
