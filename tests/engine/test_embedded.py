"""The pool from inside: what a worker cannot do even when the guard is not there, and what is left afterwards."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import pytest

from engines import with_engine
from impostor import python_replaced
from vakgraaf.engine import (
    CheckedQuery,
    EmbeddedEngine,
    EmbeddedSettings,
    Form,
    Options,
    Packaged,
    PoolLimits,
    StateDirectory,
    Update,
    select,
)
from vakgraaf.engine.fill import fill
from vakgraaf.errors import (
    InputError,
    QueryCrashed,
    QueryOutOfMemory,
    QueryTimeout,
    ResultTooLarge,
    StoreProblem,
    VakgraafError,
)
from vakgraaf.rdf.formats import RESULTS_CSV, RESULTS_JSON

T = TypeVar("T")
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n0 ?o . ?p ?q ?r . ?s ?t ?u }"


@pytest.fixture
def settings(tmp_path: Path, packaged: Packaged) -> EmbeddedSettings:
    return EmbeddedSettings(StateDirectory(tmp_path / "state"), packaged, pool=PoolLimits(workers=2, query_timeout_s=1))


def _children(pid: int) -> list[int]:
    """Processes below `pid`, as the kernel lists them."""
    found = [int(p) for p in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return [*found, *(below for child in found for below in _children(child))]


def _kill_zygote() -> None:
    for pid in Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text().split():
        if "zygote" in Path(f"/proc/{pid}/cmdline").read_text():
            os.kill(int(pid), signal.SIGKILL)


def test_worker_cannot_dial_out_even_without_the_guard(settings: EmbeddedSettings) -> None:
    async def work(engine: EmbeddedEngine) -> None:
        with socket.create_server(("127.0.0.1", 0)) as listener:
            listener.setblocking(False)
            text = f"SELECT * {{ SERVICE <http://127.0.0.1:{listener.getsockname()[1]}/> {{ ?s ?p ?o }} }}"
            with pytest.raises(VakgraafError):
                await engine.query(CheckedQuery(text, Form.SELECT, False), RESULTS_JSON)
            with pytest.raises(BlockingIOError):
                listener.accept()

    with_engine(settings, work)


def test_deadline_crash_and_cancel_each_free_the_place(settings: EmbeddedSettings) -> None:
    async def work(engine: EmbeddedEngine) -> None:
        deep = CheckedQuery("SELECT * {" + "{" * 20_000 + "}" * 20_000 + "}", Form.SELECT, False)
        for _ in range(3):
            with pytest.raises(QueryCrashed):
                await engine.query(deep, RESULTS_CSV)
            task = asyncio.create_task(engine.query(engine.check(ENDLESS), RESULTS_CSV))
            await asyncio.sleep(0.05)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
        with pytest.raises(QueryTimeout):
            await engine.query(engine.check(ENDLESS), RESULTS_CSV)
        assert int((await select(engine, COUNT))[0]["n"].text) > 0

    with_engine(settings, work)


def test_what_the_server_asks_for_itself_has_more_time_and_any_size(settings: EmbeddedSettings) -> None:
    pairs = "{ SELECT ?a { ?a ?p ?c } LIMIT 60 } ?b ?q ?d"
    long = f"SELECT (COUNT(*) AS ?n) {{ {pairs} . FILTER (REGEX(STR(?a), CONCAT(STR(?d), '.*'))) }}"

    async def read(engine: EmbeddedEngine, text: str, options: Options) -> bytes:
        return await (await engine.query(engine.check(text), RESULTS_CSV, options=options)).read()

    async def work(engine: EmbeddedEngine) -> None:
        with pytest.raises(QueryTimeout):
            await read(engine, long, Options())
        with pytest.raises(ResultTooLarge):
            await read(engine, "SELECT * { ?s ?p ?o }", Options())
        assert (await read(engine, long, Options(patient=True))).startswith(b"n\r\n")
        assert len(await read(engine, "SELECT * { ?s ?p ?o }", Options(patient=True))) > 10_000

    with_engine(replace(settings, pool=PoolLimits(workers=2, query_timeout_s=0.05, result_bytes=10_000)), work)


def test_zygote_that_is_killed_is_started_again(settings: EmbeddedSettings) -> None:
    async def work(engine: EmbeddedEngine) -> None:
        before = await select(engine, COUNT)
        _kill_zygote()
        await asyncio.sleep(0.2)
        assert await select(engine, COUNT) == before

    with_engine(settings, work)


def test_change_that_readers_cannot_follow_is_told_to_count_and_is_followed_soon(
    settings: EmbeddedSettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As where the system is short of memory: nothing is there to read with for a while."""
    found = 'SELECT ?o { <urn:x:s> <urn:x:p> ?o FILTER (?o = "told") }'

    async def work(engine: EmbeddedEngine) -> None:
        proposal = await engine.propose(Update('INSERT DATA { <urn:x:s> <urn:x:p> "told" }'))
        with python_replaced("exit 1", tmp_path, monkeypatch):
            _kill_zygote()
            with pytest.raises(StoreProblem, match="De wijziging telt"):
                await proposal.commit()
        async with asyncio.timeout(20):
            while not await select(engine, found):
                await asyncio.sleep(0.05)

    with_engine(replace(settings, pool=PoolLimits()), work)


def test_zygote_that_is_killed_is_noticed_without_a_query_and_comes_back(settings: EmbeddedSettings) -> None:
    async def work(engine: EmbeddedEngine) -> None:
        assert engine.alive
        _kill_zygote()
        async with asyncio.timeout(20):
            while engine.alive:
                await asyncio.sleep(0.02)
            while not engine.alive:
                await asyncio.sleep(0.02)
        assert await select(engine, COUNT)

    with_engine(settings, work)


def test_query_that_outgrows_its_memory_says_so_and_ends_alone(settings: EmbeddedSettings) -> None:
    bind = "BIND(CONCAT(STR(?a), STR(?d), STR(?g)) AS ?x)"
    text = f"SELECT ?x {{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o {bind} }} ORDER BY ?x"

    async def work(engine: EmbeddedEngine) -> None:
        with pytest.raises(QueryOutOfMemory, match="64 MB"):
            await engine.query(engine.check(text), RESULTS_CSV)
        assert await select(engine, COUNT)

    with_engine(replace(settings, worker_memory_mb=64, pool=PoolLimits(query_timeout_s=30)), work)


def test_refresh_answers_from_the_newest_snapshot_while_others_finish(
    settings: EmbeddedSettings, packaged: Packaged
) -> None:
    async def work(engine: EmbeddedEngine) -> None:
        before = int((await select(engine, COUNT))[0]["n"].text)
        slow = asyncio.create_task(engine.query(engine.check(ENDLESS), RESULTS_CSV))
        assert packaged.graphs is not None
        (packaged.graphs / "twee.ttl").unlink()
        await asyncio.to_thread(fill, settings.state, packaged)
        await engine.refresh()
        assert engine.info.version == 2
        assert int((await select(engine, COUNT))[0]["n"].text) < before
        with pytest.raises(QueryTimeout):
            await slow

    with_engine(settings, work)


def test_nothing_is_left_running_after_close(settings: EmbeddedSettings) -> None:
    async def work(engine: EmbeddedEngine) -> list[int]:
        await asyncio.gather(*(select(engine, COUNT) for _ in range(4)))
        return [child for child in _children(os.getpid()) if child not in before]

    before = _children(os.getpid())
    started = with_engine(settings, work)
    assert len(started) >= 3
    assert not set(started) & set(_children(os.getpid()))


def test_second_engine_on_the_same_directory_is_refused(settings: EmbeddedSettings) -> None:
    async def work(_: EmbeddedEngine) -> None:
        with pytest.raises(InputError, match="draait al een server"):
            await EmbeddedEngine.start(settings)

    with_engine(settings, work)
    with_engine(settings, lambda engine: select(engine, COUNT))
