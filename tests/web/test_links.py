"""`/links`: who may decide on mappings, what a decision does, and that nothing counts before it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

import httpx
import pytest

from token_file import token_file
from vakgraaf.linking.mappings.mapping import identity
from vakgraaf.rdf import iris
from vakgraaf.web.site.mappings import MOST_ALIKE, Filter, LinksPage

LINKER, READER = "koppelt-en-oordeelt", "leest-vragen-terug"
ID = f"{iris.BASE}id/"
Running = Callable[..., AbstractContextManager[str]]
_HEAD = "subject_id\tsubject_label\tpredicate_id\tobject_id\tobject_label\tmapping_justification\tconfidence\n"
_ROWS = (
    ("kerntaak/proef-2020-1", "<script>alert(1)</script>", "http://b.example/1", "Verzorgt", "0.9"),
    ("werkproces/proef-2020-1.1", "Zoekt", "http://b.example/2", "zoekt", "0.8"),
    ("werkproces/proef-2020-1.2", "Overlegt", "http://b.example/3", "Beraadt", "0.7"),
)
FILE = _HEAD + "".join(
    f"{ID}{one}\t{name}\tskos:closeMatch\t{other}\t{called}\tsemapv:LexicalMatching\t{sure}\n"
    for one, name, other, called, sure in _ROWS
)
CODES = [identity(f"{ID}{one}", other).rsplit("/", 1)[-1] for one, _, other, _, _ in _ROWS]
BEARER = {"authorization": f"Bearer {LINKER}"}
PAGE = {"accept": "text/html"}


@pytest.fixture(scope="module")
def reviewed(running: Running, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server that somebody may decide on."""
    tokens = token_file(tmp_path_factory.mktemp("tokens"), f"oordeel {LINKER} link\nkijker {READER} read-queries\n")
    with running(tmp_path_factory.mktemp("reviewed"), update_token_file=tokens, describe_after_s=3600) as address:
        yield address


@pytest.fixture
def http(reviewed: str) -> Iterator[httpx.Client]:
    """A client of a server with three proposals, on which nothing is decided."""
    with httpx.Client(base_url=reviewed, timeout=60) as client:
        tsv = {"content-type": "text/tab-separated-values", **BEARER}
        assert client.post("/links", content=FILE, headers=tsv).status_code == 200
        yield client
        decided = [one["id"] for one in _mappings(client, "alle") if one["status"] != "voorgesteld"]
        if decided:
            fields = {f"besluit-{code}": "undo" for code in decided}
            assert client.post("/links", data={**fields, "role": "docent"}, headers=BEARER).status_code == 200


def _mappings(http: httpx.Client, status: str = "voorgesteld", **filters: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = http.get("/links.json", params={"status": status, **filters}).json()
    return found


def _matches(http: httpx.Client) -> set[str]:
    query = (
        "PREFIX skos: <http://www.w3.org/2004/02/skos/core#> SELECT ?o {"
        " VALUES ?p { skos:exactMatch skos:closeMatch skos:broadMatch skos:narrowMatch skos:relatedMatch } ?s ?p ?o }"
    )
    return set(http.get("/sparql", params={"query": query, "format": "csv"}).text.split()[1:])


def _decide(http: httpx.Client, verdict: str, *codes: str, **fields: str) -> httpx.Response:
    data = {f"besluit-{code}": verdict for code in codes} | {"role": "docent", "token": LINKER} | fields
    return http.post("/links", params={"status": "voorgesteld"}, data=data, headers=PAGE)


def test_what_is_proposed_counts_nowhere_and_what_is_accepted_counts_at_once(http: httpx.Client) -> None:
    assert _matches(http) == set()
    response = _decide(http, "accept", CODES[0])
    assert (response.status_code, response.headers["location"]) == (303, "/links?status=voorgesteld")
    assert _matches(http) == {"http://b.example/1"}
    record = _mappings(http, "aangenomen")[0]
    assert record["author_label"] == "docent"
    assert record["mapping_justification"].endswith("ManualMappingCuration")
    assert CODES[0] not in {one["id"] for one in _mappings(http)}


def test_a_decision_that_is_taken_back_leaves_the_proposal_as_it_was(http: httpx.Client) -> None:
    before = _mappings(http)
    broad = "http://www.w3.org/2004/02/skos/core#broadMatch"
    assert _decide(http, "accept", CODES[1], **{f"relatie-{CODES[1]}": broad, f"reden-{CODES[1]}": "x"}).is_redirect
    assert _mappings(http, "aangenomen")[0]["predicate_id"] == broad
    assert _decide(http, "undo", CODES[1]).is_redirect
    assert (_mappings(http), _matches(http)) == (before, set())


def test_what_was_rejected_stays_rejected_when_it_is_proposed_again(http: httpx.Client) -> None:
    assert _decide(http, "reject", CODES[2]).is_redirect
    again = http.post("/links", content=FILE, headers={"content-type": "text/tab-separated-values", **BEARER})
    assert again.json() == {"new": 0, "known": 3, "left": 0}
    assert [one["id"] for one in _mappings(http, "afgewezen")] == [CODES[2]]
    assert "\tNot" in http.get("/links.tsv", params={"status": "afgewezen"}).text


def test_equal_names_are_accepted_at_once_and_others_are_not(http: httpx.Client) -> None:
    assert _decide(http, "", do="alike").is_redirect
    assert [one["id"] for one in _mappings(http, "aangenomen")] == [CODES[1]]


def test_no_more_equal_names_are_offered_at_once_than_are_accepted() -> None:
    page = LinksPage(Filter(), (), 600, 600, {}, (), ())
    assert page.at_once == MOST_ALIKE < page.alike
    assert LinksPage(Filter(), (), 3, 2, {}, (), ()).at_once == 2


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"token": ""}, 401),
        ({"token": "een-onbekend-token"}, 401),
        ({"token": READER}, 403),
        ({"role": "Piet Jansen"}, 400),
        ({f"relatie-{CODES[0]}": "http://www.w3.org/2002/07/owl#sameAs"}, 400),
    ],
)
def test_who_may_not_decide_gets_the_form_back_as_it_was_filled_in_and_without_the_token(
    http: httpx.Client, fields: dict[str, str], status: int
) -> None:
    response = _decide(http, "accept", CODES[0], **fields)
    assert response.status_code == status
    assert 'role="alert"' in response.text
    assert f'id="accept-{CODES[0]}" name="besluit-{CODES[0]}" value="accept" checked' in response.text
    assert LINKER not in response.text
    assert READER not in response.text
    assert "set-cookie" not in response.headers
    assert _matches(http) == set()


def test_a_mapping_on_which_was_decided_must_be_undone_first(http: httpx.Client) -> None:
    assert _decide(http, "reject", CODES[0]).is_redirect
    assert _decide(http, "accept", CODES[0]).status_code == 400
    assert _matches(http) == set()


def test_words_of_others_show_as_text(http: httpx.Client) -> None:
    page = http.get("/links", params={"status": "voorgesteld"}, headers=PAGE).text
    assert "&lt;script&gt;" in page or "Zorgen &amp; &lt;b&gt;regelen" in page
    assert "<script>alert" not in page
    assert re.search(r"0 van \d beoordeeld\.", page)
    english = http.get("/links", params={"status": "voorgesteld", "lang": "en"}, headers=PAGE).text
    assert re.search(r"0 of \d reviewed\.", english)


def test_filters_keep_what_they_name(http: httpx.Client) -> None:
    assert CODES[0] in {one["id"] for one in _mappings(http, **{"class": "Kerntaak"})}
    assert CODES[1] not in {one["id"] for one in _mappings(http, **{"class": "Kerntaak"})}
    assert [one["id"] for one in _mappings(http, q="OVERLEGT")] == [CODES[2]]
    assert _mappings(http, predicate="http://www.w3.org/2004/02/skos/core#exactMatch") == []
    assert http.get("/links", params={"status": "misschien"}).status_code == 400
    assert _mappings(http, q='") } # \\') == []


def test_file_in_a_form_brings_proposals_and_one_that_is_broken_brings_nothing(http: httpx.Client) -> None:
    new = FILE.replace("b.example/1", "b.example/10")
    broken = new.replace("LexicalMatching", "Gokken")
    for text, status in ((broken, 400), (new, 303)):
        files = {"sssom": ("x.sssom.tsv", text.encode(), "text/plain")}
        response = http.post("/links", data={"token": LINKER}, files=files, headers=PAGE)
        assert response.status_code == status
    assert (
        "regel 2"
        in http.post("/links", content=broken, headers={"content-type": "text/tab-separated-values", **BEARER}).json()[
            "detail"
        ]
    )
    assert "http://b.example/10" in {one["object_id"] for one in _mappings(http)}


def test_where_nobody_may_decide_only_what_is_accepted_is_shown(client: httpx.Client) -> None:
    page = client.get("/links", params={"status": "voorgesteld"}, headers=PAGE)
    assert page.status_code == 200
    assert 'method="post"' not in page.text
    assert client.post("/links", data={"role": "docent"}).status_code == 403
