"""`/mcp` and `vakgraaf mcp`: what a language model can ask, over both transports, and what it cannot."""

from __future__ import annotations

import asyncio
import json
import os
import re
import socket
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from token_file import token_file
from vakgraaf.resources import folder

pytest.importorskip("mcp", reason="the extra mcp is not installed")

from mcp import Client
from mcp.client.stdio import StdioServerParameters
from mcp.shared.exceptions import MCPError

TWO_MINUTES = "SELECT (COUNT(*) AS ?n) { GRAPH ?x { ?a ?b ?c . ?d ?e ?f } GRAPH ?y { ?g ?h ?i . ?j ?k ?l } }"
ID = "https://w3id.org/vakgraaf/id/"
_HEADERS = {"accept": "application/json, text/event-stream", "content-type": "application/json"}


@pytest.fixture(scope="module")
def server(
    tmp_path_factory: pytest.TempPathFactory, running: Callable[..., AbstractContextManager[str]]
) -> Iterator[str]:
    """A server with search, a short deadline, short answers, and a name of its own."""
    with running(
        tmp_path_factory.mktemp("agents"),
        search=True,
        search_after_s=0,
        workers=1,
        query_timeout_s=1,
        mcp_result_kb=8,
        mcp_hosts="graaf.example",
    ) as found:
        yield found


def used(target: Any, tool: str, mode: str = "auto", **given: object) -> tuple[bool, Any]:
    """Whether a tool could do it, and what it said: JSON read, anything else as it is."""

    async def use() -> tuple[bool, Any]:
        async with Client(target, mode=mode) as client:
            answer = await client.call_tool(tool, given)
            text = answer.content[0].text
            return not answer.is_error, json.loads(text) if text.startswith("{") else text

    return asyncio.run(use())


def posted(server: str, name: str = "query", headers: dict[str, str] | None = None, **given: object) -> httpx.Response:
    """A call of a tool as bare HTTP."""
    call = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": name, "arguments": given}}
    return httpx.post(f"{server}/mcp", json=call, headers=_HEADERS | (headers or {}), timeout=30)


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_client_of_either_generation_finds_four_tools_that_only_read(server: str, mode: str) -> None:
    async def listed() -> list[Any]:
        async with Client(f"{server}/mcp", mode=mode) as client:
            return (await client.list_tools()).tools

    tools = asyncio.run(listed())
    assert [tool.name for tool in tools] == ["search", "describe", "query", "validate"]
    assert all(tool.annotations.read_only_hint and not tool.annotations.open_world_hint for tool in tools)
    assert all(part["description"] for tool in tools for part in tool.input_schema["properties"].values())


def test_search_finds_by_another_form_of_the_word_within_a_class(server: str) -> None:
    good, found = used(f"{server}/mcp", "search", text="werkprocessen zoeken", of_class="vg:Kerntaak")
    assert good
    assert found["total"] == 0
    good, found = used(f"{server}/mcp", "search", text="regel")
    assert good
    assert [result["iri"] for result in found["results"]] == [f"{ID}kerntaak/proef-2020-1"]


@pytest.mark.parametrize(
    "thing", [f"{ID}kerntaak/proef-2020-1", "id:kerntaak/proef-2020-1", "/doc/kerntaak/proef-2020-1.ttl"]
)
def test_describe_gives_facts_with_names_and_who_points_here(server: str, thing: str) -> None:
    good, told = used(f"{server}/mcp", "describe", thing=thing, language="en")
    assert good
    assert told["label"] == "Zorgen & <b>regelen</b>"
    (processes,) = (fact for fact in told["facts"] if fact["property"] == "vg:heeftWerkproces")
    assert processes["label"] == "has work process"
    assert {"iri": f"{ID}werkproces/proef-2020-1.1", "label": "Searches"} in processes["values"]
    assert {"property": "vg:heeftKerntaak", "times": 1, "for_instance": [f"{ID}profiel/proef-2020"]} in told["used_by"]


def test_describe_tells_what_was_withdrawn_and_cuts_long_lists_aloud(server: str) -> None:
    assert used(f"{server}/mcp", "describe", thing="id:profiel/ingetrokken-2001")[1]["replaced_by"] == [
        f"{ID}profiel/proef-2020"
    ]
    (uses,) = (
        use
        for use in used(f"{server}/mcp", "describe", thing="id:ding/proef")[1]["used_by"]
        if use["property"] == "dct:subject"
    )
    assert uses["times"] == 400
    assert len(uses["for_instance"]) == 5


def test_describe_says_where_the_text_is(server: str) -> None:
    assert used(f"{server}/mcp", "describe", thing="id:niets/hier", language="en") == (
        False,
        {
            "error": "UnknownThing",
            "message": f"Nothing is known of {ID}niets/hier here. Look for it with search.",
        },
    )


def test_query_gives_tables_and_graphs_in_the_form_asked_for(server: str) -> None:
    ask = "SELECT ?l { <" + ID + "profiel/proef-2020> <http://www.w3.org/2000/01/rdf-schema#label> ?l }"
    assert used(f"{server}/mcp", "query", query=ask) == (True, '?l\n"Proefprofiel"@nl\n')
    assert used(f"{server}/mcp", "query", query=ask, format="csv")[1].splitlines() == ["l", "Proefprofiel"]
    assert used(f"{server}/mcp", "query", query="ASK {}", format="json")[1]["boolean"] is True
    good, graph = used(f"{server}/mcp", "query", query="CONSTRUCT { <x:a> <x:b> 1 } {}", format="ntriples")
    assert good
    assert graph.startswith("<x:a> <x:b> ")


@pytest.mark.parametrize(
    ("query", "error"),
    [
        ("INSERT DATA { <x:a> <x:b> <x:c> }", "QueryRefused"),
        ("DELETE WHERE { ?s ?p ?o }", "QueryRefused"),
        ("SELECT * { SERVICE <http://127.0.0.1:1/sparql> { ?s ?p ?o } }", "QueryRefused"),
        ("SELECT * {" * 150 + "}" * 150, "QueryRefused"),
        ("SELECT * { ?s ?p ?o", "SyntaxProblem"),
        ("SELECT * { ?s ?p '" + "x" * 300_000 + "' }", "QueryTooLong"),
        ("SELECT * { ?s ?p ?o }", "ResultTooLarge"),
        (TWO_MINUTES, "QueryTimeout"),
    ],
    ids=lambda value: value[:24],
)
def test_query_is_under_the_same_guard_and_limits_as_everywhere(server: str, query: str, error: str) -> None:
    good, told = used(f"{server}/mcp", "query", query=query)
    assert not good
    assert told["error"] == error
    assert httpx.get(f"{server}/sparql", params={"query": "ASK {}"}).status_code == 200


@pytest.mark.parametrize(
    ("tool", "given", "said"),
    [
        ("query", {}, "ontbreekt"),
        ("query", {"query": 7}, "moet tekst zijn"),
        ("query", {"query": "ASK {}", "format": "parquet"}, "parquet"),
        ("query", {"query": "ASK {}", "timeout_s": -1}, "meer zijn dan 0"),
        ("query", {"query": "ASK {}", "timeout_s": "lang"}, "moet een getal zijn"),
        ("query", {"query": "ASK {}", "update": True}, "is er bij dit gereedschap niet"),
        ("describe", {"thing": "a b> ?p ?o } ; DROP ALL #"}, "geen IRI"),
        ("describe", {"thing": ""}, "geen IRI"),
        ("describe", {"thing": "http://a.example/%zz"}, "geen IRI"),
        ("search", {"text": "x", "page": 0}, "minstens 1"),
        ("search", {"text": "x", "page": 1.5}, "een geheel getal"),
        ("search", {"text": "x", "page": 10**9}, "hoogstens"),
        ("search", {"text": "x", "language": "fr"}, "'nl', 'en'"),
        ("validate", {"content": "x", "with_store": "misschien"}, "true of false"),
        ("validate", {"content": "x", "name": "n" * 201}, "hoogstens 200 tekens"),
    ],
    ids=str,
)
def test_arguments_that_make_no_sense_are_told_so(server: str, tool: str, given: dict[str, object], said: str) -> None:
    good, told = used(f"{server}/mcp", tool, **given)
    assert not good
    assert told["error"] == "InputError"
    assert said in told["message"]
    assert "nput" not in told["message"], "a word of the library's own"


def test_describe_tells_a_node_without_a_name_from_a_text(
    tmp_path: Path, running: Callable[..., AbstractContextManager[str]]
) -> None:
    tokens = token_file(tmp_path, "schrijver schrijft-en-verwijst\n")
    with running(tmp_path, update_token_file=tokens) as address:
        change = "INSERT DATA { <urn:x:a> <urn:x:p> [ <urn:x:q> <urn:x:a> ], 'b0' }"
        bearer = {"authorization": "Bearer schrijft-en-verwijst"}
        assert httpx.post(f"{address}/update", data={"update": change}, headers=bearer).status_code == 204
        good, told = used(f"{address}/mcp", "describe", thing="urn:x:a")
    assert good
    ((node, text),) = (fact["values"] for fact in told["facts"])
    assert (text, list(node)) == ("b0", ["blank_node"])
    assert told["used_by"][0]["for_instance"] == [node["blank_node"]]
    assert node["blank_node"].startswith("_:")


def test_describe_knows_an_unknown_prefix_for_what_it_is(server: str) -> None:
    good, told = used(f"{server}/mcp", "describe", thing="esco:skill/x")
    assert not good
    assert told["message"].startswith("Over esco:skill/x is hier niets bekend. 'esco:' is hier geen prefix")


def test_validate_names_the_line_what_is_wrong_and_what_to_do(server: str) -> None:
    text = "@prefix vg: <https://w3id.org/vakgraaf/def#> .\n<x:a> a vg:Kerntaak ."
    good, told = used(f"{server}/mcp", "validate", content=text, name="proef.ttl", language="en")
    assert good
    assert told["conforms"] is False
    first = told["findings"][0]
    assert first["severity"] == "Violation"
    assert first["what_to_do"]
    assert (first["lines"][0]["document"], first["lines"][0]["first"]) == ("proef.ttl", 2)
    assert used(f"{server}/mcp", "validate", content="[[[", name="x.ttl")[1]["error"] == "SyntaxProblem"


def test_prefixes_guide_limits_and_examples_can_be_read(server: str) -> None:
    async def texts() -> dict[str, str]:
        async with Client(f"{server}/mcp") as client:
            listed = (await client.list_resources()).resources
            return {one.uri: (await client.read_resource(one.uri)).contents[0].text for one in listed}

    found = asyncio.run(texts())
    assert "PREFIX vg: <https://w3id.org/vakgraaf/def#>" in found["vakgraaf://prefixes"]
    assert "Time for a query and its answer: 1 s" in found["vakgraaf://limits"]
    assert "Length of the answer of one tool: 8 kB" in found["vakgraaf://limits"]
    assert "vg:Kerntaak: 1 (Core task)" in found["vakgraaf://guide"]
    assert "SELECT ?s WHERE" in found["vakgraaf://queries/profielen"]


def test_what_is_not_there_cannot_be_read_or_used(server: str) -> None:
    async def both() -> None:
        async with Client(f"{server}/mcp") as client:
            with pytest.raises(MCPError, match="no 'file:///etc/passwd' to read"):
                await client.read_resource("file:///etc/passwd")
            with pytest.raises(MCPError, match="no tool 'update'"):
                await client.call_tool("update", {})

    asyncio.run(both())


def test_the_guide_names_no_term_that_is_not_in_the_ontology() -> None:
    guide = (Path(__file__).parents[2] / "api/vakgraaf/web/agents/guide.md").read_text("utf-8")
    terms = "".join(path.read_text("utf-8") for path in folder("ontology").glob("*.ttl"))
    named = set(re.findall(r"vg:\w+", guide))
    assert len(named) > 10
    assert not [term for term in named if not re.search(rf"^{term}$", terms, re.MULTILINE)]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"host": "elsewhere.example:8000"}, 421),
        ({"host": "graaf.example.evil"}, 421),
        ({"origin": "https://elsewhere.example"}, 403),
        ({"origin": "null"}, 403),
        ({"origin": "https://graaf.example.evil"}, 403),
        ({"host": "graaf.example"}, 200),
        ({"host": "GRAAF.example:443", "origin": "https://graaf.example"}, 200),
    ],
    ids=str,
)
def test_pages_of_other_sites_and_other_names_are_refused(server: str, headers: dict[str, str], status: int) -> None:
    answer = posted(server, headers=headers, query="ASK {}")
    assert answer.status_code == status
    if status != 200:
        assert answer.headers["content-type"] == "application/problem+json"
        assert "VAKGRAAF_MCP_HOSTS" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("body", "status"),
    [(b"[" * 100_000, 400), (b'{"jsonrpc"', 400), (b"[]", 400), (b"\xff\xfe", 400), (b"a" * 4_200_000, 413)],
    ids=["deep", "half", "batch", "bytes", "long"],
)
def test_body_that_is_no_message_is_refused_and_harms_nobody(server: str, body: bytes, status: int) -> None:
    assert httpx.post(f"{server}/mcp", content=body, headers=_HEADERS).status_code == status
    assert posted(server, query="ASK {}").json()["result"]["content"][0]["text"] == "true"


def test_other_methods_have_nothing_here(server: str) -> None:
    for method in ("GET", "DELETE", "PUT"):
        answer = httpx.request(method, f"{server}/mcp", headers=_HEADERS)
        assert (answer.status_code, answer.headers["allow"]) == (405, "POST")


def test_client_that_leaves_ends_its_query(narrow: str) -> None:
    call = {"name": "query", "arguments": {"query": TWO_MINUTES}}
    body = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": call}).encode()
    assert posted(narrow, query="ASK {}").status_code == 200
    place = urlsplit(narrow)
    told = {"host": place.netloc, **_HEADERS, "content-length": str(len(body))}
    head = "".join(f"{name}: {value}\r\n" for name, value in told.items())
    with socket.create_connection((str(place.hostname), place.port or 80)) as line:
        line.sendall(f"POST /mcp HTTP/1.1\r\n{head}\r\n".encode() + body)
        time.sleep(0.3)
        # The one place that there is has been taken, for a minute.
        assert httpx.get(f"{narrow}/sparql", params={"query": "ASK { ?s ?p 1 }"}, timeout=30).status_code == 503
    assert httpx.get(f"{narrow}/sparql", params={"query": "ASK { ?s ?p 2 }"}, timeout=30).status_code == 200


def test_it_can_be_off(tmp_path: Path, running: Callable[..., AbstractContextManager[str]]) -> None:
    with running(tmp_path, mcp=False, workers=1) as address:
        assert posted(address, query="ASK {}").status_code == 404


def test_without_the_sdk_it_says_what_to_install_and_nothing_else_suffers(
    tmp_path: Path, running: Callable[..., AbstractContextManager[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    with running(tmp_path) as address:
        with monkeypatch.context() as without:
            without.setitem(sys.modules, "vakgraaf.web.agents.server", None)
            answer = posted(address, query="ASK {}")
        assert answer.status_code == 501
        assert "vakgraaf[mcp]" in answer.json()["detail"]
        assert posted(address, query="ASK {}").status_code == 200


@pytest.fixture(params=["own store", pytest.param("another server", marks=pytest.mark.slow)])
def local(request: pytest.FixtureRequest, tmp_path: Path, server: str) -> StdioServerParameters:
    """`vakgraaf mcp` as a client starts it: on a store of its own, and in front of a server."""
    store = str(tmp_path) if request.param == "own store" else f"{server}/sparql"
    told = {"VAKGRAAF_STORE": store, "VAKGRAAF_EMPTY": "true", "VAKGRAAF_QUERY_TIMEOUT_S": "1", "VAKGRAAF_WORKERS": "1"}
    return StdioServerParameters(command=sys.executable, args=["-m", "vakgraaf", "mcp"], env={**os.environ, **told})


def test_over_standard_input_the_same_is_answered_and_refused(local: StdioServerParameters) -> None:
    async def asked() -> list[tuple[bool, str]]:
        async with Client(local) as client:
            found = []
            for query in ("ASK {}", "CLEAR ALL", "SELECT * { ?s ?p '" + "x" * 300_000 + "' }"):
                answer = await client.call_tool("query", {"query": query})
                found.append((answer.is_error, answer.content[0].text))
            assert "PREFIX vg:" in (await client.read_resource("vakgraaf://prefixes")).contents[0].text
            return found

    first, second, third = asyncio.run(asked())
    assert first == (False, "true")
    assert second[0]
    assert json.loads(second[1])["error"] == "QueryRefused"
    assert json.loads(third[1])["error"] == "QueryTooLong"
