"""Linked data: every form of a resource, of the terms, of a graph, and the pages around them."""

from __future__ import annotations

from html.parser import HTMLParser

import httpx
import pytest
from rdflib import RDFS, Graph, Literal, URIRef

from vakgraaf.rdf import iris

KERNTAAK = "kerntaak/proef-2020-1"
OWLAPI = "application/rdf+xml, application/xml; q=0.7, text/xml; q=0.6, text/plain; q=0.1, */*; q=0.09"
PAGES = ["/", "/sparql", "/def", "/shapes", f"/doc/{KERNTAAK}", "/graph/proef-2020", "/doc/nergens/x"]
_PARSERS = {"ttl": "turtle", "nt": "nt", "rdf": "xml", "jsonld": "json-ld"}


def page(client: httpx.Client, path: str, language: str = "nl") -> str:
    answer = client.get(path, headers={"accept": "text/html", "accept-language": language})
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    return answer.text


class _Outline(HTMLParser):
    """Checks that elements nest, and collects links, ids and headings."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag not in ("meta", "link", "br", "input"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.found if name == tag]


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_page_is_well_formed_and_loads_nothing_from_elsewhere(client: httpx.Client, path: str, language: str) -> None:
    answer = client.get(path, headers={"accept": "text/html", "accept-language": language})
    outline = _Outline()
    outline.feed(answer.text)
    assert outline.open == []
    assert outline.all("html")[0]["lang"] == language
    assert len(outline.all("h1")) == 1
    assert len(outline.all("main")) == 1
    scripts = [
        script
        for script in outline.all("script")
        if script.get("type") not in ("application/json", "application/ld+json")
    ]
    assert all((script["src"] or "").startswith("/") for script in scripts)
    loaded = [link for link in outline.all("link") if link["rel"] in ("stylesheet", "icon", "preload", "modulepreload")]
    assert loaded
    assert all((link["href"] or "").startswith("/") for link in loaded)
    ids = [a["id"] for _, a in outline.found if "id" in a]
    assert len(ids) == len(set(ids))
    labelled = {label["for"] for label in outline.all("label")}
    assert all(field["id"] in labelled for tag in ("textarea", "select") for field in outline.all(tag))
    assert answer.headers["content-security-policy"].startswith("default-src 'self'")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "Accept-Language" in answer.headers["vary"]


def test_thing_sends_on_to_its_document_with_the_question_kept(client: httpx.Client) -> None:
    answer = client.get(f"/id/{KERNTAAK}?format=ttl")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/doc/{KERNTAAK}?format=ttl")
    assert client.head(f"/id/{KERNTAAK}").status_code == 303


@pytest.mark.parametrize("extension", list(_PARSERS))
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")  # rdflib's JSON-LD parser
def test_document_by_extension_by_parameter_and_by_accept_is_the_same_data(
    client: httpx.Client, extension: str
) -> None:
    by_extension = client.get(f"/doc/{KERNTAAK}.{extension}", headers={"accept": "text/html"})
    by_parameter = client.get(f"/doc/{KERNTAAK}?format={extension}", headers={"accept": "text/html"})
    media_type = by_extension.headers["content-type"].partition(";")[0]
    by_accept = client.get(f"/doc/{KERNTAAK}", headers={"accept": media_type})
    graphs = [
        set(Graph().parse(data=a.content, format=_PARSERS[extension])) for a in (by_extension, by_parameter, by_accept)
    ]
    assert graphs[0] == graphs[1] == graphs[2]
    here = URIRef(f"{iris.BASE}id/{KERNTAAK}")
    assert (here, RDFS.label, Literal("Zorgen & <b>regelen</b>", lang="nl")) in graphs[0]
    neighbour = URIRef(f"{iris.BASE}id/werkproces/proef-2020-1.1")
    assert (neighbour, RDFS.label, Literal("Zoekt", lang="nl")) in graphs[0]


@pytest.mark.parametrize(
    "path", ["/catalog", "/.well-known/void", "/def", "/def/1.0.0", "/shapes", "/links", "/compare", "/diff"]
)
def test_form_that_there_is_not_is_406_by_extension_as_by_parameter(client: httpx.Client, path: str) -> None:
    """A file that is called .xlsx and holds a page helps nobody."""
    answers = [client.get(f"{path}.xlsx"), client.get(path, params={"format": "xlsx"})]
    assert [answer.status_code for answer in answers] == [406, 406]
    assert answers[0].json()["detail"] == answers[1].json()["detail"]


def test_number_with_a_dot_in_a_reference_is_no_extension(client: httpx.Client) -> None:
    assert "Overlegt" in page(client, "/doc/werkproces/proef-2020-1.2")
    assert client.get("/doc/werkproces/proef-2020-1.2.ttl").headers["content-type"].startswith("text/turtle")


def test_page_escapes_data_and_links_no_script(client: httpx.Client) -> None:
    text = page(client, f"/doc/{KERNTAAK}")
    assert "Zorgen &amp; &lt;b&gt;regelen&lt;/b&gt;" in text
    assert 'href="javascript' not in text


def test_parts_stand_in_the_order_of_the_document_under_translated_properties(client: httpx.Client) -> None:
    text = page(client, "/doc/ding/proef")
    text = text.partition("<main")[2]
    assert text.index("Zoekt") < text.index("Overlegt") < text.index("Beslist")
    assert "heeft werkproces" in text
    assert "Ding</a>" in text
    english = page(client, "/doc/ding/proef", "en")
    assert "has work process" in english
    assert "Object</a>" in english
    assert "Searches" in english
    assert 'lang="nl">Overlegt' in english


def test_incoming_links_are_limited_and_counted(client: httpx.Client) -> None:
    text = page(client, "/doc/ding/proef")
    assert "Getoond: 10 van 400." in text
    assert text.count("/id/deel/") == 10


def test_page_shows_the_rights_of_its_source(client: httpx.Client) -> None:
    assert "© Uitgever" in page(client, f"/doc/{KERNTAAK}")


@pytest.mark.parametrize("path", ["/doc/nergens/x", "/doc/a b", '/doc/<script>"', "/graph/nergens", "/nergens"])
def test_what_is_not_known_is_404_with_a_way_on(client: httpx.Client, path: str) -> None:
    text = page(client, path)
    assert 'href="/"' in text
    assert "<script" not in text
    answer = client.get(path, headers={"accept": "text/turtle, application/problem+json;q=0.5"})
    assert (answer.status_code, answer.json()["status"]) == (404, 404)


@pytest.mark.parametrize("path", ["/def", f"/def/{iris.ONTOLOGY_VERSION}", "/shapes"])
def test_terms_come_as_rdf_xml_for_owlapi_and_as_turtle_for_who_asks(client: httpx.Client, path: str) -> None:
    owlapi = client.get(path, headers={"accept": OWLAPI})
    assert owlapi.headers["content-type"] == "application/rdf+xml"
    turtle = client.get(path, headers={"accept": "text/turtle"})
    assert set(Graph().parse(data=owlapi.content, format="xml")) == set(
        Graph().parse(data=turtle.content, format="turtle")
    )


def test_terms_are_listed_with_anchor_label_definition_and_status(client: httpx.Client) -> None:
    text = page(client, "/def", "en")
    assert 'id="Kerntaak"' in text
    assert "Core task" in text
    assert "Main task." in text
    assert "stable" in text
    assert 'id="KerntaakShape"' in page(client, "/shapes")


def test_graph_comes_whole(client: httpx.Client) -> None:
    data = client.get("/graph/veel.nt")
    assert len(data.text.splitlines()) == 400
    assert "© Uitgever" in page(client, "/graph/proef-2020")


def test_home_page_says_what_is_in_here(client: httpx.Client) -> None:
    text = page(client, "/")
    assert "Proefprofiel" in text
    assert "Welke profielen zijn er?" in text
    assert "Taak" in text


@pytest.mark.parametrize(("language", "shown"), [("nl", "1.000.000 bytes"), ("en", "1,000,000 bytes")])
def test_limits_are_written_as_numbers_are_in_the_language_of_the_page(
    client: httpx.Client, language: str, shown: str
) -> None:
    assert shown in client.get("/", headers={"accept-language": language, "accept": "text/html"}).text


def test_health_has_the_data_version(client: httpx.Client) -> None:
    answer = client.get("/health").json()
    assert (answer["status"], answer["data_version"]) == ("ok", 1)


@pytest.mark.parametrize("path", PAGES[:-1])
def test_page_that_the_client_has_already_is_304_in_its_own_language_only(client: httpx.Client, path: str) -> None:
    headers = {"accept": "text/html", "accept-language": "nl"}
    tag = client.get(path, headers=headers).headers["etag"]
    assert client.get(path, headers={**headers, "if-none-match": tag}).status_code == 304
    english = {"accept": "text/html", "accept-language": "en", "if-none-match": tag}
    assert client.get(path, headers=english).status_code == 200


@pytest.mark.parametrize("path", [*PAGES[:-1], f"/doc/{KERNTAAK}.ttl", "/health", "/static/vakgraaf.css"])
def test_head_works_wherever_get_does(client: httpx.Client, path: str) -> None:
    answer = client.head(path)
    assert (answer.status_code, answer.content) == (200, b"")


@pytest.mark.parametrize(
    ("language", "title", "advice"),
    [("nl", "Niet gevonden", "Klopt het?"), ("en", "Not Found", "Is it right?")],
)
def test_address_where_nothing_is_says_so_and_where_to_look(
    client: httpx.Client, language: str, title: str, advice: str
) -> None:
    answer = client.get("/profielen", headers={"accept-language": language, "accept": "application/problem+json"})
    told = answer.json()
    assert (answer.status_code, told["type"], told["title"]) == (404, "about:blank", title)
    assert advice in told["detail"]
    shown = client.get("/profielen", headers={"accept-language": language, "accept": "text/html"}).text
    assert f"<h1>{title}</h1>" in shown
    assert 'href="/search"' in shown


def test_other_method_is_405_as_a_problem(client: httpx.Client) -> None:
    answer = client.delete("/def")
    assert (answer.status_code, answer.headers["content-type"]) == (405, "application/problem+json")
    assert "DELETE" in answer.json()["detail"]
