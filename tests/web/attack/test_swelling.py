"""Small things that would become large, and short ones that would take long."""

from __future__ import annotations

import gzip
import io
import zipfile
from urllib.parse import quote

import httpx
import pytest

from vakgraaf.web.negotiation import choose, choose_language

DEPTH = 2_000
_RDF = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://a.example/">'
_XML = "<rdf:Description><e:p>" * DEPTH + "</e:p></rdf:Description>" * DEPTH + "</rdf:RDF>"
DEEP = {
    "text/turtle": {
        "blank nodes": "<urn:a> <urn:b> " + "[ <urn:b> " * DEPTH + "1" + " ]" * DEPTH + " .",
        "lists": "<urn:a> <urn:b> " + "( " * DEPTH + ") " * DEPTH + " .",
        "triple terms": "<urn:a> <urn:b> " + "<<( <urn:a> <urn:b> " * DEPTH + "1" + " )>>" * DEPTH + " .",
    },
    "application/ld+json": {
        "lists": "[" * DEPTH + "]" * DEPTH,
        "objects": '{"urn:p":' * DEPTH + "1" + "}" * DEPTH,
        "contexts": '{"@context":' * DEPTH + "{}" + "}" * DEPTH,
    },
    "application/rdf+xml": {"elements": _RDF + _XML},
    "application/trig": {"blank nodes": "<urn:g> { <urn:a> <urn:b> " + "[ <urn:b> " * DEPTH + "1" + "]" * DEPTH + " }"},
}
_CASES = [pytest.param(kind, text, id=f"{kind}, {name}") for kind, each in DEEP.items() for name, text in each.items()]


@pytest.mark.parametrize(("kind", "text"), _CASES)
def test_deep_nesting_in_what_is_handed_in_takes_nobody_along(client: httpx.Client, kind: str, text: str) -> None:
    answer = client.post(
        "/validate", content=text.encode(), headers={"content-type": kind, "accept": "application/json"}
    )
    assert answer.status_code in (200, 400, 413, 422, 504, 507)
    assert client.get("/health").status_code == 200


def test_triple_within_a_triple_is_refused_in_words(client: httpx.Client) -> None:
    data = "<urn:a> <urn:b> <<( <urn:a> <urn:b> 1 )>> ."
    answer = client.post(
        "/validate", content=data, headers={"content-type": "text/turtle", "accept": "application/json"}
    )
    assert answer.status_code == 400
    assert "RDF 1.2" in answer.json()["detail"]


@pytest.mark.parametrize(
    "text",
    [
        "[" * 5000 + "]" * 5000,
        '{"jsonrpc":' * 5000 + "1" + "}" * 5000,
        '{"jsonrpc":"2.0","id":' + "9" * 5000 + ',"method":"tools/list"}',
    ],
)
@pytest.mark.parametrize("place", ["/mcp", "/links", "/sparql", "/new/addendum"])
def test_deep_json_is_no_error_of_ours(client: httpx.Client, place: str, text: str) -> None:
    answer = client.post(place, content=text.encode(), headers={"content-type": "application/json"})
    assert answer.status_code < 500


def _zip(entries: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return packed.getvalue()


ZIPS = {
    "another archive": _zip({"a.zip": _zip({"b.zip": _zip({"a.txt": b"0" * 1_000_000})})}),
    "ten thousand files": _zip({f"{n}.ttl": b"" for n in range(10_000)}),
    "path that leads up": _zip({"../../../../etc/cron.d/x.ttl": b"<urn:a> <urn:b> 1 ."}),
    "path from the root": _zip({"/etc/passwd": b"root"}),
}


@pytest.mark.parametrize("packed", ZIPS.values(), ids=ZIPS)
def test_archive_of_odd_things_is_refused_or_read_without_a_trace(client: httpx.Client, packed: bytes) -> None:
    answer = client.post("/validate", content=packed, headers={"content-type": "application/zip"})
    assert answer.status_code in (200, 400, 413, 415, 422)
    assert "root:" not in answer.text


_SMALL = gzip.compress(b"0" * 10_000_000)


@pytest.mark.parametrize("place", ["/validate", "/update", "/sparql", "/store?default", "/links", "/new/addendum"])
@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "gzip, gzip"])
def test_compressed_body_is_unpacked_nowhere(client: httpx.Client, place: str, coding: str) -> None:
    headers = {"content-encoding": coding, "content-type": "application/sparql-query"}
    answer = client.post(place, content=_SMALL, headers=headers)
    assert answer.status_code in (401, 403, 415)


_LONG_TEXT = "a" * 30_000 + "!"


@pytest.mark.parametrize(
    "expression",
    [
        'REGEX("{}", "^(a+)+$")',
        'REGEX("{}", "^(a|aa)+$")',
        'REGEX("{}", "^(.*a){{25}}$")',
        'REPLACE("{}", "(a*)*b", "x") = "y"',
        'REGEX("{}", "(a{{1,500}}){{1,500}}")',
        'REGEX("{}", "(x+x+)+y", "i")',
    ],
)
def test_expression_that_would_try_for_ever_does_not(client: httpx.Client, expression: str) -> None:
    query = f"ASK {{ FILTER({expression.format(_LONG_TEXT)}) }}"
    answer = client.post("/sparql", content=query, headers={"content-type": "application/sparql-query"})
    assert answer.status_code in (200, 400)


def test_long_headers_are_looked_through_in_one_go(client: httpx.Client) -> None:
    for header in ("text/html;" * 2000, "a/b;q=" + "0" * 20_000, "," * 20_000, "text/" + "+" * 20_000, '"' * 20_000):
        choose(header, ["text/html", "text/turtle"], "text/html")
        choose_language(None, header)
        for name in ("accept", "accept-language", "if-none-match", "accept-profile", "content-type", "authorization"):
            assert client.get("/doc/kerntaak/proef-2020-1", headers={name: header}).status_code < 500


@pytest.mark.parametrize(
    "text", ["a" * 20_000, "a " * 10_000, '"' * 20_000, "((((" * 5000, "~*" * 10_000, "\u0301" * 20_000]
)
@pytest.mark.parametrize("place", ["/search?q={}", "/suggest?q={}", "/compare?a={}&b={}", "/sparql?query={}"])
def test_long_question_is_no_error_of_ours_and_takes_no_time(client: httpx.Client, place: str, text: str) -> None:
    answer = client.get(place.replace("{}", quote(text)[:30_000]))
    assert answer.status_code in (200, 400, 404, 414, 503)


@pytest.mark.parametrize("word", ["?PREFIX", "?BASE", "?s # PREFIX", "?s ?p 'PREFIX' . ?s"])
def test_long_blank_in_a_query_takes_no_time(client: httpx.Client, word: str) -> None:
    query = f"ASK {{ {word}{' ' * 100_000}\n?p ?o }}"
    answer = client.post("/sparql", content=query, headers={"content-type": "application/sparql-query"})
    assert answer.status_code == 200


PATHS = (
    "../../../../etc/passwd",
    "..%2f..%2f..%2f..%2fetc%2fpasswd",
    "%2e%2e/%2e%2e/%2e%2e/etc/passwd",
    "..%5c..%5cetc%5cpasswd",
    "%2fetc%2fpasswd",
    "....//....//etc/passwd",
    "etc/passwd%00.txt",
    "file:///etc/passwd",
    "~root/.ssh/id_rsa",
)


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    "place",
    ["/static/{}", "/static/v-0/{}", "/sources/{}", "/graph/{}", "/store?graph={}", "/doc/{}", "/diff?a={}&b={}"],
)
def test_no_name_leads_to_a_file(client: httpx.Client, place: str, path: str) -> None:
    answer = client.get(place.replace("{}", path))
    assert answer.status_code in (200, 303, 400, 404, 406, 422)
    assert "root:" not in answer.text
