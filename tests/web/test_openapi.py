"""The description of the addresses is valid OpenAPI, and true: what it promises is there."""

from __future__ import annotations

import re
from typing import Any

import httpx
import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

SELECT = "SELECT ?s WHERE { ?s ?p ?o } LIMIT 1"
CONSTRUCT = "CONSTRUCT WHERE { ?s ?p ?o } LIMIT 1"
_NOT_DESCRIBED = {"HEAD", "OPTIONS", "QUERY"}


@pytest.fixture
def document(client: httpx.Client) -> dict[str, Any]:
    answer = client.get("/openapi.json")
    assert answer.headers["content-type"] == "application/json"
    found: dict[str, Any] = answer.json()
    return found


def parameters(document: dict[str, Any], path: str, method: str) -> set[str]:
    return {parameter["name"] for parameter in document["paths"][path][method].get("parameters", ())}


def test_document_is_valid(document: dict[str, Any]) -> None:
    OpenAPIV31SpecValidator(document).validate()


def test_every_method_of_every_address_is_described(client: httpx.Client, document: dict[str, Any]) -> None:
    for path, operations in document["paths"].items():
        filled = re.sub(r"{\w+}", "ttl", path)
        allowed = set(client.options(filled).headers["allow"].split(", ")) - _NOT_DESCRIBED
        if path == "/doc/problem":  # which is a document like any other for who knows no better
            assert operations.keys() == {"get"}
        else:
            assert {method.upper() for method in operations} == allowed, path
    assert {"/sparql", "/update", "/store", "/queries", "/catalog", "/.well-known/void"} <= document["paths"].keys()


def test_endpoint_gives_every_media_type_that_is_promised(client: httpx.Client, document: dict[str, Any]) -> None:
    for method in ("get", "post"):
        promised = set(document["paths"]["/sparql"][method]["responses"]["200"]["content"])
        assert {"application/sparql-results+json", "text/turtle", "text/html", "application/json"} <= promised
        for media_type in promised:
            answers = [
                client.get("/sparql", params={"query": query, **more}, headers={"accept": media_type})
                for query in (SELECT, CONSTRUCT)
                for more in ({}, {"explain": "on"})
            ]
            given = {a.headers["content-type"].partition(";")[0] for a in answers if a.status_code == 200}
            assert media_type in given, media_type


def test_endpoint_takes_every_body_that_is_promised(client: httpx.Client, document: dict[str, Any]) -> None:
    bodies = document["paths"]["/sparql"]["post"]["requestBody"]["content"]
    sent = {"application/sparql-query": SELECT, "application/x-www-form-urlencoded": f"query={SELECT}"}
    assert bodies.keys() == sent.keys()
    for media_type, body in sent.items():
        assert client.post("/sparql", content=body, headers={"content-type": media_type}).status_code == 200
    fields = bodies["application/x-www-form-urlencoded"]["schema"]["properties"].keys()
    assert fields == parameters(document, "/sparql", "get") - {"lang"}
    assert parameters(document, "/sparql", "post") == (fields - {"query"}) | {"lang"}
    named = {"query", "default-graph-uri", "named-graph-uri", "format", "timeout", "rewrite", "explain"}
    assert named <= fields


@pytest.mark.parametrize(
    ("path", "method", "promised"),
    [
        ("/update", "post", {"using-graph-uri", "using-named-graph-uri", "no-validate"}),
        ("/store", "get", {"graph", "default", "format"}),
        ("/store", "put", {"graph", "default", "no-validate"}),
        ("/store/{path}", "get", {"path", "format"}),
        ("/catalog", "get", {"format", "lang"}),
        ("/queries/{ident}", "delete", {"ident"}),
    ],
)
def test_parameters_are_described(document: dict[str, Any], path: str, method: str, promised: set[str]) -> None:
    assert parameters(document, path, method) == promised


@pytest.mark.parametrize(
    ("path", "media_types"),
    [
        ("/catalog", {"text/turtle", "application/ld+json", "text/html"}),
        ("/.well-known/void", {"text/turtle", "application/rdf+xml", "text/html"}),
        ("/store", {"text/turtle", "application/trig"}),
    ],
)
def test_documents_come_in_the_forms_that_are_promised(
    client: httpx.Client, document: dict[str, Any], path: str, media_types: set[str]
) -> None:
    promised = set(document["paths"][path]["get"]["responses"]["200"]["content"])
    assert media_types <= promised
    graph = {"graph": "https://w3id.org/vakgraaf/graph/ontology"} if path == "/store" else {}
    for media_type in promised:
        answers = [client.get(path, params=more, headers={"accept": media_type}) for more in ({}, graph)]
        assert media_type in {a.headers["content-type"].partition(";")[0] for a in answers}


def test_every_refusal_is_described_as_a_problem(client: httpx.Client, document: dict[str, Any]) -> None:
    refused = {
        client.get("/sparql", params={"query": "SELECT"}): ("/sparql", "get"),
        client.get("/sparql", params={"query": "ASK { SERVICE <x:> {} }"}): ("/sparql", "get"),
        client.get("/sparql", params={"query": SELECT}, headers={"accept": "image/png"}): ("/sparql", "get"),
        client.post("/sparql", content=b"x", headers={"content-type": "text/csv"}): ("/sparql", "post"),
        client.post("/sparql", content=b"#" * 1_500_000, headers={"content-type": "application/sparql-query"}): (
            "/sparql",
            "post",
        ),
        client.post("/update", data={"update": "CLEAR ALL"}): ("/update", "post"),
        client.put("/store", content=b""): ("/store", "put"),
        client.get("/store", params={"graph": "urn:none"}): ("/store", "get"),
        client.get("/queries"): ("/queries", "get"),
    }
    assert {answer.status_code for answer in refused} == {400, 403, 404, 406, 413, 415}
    for answer, (path, method) in refused.items():
        described = document["paths"][path][method]["responses"][str(answer.status_code)]
        assert answer.headers["content-type"] in described["content"]
        problem = document["components"]["schemas"]["Problem"]
        assert set(problem["required"]) <= answer.json().keys() <= problem["properties"].keys()


def test_what_needs_a_token_says_so(document: dict[str, Any]) -> None:
    protected = {
        (path, method)
        for path, operations in document["paths"].items()
        for method, operation in operations.items()
        if operation.get("security") == [{"token": []}]
    }
    writing = {(p, m) for p in ("/store", "/store/{path}", "/graph/{name}") for m in ("put", "post", "delete")}
    assert protected == writing | {
        ("/links", "post"),
        ("/update", "post"),
        ("/queries", "get"),
        ("/queries/{ident}", "delete"),
    }
    assert document["components"]["securitySchemes"]["token"] == {"type": "http", "scheme": "bearer"}
