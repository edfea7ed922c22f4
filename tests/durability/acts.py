"""What is done to a store in these tests, each as a program that can be killed: `python acts.py ACT STATE …`."""

from __future__ import annotations

import asyncio
import ctypes
import json
import os
import sys
import traceback
from pathlib import Path
from typing import NoReturn

from vakgraaf import __main__ as program
from vakgraaf.engine import (
    EmbeddedEngine,
    EmbeddedSettings,
    GraphChange,
    Packaged,
    Replacing,
    StateDirectory,
    WriterLimits,
    loading,
    readings,
)
from vakgraaf.engine.fill import fill
from vakgraaf.rdf import iris
from vakgraaf.rdf.formats import N_QUADS, TURTLE
from vakgraaf.search.keeper import Search
from vakgraaf.search.options import SearchOptions

GRAPH = str(iris.graph("proef"))


async def publish(state: Path, file: str, memory_mb: int = 2048) -> None:
    """A server that takes in one graph, in the place of the one that is there."""
    limits = WriterLimits(describe_after_s=3600)
    settings = EmbeddedSettings(StateDirectory(state), memory_budget_mb=memory_mb, writer=limits)
    engine = await EmbeddedEngine.start(settings)
    try:
        change = GraphChange(GRAPH, Path(file).read_bytes(), TURTLE, Replacing.WHOLE, GRAPH)
        await (await engine.propose(change)).commit()
    finally:
        await engine.close()


async def read(state: Path) -> None:
    """A server that has no memory for the data, and makes a copy to read from disk."""
    settings = EmbeddedSettings(StateDirectory(state), memory_budget_mb=0, writer=WriterLimits(describe_after_s=3600))
    await (await EmbeddedEngine.start(settings)).close()


def load_many(state: Path, file: str) -> None:
    """`vakgraaf load` of so much that the store is made anew, with a copy to read from disk; here that is less."""
    loading._LARGE_BYTES, readings.MANY = 1000, 1000
    loading.load_files(StateDirectory(state), [loading.Source(Path(file), N_QUADS, GRAPH)])


async def describe(state: Path) -> None:
    """A server that describes the store that it finds."""
    settings = EmbeddedSettings(StateDirectory(state), writer=WriterLimits(describe_after_s=0.01))
    engine = await EmbeddedEngine.start(settings)
    try:
        async with asyncio.timeout(20):  # a server does not try again before the next write or start
            while not (manifest := StateDirectory(state).manifest()) or not manifest.described:
                await asyncio.sleep(0.05)
    finally:
        await engine.close()


async def index(state: Path) -> None:
    """A server that makes an index for search."""
    engine = await EmbeddedEngine.start(
        EmbeddedSettings(StateDirectory(state), writer=WriterLimits(describe_after_s=99))
    )
    search = Search(engine, SearchOptions(search_after_s=0), state / "search", union=True)
    try:
        await search.start()
        async with asyncio.timeout(60):
            while search._workers is None or not search.state.current:  # it is asked nothing, so it says nothing
                await asyncio.sleep(0.05)
    finally:
        await search.close()
        await engine.close()


def packaged(folder: str) -> Packaged:
    """What lies in a folder, as it is packaged."""
    return Packaged(ontology=Path(folder) / "ontology", graphs=Path(folder) / "graphs")


def serve() -> None:
    """Run what is asked, a line of JSON each, in a fork that has everything loaded; say how it ended."""
    from vakgraaf.commands import exchange, safekeeping  # to be loaded once

    assert exchange
    assert safekeeping
    for line in sys.stdin:
        order = json.loads(line)
        pid = os.fork()
        if not pid:
            _run(order["arguments"], order["environment"], order["out"])
        print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), flush=True)


def _run(arguments: list[str], environment: dict[str, str], out: str) -> NoReturn:
    handle = os.open(out, os.O_WRONLY | os.O_CREAT)
    for stream in (1, 2):
        os.dup2(handle, stream)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    code = 1
    try:
        os.environ.update(environment)
        ctypes.CDLL(None).steps_begin()
        if arguments[0] == "-m":
            sys.argv = arguments[1:]
            program.main()
        else:
            main(*arguments[1:])
        code = 0
    except SystemExit as error:
        code = int(error.code or 0)
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        os._exit(code)


def main(act: str, state: str, *rest: str) -> None:
    """Do it."""
    if act == "fill":
        fill(StateDirectory(Path(state)), packaged(rest[0]))
    elif act == "load-many":
        load_many(Path(state), rest[0])
    elif act == "publish":
        asyncio.run(publish(Path(state), *rest[:1], *map(int, rest[1:])))
    else:
        asyncio.run({"describe": describe, "index": index, "read": read}[act](Path(state)))


if __name__ == "__main__":
    if sys.argv[1:] == ["serve"]:
        serve()
    else:
        main(*sys.argv[1:])
