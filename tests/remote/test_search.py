"""Search in front of another engine: it is asked as anybody asks it, and what is written through here is found."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import httpx

from token_file import token_file
from vakgraaf.rdf import iris

LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
TOKEN = "schrijft-ongetoetst"


def found(address: str, text: str, wanted: int) -> list[str]:
    """What is found, once it is as much as is wanted."""
    until = time.monotonic() + 60
    results: list[str] = []
    while time.monotonic() < until:
        answer = httpx.get(f"{address}/search", params={"q": text, "format": "json"}, timeout=30)
        if answer.status_code == 200:
            results = [hit["iri"] for hit in answer.json()["results"]]
            if len(results) == wanted:
                break
        time.sleep(0.05)
    return results


def test_texts_of_another_engine_are_searched(behind: str, served: Callable[..., AbstractContextManager[str]]) -> None:
    with served(f"{behind}/query", search=True, search_after_s=0) as address:
        assert found(address, "zorgen", 1) == [f"{iris.BASE}id/kerntaak/proef-1"]


def test_what_is_written_through_here_is_found(
    fresh_oxigraph: Callable[..., AbstractContextManager[str]],
    served: Callable[..., AbstractContextManager[str]],
    tmp_path: Path,
) -> None:
    token_file(tmp_path, f"proef {TOKEN} write,no-validate\n")
    with (
        fresh_oxigraph() as engine,
        served(
            f"{engine}/query",
            search=True,
            search_after_s=0,
            remote_kind="oxigraph",
            update_token_file=tmp_path / "tokens",
            validate_writes=False,
        ) as address,
    ):
        assert found(address, "spijkerbroek", 0) == []
        sent = httpx.post(
            f"{address}/update",
            content=f'INSERT DATA {{ GRAPH <urn:g> {{ <urn:a> <{LABEL}> "spijkerbroek"@nl }} }}',
            headers={"content-type": "application/sparql-update", "authorization": f"Bearer {TOKEN}"},
        )
        assert sent.status_code == 204, sent.text
        assert found(address, "spijkerbroek", 1) == ["urn:a"]
