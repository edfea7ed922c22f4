"""Killed at any moment, the next start serves what was acknowledged last or the next version whole, never less."""

from __future__ import annotations

import asyncio
import os
import random
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from vakgraaf.engine import (
    EmbeddedEngine,
    EmbeddedSettings,
    Packaged,
    StateDirectory,
    Update,
    WriterLimits,
    open_store,
    select,
)
from vakgraaf.errors import QueryCrashed
from vakgraaf.rdf import iris
from vakgraaf.rdf.formats import RESULTS_CSV

# Each write says its number in two graphs, of one of which something follows.
_WRITE = """INSERT DATA {{
    GRAPH <http://a.example/een> {{ <http://a.example/n{n}> a <{vg}Kerntaak> }}
    GRAPH <http://a.example/twee> {{ <http://a.example/n{n}> <http://a.example/p> {n} }}
}} ; DELETE DATA {{ GRAPH <http://a.example/twee> {{ <http://a.example/n{gone}> <http://a.example/p> {gone} }} }}"""
_WRITER = """
import asyncio, sys
from pathlib import Path
from vakgraaf.engine import EmbeddedEngine, EmbeddedSettings, StateDirectory, Update

async def run():
    engine = await EmbeddedEngine.start(EmbeddedSettings(StateDirectory(Path(sys.argv[1]))))
    number = int(sys.argv[2])
    while True:
        text = sys.argv[3].replace("{n}", str(number)).replace("{gone}", str(number - 1))
        proposal = await engine.propose(Update(text))
        await proposal.commit()
        print(number, flush=True)
        number += 1

asyncio.run(run())
"""
_TEMPLATE = _WRITE.format(n="{n}", gone="{gone}", vg=iris.VG)


pytestmark = pytest.mark.slow


def _numbers(state: StateDirectory, pattern: str) -> list[int]:
    store = open_store(state, None)
    text = b"".join(store.query(f"SELECT ?n WHERE {{ {pattern} }}", RESULTS_CSV)).decode()
    return sorted(int(found) for found in re.findall(r"[0-9]+(?=\r?\n|$)", text.partition("\n")[2]))


def _whole(state: StateDirectory) -> int:
    """The number of the last write that counts, after a look whether it counts whole."""
    stated = _numbers(state, "GRAPH <http://a.example/een> { ?n a ?c }")
    assert stated == list(range(1, len(stated) + 1))
    assert _numbers(state, "GRAPH <http://a.example/twee> { ?s ?p ?n }") == stated[-1:]
    derived = f"GRAPH <{iris.graph('afgeleid')}> {{ ?n a <{iris.VG}Taak> FILTER(STRSTARTS(STR(?n), 'http://a.')) }}"
    assert _numbers(state, derived) == stated
    return len(stated)


def _kill_a_writing_server(state: StateDirectory, begin: int, chance: random.Random) -> int:
    """The last number that was acknowledged before the server was killed."""
    command = [sys.executable, "-c", _WRITER, str(state.path), str(begin), _TEMPLATE]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        first = server.stdout.readline()
        assert first, "the server did not start"
        time.sleep(chance.random() * 0.4)
        server.kill()
        return int((first + server.stdout.read()).split()[-1])


@pytest.fixture
def state(tmp_path: Path, packaged: Packaged) -> StateDirectory:
    found = StateDirectory(tmp_path / "state")
    open_store(found, packaged)
    return found


@pytest.mark.parametrize("rounds", [2, pytest.param(40, marks=pytest.mark.slow)])
def test_server_that_is_killed_while_it_writes_has_what_it_acknowledged(state: StateDirectory, rounds: int) -> None:
    chance = random.Random(rounds)
    last = 0
    for _ in range(rounds):
        acknowledged = _kill_a_writing_server(state, last + 1, chance)
        last = _whole(state)
        assert last in (acknowledged, acknowledged + 1)


def _changers() -> list[int]:
    children = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text().split()
    return [int(pid) for pid in children if b"changer" in Path(f"/proc/{pid}/cmdline").read_bytes()]


@pytest.mark.parametrize("rounds", [3, pytest.param(60, marks=pytest.mark.slow)])
def test_process_that_makes_changes_may_be_killed_at_any_moment(state: StateDirectory, rounds: int) -> None:
    chance = random.Random(rounds)

    async def write(engine: EmbeddedEngine, number: int) -> bool:
        try:
            await (
                await engine.propose(Update(_TEMPLATE.replace("{n}", str(number)).replace("{gone}", str(number - 1))))
            ).commit()
        except QueryCrashed:
            return False
        return True

    async def run() -> int:
        engine = await EmbeddedEngine.start(EmbeddedSettings(state, writer=WriterLimits(describe_after_s=3600)))
        try:
            number = 0
            for _ in range(rounds):
                assert await write(engine, number + 1)
                number += 1
                writing = asyncio.create_task(write(engine, number + 1))
                await asyncio.sleep(chance.random() * 0.15)
                for pid in _changers():
                    os.kill(pid, signal.SIGKILL)
                number += await writing
                rows = await select(engine, "SELECT (COUNT(*) AS ?n) { GRAPH <http://a.example/een> { ?s ?p ?o } }")
                assert int(rows[0]["n"].text) == number
            return number
        finally:
            await engine.close()

    assert asyncio.run(run()) == _whole(state)


_REPLACER = """
import sys
from pathlib import Path
from vakgraaf.engine import GraphChange, Replacing, StateDirectory, put_graphs
from vakgraaf.rdf.formats import N_TRIPLES

number = int(sys.argv[2])
while True:
    text = sys.argv[3].replace("{n}", str(number))
    put_graphs(StateDirectory(Path(sys.argv[1])), [GraphChange(sys.argv[4], text.encode(), N_TRIPLES, Replacing.WHOLE)])
    print(number, flush=True)
    number += 1
"""
_PROFILE = f'<http://a.example/p> a <{iris.VG}Profiel> .\n<http://a.example/p> <http://a.example/n> "{{n}}" .'.replace(
    " a ", " <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> "
)


@pytest.mark.parametrize("rounds", [2, pytest.param(20, marks=pytest.mark.slow)])
def test_publishing_that_is_killed_leaves_the_old_graph_or_the_new_with_all_versions(
    state: StateDirectory, rounds: int
) -> None:
    chance = random.Random(rounds)
    graph, last = str(iris.graph("proef")), 0
    for _ in range(rounds):
        command = [sys.executable, "-c", _REPLACER, str(state.path), str(last + 1), _PROFILE, graph]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as publisher:
            assert publisher.stdout is not None
            acknowledged = int(publisher.stdout.readline())
            time.sleep(chance.random() * 0.6)
            publisher.kill()
            acknowledged = int(([str(acknowledged), *publisher.stdout.read().split()])[-1])
        number = f"GRAPH <{graph}> {{ ?s <http://a.example/n> ?n }}"
        last = _numbers(state, number)[0]
        assert last in (acknowledged, acknowledged + 1)
        listed = f"GRAPH <{iris.graph('versies')}> {{ ?v <http://www.w3.org/ns/dcat#version> ?n }}"
        assert _numbers(state, listed) == list(range(1, last))
        store = open_store(state, None)
        for version in range(1, last):
            text = f"SELECT ?n FROM <{iris.graph(f'versie/proef/{version}')}> WHERE {{ ?s <http://a.example/n> ?n }}"
            assert b"".join(store.query(text, RESULTS_CSV)).split() == [b"n", str(version).encode()]
