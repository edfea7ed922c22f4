"""Tests that are described as HTTP requests with what must come back: the protocol's and the graph store's."""

from __future__ import annotations

from urllib.parse import quote

import httpx
import pyoxigraph as ox

from .comparison import Table, canonical
from .endpoint import Endpoint, result
from .manifests import MF, Case, Description, Node

_HT = "http://www.w3.org/2011/http#"
_CNT = "http://www.w3.org/2011/content#"
_STATUS = {"Created": "201", "OK": "200", "NoContent": "204", "NotFound": "404"}


def exchange(case: Case, endpoint: Endpoint) -> None:
    """Send the requests of a test one after another; each answer must be as described."""
    places: dict[str, str] = {}
    assert case.action is not None
    for request in case.graph.members(case.graph.one(case.action, _HT + "requests")):
        sent = _request(case, request, endpoint, places)
        answer = endpoint.client.send(sent)
        response = case.graph.one(request, _HT + "resp")
        assert response is not None
        _check(case.graph, response, answer, places)


def _request(case: Case, request: Node, endpoint: Endpoint, places: dict[str, str]) -> httpx.Request:
    graph = case.graph
    path = _value(graph, request, _HT + "absolutePath")
    headers = _headers(graph, request)
    for name, place in places.items():
        path = path.replace(name, quote(place, safe=""))
    body = _body(graph, request)
    asks = headers.get("content-type", "").startswith("application/sparql-query")
    if path.startswith("/gsp"):
        url = endpoint.store_address + path.removeprefix("/gsp")
    elif "update" in case.iri.rpartition("#")[2] and not asks:
        url = endpoint.update_address + path.removeprefix("/sparql/")
    else:
        url = endpoint.query_address + path.removeprefix("/sparql/")
    method = _value(graph, request, _HT + "methodName")
    built = endpoint.client.build_request(method, url, headers=headers, content=body)
    if body and "content-type" not in headers:
        built.headers.pop("content-type", None)
    return built


def _check(graph: Description, response: Node, answer: httpx.Response, places: dict[str, str]) -> None:
    statuses = [s.value.rpartition("#")[2] for s in graph.all(response, MF + "expectedStatus")]
    allowed = tuple(_STATUS.get(s) or s.removeprefix("StatusCode").rstrip("x") for s in statuses)
    shown = f"{answer.request.method} {answer.request.url}: {answer.status_code} {answer.text[:300]}"
    assert str(answer.status_code).startswith(allowed), f"not {' or '.join(allowed)}: {shown}"
    place = graph.one(response, MF + "expectedLocation")
    if place is not None:
        places[place.value] = str(answer.request.url.join(answer.headers["location"]))
    if (boolean := graph.one(response, MF + "expectedBoolean")) is not None:
        assert result(answer) is (boolean.value == "true"), shown
    if (form := graph.one(response, MF + "expectedFormat")) is not None:
        kinds = {"boolean": bool, "tabular": Table, "RDF": frozenset}
        assert isinstance(result(answer), kinds[form.value]), shown
    for name, value in _headers(graph, response).items():
        assert answer.headers.get(name, "").partition(";")[0] == value.partition(";")[0], shown
    if content := _body(graph, response):
        base = str(answer.request.url)
        wanted = ox.parse(content, format=ox.RdfFormat.TURTLE, base_iri=base)
        found = ox.parse(answer.content, format=ox.RdfFormat.TURTLE, base_iri=base)
        assert canonical(found) == canonical(wanted), shown


def graphs(case: Case, endpoint: Endpoint) -> None:
    """Fill the store with the graphs that a protocol test asks of, and with nothing else."""
    endpoint.reset(case.graph.dataset(case.node))


def _headers(graph: Description, message: Node) -> dict[str, str]:
    listed = graph.members(graph.one(message, _HT + "headers"))
    return {_value(graph, h, _HT + "fieldName"): _value(graph, h, _HT + "fieldValue") for h in listed}


def _body(graph: Description, message: Node) -> bytes:
    body = graph.one(message, _HT + "body")
    if body is None:
        return b""
    return _value(graph, body, _CNT + "chars").encode(_value(graph, body, _CNT + "characterEncoding"))


def _value(graph: Description, subject: Node, predicate: str) -> str:
    found = graph.one(subject, predicate)
    assert found is not None, predicate
    return found.value
