"""Addresses of things whose IRIs have escapes, or letters that an address has as escapes."""

from __future__ import annotations

from contextlib import closing
from http.client import HTTPConnection

import httpx
import pytest
from rdflib import Graph, URIRef

from vakgraaf.rdf import iris
from vakgraaf.web.spelling import spellings

THING = f"{iris.BASE}id/proef/"
NAMES = [
    "a%20b",
    "café",
    "cafe%CC%81",
    "100%25",
    "è%2Fé",
    "a'b",
    "a%27c",
    "%41nna",
    "x%23y",
    "z%ffz",
    "日本",
    "a//b",
    "a/",
]


@pytest.fixture(scope="module")
def http(http: httpx.Client) -> httpx.Client:
    """A client of a server that knows a thing by each name."""
    facts = "".join(f'<{THING}{name}> <urn:x:called> "{n}" .\n' for n, name in enumerate(NAMES))
    kind = {"content-type": "text/turtle"}
    assert http.put("/graph/spelling", content=facts.encode(), headers=kind).status_code == 201
    return http


@pytest.mark.parametrize("name", NAMES)
def test_every_iri_leads_to_what_is_known_of_it(http: httpx.Client, name: str) -> None:
    """An IRI becomes an address by RFC 3987 §3.1: letters beyond ASCII are escaped, escapes stay."""
    path = "".join(c if c.isascii() else "".join(f"%{byte:02X}" for byte in c.encode()) for c in f"/id/proef/{name}")
    sent_on = http.get(path)
    assert sent_on.status_code == 303
    for accept in ("text/turtle", "text/html"):
        answer = http.get(sent_on.headers["location"], headers={"accept": accept})
        assert answer.status_code == 200, answer.text
        if accept == "text/turtle":
            said = Graph().parse(data=answer.text, format="turtle")
            assert str(said.value(URIRef(THING + name), URIRef("urn:x:called"))) == str(NAMES.index(name))


def test_extension_and_question_go_along_with_an_escaped_name(http: httpx.Client) -> None:
    assert http.get("/id/proef/a%20b?format=nt").headers["location"] == "/doc/proef/a%20b?format=nt"
    assert http.get("/doc/proef/a%20b.nt").text.startswith(f"<{THING}a%20b> ")
    assert http.get("/doc/proef/a%20c").status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        "/doc/proef/%zz",
        "/doc/proef/a%20b?incoming=http://a.example/%25zz",
        "/graph/%25zz",
        "/graph/versie/%25zz/1",
        "/sources/%25zz",
        "/diff?a=%25zz&b=spelling",
    ],
)
@pytest.mark.usefixtures("http")
def test_half_an_escape_is_no_part_of_an_iri(writable: str, address: str) -> None:
    """Nobody is told that a query is wrong which is none of theirs."""
    with closing(HTTPConnection(writable.removeprefix("http://"), timeout=60)) as connection:
        connection.request("GET", address)  # as it is; other clients mend it
        assert connection.getresponse().status == 404


def test_likeliest_spelling_comes_first_and_none_that_is_no_iri() -> None:
    assert spellings("plain") == ("plain",)
    assert spellings("caf%C3%A9%20x") == ("café%20x", "caf%C3%A9%20x")
    assert spellings("100%25") == ("100%25",)
    assert spellings("%3Cscript%3E") == ("%3Cscript%3E",)
