"""Indexes of real data and of made-up ones, made as a server makes them."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from filled import indexed
from vakgraaf.engine import Engine
from vakgraaf.search.index import Index
from vakgraaf.search.keeper import Search
from vakgraaf.search.options import SearchOptions

sys.path.insert(0, str(Path(__file__).parent))

from small_engine import SmallEngine

AT_ONCE = SearchOptions(search_after_s=0, search_workers=1)


async def index_of(engine: Engine, folder: Path) -> Index:
    """The index that a server in front of this engine makes."""
    search = Search(engine, AT_ONCE, folder, union=True)
    await search.start()
    try:
        async with asyncio.timeout(120):
            while not any(folder.glob("*.index")):
                await asyncio.sleep(0.02)
    finally:
        await search.close()
    (path,) = folder.glob("*.index")
    return Index(path, timeout_s=10)


@pytest.fixture(scope="session")
def packaged(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    """The index of what comes with the program."""
    state = indexed(tmp_path_factory, tmp_path_factory.mktemp("packaged") / "state")
    (path,) = (state / "search").glob("*.index")
    index = Index(path, timeout_s=10)
    yield index
    index.close()


@pytest.fixture
def index_with(tmp_path: Path) -> Iterator[Callable[[str], Index]]:
    """`index_with(turtle)` for the index of a few triples of one's own."""
    made: list[Index] = []

    def index(turtle: str) -> Index:
        engine = SmallEngine(f"GRAPH <urn:g> {{ {turtle} }}")
        made.append(asyncio.run(index_of(engine, tmp_path)))  # type: ignore[arg-type]  # search asks no more of one
        return made[-1]

    yield index
    for one in made:
        one.close()
