"""The site map leads a search engine to every page worth finding, and to nothing else."""

from __future__ import annotations

import re

import httpx


def addresses(client: httpx.Client, path: str) -> list[str]:
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("application/xml")
    return re.findall(r"<loc>([^<]*)</loc>", answer.text)


def test_the_site_map_leads_to_the_pages_of_profiles_and_tasks(client: httpx.Client) -> None:
    maps = addresses(client, "/sitemap.xml")
    pages = [page for one in maps for page in addresses(client, one)]
    assert [page.rpartition("/doc/")[2] for page in pages if "/profiel/" in page] == ["profiel/proef-2020"]
    assert any(page.endswith("/doc/kerntaak/proef-2020-1") for page in pages)
    assert all(client.get(page, headers={"accept": "text/html"}).status_code == 200 for page in pages)
    assert len(pages) == len(set(pages))


def test_robots_are_told_where_the_site_map_is(client: httpx.Client) -> None:
    found = re.search(r"^Sitemap: (.*)$", client.get("/robots.txt").text, re.MULTILINE)
    assert found is not None
    assert client.get(found[1]).status_code == 200


def test_a_part_that_is_not_there_is_404(client: httpx.Client) -> None:
    for name in (
        "sitemap-profiel-0",
        "sitemap-profiel-x",
        "sitemap-onzin-1",
        "sitemap-profiel-2",
        "sitemap-profiel-99999",
    ):
        assert client.get(f"/{name}.xml").status_code == 404
