"""A query that is asked as another was before is answered on a shorter way, and is answered the same."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.types import Scope

from side_by_side import servers
from token_file import token_file
from vakgraaf.engine import Answer, CheckedQuery, EmbeddedEngine
from vakgraaf.engine.awaited import Awaited
from vakgraaf.rdf import iris
from vakgraaf.web.manners import Asked, Manner, Manners
from web.test_answering import OF_ONE_REQUEST, TOKEN, names_in_order
from wire import connect

_NUMBER = count()
LABEL = "<http://www.w3.org/2000/01/rdf-schema#label>"
QUERIES = [
    "ASK {}",
    f"SELECT ?l {{ ?s {LABEL} ?l }} ORDER BY ?l LIMIT 3",
    "SELECT * { ?s ?p ?o } ORDER BY ?s ?p ?o",
    f"CONSTRUCT WHERE {{ <{iris.BASE}id/kerntaak/proef-2020-1> {LABEL} ?l }}",
    f"DESCRIBE <{iris.BASE}id/ding/proef>",
    "SELECT (NOW() AS ?t) {}",
    "SELECT ?x { ",
    "ASK { SERVICE <http://a.example/> {} }",
    "ASK { ?s ?p '€ & +' }",
]
FIELDS = ["", "&format=csv", "&output=xml", "&rewrite=off", f"&default-graph-uri={quote(iris.BASE, '')}graph%2Fveel"]
ACCEPTED = ["*/*", "application/sparql-results+json, text/turtle;q=0.5", "text/csv", "text/html", "image/png"]
CODINGS = ["identity", "gzip", "br;q=0.5, zstd"]


class Deaf(Manners):
    """Never learns, so that everything goes through the application."""

    def learn(self, *_: object) -> None:
        """Forget it at once."""


class Counting(Manners):
    """Counts what it knew."""

    known = 0

    def find(self, scope: Scope) -> tuple[Asked, Manner] | None:
        """The same."""
        found = super().find(scope)
        type(self).known += found is not None
        return found


@pytest.fixture(scope="module")
def both(
    tmp_path_factory: pytest.TempPathFactory, running: Callable[..., AbstractContextManager[str]]
) -> Iterator[tuple[httpx.Client, httpx.Client]]:
    """A server that learns, and one that does not."""
    with (
        servers(running, tmp_path_factory.mktemp("asking"), "Manners", (Counting, Deaf)) as (learning, plain),
        httpx.Client(base_url=learning, timeout=30) as one,
        httpx.Client(base_url=plain, timeout=30) as other,
    ):
        yield one, other


def essence(answer: httpx.Response) -> tuple[int, dict[str, str], bytes]:
    """An answer without what is another each time, and in an order of its own."""
    headers = {name: value for name, value in answer.headers.items() if name not in OF_ONE_REQUEST}
    body = b"\n".join(sorted(answer.content.splitlines()))
    return answer.status_code, headers, body


requests = st.tuples(
    st.sampled_from(QUERIES),
    st.sampled_from(FIELDS),
    st.sampled_from(ACCEPTED),
    st.sampled_from(CODINGS),
    st.booleans(),
)


@settings(max_examples=30)
@given(st.lists(requests, min_size=2, max_size=8))
def test_whoever_asks_is_answered_as_the_application_does(
    both: tuple[httpx.Client, httpx.Client], asked: list[tuple[str, str, str, str, bool]]
) -> None:
    for query, fields, accept, coding, first in asked:
        text = quote(f"{query}\n# {next(_NUMBER)}")
        url = f"/sparql?query={text}{fields}" if first else f"/sparql?{fields[1:]}&query={text}"
        headers = {"accept": accept, "accept-encoding": coding, "accept-language": "en", "x-request-id": "proef"}
        learning, plain = (essence(client.get(url, headers=headers)) for client in both)
        if "NOW" in query:
            learning, plain = learning[:1], plain[:1]
        assert learning == plain


def test_the_shorter_way_is_taken_from_the_second_query_on(both: tuple[httpx.Client, httpx.Client]) -> None:
    Counting.known = 0
    for number in range(5):
        both[0].get("/sparql", params={"query": f"ASK {{}} # telling {number}", "timeout": "29"})
    assert Counting.known == 4


def test_a_query_that_was_asked_before_is_answered_from_what_was_kept(both: tuple[httpx.Client, httpx.Client]) -> None:
    for client in both:
        urls = [f"/sparql?query={quote('ASK {} # bewaard')}{n}" for n in (1, 2)]
        answers = {essence(client.get(url))[2] for url in urls * 4}
        assert len(answers) == 1


def test_what_goes_wrong_on_the_shorter_way_is_told_as_always(address: str) -> None:
    def get(query: str, **fields: str) -> httpx.Response:
        return httpx.get(f"{address}/sparql", params={"query": query, **fields}, timeout=30)

    endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    assert get("SELECT * {} # mis", timeout="500ms").status_code == 200
    late = get(endless + "# mis", timeout="500ms")
    assert (late.status_code, late.json()["type"].rpartition("#")[2]) == (504, "QueryTimeout")
    wrong = get("SELECT * { ?s ?p }", timeout="500ms")
    assert (wrong.status_code, wrong.json()["line"]) == (400, 1)
    assert wrong.headers["content-type"].startswith("application/problem+json")


def test_a_long_answer_is_streamed_to_its_end(address: str) -> None:
    query = "SELECT * { ?a ?b ?c . ?d ?e ?f }"
    before = httpx.get(f"{address}/sparql", params={"query": "SELECT * {} LIMIT 1", "format": "csv"}, timeout=30)
    assert before.headers["content-length"]
    long = httpx.get(f"{address}/sparql", params={"query": f"{query} LIMIT 20000", "format": "csv"}, timeout=30)
    assert "content-length" not in long.headers
    assert len(long.text.splitlines()) == 20_001


def test_a_write_is_seen_by_the_next_query(tmp_path: Path, running: Callable[..., AbstractContextManager[str]]) -> None:
    tokens = token_file(tmp_path, f"schrijver {TOKEN}")
    with running(tmp_path, update_token_file=tokens) as address, httpx.Client(base_url=address, timeout=60) as client:

        def number() -> tuple[int, str]:
            text = f"SELECT (COUNT(*) AS ?n) {{ ?s ?p ?o }} # {next(_NUMBER)}"
            answer = client.get("/sparql", params={"query": text})
            return int(answer.json()["results"]["bindings"][0]["n"]["value"]), answer.headers["etag"]

        before = {number() for _ in range(3)}
        add_label(client, "nieuw", "Nieuw")
        after = {number() for _ in range(3)}
    assert len(before) == len(after) == 1
    (few, old), (more, new) = *before, *after
    assert more > few
    assert new != old


def add_label(client: httpx.Client, thing: str, label: str) -> None:
    """Change the data by one triple."""
    triple = f"<{iris.BASE}id/ding/{thing}> {LABEL} '{label}'@nl"
    change = f"INSERT DATA {{ GRAPH <{iris.BASE}graph/veel> {{ {triple} }} }}"
    changed = client.post("/update", data={"update": change}, headers={"authorization": f"Bearer {TOKEN}"})
    assert changed.status_code < 300, changed.text


def hold_back(monkeypatch: pytest.MonkeyPatch, chosen: Callable[[CheckedQuery], bool]) -> list[str]:
    """Hold the first answer to such a query back until the data have changed; the list then has their tag of before."""
    asked = EmbeddedEngine.query
    overtaken: list[str] = []

    async def lagging(engine: EmbeddedEngine, query: CheckedQuery, *rest: Any) -> Answer:
        answer = await asked(engine, query, *rest)
        if chosen(query) and not overtaken:
            overtaken.append(engine.info.tag)
            while engine.info.tag in overtaken:
                await asyncio.sleep(0.01)
        return answer

    def begin(engine: EmbeddedEngine, *rest: Any) -> Awaited:
        *asked, told = rest
        return Awaited(engine.query(*asked), told)

    monkeypatch.setattr(EmbeddedEngine, "query", lagging)
    monkeypatch.setattr(EmbeddedEngine, "begin", begin)
    return overtaken


@pytest.mark.parametrize("filler", [100, 2000])
@pytest.mark.parametrize("deaf", [False, True])
def test_an_answer_that_a_change_overtakes_has_the_validator_of_its_own_data(
    tmp_path: Path,
    running: Callable[..., AbstractContextManager[str]],
    monkeypatch: pytest.MonkeyPatch,
    filler: int,
    deaf: bool,
) -> None:
    overtaken = hold_back(monkeypatch, lambda query: "# traag" in query.text)
    if deaf:
        monkeypatch.setattr("vakgraaf.app.Manners", Deaf)
    tokens = token_file(tmp_path, f"schrijver {TOKEN}")
    with running(tmp_path, update_token_file=tokens) as address, httpx.Client(base_url=address, timeout=60) as client:

        def told(remark: str, filler: int = filler) -> tuple[str, str]:
            text = f"SELECT (COUNT(*) AS ?n) ('{'x' * filler}' AS ?x) {{ ?s ?p ?o }} # {remark}"
            answer = client.get("/sparql", params={"query": text, "format": "csv"})
            return answer.text, answer.headers["etag"]

        told("kort", 0)
        before = told("eerst")
        with ThreadPoolExecutor() as threads:
            late = threads.submit(told, "traag")
            await_until(lambda: bool(overtaken))
            add_label(client, "nieuw", "Nieuw")
            assert late.result() == before
        after = told("daarna")
        assert told("traag") == after
        assert after[0] != before[0]
        assert after[1] != before[1]


def test_a_page_that_a_change_overtakes_is_not_kept_as_one_of_the_new_data(
    tmp_path: Path, running: Callable[..., AbstractContextManager[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting = threading.Event()
    overtaken = hold_back(monkeypatch, lambda _: waiting.is_set())
    tokens = token_file(tmp_path, f"schrijver {TOKEN}")
    with running(tmp_path, update_token_file=tokens) as address, httpx.Client(base_url=address, timeout=60) as client:

        def shown() -> httpx.Response:
            return client.get("/doc/ding/proef", headers={"accept": "text/html"})

        with ThreadPoolExecutor() as threads:
            waiting.set()
            late = threads.submit(shown)
            await_until(lambda: bool(overtaken))
            add_label(client, "proef", "Kersvers")
            before = late.result()
        after = shown()
    assert "Kersvers" in after.text
    assert after.headers["etag"] != before.headers["etag"]


def test_queries_sent_together_are_answered_in_their_order(client: httpx.Client, address: str) -> None:
    headers = {"accept": "*/*", "accept-encoding": "identity"}
    client.get(f"/sparql?query={quote('ASK {} # op volgorde')}", headers=headers)
    paths = [f"/sparql?query={quote('ASK {} # volgorde')}{next(_NUMBER)}" if n % 3 else "/health" for n in range(9)]
    found = names_in_order(address, paths, "Accept: */*", "Accept-Encoding: identity")
    assert found == [f"n{n}" for n in range(len(paths))]


def test_a_query_ends_when_its_client_leaves(
    tmp_path: Path, running: Callable[..., AbstractContextManager[str]]
) -> None:
    tokens = token_file(tmp_path, f"beheerder {TOKEN} admin")
    operator = {"authorization": f"Bearer {TOKEN}"}
    endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"

    def there(client: httpx.Client) -> int:
        return len(client.get("/queries", headers=operator).json()["queries"])

    with running(tmp_path, update_token_file=tokens) as address, httpx.Client(base_url=address, timeout=30) as client:
        plain = {"accept": "*/*", "accept-encoding": "identity"}
        client.get(f"/sparql?query={quote('ASK {}')}", headers={**plain, "host": "x"})
        with connect(address) as connection:
            lines = [
                f"GET /sparql?query={quote(endless)} HTTP/1.1",
                "Host: x",
                *(f"{n}: {v}" for n, v in plain.items()),
            ]
            connection.sendall(("\r\n".join(lines) + "\r\n\r\n").encode())
            await_until(lambda: there(client) == 1)
        await_until(lambda: there(client) == 0)


def await_until(condition: Callable[[], bool]) -> None:
    """Wait until something is so, and fail where it never is."""
    until = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.02)
