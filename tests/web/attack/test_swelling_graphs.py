"""Graphs that are sent to be kept, and would swell, or take down what reads them: refused as `/validate` does it."""

from __future__ import annotations

import gzip
import os
import subprocess
import sys
import time
from itertools import pairwise
from pathlib import Path

import httpx
import pytest

RDF = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://a.example/">'
_LETTERS = "abcdefg"
_GROWING = '<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in pairwise(_LETTERS)
)
_ONE = '<e:a rdf:about="http://a.example/a"><e:b>{}</e:b></e:a></rdf:RDF>'
GRAPHS = {
    "entities of entities": ("application/rdf+xml", f"<!DOCTYPE x [{_GROWING}]>{RDF}{_ONE.format('&g;')}"),
    "entity of a file": (
        "application/rdf+xml",
        f'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>{RDF}{_ONE.format("&a;")}',
    ),
    "one entity very often": (
        "application/rdf+xml",
        f'<!DOCTYPE x [<!ENTITY a "{"a" * 1000}">]>{RDF}{_ONE.format("&a;" * 30_000)}',
    ),
    "elements": ("application/rdf+xml", RDF + "<e:a><e:b>" * 20_000 + "</e:b></e:a>" * 20_000 + "</rdf:RDF>"),
    "objects": ("application/ld+json", '{"urn:a":' * 20_000 + "1" + "}" * 20_000),
    "triple terms": ("text/turtle", "<urn:a> <urn:b> " + "<<( <urn:a> <urn:b> " * 20_000 + "1" + " )>>" * 20_000 + "."),
}
ENDINGS = {"application/rdf+xml": "rdf", "application/ld+json": "jsonld", "text/turtle": "ttl"}
EDITED = (
    '<?xml version="1.0"?>\n<!DOCTYPE rdf:RDF [\n  <!ENTITY owl "http://www.w3.org/2002/07/owl#" >\n]>\n'
    f'{RDF}<rdf:Description rdf:about="http://a.example/a" e:b="1"><e:c rdf:resource="&owl;Thing"/></rdf:Description>'
    "</rdf:RDF>"
)


@pytest.fixture(scope="module")
def http(http: httpx.Client) -> httpx.Client:
    http.headers["accept"] = "application/json"
    return http


def in_a_form(kind: str, text: str) -> tuple[bytes, str]:
    """The file as the only part of a form."""
    part = f'--XX\r\nContent-Disposition: form-data; name="f"; filename="f"\r\nContent-Type: {kind}\r\n\r\n{text}\r\n'
    return f"{part}--XX--\r\n".encode(), "multipart/form-data; boundary=XX"


@pytest.mark.parametrize("case", GRAPHS)
@pytest.mark.parametrize(
    ("method", "address", "packed"),
    [
        ("PUT", "/store?graph=http://a.example/g", False),
        ("POST", "/store", False),
        ("PUT", "/graph/zwelt", False),
        ("POST", "/store?graph=http://a.example/g", True),
        ("POST", "/validate", False),
    ],
)
def test_graph_that_swells_or_is_too_deep_is_refused_at_once(
    http: httpx.Client, case: str, method: str, address: str, packed: bool
) -> None:
    kind, text = GRAPHS[case]
    content, sent_as = in_a_form(kind, text) if packed else (text.encode(), kind)
    began = time.monotonic()
    answer = http.request(method, address, content=content, headers={"content-type": sent_as})
    assert (answer.status_code, answer.json()["type"].rpartition("#")[2]) == (400, "UnreadableInput"), answer.text
    assert time.monotonic() - began < 10
    assert http.get("/store?graph=http://a.example/g").status_code == 404


@pytest.mark.parametrize("address", ["/store?graph=http://a.example/namen", "/validate"])
def test_graph_with_names_for_namespaces_is_read(http: httpx.Client, address: str) -> None:
    method = "POST" if address == "/validate" else "PUT"
    answer = http.request(method, address, content=EDITED, headers={"content-type": "application/rdf+xml"})
    assert answer.status_code in (200, 201), answer.text
    if method == "PUT":
        assert "owl#Thing" in http.get(address, headers={"accept": "application/n-triples"}).text


@pytest.mark.parametrize("case", GRAPHS)
def test_file_that_swells_or_is_too_deep_is_not_loaded(tmp_path: Path, case: str) -> None:
    kind, text = GRAPHS[case]
    file = tmp_path / f"zwelt.{ENDINGS[kind]}.gz"
    file.write_bytes(gzip.compress(text.encode()))
    done = subprocess.run(
        [sys.executable, "-P", "-m", "vakgraaf", "load", "--no-validate", file, "--store", tmp_path / "state"],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "VAKGRAAF_EMPTY": "true"},
    )
    assert done.returncode == 2
    assert "zwelt" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("packed", [False, True], ids=["alone", "in a form"])
def test_context_that_takes_down_what_reads_it_takes_down_nothing_else(http: httpx.Client, packed: bool) -> None:
    terms = ",".join(f'"t{number}":"t{(number + 1) % 5000}:x"' for number in range(5000))
    text = f'{{"@context":{{{terms}}},"@id":"urn:a","t0:y":1}}'
    before = http.get("/health").json()
    content, sent_as = in_a_form("application/ld+json", text) if packed else (text.encode(), "application/ld+json")
    answer = http.put("/store?graph=http://a.example/q", content=content, headers={"content-type": sent_as})
    assert answer.status_code in (400, 500)
    assert answer.json()["detail"]
    assert http.get("/health").json().keys() == before.keys()
    assert http.get("/store?graph=http://a.example/q").status_code == 404
