"""What is done with a query can be seen without doing it."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import httpx
import pytest

from token_file import token_file
from vakgraaf.rdf import iris
from vakgraaf.rdf.prefixes import PREFIXES

Running = Callable[..., AbstractContextManager[str]]
PROLOGUE = f"PREFIX vg: <{PREFIXES['vg']}> PREFIX rdfs: <{PREFIXES['rdfs']}> PREFIX dct: <{PREFIXES['dct']}> "
JOIN = PROLOGUE + (
    "SELECT DISTINCT ?naam WHERE { ?deel dct:subject ?taak . ?profiel vg:heeftKerntaak ?taak ; rdfs:label ?naam }"
)
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
ONTOLOGY = str(iris.graph("ontology"))
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


def explain(client: httpx.Client, query: str, **parameters: str) -> dict[str, Any]:
    answer = client.get("/sparql", params={"query": query, "explain": "on", **parameters})
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/json")
    found: dict[str, Any] = answer.json()
    return found


def rows(client: httpx.Client, query: str) -> list[str]:
    return sorted(client.get("/sparql", params={"query": query, "format": "csv"}).text.split())


def test_explanation_has_both_texts_and_the_rules_between_them(client: httpx.Client) -> None:
    found = explain(client, JOIN)
    assert found["query"] != found["asked"]
    assert "LATERAL" in found["asked"]
    assert {rule["name"] for rule in found["rules"]} >= {"order"}
    assert found["left"] is None
    assert found["estimate"]["rows"] > 0
    assert found["estimate"]["seconds"] > 0
    assert rows(client, found["asked"]) == rows(client, found["query"]) == rows(client, JOIN)


def test_nothing_is_evaluated(client: httpx.Client) -> None:
    """This query would run into its deadline of two seconds, and nobody has asked it before."""
    endless = ENDLESS + " # never asked"
    assert explain(client, endless)["begins"] == "quick"
    assert client.get("/sparql", params={"query": endless}).status_code == 504
    assert [explain(client, endless)["begins"] for _ in range(2)] == ["slow", "slow"]


def test_text_is_laid_out_anew_without_comments_and_escapes(client: httpx.Client) -> None:
    found = explain(client, "\\u0053ELECT  * # all\n{ ?s  ?p 'a  #b' }")
    assert found["query"] == found["asked"] == "SELECT * {\n  ?s ?p 'a  #b'\n}"


def test_every_sentence_is_in_the_language_asked_for(client: httpx.Client) -> None:
    for language, rule, reason in (
        ("nl", "De patronen staan", "Het herschrijven staat uit"),
        ("en", "The patterns are", "Rewriting is switched off"),
    ):
        said = explain(client, JOIN, lang=language)["rules"]
        assert any(sentence["text"].startswith(rule) for sentence in said)
        assert explain(client, JOIN, lang=language, rewrite="off")["left"]["text"].startswith(reason)
        answer = client.get("/sparql", params={"query": JOIN, "explain": ""}, headers={"accept-language": language})
        assert answer.headers["content-language"] == language
        assert rule in answer.text


def test_it_comes_as_text_that_can_be_asked(client: httpx.Client) -> None:
    for query in (JOIN, "SELECT * { ?s ?p ?o } LIMIT 2"):
        answer = client.get("/sparql", params={"query": query, "explain": "on"}, headers={"accept": "text/plain"})
        assert answer.headers["content-type"] == "text/plain; charset=utf-8"
        lines = answer.text.split("\n")
        assert any(line.startswith("# ") for line in lines)
        bare = "\n".join(line for line in lines if not line.startswith("#"))
        asked = re.split(r"(?=PREFIX vg:)", bare)[-1]
        assert rows(client, asked) == rows(client, query)


@pytest.mark.parametrize("how", ["GET", "POST"])
def test_browser_gets_a_page_also_from_the_form(client: httpx.Client, how: str) -> None:
    fields = {"query": JOIN + " # <script>", "explain": "on", "format": "json"}
    where = {"params": fields} if how == "GET" else {"data": fields}
    page = client.request(how, "/sparql", headers={"accept": BROWSER}, **where)  # type: ignore[arg-type]  # one of two
    assert page.headers["content-type"].startswith("text/html")
    assert "LATERAL" in page.text
    assert "De patronen staan in een volgorde" in page.text
    assert "<script" not in page.text
    assert 'name="explain"' in client.get("/sparql", headers={"accept": BROWSER}).text


def test_what_it_cannot_come_as_is_406_and_nothing_is_kept(client: httpx.Client) -> None:
    asked = {"query": JOIN, "explain": "on"}
    refused = client.get("/sparql", params=asked, headers={"accept": "application/sparql-results+json"})
    assert refused.status_code == 406
    assert "text/plain" in refused.json()["detail"]
    answer = client.get("/sparql", params={**asked, "format": "text"})
    assert answer.headers["content-type"].startswith("text/plain")
    assert answer.headers["cache-control"] == "no-store"
    assert "etag" not in answer.headers


@pytest.mark.parametrize("value", ["off", "0", "false", "no"])
def test_explaining_can_be_switched_off(client: httpx.Client, value: str) -> None:
    answer = client.get("/sparql", params={"query": "ASK {}", "explain": value})
    assert answer.json()["boolean"] is True


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("SELECT * { ?s ?p ?o }", "nothing-to-gain"),
        ("SELECT * { ?s ?p ?o . LATERAL { ?o ?q ?r } }", "not-understood"),
        ("SELECT * { [] ?p ?o . ?o ?q ?r }", "not-understood"),
    ],
)
def test_query_that_stays_as_it_is_says_why(client: httpx.Client, query: str, reason: str) -> None:
    found = explain(client, query)
    assert (found["left"]["reason"], found["rules"]) == (reason, [])
    assert found["asked"] == found["query"]


def test_query_as_it_is_written_is_what_is_asked_where_rewriting_is_off(client: httpx.Client) -> None:
    found = explain(client, JOIN, rewrite="off")
    assert found["left"]["reason"] == "switched-off"
    assert found["asked"] == found["query"]


def test_explanation_names_the_graphs_and_who_says_so(client: httpx.Client) -> None:
    query = f"PREFIX g: <{iris.BASE}graph/> SELECT * %s {{ ?s ?p ?o }}"
    assert explain(client, query % "")["dataset"] == {"said_by": "server", "default": "union", "named": "all"}
    own = explain(client, query % f"FROM g:shapes FROM NAMED <{ONTOLOGY}> FROM <graph/shapes>")["dataset"]
    shapes = str(iris.graph("shapes"))
    assert own == {"said_by": "query", "default": [shapes, shapes], "named": [ONTOLOGY]}
    told = explain(client, query % "FROM g:shapes", **{"default-graph-uri": ONTOLOGY})["dataset"]
    assert told == {"said_by": "request", "default": [ONTOLOGY], "named": []}


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("SELECT * { ?s ?p }", 400),
        ("SELECT * { ?s ?p ?o } GROUP BY ?s", 400),
        ("SELECT ?s { SERVICE <http://a.example/> { ?s ?p ?o } }", 403),
        ("CLEAR ALL", 403),
        ("", 400),
    ],
)
def test_what_may_not_be_asked_is_not_explained_either(client: httpx.Client, query: str, status: int) -> None:
    answer = client.get("/sparql", params={"query": query, "explain": "on"})
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")


def test_nesting_has_its_limit_here_too(tmp_path: Path, running: Running) -> None:
    with running(tmp_path, max_nesting=10) as address:
        query = "SELECT * " + "{" * 11 + "}" * 11
        assert httpx.get(f"{address}/sparql", params={"query": query, "explain": "on"}).status_code == 403


def test_servers_that_a_query_calls_on_are_not_asked(tmp_path: Path, running: Running) -> None:
    with (
        running(tmp_path, allow_hosts="nowhere.invalid") as address,
        httpx.Client(base_url=address, timeout=30) as client,
    ):
        query = "SELECT * { SERVICE <http://nowhere.invalid/sparql> { ?s ?p ?o } }"
        assert explain(client, query)["left"]["reason"] == "federated"
        assert client.get("/sparql", params={"query": query}).status_code == 502


def test_data_that_are_read_from_disk_are_known_to_the_planner(tmp_path: Path, running: Running) -> None:
    tokens = token_file(tmp_path, "een-heel-lang-token\n")
    settings = {"memory_budget_mb": 0, "update_token_file": tokens, "describe_after_s": 0.1}
    with running(tmp_path, **settings) as address, httpx.Client(base_url=address, timeout=30) as client:
        assert client.get("/health").json()["in_memory"] is False
        found = explain(client, JOIN)
        assert {rule["name"] for rule in found["rules"]} >= {"order"}
        assert rows(client, found["asked"]) == rows(client, JOIN)
        new = "SELECT * { ?s <http://a.example/p> ?o }"
        assert explain(client, new)["estimate"]["rows"] == 0
        values = ", ".join(map(str, range(50)))
        update = (
            f"INSERT DATA {{ GRAPH <http://a.example/g> {{ <http://a.example/s> <http://a.example/p> {values} }} }}"
        )
        headers = {"content-type": "application/sparql-update", "authorization": "Bearer een-heel-lang-token"}
        assert client.post("/update", content=update, headers=headers).status_code == 204
        until = time.monotonic() + 60
        while explain(client, new)["estimate"]["rows"] != 50:
            assert time.monotonic() < until, "the description never came"
            time.sleep(0.1)
    (tmp_path / "state" / "statistics.json").write_text("{", "utf-8")
    with running(tmp_path, memory_budget_mb=0) as address, httpx.Client(base_url=address, timeout=30) as client:
        assert explain(client, JOIN)["left"]["reason"] == "unknown-data"
        assert rows(client, JOIN)
