"""Indexes of real data and of made-up ones, made as a server makes them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from vakgraaf.engine import EmbeddedEngine, EmbeddedSettings, Packaged, StateDirectory
from vakgraaf.errors import NotReady
from vakgraaf.search.index import Index
from vakgraaf.search.keeper import Search
from vakgraaf.search.options import SearchOptions
from vakgraaf.settings import Settings

AT_ONCE = SearchOptions(search_after_s=0)


async def ready(search: Search) -> None:
    """Wait until there is an index of the present data."""
    while True:
        try:
            if search.state.current:
                return
        except NotReady:
            pass
        await asyncio.sleep(0.02)


def index_of(folder: Path, packaged: Packaged | None) -> Index:
    """The index that a server with these data makes."""

    async def made() -> None:
        engine = await EmbeddedEngine.start(EmbeddedSettings(state=StateDirectory(folder), packaged=packaged))
        search = Search(engine, AT_ONCE, folder / "search", union=True)
        await search.start()
        await asyncio.wait_for(ready(search), 120)
        await search.close()
        await engine.close()

    asyncio.run(made())
    (path,) = (folder / "search").glob("*.index")
    return Index(path, timeout_s=10)


@pytest.fixture(scope="session")
def packaged(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    """The index of what comes with the program."""
    index = index_of(tmp_path_factory.mktemp("packaged"), Settings().packaged())
    yield index
    index.close()


@pytest.fixture
def index_with(tmp_path: Path) -> Iterator[Callable[[str], Index]]:
    """`index_with(turtle)` for the index of a graph of one's own."""
    made: list[Index] = []

    def index(turtle: str) -> Index:
        (tmp_path / "graphs").mkdir()
        (tmp_path / "graphs" / "eigen.ttl").write_text(turtle, "utf-8")
        made.append(index_of(tmp_path / "state", Packaged(graphs=tmp_path / "graphs")))
        return made[-1]

    yield index
    for one in made:
        one.close()
