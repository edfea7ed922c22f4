"""The pattern of an update is asked once, and each of its solutions fills all templates (SPARQL 1.1 Update §3.1.3)."""

from __future__ import annotations

import httpx
import pytest


def _update(http: httpx.Client, text: str) -> None:
    answer = http.post("/update", content=text, headers={"content-type": "application/sparql-update"})
    assert answer.status_code == 204, answer.text


def _rows(http: httpx.Client, query: str) -> list[str]:
    return sorted(http.get("/sparql", params={"query": query, "format": "csv"}).text.split()[1:])


@pytest.mark.parametrize("made", ["UUID()", "STRUUID()", "BNODE()", "RAND()", "NOW()"])
def test_what_a_pattern_makes_up_is_the_same_in_every_graph(http: httpx.Client, made: str) -> None:
    _update(
        http,
        f"DROP SILENT GRAPH <urn:een> ; DROP SILENT GRAPH <urn:twee> ;"
        f" INSERT {{ GRAPH <urn:een> {{ <urn:s> <urn:made> ?it }} GRAPH <urn:twee> {{ <urn:s> <urn:made> ?it }} }}"
        f" WHERE {{ BIND({made} AS ?it) }}",
    )
    shared = "SELECT (COUNT(?it) AS ?n) { GRAPH <urn:een> { ?s <urn:made> ?it } GRAPH <urn:twee> { ?s ?p ?it } }"
    assert _rows(http, shared) == ["1"]


def test_graph_that_a_pattern_makes_up_a_name_for_is_written_to(http: httpx.Client) -> None:
    _update(
        http,
        "INSERT { GRAPH <urn:lijst> { <urn:s> <urn:to> ?g } GRAPH ?g { <urn:s> <urn:in> 1 } }"
        " WHERE { BIND(UUID() AS ?g) }",
    )
    listed = "SELECT (COUNT(?g) AS ?n) { GRAPH <urn:lijst> { ?s <urn:to> ?g } GRAPH ?g { ?s <urn:in> 1 } }"
    assert _rows(http, listed) == ["1"]


def test_solution_has_one_blank_node_though_two_graphs_state_what_it_is_of(http: httpx.Client) -> None:
    _update(
        http,
        "INSERT DATA { GRAPH <urn:a> { <urn:same> <urn:triple> 1 } GRAPH <urn:b> { <urn:same> <urn:triple> 1 } } ;"
        " INSERT { GRAPH <urn:n> { [] <urn:of> ?o } } WHERE { ?s <urn:triple> ?o }",
    )
    assert _rows(http, "SELECT (COUNT(*) AS ?n) { GRAPH <urn:n> { ?node <urn:of> ?o } }") == ["1"]


def test_blank_node_may_stand_in_templates_of_two_graphs_and_the_pattern_reads_all(http: httpx.Client) -> None:
    _update(
        http,
        "INSERT DATA { <urn:s> <urn:read> 1 . GRAPH <urn:c> { <urn:s> <urn:read> 2 } } ;"
        " INSERT { GRAPH <urn:d> { <urn:s> <urn:q> _:b. } GRAPH <urn:e> { _:b <urn:r> ?o } }"
        " WHERE { ?s <urn:read> ?o }",
    )
    joined = "SELECT ?o { GRAPH <urn:d> { <urn:s> <urn:q> ?b } GRAPH <urn:e> { ?b <urn:r> ?o } }"
    assert _rows(http, joined) == ["1", "2"]


def test_variables_and_blank_nodes_stand_anywhere_in_a_template(http: httpx.Client) -> None:
    _update(
        http,
        "INSERT { GRAPH <urn:all> { ?s ?p ( ?o [ <urn:in> $o ] ) ; <urn:says> <<( ?s ?p ?o )>>, 'no ?o in _:here' .} }"
        " WHERE { VALUES (?s ?p ?o) { (<urn:s> <urn:p> 1) (1 <urn:p> 2) (<urn:s> 'p' 3) (<urn:s> <urn:p> UNDEF) } }",
    )
    assert _rows(http, "SELECT ?o { GRAPH <urn:all> { ?node <urn:in> ?o } }") == ["1", "2", "3"]
    assert _rows(http, "SELECT ?o { GRAPH <urn:all> { ?s <urn:says> <<( ?s ?p ?o )>> } }") == ["1"]
    assert http.get("/store?graph=urn:all", headers={"accept": "application/n-triples"}).text.count("?o in _:h") == 1


@pytest.mark.parametrize(
    ("text", "nl", "en"),
    [
        ("CLEAR {}GRAPH <urn:tikfout>", "er is geen graaf <urn:tikfout>", "there is no graph <urn:tikfout>"),
        ("DROP {}GRAPH <urn:tikfout>", "er is geen graaf <urn:tikfout>", "there is no graph <urn:tikfout>"),
        ("CREATE {}GRAPH <urn:er>", "graaf <urn:er> is er al", "graph <urn:er> is there already"),
    ],
)
def test_graph_that_cannot_be_managed_is_told_in_one_language_and_not_with_silent(
    http: httpx.Client, text: str, nl: str, en: str
) -> None:
    _update(http, "INSERT DATA { GRAPH <urn:er> { <urn:s> <urn:p> 7 } }")
    for language, words in (("nl", nl), ("en", en)):
        headers = {"content-type": "application/sparql-update", "accept-language": language}
        answer = http.post("/update", content=text.format(""), headers=headers)
        assert answer.status_code == 400
        assert words in answer.json()["detail"]
    _update(http, text.format("SILENT "))
    assert _rows(http, "SELECT ?o { GRAPH <urn:er> { ?s ?p ?o } }") == ["7"]


def test_graph_that_is_not_there_is_not_copied_over_one_that_is(http: httpx.Client) -> None:
    _update(http, "INSERT DATA { GRAPH <urn:doel> { <urn:s> <urn:p> 7 } }")
    for verb in ("COPY", "MOVE", "ADD"):
        _update(http, f"{verb} SILENT <urn:tikfout> TO <urn:doel>")
        text = f"{verb} <urn:tikfout> TO <urn:doel>"
        answer = http.post("/update", content=text, headers={"content-type": "application/sparql-update"})
        assert answer.status_code == 400, verb
        assert "<urn:tikfout>" in answer.json()["detail"]
    assert _rows(http, "SELECT ?o { GRAPH <urn:doel> { ?s ?p ?o } }") == ["7"]
