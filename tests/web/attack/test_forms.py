"""Forms that are made to take long, or to be taken for something else."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from urllib.parse import unquote_to_bytes

import httpx
import pytest

from vakgraaf.web.form_fields import MOST_FIELDS, fields_of
from vakgraaf.web.form_parts import MOST_PARTS, Part, parts_of
from vakgraaf.web.problems import HttpProblem

FORM = "multipart/form-data; boundary=XX"
FIELD = b'--XX\r\nContent-Disposition: form-data; name="data"'
FILE = FIELD + b'; filename="f.ttl"\r\n'
TRIPLE = b"<http://a.example/s> <http://a.example/p> 1 ."
END = b"\r\n--XX--\r\n"
SOON_S = 5.0
"""Next to no time on a machine that others share; what is guarded against took minutes."""

LONG = {
    "nothing but parts": (FILE + b"\r\n\r\n") * 200_000 + END,
    "nothing but beginnings": b"--XX" * 4_000_000 + END,
    "nothing but lines that nearly are one": FILE + b"\r\n" + b"\r\n--X" * 3_000_000 + END,
    "spaces after a boundary": FILE + b"\r\n" + (b"--XX" + b" " * 16_000) * 900 + END,
    "a name of 10 MB": FIELD.replace(b'"data"', b'"' + b"a" * 10_000_000 + b'"') + b"\r\n\r\nx" + END,
    "long heads": (FIELD + b"; a=b" * 390 + b"\r\n\r\nx\r\n") * 999 + END,
    "brackets in heads": (FIELD.replace(b'"data"', b"(" * 1_900) + b"\r\n\r\nx\r\n") * 999 + END,
}


@pytest.mark.parametrize("body", LONG.values(), ids=LONG)
def test_form_is_read_or_refused_at_once(body: bytes) -> None:
    began = time.monotonic()
    with suppress(HttpProblem):
        parts_of(body, FORM)
    assert time.monotonic() - began < SOON_S


@pytest.mark.parametrize("kind", ["multipart/form-data " + "(" * 60_000, FORM + "; a=b" * 12_000])
def test_content_type_that_goes_on_and_on_is_refused_at_once(http: httpx.Client, kind: str) -> None:
    assert http.post(
        "/validate", content=FILE + b"\r\n" + TRIPLE + END, headers={"content-type": kind}
    ).status_code in (
        400,
        415,
    )


MANY = "a=&" * MOST_FIELDS + "query=ASK{}"


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/sparql", MANY),
        ("QUERY", "/sparql", MANY),
        ("POST", "/update", MANY),
        ("POST", "/validate", MANY),
        ("POST", "/links", MANY),
        ("POST", "/new/addendum", MANY),
        ("GET", f"/sparql?{MANY}", ""),
        ("GET", f"/def?{MANY}", ""),
    ],
)
def test_thousands_of_fields_are_refused_in_words(http: httpx.Client, method: str, path: str, body: str) -> None:
    headers = {"content-type": "application/x-www-form-urlencoded", "accept-language": "en"}
    answer = http.request(method, path, content=body, headers=headers)
    assert answer.status_code == 400
    assert "fields" in answer.json()["detail"]


def test_address_of_thousands_of_fields_is_not_looked_at_for_a_language_either(http: httpx.Client) -> None:
    """To refuse it would take as long as to answer it."""
    answer = http.get(f"/def?lang=en&{MANY}", headers={"accept-language": "nl"})
    assert (answer.status_code, answer.headers["content-language"]) == (400, "nl")


def test_escape_that_is_none_makes_a_form_no_slower() -> None:
    """Nobody else is answered while a form is read; the standard library reads its escapes one by one."""
    form = b"%41" * 200_000 + b"%zz"

    def seconds(read: Callable[[bytes], object]) -> float:
        began = time.perf_counter()
        read(form)
        return time.perf_counter() - began

    ours, theirs = (min(seconds(read) for _ in range(3)) for read in (fields_of, unquote_to_bytes))
    assert ours < theirs / 2


def test_query_may_name_thousands_of_graphs(http: httpx.Client) -> None:
    graphs = {"default-graph-uri": [f"http://a.example/{n}" for n in range(MOST_FIELDS - 1)]}
    assert http.post("/sparql", data={"query": "ASK {}"} | graphs).status_code == 200


@pytest.mark.parametrize("kind", ["multipart/mixed; boundary=YY", "message/rfc822", "multipart/form-data", "text/(((("])
def test_file_is_what_is_in_it_whatever_it_calls_itself(http: httpx.Client, kind: str) -> None:
    body = FILE + b"Content-Type: " + kind.encode() + b"\r\n\r\n" + TRIPLE + END
    headers = {"content-type": FORM}
    assert http.post("/validate", content=body, headers=headers).status_code == 200
    graph = "/store?graph=http://a.example/form"
    assert http.put(graph, content=body, headers=headers).status_code in (201, 204)
    assert TRIPLE.split()[0].decode() in http.get(graph, headers={"accept": "application/n-triples"}).text


def test_more_parts_than_anybody_sends_are_refused_in_words(http: httpx.Client) -> None:
    headers = {"content-type": FORM, "accept-language": "en"}
    answer = http.post("/validate", content=(FILE + b"\r\n\r\n") * (MOST_PARTS + 1) + END, headers=headers)
    assert answer.status_code == 400
    assert f"more than {MOST_PARTS} parts" in answer.json()["detail"]


WELL = {
    "as browsers send it": (FILE + b"Content-Type: text/turtle\r\n\r\na\r\n" + END, "data", "f.ttl", b"a\r\n"),
    "line feeds alone": (b'--XX\nContent-Disposition: form-data; name="data"\n\na\n--XX--', "data", None, b"a"),
    "text before and after": (b"hallo\r\n" + FIELD + b"\r\n\r\na" + END + b"dag", "data", None, b"a"),
    "spaces after the boundary": (FIELD.replace(b"XX\r", b"XX \t\r") + b"\r\n\r\na" + END, "data", None, b"a"),
    "boundary within a line": (FIELD + b"\r\n\r\na --XX b\r\n--XXY" + END, "data", None, b"a --XX b\r\n--XXY"),
    "empty": (FIELD + b"\r\n\r\n" + END, "data", None, b""),
    "no headers": (b"--XX\r\n\r\na" + END, "", None, b"a"),
    "name of a file in UTF-8": (FIELD + '; filename="é.ttl"\r\n\r\n'.encode() + END, "data", "é.ttl", b""),
    "name of a file as RFC 5987 has it": (FIELD + b"; filename*=utf-8''%C3%A9.ttl\r\n\r\n" + END, "data", "é.ttl", b""),
    "base64": (FIELD + b"\r\nContent-Transfer-Encoding: base64\r\n\r\nYQ==" + END, "data", None, b"a"),
}  # fmt: skip


@pytest.mark.parametrize(("body", "name", "file", "content"), WELL.values(), ids=WELL)
def test_part_is_read_as_it_was_meant(body: bytes, name: str, file: str | None, content: bytes) -> None:
    kind = "text/turtle" if b"text/turtle" in body else ""
    assert parts_of(body, FORM) == [Part(name, file, kind, content)]


@pytest.mark.parametrize("cut", [lambda b: b[:-6], lambda b: b[:-4], lambda b: b[:60]])
def test_form_that_is_cut_off_is_refused(cut: Callable[[bytes], bytes]) -> None:
    with pytest.raises(HttpProblem, match="heel aangekomen"):
        parts_of(cut(FILE + b"\r\nabc" + END), FORM)
