"""Search on a few triples, as a server has it, and what a test asks of it."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from small_engine import SmallEngine

from vakgraaf.errors import NotReady
from vakgraaf.search.answers import Sought
from vakgraaf.search.keeper import Search
from vakgraaf.search.options import SearchOptions

LABEL = "<http://www.w3.org/2000/01/rdf-schema#label>"
BROEK = f'GRAPH <urn:g> {{ <urn:a> {LABEL} "spijkerbroek"@nl }}'
AT_ONCE = SearchOptions(search_after_s=0, search_workers=1)


@asynccontextmanager
async def running(
    folder: Path | None, options: SearchOptions = AT_ONCE, engine: SmallEngine | None = None
) -> AsyncIterator[tuple[SmallEngine, Search]]:
    """Search as a server has it, on a few triples."""
    used = engine or SmallEngine(BROEK)
    search = Search(used, options, folder, union=used.union)  # type: ignore[arg-type]  # it asks no more of an engine
    await search.start()
    try:
        yield used, search
    finally:
        await search.close()


async def current(search: Search, name: str | None = None) -> None:
    """Wait for an index of the present data, and with `name` for another one than that."""
    async with asyncio.timeout(60):
        while True:
            try:
                if search.state.current and search.state.name != name:
                    return
            except NotReady:
                pass
            await asyncio.sleep(0.02)


async def found(search: Search, text: str) -> list[str]:
    return [hit.iri for hit in (await search.find(Sought(text))).hits]


def kept(folder: Path) -> dict[str, int]:
    """The files that are there, with the times at which they were made."""
    return {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}


def answering() -> list[int]:
    """The processes that search for this one."""
    below = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text().split()
    return [int(pid) for pid in below if b"vakgraaf.search\0answer" in Path(f"/proc/{pid}/cmdline").read_bytes()]
