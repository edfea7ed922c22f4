"""What is kept stays within its bounds, whatever of it is long."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from urllib.parse import urlencode

import httpx
import pytest

from vakgraaf.web.result_cache import ResultCache

MOST = 100_000


@pytest.mark.parametrize("key", [("q" * 10_000,), (b"q" * 10_000,), ("kort", (("accept", "q" * 10_000),))])
def test_a_long_question_takes_room_as_a_long_answer_does(key: tuple[object, ...]) -> None:
    kept = ResultCache(MOST)
    for number in range(50):
        kept.put((number, *key), b"ja")
    there = [number for number in range(50) if kept.get((number, *key)) is not None]
    assert there == list(range(50 - len(there), 50))
    assert 5 <= len(there) <= MOST // 10_000


def test_what_is_kept_again_counts_once() -> None:
    kept = ResultCache(MOST)
    for _ in range(50):
        kept.put("q" * 10_000, b"ja")
        kept.put("w" * 10_000, b"nee")
    assert (kept.get("q" * 10_000), kept.get("w" * 10_000)) == (b"ja", b"nee")


def test_a_question_that_does_not_fit_is_not_kept_and_puts_nothing_out() -> None:
    kept = ResultCache(MOST)
    kept.put("kort", b"ja")
    kept.put("q" * MOST, b"ja")
    assert kept.get("q" * MOST) is None
    assert kept.get("kort") == b"ja"


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_answers_about_very_many_graphs_put_each_other_out(
    running: Callable[..., AbstractContextManager[str]], tmp_path: Path, method: str
) -> None:
    many = 500 if method == "GET" else 5_000

    def ask(client: httpx.Client, number: int) -> None:
        fields = urlencode(
            [("query", "ASK {}"), *(("default-graph-uri", f"urn:x:{number}:{n}") for n in range(many - 1))]
        )
        kind = {"content-type": "application/x-www-form-urlencoded"}
        client.request("GET", f"/sparql?{fields}") if method == "GET" else client.post(
            "/sparql", content=fields, headers=kind
        )

    def from_what_was_kept(client: httpx.Client) -> str:
        return next(
            line for line in client.get("/metrics").text.splitlines() if 'queries_total{outcome="cached"}' in line
        )

    with running(tmp_path, result_cache_mb=1) as address, httpx.Client(base_url=address, timeout=60) as client:
        for number in range(3_000_000 // (many * 64)):
            ask(client, number)
        before = from_what_was_kept(client)
        ask(client, 0)
        assert from_what_was_kept(client) == before
