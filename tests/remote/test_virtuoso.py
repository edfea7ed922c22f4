"""In front of Virtuoso, whose answers are its own way, ours are as the standards say."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest

from token_file import token_file

pytestmark = pytest.mark.slow

_INI = """
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
FileExtend = 200
[TempDatabase]
DatabaseFile = {folder}/virtuoso-temp.db
TransactionFile = {folder}/virtuoso-temp.trx
FileExtend = 200
[Parameters]
ServerPort = 127.0.0.1:{sql}
ServerThreads = 20
NumberOfBuffers = 4000
MaxDirtyBuffers = 3000
DirsAllowed = {folder}
CheckpointInterval = 0
[HTTPServer]
ServerPort = 127.0.0.1:{port}
ServerThreads = 10
[SPARQL]
ResultSetMaxRows = 1000
"""
_DATA = """<urn:a> <urn:p> "x"@nl , 5 , 1e3 , "q\\"t\\n<&é" , "2020-01-01"^^<http://www.w3.org/2001/XMLSchema#date> .
<urn:b> <urn:q> _:x . _:x <urn:q> "v" ."""


@pytest.fixture(scope="module")
def virtuoso(
    virtuoso_program: str,
    tmp_path_factory: pytest.TempPathFactory,
    ports: Callable[[], int],
    answering: Callable[..., None],
) -> Iterator[str]:
    """A Virtuoso server with a graph of seven triples; its address."""
    folder = tmp_path_factory.mktemp("virtuoso")
    port, sql = ports(), ports()
    ini = folder / "virtuoso.ini"
    ini.write_text(_INI.format(folder=folder, sql=sql, port=port), "utf-8")
    command = [virtuoso_program, "+foreground", "+configfile", str(ini)]
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        answering(f"{address}/sparql?query=ASK%7B%7D", process)
        grant = ["isql-vt", f"127.0.0.1:{sql}", "dba", "dba", 'EXEC=grant SPARQL_UPDATE to "SPARQL"']
        subprocess.run(grant, check=True, stdout=subprocess.DEVNULL, timeout=60)
        sent = httpx.post(
            f"{address}/sparql-graph-crud?graph=urn:g",
            content=_DATA,
            headers={"content-type": "text/turtle"},
            timeout=30,
        )
        assert sent.is_success, sent.text
        yield address
    finally:
        process.terminate()
        process.wait(30)


@pytest.fixture(scope="module")
def front(virtuoso: str, served: Callable[..., AbstractContextManager[str]]) -> Iterator[str]:
    """Our server in front of it."""
    with served(f"{virtuoso}/sparql", query_timeout_s=3) as address:
        yield address


def asked(front: str, query: str, accept: str = "application/sparql-results+json") -> httpx.Response:
    return httpx.post(f"{front}/sparql", data={"query": query}, headers={"accept": accept}, timeout=30)


def test_terms_are_those_of_the_standard(front: str) -> None:
    answer = asked(front, "SELECT * { GRAPH <urn:g> { <urn:a> <urn:p> ?o } }")
    found = [row["o"] for row in answer.json()["results"]["bindings"]]
    assert {term["type"] for term in found} == {"literal"}
    assert {term["value"] for term in found} == {"x", "5", "1000.0", 'q"t\n<&é', "2020-01-01"}
    blank = asked(front, "SELECT ?b { GRAPH <urn:g> { <urn:b> <urn:q> ?b } }", "text/tab-separated-values").text
    assert blank.split()[1].startswith("_:b")


@pytest.mark.parametrize("accept", ["application/sparql-results+json", "application/sparql-results+xml", "text/csv"])
def test_ask_is_a_boolean(front: str, accept: str) -> None:
    assert "true" in asked(front, "ASK { GRAPH <urn:g> { ?s ?p ?o } }", accept).text
    assert "false" in asked(front, "ASK { GRAPH <urn:nothing> { ?s ?p ?o } }", accept).text


@pytest.mark.parametrize(
    "accept", ["text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json"]
)
def test_graphs_come_in_every_format_with_their_datatypes(front: str, accept: str) -> None:
    answer = asked(front, "CONSTRUCT { ?s ?p ?o } WHERE { GRAPH <urn:g> { ?s ?p ?o } }", accept)
    triples = list(ox.parse(answer.content, ox.RdfFormat.from_media_type(accept)))
    assert len(triples) == 7
    datatypes = {t.object.datatype.value for t in triples if isinstance(t.object, ox.Literal)}
    assert "http://www.w3.org/2001/XMLSchema#double" in datatypes


def test_answer_that_it_cuts_off_at_its_own_limit_is_an_error(front: str) -> None:
    assert asked(front, "SELECT * { GRAPH ?g { ?s ?p ?o } }").status_code == 403
    some = asked(front, "SELECT * { GRAPH ?g { ?s ?p ?o } } LIMIT 900")
    assert len(json.loads(some.content)["results"]["bindings"]) == 900


def test_half_an_answer_after_its_timeout_is_a_timeout(front: str) -> None:
    heavy = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o . ?a ?b ?c . ?d ?e ?f FILTER (STR(?o) < STR(?f)) }"
    assert asked(front, heavy).status_code == 504


def test_error_in_the_query_is_one_of_ours(front: str) -> None:
    assert asked(front, "SELECT * { ?s ?p }").status_code == 400


@pytest.mark.parametrize(
    "query",
    [
        'SELECT (bif:http_get("http://127.0.0.1:9/") AS ?x) {}',
        'PREFIX b: <bif:> SELECT (b:http_get("http://127.0.0.1:9/") AS ?x) {}',
        'SELECT (<bif:http_get>("http://127.0.0.1:9/") AS ?x) {}',
        "SELECT (sql:USER() AS ?x) {}",
        'DEFINE get:soft "soft" SELECT * FROM <http://127.0.0.1:9/> { ?s ?p ?o }',
        "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    ],
)
def test_its_own_ways_out_are_closed(front: str, query: str) -> None:
    assert asked(front, query).status_code in (400, 403)


def test_from_means_its_graphs_and_fetches_nothing(front: str) -> None:
    answer = asked(front, "SELECT * FROM <http://127.0.0.1:9/data> { ?s ?p ?o }", "text/csv")
    assert answer.text.split() == ["s,p,o"]


def test_pattern_of_an_update_reads_all_graphs_and_a_prologue_may_stand_later(
    virtuoso: str, served: Callable[..., AbstractContextManager[str]], tmp_path: Path
) -> None:
    tokens = token_file(tmp_path, "los schrijft-ongetoetst write,no-validate")
    headers = {"authorization": "Bearer schrijft-ongetoetst", "content-type": "application/sparql-update"}
    text = """INSERT DATA { GRAPH <urn:u> { <urn:u> <urn:in-u> 3 } } ;
        PREFIX u: <urn:> INSERT { GRAPH u:v { ?s u:in-v ?o } } WHERE { ?s u:in-u ?o }"""
    with served(f"{virtuoso}/sparql", update_token_file=tokens) as address:
        sent = httpx.post(f"{address}/update?no-validate=true", content=text, headers=headers, timeout=30)
        assert sent.status_code == 204, sent.text
        assert asked(address, "SELECT ?o { GRAPH <urn:v> { ?s <urn:in-v> ?o } }", "text/csv").text.split() == ["o", "3"]
