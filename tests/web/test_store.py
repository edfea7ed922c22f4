"""The graph store over HTTP, as the protocol has it: graphs whole, in and out."""

from __future__ import annotations

import httpx
import pytest
from rdflib import Graph
from rdflib.compare import isomorphic

from vakgraaf.rdf import iris

CARD = """
@prefix v: <http://www.w3.org/2006/vcard/ns#> .
<http://a.example/jane> v:hasEmail [ a v:Email ; v:fn "Jane Doe" ] .
"""
MORE = "<http://a.example/jane> <http://www.w3.org/2006/vcard/ns#fn> 'Jane' ."


def _put(http: httpx.Client, address: str, text: str = CARD, kind: str = "text/turtle") -> httpx.Response:
    return http.put(address, content=text, headers={"content-type": kind})


def _post(http: httpx.Client, address: str, text: str = MORE, kind: str = "text/turtle") -> httpx.Response:
    return http.post(address, content=text, headers={"content-type": kind})


def _graph(response: httpx.Response) -> Graph:
    assert response.status_code == 200, response.text
    return Graph().parse(data=response.content, format="turtle")


def _same(response: httpx.Response, *texts: str) -> bool:
    wanted = Graph()
    for text in texts:
        wanted.parse(data=text, format="turtle")
    return isomorphic(_graph(response), wanted)


@pytest.mark.parametrize("address", ["/store?graph=http://a.example/1", "/store/persoon/1.ttl", "/graph/kaart"])
def test_graph_is_put_read_added_to_replaced_and_removed(http: httpx.Client, address: str) -> None:
    read = f"/store?graph={iris.BASE}graph/kaart" if address.startswith("/graph") else address
    assert http.get(read).status_code == 404
    assert _put(http, address).status_code == 201
    assert _same(http.get(read), CARD)
    assert _post(http, address).status_code == 204
    assert _same(http.get(read), CARD, MORE)
    assert _put(http, address, MORE).status_code == 204
    assert _same(http.get(read), MORE)
    assert http.delete(address).status_code == 204
    assert (http.get(read).status_code, http.head(read).status_code, http.delete(address).status_code) == (404,) * 3


def test_unnamed_graph_is_its_own_and_always_there(http: httpx.Client) -> None:
    assert len(_graph(http.get("/store?default"))) == 0
    assert _put(http, "/store?default").status_code == 201
    assert _same(http.get("/store?default"), CARD)
    assert _put(http, "/store?default", MORE).status_code == 204
    assert _same(http.get("/store?default"), MORE)
    asked = http.get("/sparql", params={"query": "ASK { <http://a.example/jane> ?p 'Jane' }", "format": "json"})
    assert asked.json()["boolean"]
    assert http.delete("/store?default").status_code == 204
    assert len(_graph(http.get("/store?default"))) == 0


def test_direct_and_indirect_names_are_of_the_same_graph(http: httpx.Client, writable: str) -> None:
    assert _put(http, "/store/kaart/2").status_code == 201
    assert _same(http.get("/store", params={"graph": f"{writable}/store/kaart/2"}), CARD)
    assert _same(http.get("/store", params={"graph": "/store/kaart/2"}), CARD)
    assert _same(http.get("/store", params={"graph": "store/kaart/2"}), CARD)


def test_what_is_written_at_an_address_is_what_is_read_there(http: httpx.Client) -> None:
    for number, extension in enumerate(("", ".ttl", ".jsonld", ".html"), 1):
        card = f"<http://a.example/jane> <http://a.example/p> {number} ."
        assert _put(http, f"/graph/adres{extension}", card).status_code == (201 if number == 1 else 204)
        assert _same(http.get("/graph/adres.ttl"), card)
    assert http.delete("/graph/adres.ttl").status_code == 204
    assert http.get("/graph/adres", headers={"accept": "text/turtle"}).status_code == 404


def test_graph_without_a_name_gets_one(http: httpx.Client) -> None:
    first, second = _post(http, "/store", CARD), _post(http, "/store", CARD)
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.headers["location"] != second.headers["location"]
    assert _same(http.get(first.headers["location"]), CARD)
    assert _same(http.get("/store", params={"graph": second.headers["location"]}), CARD)


def test_percent_encoded_names_are_names_of_their_own(http: httpx.Client) -> None:
    assert _put(http, "/store?graph=http://a.example/p/%2531").status_code == 201
    assert http.get("/store?graph=http://a.example/p/1").status_code == 404
    assert _same(http.get("/store?graph=http%3A%2F%2Fa.example%2Fp%2F%2531"), CARD)


def test_files_in_a_form_are_added_together(http: httpx.Client) -> None:
    one = "<http://a.example/jane> <http://a.example/p> _:x ."
    files = {"a": ("een.ttl", one, "text/turtle"), "b": ("twee.ttl", one + MORE, "text/turtle")}
    assert http.post("/store?graph=http://a.example/form", files=files).status_code == 201
    assert len(_graph(http.get("/store?graph=http://a.example/form"))) == 3


def test_dataset_keeps_the_graphs_it_names(http: httpx.Client) -> None:
    trig = "<http://a.example/d1> { <x:s> <x:p> 1 } <http://a.example/d2> { <x:s> <x:p> 2 }"
    assert _post(http, "/store", trig, "application/trig").status_code == 201
    assert len(_graph(http.get("/store?graph=http://a.example/d2"))) == 1
    assert _put(http, "/store?graph=http://a.example/d1", trig, "application/trig").status_code == 415
    everything = http.get("/store", headers={"accept": "application/n-quads"})
    assert everything.headers["content-type"].startswith("application/n-quads")
    names = {line.split(" ")[-2].strip("<>") for line in everything.text.splitlines()}
    assert {"http://a.example/d1", "http://a.example/d2", str(iris.graph("afgeleid"))} <= names


def test_empty_graph_is_a_graph(http: httpx.Client) -> None:
    assert _put(http, "/store?graph=http://a.example/leeg", "").status_code == 201
    assert len(_graph(http.get("/store?graph=http://a.example/leeg"))) == 0
    assert http.delete("/store?graph=http://a.example/leeg").status_code == 204


@pytest.mark.parametrize("kind", ["application/n-triples", "application/rdf+xml", "application/ld+json", "text/turtle"])
def test_graph_comes_in_the_form_that_is_asked_for_and_goes_back_in(http: httpx.Client, kind: str) -> None:
    assert _put(http, "/store?graph=http://a.example/vorm").status_code in (201, 204)
    found = http.get("/store?graph=http://a.example/vorm", headers={"accept": kind})
    assert found.headers["content-type"].startswith(kind)
    assert found.headers["etag"]
    assert _put(http, "/store?graph=http://a.example/vorm", found.text, kind).status_code == 204
    assert _same(http.get("/store?graph=http://a.example/vorm"), CARD)
    assert http.get("/store?graph=http://a.example/vorm", headers={"accept": "image/png"}).status_code == 406


def test_head_is_get_without_a_body_and_the_etag_holds_until_the_next_write(http: httpx.Client) -> None:
    address = "/store?graph=http://a.example/kop"
    _put(http, address)
    head = http.head(address)
    assert (head.status_code, head.content, head.headers["content-type"]) == (200, b"", "text/turtle; charset=utf-8")
    known = {"if-none-match": head.headers["etag"]}
    assert http.get(address, headers=known).status_code == 304
    _post(http, address)
    assert http.get(address, headers=known).status_code == 200


@pytest.mark.parametrize(
    ("method", "address", "kind", "text", "status"),
    [
        ("PUT", "/store", "text/turtle", "", 400),
        ("DELETE", "/store", "text/turtle", "", 400),
        ("PUT", "/store?default&graph=http://a.example/x", "text/turtle", "", 400),
        ("PUT", "/store?graph=http://a.example/x&graph=http://a.example/y", "text/turtle", "", 400),
        ("GET", "/store?graph=", "text/turtle", "", 400),
        ("PUT", "/store?graph=http://a.example/%3Cx%3E", "text/turtle", "", 400),
        ("GET", "/store?graph=http://a.example/%EF%BF%BE", "text/turtle", "", 400),
        ("GET", "/store?graph=http://a.example/%25zz", "text/turtle", "", 400),
        ("PUT", "/store?graph=_:b", "text/turtle", MORE, 400),
        ("PUT", "/store?graph=http://a.example/x", "text/turtle", "<a> <b> .", 400),
        ("PUT", "/store?graph=http://a.example/x", "image/png", "x", 415),
        ("PUT", "/store?graph=http://a.example/x", "", "x", 415),
        ("PATCH", "/store?graph=http://a.example/x", "application/sparql-update", "CLEAR ALL", 405),
        ("PUT", f"/store?graph={iris.graph('afgeleid')}", "text/turtle", MORE, 403),
        ("PUT", "/graph/afgeleid", "text/turtle", MORE, 403),
        ("POST", "/store?graph=http://a.example/x", "multipart/form-data; boundary=x", "geen formulier", 400),
        (
            "PUT",
            "/store?graph=http://a.example/x",
            "text/turtle",
            "<x:piet> a <http://xmlns.com/foaf/0.1/Person> .",
            422,
        ),
    ],
)
def test_request_that_cannot_be_is_refused(
    http: httpx.Client, method: str, address: str, kind: str, text: str, status: int
) -> None:
    response = http.request(method, address, content=text, headers={"content-type": kind} if kind else {})
    assert response.status_code == status
    assert http.get("/store?graph=http://a.example/x").status_code == 404
    if status == 405:
        assert {"GET", "HEAD", "PUT", "POST", "DELETE"} <= set(response.headers["allow"].split(", "))


def test_syntax_error_has_its_place(http: httpx.Client) -> None:
    problem = _put(http, "/store?graph=http://a.example/x", "<a> <b> 1 .\n<c> d .").json()
    assert (problem["status"], problem["line"]) == (400, 2)


def test_reading_needs_no_token_and_writing_does(writable: str) -> None:
    with httpx.Client(base_url=writable, timeout=30) as anybody:
        assert anybody.get("/store?default").status_code == 200
        for method in ("PUT", "POST", "DELETE"):
            assert anybody.request(method, "/store?default").status_code == 401
            assert anybody.request(method, "/store/x").status_code == 401
            assert anybody.request(method, "/graph/x").status_code == 401


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (f"<http://a.example/ok> {{ {MORE} }} _:g {{ {MORE} }}", "application/trig"),
        (f"<http://a.example/ok> {{ {MORE} }} [] {{ {MORE} }}", "application/trig"),
        ("<urn:a> <urn:b> <urn:c> <http://a.example/ok> .\n<urn:a> <urn:b> <urn:c> _:g .", "application/n-quads"),
    ],
)
def test_graph_with_a_blank_node_for_its_name_is_refused_and_nothing_is_written(
    http: httpx.Client, text: str, kind: str
) -> None:
    refused = _post(http, "/store", text, kind)
    assert (refused.status_code, "IRI" in refused.json()["detail"]) == (400, True)
    assert http.get("/store?graph=http://a.example/ok").status_code == 404


@pytest.mark.parametrize("address", ["/store?graph=http://[::1", "/graph/a%20b", "/graph/%7Bx%7D"])
def test_name_of_a_graph_that_is_no_iri_is_refused(http: httpx.Client, address: str) -> None:
    for answer in (_put(http, address), _post(http, address), http.delete(address)):
        assert (answer.status_code, answer.json()["type"].rpartition("#")[2]) == (400, "InputError")
