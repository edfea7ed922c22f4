"""`/search`, `/suggest` and `/opensearch.xml` over HTTP: what they say, in which form and language."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import httpx
import pytest

from token_file import token_file
from vakgraaf.rdf import iris

TOKEN = "geheim-genoeg-voor-een-proef-0123456789"
KERNTAAK = f"{iris.BASE}id/kerntaak/proef-2020-1"
PROFILE = f"{iris.BASE}id/profiel/proef-2020"
LABEL = "<http://www.w3.org/2000/01/rdf-schema#label>"


def ready(client: httpx.Client, path: str = "/search?q=zorgen&format=json") -> httpx.Response:
    """The answer, once there is one, of the present data."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        answer = client.get(path)
        if answer.status_code == 200 and answer.json()["index"]["current"]:
            return answer
        assert answer.status_code in (200, 503), answer.text
        time.sleep(0.05)
    pytest.fail("there was no index in time")


@pytest.fixture(scope="module")
def client(
    tmp_path_factory: pytest.TempPathFactory, running: Callable[..., AbstractContextManager[str]]
) -> Iterator[httpx.Client]:
    """A client of a server with an index, on which who has the token may write."""
    folder = tmp_path_factory.mktemp("search")
    token_file(folder, f"{TOKEN}\n")
    with (
        running(
            folder, search=True, search_after_s=0, update_token_file=folder / "tokens", validate_writes=False
        ) as address,
        httpx.Client(base_url=address, timeout=30) as found,
    ):
        ready(found)
        yield found


def search(client: httpx.Client, text: str, **parameters: str) -> dict[str, Any]:
    answer = client.get("/search", params={"q": text, "format": "json", **parameters})
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/json")
    found: dict[str, Any] = answer.json()
    return found


def page(client: httpx.Client, **parameters: str) -> str:
    answer = client.get("/search", params=parameters, headers={"accept": "text/html"})
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
    return answer.text


class _Results(HTMLParser):
    """The addresses in the headings of the results, and what is marked."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.addresses: list[str | None] = []
        self.marked: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.append(tag)
        if tag == "a" and "h3" in self.open and "ol" in self.open:
            self.addresses.append(dict(attrs)["href"])

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] == "mark":
            self.marked.append(data)


def read(html: str) -> _Results:
    found = _Results()
    found.feed(html)
    return found


def test_result_says_what_it_is_where_it_belongs_and_where_it_was_hit(client: httpx.Client) -> None:
    found = search(client, "regelen")
    (hit,) = [hit for hit in found["results"] if hit["iri"] == KERNTAAK]
    assert (hit["label"], hit["language"]) == ("Zorgen & <b>regelen</b>", "nl")
    assert [hit["label"][a:b] for a, b in hit["marks"]] == ["regelen"]
    assert hit["href"] == "/doc/kerntaak/proef-2020-1"
    assert hit["class"]["label"] == "Kerntaak"
    assert [profile["iri"] for profile in hit["profiles"]] == [PROFILE]


def test_page_shows_the_results_of_the_json_in_their_order(client: httpx.Client) -> None:
    for text in ("zorgen", "kerntaak", "proef"):
        found = search(client, text)
        assert found["results"]
        assert read(page(client, q=text)).addresses == [hit["href"] for hit in found["results"]]


def test_what_comes_from_data_or_from_the_reader_is_escaped(client: httpx.Client) -> None:
    html = page(client, q='regelen <script>alert("1")</script>')
    assert "<script" not in html
    assert "&lt;b&gt;<mark>regelen</mark>&lt;/b&gt;" in html
    assert "regelen" in read(html).marked


@pytest.mark.parametrize(("language", "label", "kind"), [("nl", "Zoekt", "Taak"), ("en", "Searches", "Task")])
def test_names_are_in_the_language_of_the_reader_where_they_have_it(
    client: httpx.Client, language: str, label: str, kind: str
) -> None:
    for text in ("zoekt", "search"):
        (hit,) = search(client, text, lang=language)["results"]
        assert (hit["label"], hit["language"]) == (label, language)
    names = {choice["label"] for choice in search(client, "regelen", lang=language)["facets"]["class"]}
    assert names == {"Kerntaak" if language == "nl" else "Core task"}
    assert kind in search(client, kind, lang=language)["results"][0]["label"]


def test_page_in_another_language_than_a_name_says_which(client: httpx.Client) -> None:
    html = page(client, q="overlegt", lang="en")
    assert '<html lang="en">' in html
    assert ' lang="nl"><mark>Overlegt</mark></a>' in html
    assert "1 result for" in html
    assert "1 resultaat voor" in page(client, q="overlegt", lang="nl")


def test_page_is_a_search_form_with_results_under_headings_and_works_without_scripts(client: httpx.Client) -> None:
    html = page(client, q="zorgen")
    assert html.count('role="search"') == 1
    assert '<label for="q">' in html
    assert 'value="zorgen"' in html
    assert '<p role="status">' in html
    assert "<ol" in html
    assert html.count("<h1>") == 1


def test_every_page_has_a_search_box_and_says_how_browsers_can_search(client: httpx.Client) -> None:
    html = client.get("/def", headers={"accept": "text/html"}).text
    assert html.count('role="search"') == 1
    assert 'action="/search"' in html
    assert 'rel="search" type="application/opensearchdescription+xml"' in html


def test_misspelt_word_is_asked_about_and_looked_for_as_it_was_meant(client: httpx.Client) -> None:
    found = search(client, "reeglen")
    assert [(one["word"], one["instead"]) for one in found["meant"]] == [("reeglen", "regelen")]
    assert KERNTAAK in [hit["iri"] for hit in found["results"]]
    html = page(client, q="reeglen")
    assert "Bedoelde u" in html
    assert 'href="/search?q=regelen"' in html
    assert "Did you mean" in page(client, q="reeglen", lang="en")


@pytest.mark.parametrize("name", ["Kerntaak", "vg:Kerntaak", f"{iris.VG}Kerntaak"])
def test_class_is_chosen_by_its_name_or_its_iri(client: httpx.Client, name: str) -> None:
    found = search(client, "", **{"class": name})
    assert [hit["iri"] for hit in found["results"]] == [KERNTAAK]
    assert [choice["label"] for choice in found["facets"]["class"] if choice["chosen"]] == ["Kerntaak"]


def test_profile_is_chosen_by_its_reference_and_the_choice_can_be_followed_and_undone(client: httpx.Client) -> None:
    found = search(client, "", profile="proef-2020")
    assert KERNTAAK in [hit["iri"] for hit in found["results"]]
    (choice,) = found["facets"]["profile"]
    assert (choice["iri"], choice["chosen"], choice["count"]) == (PROFILE, True, found["total"])
    undone = client.get(choice["href"]).json()
    assert undone["total"] == 0
    chosen = search(client, "zorgen")["facets"]["class"][0]
    assert client.get(chosen["href"]).json()["total"] == chosen["count"]


def test_pages_lead_to_one_another(client: httpx.Client) -> None:
    found = search(client, "proef", page="1")
    assert (found["previous"], found["page"]) == (None, 1)
    beyond = search(client, "proef", page="999999")
    assert beyond["results"] == []
    assert beyond["next"] is None


@pytest.mark.parametrize("number", ["0", "-1", "x", "1.5", "٣"])
def test_page_that_is_no_number_is_refused(client: httpx.Client, number: str) -> None:
    answer = client.get("/search", params={"q": "zorgen", "page": number})
    assert answer.status_code == 400


def test_form_is_negotiated(client: httpx.Client) -> None:
    assert client.get("/search?q=x").headers["content-type"].startswith("text/html")
    by_accept = client.get("/search?q=x", headers={"accept": "application/json"})
    assert by_accept.headers["content-type"] == "application/json"
    assert "Accept" in by_accept.headers["vary"]
    assert client.get("/search?q=x&format=pdf").status_code == 406
    assert client.get("/search?q=x", headers={"accept": "image/png"}).status_code == 406
    head = client.head("/search?q=zorgen")
    assert (head.status_code, head.content) == (200, b"")


@pytest.mark.parametrize(
    "path", ["/search?q=zorgen&format=json", "/search?q=zorgen", "/suggest?q=zo", "/opensearch.xml"]
)
def test_answer_is_known_again_by_its_etag(client: httpx.Client, path: str) -> None:
    first = client.get(path)
    assert first.status_code == 200
    again = client.get(path, headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get(path, headers={"accept-language": "en"}).headers["etag"] != first.headers["etag"]


@pytest.mark.parametrize(
    "text",
    ["", "%00", "%22", "%27%22%28%29%7B%7D%5B%5D%2A%3A", "%ff%fe", "AND%20OR%20NOT", "x" * 10_000, "%F0%9F%98%80"],
)
def test_no_text_is_an_error(client: httpx.Client, text: str) -> None:
    for path in (f"/search?q={text}", f"/search?q={text}&format=json", f"/suggest?q={text}"):
        assert client.get(path).status_code == 200


def test_text_that_is_too_long_is_cut_and_that_is_said(client: httpx.Client) -> None:
    found = search(client, "zorgen " * 1000)
    assert found["truncated"]
    assert len(found["query"]) == 500
    assert found["results"]


def test_suggestions_are_as_opensearch_has_them(client: httpx.Client) -> None:
    answer = client.get("/suggest", params={"q": "zo"})
    assert answer.headers["content-type"] == "application/x-suggestions+json"
    text, names, kinds, addresses = answer.json()
    assert text == "zo"
    assert "Zorgen & <b>regelen</b>" in names
    assert len(names) == len(kinds) == len(addresses)
    assert f"{client.base_url}/doc/kerntaak/proef-2020-1" in addresses


def test_suggestions_as_json_have_iris_and_classes(client: httpx.Client) -> None:
    answer = client.get("/suggest", params={"q": "zorgen"}, headers={"accept": "application/json"})
    assert answer.headers["content-type"] == "application/json"
    (one,) = [one for one in answer.json()["suggestions"] if one["iri"] == KERNTAAK]
    assert one["class"]["label"] == "Kerntaak"


def test_description_for_browsers_is_xml_with_addresses_of_this_server(client: httpx.Client) -> None:
    answer = client.get("/opensearch.xml")
    assert answer.headers["content-type"].startswith("application/opensearchdescription+xml")
    space = "{http://a9.com/-/spec/opensearch/1.1/}"
    root = ElementTree.fromstring(answer.text)
    templates = {url.get("type"): url.get("template") for url in root.iter(f"{space}Url")}
    assert (templates["text/html"] or "").startswith(f"{client.base_url}/search?q={{searchTerms}}")
    assert templates["application/x-suggestions+json"] == f"{client.base_url}/suggest?q={{searchTerms}}"


def test_until_there_is_an_index_who_asks_is_told_to_come_back(
    tmp_path: Path, running: Callable[..., AbstractContextManager[str]]
) -> None:
    with (
        running(tmp_path, search=True, search_after_s=3600) as address,
        httpx.Client(base_url=address, timeout=30) as client,
    ):
        answer = client.get("/search?q=zorgen", headers={"accept": "text/html"})
        assert answer.status_code == 503
        assert int(answer.headers["retry-after"]) > 0
        assert answer.headers["cache-control"] == "no-store"
        assert "zoekindex" in answer.text
        assert KERNTAAK in [hit["iri"] for hit in ready(client).json()["results"]]


def test_server_without_search_says_so(tmp_path: Path, running: Callable[..., AbstractContextManager[str]]) -> None:
    with running(tmp_path, search=False) as address:
        answer = httpx.get(f"{address}/search?q=zorgen&format=json")
        assert answer.status_code == 404
        assert "uit" in answer.json()["detail"]


def test_what_is_written_is_found_and_the_answer_of_before_is_not_taken_for_it(client: httpx.Client) -> None:
    path = "/search?q=spijkerjas&format=json"
    before = ready(client, path)
    assert before.json()["total"] == 0
    update = f'INSERT DATA {{ GRAPH <{iris.BASE}graph/nieuw> {{ <urn:nieuw> {LABEL} "spijkerjas"@nl }} }}'
    written = client.post("/update", data={"update": update}, headers={"authorization": f"Bearer {TOKEN}"})
    assert written.status_code == 204, written.text
    after = client.get(path, headers={"if-none-match": before.headers["etag"]})
    assert after.status_code == 200
    found = ready(client, path)
    assert [hit["iri"] for hit in found.json()["results"]] == ["urn:nieuw"]
    assert found.json()["index"]["data_version"] > before.json()["index"]["data_version"]


def test_results_of_the_same_name_say_what_they_are_a_part_of(client: httpx.Client) -> None:
    vg, label = iris.VG, LABEL
    parts = " ".join(
        f'<urn:taak{n}> {label} "Taak"@nl ; <{vg}nummer> "{n}" ; <{vg}heeftVereiste> <urn:eis{n}> .'
        f' <urn:eis{n}> a <{vg}Skillvereiste> ; {label} "zwaluwstaarten"@nl .'
        for n in (1, 2)
    )
    alone = f'<urn:taak1> <{vg}heeftVereiste> <urn:eis3> . <urn:eis3> {label} "kantrechten"@nl .'
    update = f"INSERT DATA {{ GRAPH <{iris.BASE}graph/alike> {{ {parts} {alone} }} }}"
    written = client.post("/update", data={"update": update}, headers={"authorization": f"Bearer {TOKEN}"})
    assert written.status_code == 204, written.text
    found = ready(client, "/search?q=zwaluwstaarten&format=json").json()
    assert {hit["iri"]: hit["part_of"]["label"] for hit in found["results"]} == {
        "urn:eis1": "1 Taak",
        "urn:eis2": "2 Taak",
    }
    assert "bij <a" in page(client, q="zwaluwstaarten", lang="nl")
    (hit,) = search(client, "kantrechten")["results"]
    assert hit["part_of"] is None
