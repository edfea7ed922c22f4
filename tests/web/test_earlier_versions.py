"""Over HTTP: a profile that is replaced can be seen as it was, and what changed can be read."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path

import httpx
import pytest

from token_file import BEARER, Writable
from vakgraaf.rdf import iris
from vakgraaf.resources import folder

EXAMPLE = (folder("shapes") / "examples" / "voorbeeld.ttl").read_text("utf-8")
WARNED = EXAMPLE.replace("    dct:publisher <organisatie/uitgever> ;\n", "")
REFUSED = EXAMPLE + "<persoon/piet> a <http://xmlns.com/foaf/0.1/Person> ."
MARKED = EXAMPLE.replace('"Doet het voor"', '"Doet <script>het</script> voor"')
GRAPH = str(iris.graph("voorbeeld"))
PROFILE, PROCESS = "/doc/profiel/voorbeeld", "/doc/werkproces/voorbeeld-1.1"
REMARKED = f"""ASK {{ GRAPH <{iris.graph("toetsing")}> {{ ?report <http://purl.org/dc/terms/subject> <{GRAPH}> ;
  <http://www.w3.org/ns/shacl#result> ?result }} }}"""


@pytest.fixture(scope="module")
def http(http: httpx.Client) -> httpx.Client:
    """A server on which the example has been replaced by one with another wording."""
    assert _put(http, EXAMPLE).status_code == 201
    http.moment = datetime.now(UTC)  # type: ignore[attr-defined]  # when the first version counted
    assert _put(http, MARKED).status_code == 204
    return http


def _put(http: httpx.Client, text: str, **parameters: str) -> httpx.Response:
    address = httpx.URL("/store", params={"graph": GRAPH, **parameters})
    return http.put(address, content=text, headers={"content-type": "text/turtle"})


def _asked(http: httpx.Client, query: str) -> bool:
    return bool(http.get("/sparql", params={"query": query, "format": "json"}).json()["boolean"])


def _page(http: httpx.Client, address: str, **parameters: str) -> httpx.Response:
    return http.get(address, params=parameters, headers={"accept": "text/html"})


def _then(http: httpx.Client) -> str:
    return str(http.moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ"))  # type: ignore[attr-defined]  # see above


def test_page_as_of_a_moment_shows_what_it_was_and_says_so(http: httpx.Client) -> None:
    now, was = _page(http, PROCESS), _page(http, PROCESS, **{"as-of": _then(http)})
    assert "&lt;script&gt;het" in now.text
    assert "U ziet dit zoals het was" not in now.text
    assert was.status_code == 200
    assert "Doet het voor" in was.text
    assert "&lt;script&gt;het" not in was.text
    assert "U ziet dit zoals het was" in was.text
    assert 'rel="original timegate"' in was.headers["link"]


def test_data_as_of_a_moment_are_those_of_the_version(http: httpx.Client) -> None:
    assert "Doet het voor" in _page(http, f"{PROCESS}.ttl", **{"as-of": _then(http)}).text
    assert "Doet het voor" not in _page(http, f"{PROCESS}.ttl").text


def test_before_it_was_there_nothing_is_known_and_what_is_no_date_is_refused(http: httpx.Client) -> None:
    assert _page(http, PROCESS, **{"as-of": "1999-01-01"}).status_code == 404
    assert _page(http, PROCESS, **{"as-of": "gisteren"}).status_code == 400


def test_what_has_not_changed_since_is_shown_as_it_is(http: httpx.Client) -> None:
    page = _page(http, PROCESS, **{"as-of": "2999-01-01"})
    assert (page.status_code, "niet veranderd" in page.text) == (200, True)


def test_accept_datetime_leads_to_the_page_as_it_was(http: httpx.Client) -> None:
    sent = {"accept-datetime": format_datetime(http.moment, usegmt=True)}  # type: ignore[attr-defined]  # see above
    answer = http.get(PROCESS, headers=sent)
    assert (answer.status_code, "as-of=" in answer.headers["location"]) == (302, True)
    assert "Accept-Datetime" in answer.headers["vary"]


def test_profile_lists_its_versions_and_each_link_leads_somewhere(http: httpx.Client) -> None:
    text = _page(http, PROFILE).text
    part = text[text.index('id="versies"') : text.index('id="citeren"')]
    links = [piece.split('"')[0].replace("&amp;", "&") for piece in part.split('href="')[1:]]
    assert len(links) == 3
    for link in links:
        assert http.get(link, headers={"accept": "text/html"}).status_code == 200, link


def test_version_is_a_graph_with_a_page_and_data(http: httpx.Client) -> None:
    for address in ("/graph/versie/voorbeeld/1", "/graph/versie/voorbeeld/1.ttl"):
        assert http.get(address, headers={"accept": "text/html"}).status_code == 200
    assert "Doet het voor" in http.get("/store", params={"graph": str(iris.graph("versie/voorbeeld/1"))}).text
    assert http.get("/graph/versie/voorbeeld/9").status_code == 404


@pytest.mark.parametrize("language", ["nl", "en"])
def test_difference_is_a_page_in_which_words_are_marked_and_nothing_is_markup(
    http: httpx.Client, language: str
) -> None:
    page = _page(http, "/diff", a="voorbeeld@1", b="voorbeeld", lang=language)
    assert page.status_code == 200
    assert "<ins>&lt;script&gt;</ins>" in page.text
    assert "<script>het" not in page.text
    assert {"nl": "Andere naam", "en": "Different name"}[language] in page.text


def test_difference_is_data_too_and_needs_two_that_there_are(http: httpx.Client) -> None:
    found = http.get("/diff.json", params={"a": "voorbeeld@1", "b": "voorbeeld"}).json()
    assert (found["same"], found["counts"]) == (False, {"renamed": 1})
    assert http.get("/diff.json", params={"a": "voorbeeld"}).status_code == 400
    assert http.get("/diff.json", params={"a": "voorbeeld@9", "b": "voorbeeld"}).status_code == 404


@pytest.mark.parametrize("language", ["nl", "en"])
def test_who_names_nothing_or_one_is_offered_documents_and_their_versions(http: httpx.Client, language: str) -> None:
    page = _page(http, "/diff", a="voorbeeld@1", lang=language)
    assert page.status_code == 200
    assert 'value="voorbeeld@1" required' in page.text
    for reference in ("voorbeeld", "voorbeeld@1"):
        assert f'<option value="{reference}"' in page.text
    assert {"nl": "Toon wat er is veranderd", "en": "Show what has changed"}[language] in page.text


def test_what_does_not_conform_changes_nothing_and_makes_no_version(http: httpx.Client) -> None:
    before = http.get("/store", params={"graph": GRAPH}).text
    assert _put(http, REFUSED).status_code == 422
    update = f"INSERT DATA {{ GRAPH <{GRAPH}> {{ <urn:x:piet> a <http://xmlns.com/foaf/0.1/Person> }} }}"
    sent = http.post("/update", content=update, headers={"content-type": "application/sparql-update"})
    assert sent.status_code == 422
    assert sorted(http.get("/store", params={"graph": GRAPH}).text) == sorted(before)
    assert http.get("/graph/versie/voorbeeld/2").status_code == 404


def test_warnings_pass_and_are_kept_until_they_hold_no_more(writable_by: Writable, tmp_path: Path) -> None:
    with writable_by(tmp_path) as address, httpx.Client(base_url=address, timeout=120, headers=BEARER) as http:
        assert _put(http, WARNED).status_code == 201
        assert _asked(http, REMARKED)
        source, publisher = (f"{iris.BASE}id/{name}" for name in ("brondocument/voorbeeld", "organisatie/uitgever"))
        said = f"<{source}> <http://purl.org/dc/terms/publisher> <{publisher}>"
        update = f"INSERT DATA {{ GRAPH <{GRAPH}> {{ {said} }} }}"
        sent = http.post("/update", content=update, headers={"content-type": "application/sparql-update"})
        assert sent.status_code == 204
        assert not _asked(http, REMARKED)
