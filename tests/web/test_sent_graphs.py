"""A graph that is sent is stored as it was meant, or not at all."""

from __future__ import annotations

import httpx
import pytest

GRAPH = "/store?graph=http://a.example/verzonden"
TURTLE = '<http://a.example/s> <http://a.example/p> "café" .'
RDF_XML = (
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://a.example/">'
    '<rdf:Description rdf:about="http://a.example/s"><e:p>café</e:p></rdf:Description></rdf:RDF>'
)
JSON_LD = '[{"@id":"http://a.example/s","http://a.example/p":[{"@value":"café"}]}]'
TRIG = f"<http://a.example/verzonden> {{ {TURTLE} }}"
KINDS = {"text/turtle": TURTLE, "application/rdf+xml": RDF_XML, "application/ld+json": JSON_LD}
PART = (
    f'--XX\r\nContent-Disposition: form-data; name="f"; filename="f.ttl"\r\nContent-Type: text/turtle\r\n\r\n{TURTLE}'
)
FORM = "multipart/form-data; boundary=XX"


@pytest.fixture
def http(http: httpx.Client) -> httpx.Client:
    """A client that may write, to a server where the graph is not there."""
    http.delete(GRAPH)
    return http


def _send(
    http: httpx.Client, content: str | bytes, kind: str, method: str = "PUT", path: str = GRAPH, **headers: str
) -> int:
    return http.request(method, path, content=content, headers={"content-type": kind} | headers).status_code


def _stored(http: httpx.Client) -> str | None:
    answer = http.get(GRAPH, headers={"accept": "application/n-triples"})
    return answer.text if answer.status_code == 200 else None


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("charset", ["ISO-8859-1", '"iso-8859-15"', "utf-16", "windows-1252"])
def test_graph_in_another_charset_than_utf_8_is_refused(http: httpx.Client, kind: str, charset: str) -> None:
    content = KINDS[kind].encode(charset.strip('"'))
    for method in ("PUT", "POST"):
        assert _send(http, content, f"{kind}; charset={charset}", method) == 415
        assert _send(http, KINDS[kind], f"{kind}; Charset={charset}", method) == 415  # whatever is in it
    assert _stored(http) is None


def test_charset_is_looked_at_wherever_graphs_are_sent(http: httpx.Client) -> None:
    latin = "; charset=latin1"
    assert _send(http, TURTLE, f"text/turtle{latin}", path="/graph/verzonden") == 415
    assert _send(http, TURTLE, f"text/turtle{latin}", path="/store/verzonden") == 415
    assert _send(http, TRIG, f"application/trig{latin}", "POST", "/store") == 415
    part = PART.replace("text/turtle", f"text/turtle{latin}")
    assert _send(http, f"{part}\r\n--XX--\r\n", FORM) == 415
    assert _stored(http) is None


@pytest.mark.parametrize("charset", ["", "; charset=UTF-8", '; charset="utf-8"', ";charset=utf8"])
@pytest.mark.parametrize("kind", KINDS)
def test_graph_in_utf_8_is_stored_as_it_is(http: httpx.Client, kind: str, charset: str) -> None:
    assert _send(http, KINDS[kind], kind + charset) == 201
    assert '"café"' in (_stored(http) or "")


@pytest.mark.parametrize("kind", [*KINDS, "application/n-triples"])
def test_mark_that_editors_put_before_a_text_is_no_part_of_it(http: httpx.Client, kind: str) -> None:
    content = KINDS.get(kind, TURTLE)
    assert _send(http, b"\xef\xbb\xbf" + content.encode(), kind) == 201
    assert '"café"' in (_stored(http) or "")


def test_text_that_is_not_in_utf_8_is_called_that(http: httpx.Client) -> None:
    for content in (TURTLE.encode("latin-1"), TURTLE.encode("utf-16")):
        answer = http.put(GRAPH, content=content, headers={"content-type": "text/turtle", "accept-language": "en"})
        assert (answer.status_code, answer.json()["line"]) == (400, 1)
        assert "no text in UTF-8. Save the file as UTF-8." in answer.json()["detail"]
    assert _stored(http) is None


@pytest.mark.parametrize("end", ["", "\r\n", "\r\n--XX", "\r\n--XX\r\n", "\r\n--XX-", "\r\n--YY--\r\n"])
def test_form_without_its_end_is_not_stored(http: httpx.Client, end: str) -> None:
    for method in ("PUT", "POST"):
        assert _send(http, PART + end, FORM, method) == 400
    assert _stored(http) is None


@pytest.mark.parametrize("end", ["\r\n--XX--", "\r\n--XX--\r\n", "\r\n--XX--  \r\nwhat comes after it"])
def test_form_with_its_end_is_stored(http: httpx.Client, end: str) -> None:
    assert _send(http, PART + end, FORM) == 201
    assert (_stored(http) or "").count("\n") == 1


def test_form_without_its_end_is_not_judged_either(http: httpx.Client) -> None:
    data = PART.replace('name="f"', 'name="data"')
    assert _send(http, f"{data}\r\n", FORM, "POST", "/validate") == 400
    assert _send(http, f"{data}\r\n--XX--\r\n", FORM, "POST", "/validate") == 200


def test_part_of_a_graph_is_not_put_in_the_place_of_all_of_it(http: httpx.Client) -> None:
    assert _send(http, TURTLE, "text/turtle") == 201
    part = {"content-range": "bytes 0-5/100"}
    for path in (GRAPH, "/store/verzonden", "/graph/verzonden"):
        assert _send(http, "", "text/turtle", path=path, **part) == 400
    assert "http://a.example/s" in (_stored(http) or "")
