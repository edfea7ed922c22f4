"""Under a path of somebody else's host, with TLS by somebody else: every link leads back to where the client is."""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from urllib.parse import quote, urldefrag, urljoin

import httpx
import pytest

from proxying import NEEDS_NGINX, proxied
from serving import await_search
from vakgraaf.rdf import iris

Running = Callable[..., AbstractContextManager[str]]

_LINK = re.compile(r'\b(?:href|src|action)="([^"]*)"')
_SAID = {"x-forwarded-prefix": "/vakgraaf", "x-forwarded-proto": "https", "host": "example.org"}
_PAGES = ("/", "/sparql", "/doc/kerntaak/proef-2020-1", "/def", "/shapes", "/validate", "/search?q=proef", "/links")
# These name themselves in full, for who follows a link from elsewhere.
_NAMED_IN_FULL = {
    "/sitemap.xml": "",
    "/robots.txt": "Sitemap: ",
    "/opensearch.xml": "",
    "/.well-known/void": "",
    "/catalog": "",
    "/sparql": "",
}


@pytest.fixture(scope="module")
def behind(tmp_path_factory: pytest.TempPathFactory, running: Running) -> Iterator[str]:
    """A server that trusts proxies on this machine, with search."""
    settings = {"trusted_proxies": "127.0.0.1", "search": True, "rate_limit": 0, "metrics_for": "this machine"}
    with running(tmp_path_factory.mktemp("behind"), **settings) as address:
        await_search(address)
        yield address


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, behind: str) -> Iterator[httpx.Client]:
    """That server behind nginx."""
    with proxied(tmp_path_factory.mktemp("nginx"), [behind]) as client:
        yield client


@pytest.mark.parametrize("path", _PAGES)
def test_links_forms_and_files_of_a_page_stay_below_the_prefix(behind: str, path: str) -> None:
    answer = httpx.get(behind + path, headers=_SAID | {"accept": "text/html"})
    assert answer.status_code == 200
    local = [link for link in _LINK.findall(answer.text) if link.startswith("/")]
    assert len(local) > 5
    assert [link for link in local if not link.startswith("/vakgraaf/") or link.startswith("/vakgraaf/vakgraaf")] == []


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("/id/kerntaak/proef-2020-1", "/vakgraaf/doc/kerntaak/proef-2020-1"),
        ("/sources/proef?line=3", "/vakgraaf/sources/proef#r3"),
        ("/.well-known/void?query=ASK{}", None),
    ],
)
def test_redirects_stay_below_the_prefix(behind: str, path: str, target: str | None) -> None:
    answer = httpx.get(behind + path, headers=_SAID)
    assert answer.headers.get("location") == target


@pytest.mark.parametrize("path", _NAMED_IN_FULL)
def test_addresses_in_full_have_scheme_host_and_prefix_of_the_client(behind: str, path: str) -> None:
    answer = httpx.get(behind + path, headers=_SAID | {"accept": "text/turtle, */*;q=0.1"})
    assert answer.status_code == 200
    assert f"{_NAMED_IN_FULL[path]}https://example.org/vakgraaf/" in answer.text + answer.headers.get("link", "")
    assert "http://example.org" not in answer.text
    assert behind not in answer.text


def test_openapi_and_the_editor_know_the_prefix(behind: str) -> None:
    described = httpx.get(f"{behind}/openapi.json", headers=_SAID).json()
    assert described["servers"] == [{"url": "/vakgraaf"}]
    page = httpx.get(f"{behind}/sparql", headers=_SAID | {"accept": "text/html"}).text
    found = re.search(r'id="editor-settings"[^>]*>(.*?)</script>', page, re.S)
    if found is not None:  # where the editor was built
        assert json.loads(found[1])["settings"]["root"] == "/vakgraaf"


@pytest.mark.parametrize(
    "prefix", ["vakgraaf", "//evil.example", "/a b", "/a?b", "/" + "a/" * 9, "/<script>", "", "/a\\b"]
)
def test_prefix_that_is_no_plain_path_is_not_believed(behind: str, prefix: str) -> None:
    answer = httpx.get(f"{behind}/id/kerntaak/x", headers={"x-forwarded-prefix": prefix})
    assert answer.headers["location"] == "/doc/kerntaak/x"


def test_who_is_no_trusted_proxy_is_not_believed(address: str) -> None:
    answer = httpx.get(f"{address}/id/kerntaak/x", headers=_SAID)
    assert answer.headers["location"] == "/doc/kerntaak/x"
    assert "http://example.org/sitemap" in httpx.get(f"{address}/robots.txt", headers=_SAID).text


def test_prefix_of_the_settings_counts_for_requests_that_have_it(tmp_path_factory: pytest.TempPathFactory) -> None:
    from fastapi.testclient import TestClient
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import PlainTextResponse
    from starlette.routing import Route

    from vakgraaf.web.client_address import TrustedProxies
    from vakgraaf.web.forwarded import Forwarded

    async def told(request: Request) -> PlainTextResponse:
        return PlainTextResponse(f"{request.scope['root_path']} {request.base_url}")

    app = Forwarded(Starlette(routes=[Route("/deep", told)]), "/a/b", TrustedProxies())
    with TestClient(app) as client:
        assert client.get("/a/b/deep").text == "/a/b http://testserver/a/b/"
        assert client.get("/deep").text == " http://testserver/"
        assert client.get("/a/bdeep").status_code == 404


def test_metrics_can_be_for_this_machine_alone(behind: str) -> None:
    assert httpx.get(f"{behind}/metrics").status_code == 200
    assert httpx.get(f"{behind}/metrics", headers={"x-forwarded-for": "192.0.2.7"}).status_code == 403


@NEEDS_NGINX
def test_every_link_leads_somewhere_through_nginx(site: httpx.Client) -> None:
    host = str(site.base_url).rstrip("/")
    todo, seen, wrong = deque([f"{host}/vakgraaf/"]), {f"{host}/vakgraaf/"}, dict[str, int]()
    while todo and len(seen) < 150:
        address = todo.popleft()
        answer = site.get(address, headers={"accept": "text/html,*/*;q=0.1"}, follow_redirects=True)
        if answer.status_code != 200 or not str(answer.url).startswith(f"{host}/vakgraaf/"):
            wrong[address] = answer.status_code
        if "text/html" not in answer.headers["content-type"]:
            continue
        for link in _LINK.findall(answer.text):
            target = urldefrag(urljoin(str(answer.url), link.replace("&amp;", "&")))[0]
            if target.startswith(host) and target not in seen and "?" not in target:
                seen.add(target)
                todo.append(target)
    # What the small data of these tests name and do not have.
    assert {path for path in wrong if "/werkproces/" not in path and "/frameworks" not in path} == set()
    assert len(seen) > 20


@NEEDS_NGINX
def test_nginx_does_tls_and_sends_who_comes_without_to_it(site: httpx.Client) -> None:
    assert str(site.base_url).startswith("https://")
    assert site.get("/vakgraaf").headers["location"].endswith("/vakgraaf/")
    plain = httpx.get(
        f"http://127.0.0.1:{site.headers['x-plain-port']}/vakgraaf/def?x=1", headers={"host": "a.example"}
    )
    assert (plain.status_code, plain.headers["location"]) == (301, "https://a.example/vakgraaf/def?x=1")


@NEEDS_NGINX
def test_path_comes_through_nginx_as_it_was_written(site: httpx.Client) -> None:
    name = quote(f"{iris.BASE}id/graaf/a%2Fb", safe="")
    answer = site.get(f"/vakgraaf/store?graph={name}")
    assert "a%2Fb" in answer.json()["detail"]
    assert site.get("/vakgraaf/doc/kerntaak%2Fproef-2020-1").status_code in (200, 404)
    assert "/vakgraaf/store/x%2Fy" in site.get("/vakgraaf/store/x%2Fy").json().get("detail", "/vakgraaf/store/x%2Fy")


@NEEDS_NGINX
def test_queries_by_every_method_and_long_ones_come_through_nginx(site: httpx.Client) -> None:
    long = "ASK {} #" + "x" * 40_000
    assert site.get("/vakgraaf/sparql", params={"query": long}).json()["boolean"] is True
    assert site.post("/vakgraaf/sparql", data={"query": long}).json()["boolean"] is True
    asked = site.request(
        "QUERY", "/vakgraaf/sparql", content="ASK {}", headers={"content-type": "application/sparql-query"}
    )
    assert asked.json()["boolean"] is True


@NEEDS_NGINX
def test_etags_and_compression_come_through_nginx(site: httpx.Client) -> None:
    first = site.get("/vakgraaf/graph/veel", headers={"accept": "text/turtle"})
    assert first.headers["content-encoding"] in ("gzip", "br", "zstd")
    again = site.get("/vakgraaf/graph/veel", headers={"accept": "text/turtle", "if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


@NEEDS_NGINX
def test_answer_that_breaks_off_breaks_off_through_nginx_as_well(
    tmp_path_factory: pytest.TempPathFactory, address: str
) -> None:
    many = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    with (
        proxied(tmp_path_factory.mktemp("nginx-short"), [address]) as client,
        pytest.raises(httpx.RemoteProtocolError),
    ):
        client.get("/vakgraaf/sparql", params={"query": many}, headers={"accept-encoding": "identity"})


@NEEDS_NGINX
def test_metrics_are_not_for_the_world(site: httpx.Client) -> None:
    assert site.get("/vakgraaf/metrics").status_code == 403
    assert site.get("/vakgraaf/health").json()["status"] == "ok"
