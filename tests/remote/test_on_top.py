"""Publishing, judging, views and watching on top of another engine."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path

import httpx
import pytest

from token_file import token_file
from vakgraaf.errors import InputError
from vakgraaf.rdf import iris
from vakgraaf.settings import Settings

Fresh = Callable[..., AbstractContextManager[str]]

TOKEN = "schrijft-getoetst-en-wel"
GRAPH = f"{iris.BASE}graph/proef-2"
TERM = f"{iris.BASE}id/begrip/proef"
GOOD = f"<{TERM}> <http://purl.org/dc/terms/title> 'Proefding'@nl ; <urn:getal> 2 ."
BAD = f"<{iris.BASE}id/kerntaak/proef-2> a <{iris.VG}Kerntaak> ."


def test_graph_is_judged_here_before_it_is_sent_and_then_seen_on_pages(
    fresh_oxigraph: Fresh, served: Fresh, tmp_path: Path
) -> None:
    token_file(tmp_path, f"proef {TOKEN}\n")
    turtle = {"content-type": "text/turtle", "authorization": f"Bearer {TOKEN}"}
    with ExitStack() as held:
        engine = held.enter_context(fresh_oxigraph())
        settings = {"remote_kind": "oxigraph", "update_token_file": tmp_path / "tokens", "remote_version": "1"}
        front = held.enter_context(served(f"{engine}/query", **settings))
        client = held.enter_context(httpx.Client(base_url=front, timeout=60))
        there = {"query": f"ASK {{ GRAPH <{GRAPH}> {{ ?s ?p ?o }} }}"}

        refused = client.put("/store", params={"graph": GRAPH}, content=BAD, headers=turtle)
        assert refused.status_code == 422, refused.text
        assert refused.json()["errors"]
        assert httpx.get(f"{engine}/query", params=there).json()["boolean"] is False

        before = client.get("/sparql", params=there)
        sent = client.put("/store", params={"graph": GRAPH}, content=GOOD, headers=turtle)
        assert sent.is_success, sent.text
        assert httpx.get(f"{engine}/query", params=there).json()["boolean"] is True
        after = client.get("/sparql", params=there)
        assert (before.json()["boolean"], after.json()["boolean"]) == (False, True)
        assert before.headers["etag"] != after.headers["etag"]

        page = client.get(f"/doc/{TERM.removeprefix(iris.BASE + 'id/')}", headers={"accept": "text/html"})
        assert (page.status_code, "Proefding" in page.text) == (200, True)
        assert client.get("/graph/proef-2", headers={"accept": "text/turtle"}).status_code == 200
        assert client.get("/catalog", headers={"accept": "text/turtle"}).status_code == 200
        # The store describes itself when it is filled, and this one is filled by others.
        assert client.get("/.well-known/void", headers={"accept": "text/turtle"}).status_code == 404

        counts = client.get("/metrics").text
        assert 'vakgraaf_writes_total{outcome="done"} 1' in counts
        assert 'vakgraaf_writes_total{outcome="not_conforming"} 1' in counts

        removed = client.delete("/store", params={"graph": GRAPH}, headers=turtle)
        assert removed.is_success, removed.text
        assert httpx.get(f"{engine}/query", params=there).json()["boolean"] is False


def test_what_is_handed_in_is_judged_beside_what_the_other_engine_has(front: str) -> None:
    stated = f"<urn:x> <{iris.VG}heeftWerkproces> <{iris.BASE}id/kerntaak/proef-1> ."
    asked = {"format": "json", "context": "store"}
    answer = httpx.post(
        f"{front}/validate", params=asked, content=stated, headers={"content-type": "text/turtle"}, timeout=60
    )
    assert answer.status_code == 200, answer.text
    assert "conforms" in answer.json()


def test_ready_says_so_and_says_when_the_other_engine_has_gone(fresh_oxigraph: Fresh, served: Fresh) -> None:
    with ExitStack() as held:
        engine = ExitStack()
        address = engine.enter_context(fresh_oxigraph())
        held.callback(engine.close)
        front = held.enter_context(served(f"{address}/query"))
        assert httpx.get(f"{front}/ready").json()["status"] == "ready"
        engine.close()
        assert httpx.get(f"{front}/sparql", params={"query": "ASK { ?a ?b 1 }"}).status_code == 502
        for _ in range(200):
            gone = httpx.get(f"{front}/ready", timeout=20)
            if gone.status_code != 200:  # that is what was found a moment ago
                break
            time.sleep(0.05)
        assert (gone.status_code, gone.json()["missing"]) == (503, ["engine"])


def test_commands_that_need_a_store_of_our_own_say_so() -> None:
    with pytest.raises(InputError, match="eigen store"):
        _ = Settings(store="http://127.0.0.1:9/query").state
