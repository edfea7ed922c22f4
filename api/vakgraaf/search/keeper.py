"""Search as a server has it: an index of the present data, made anew behind it when these change."""

from __future__ import annotations

import asyncio
import sqlite3
import tempfile
import time
import zlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import NamedTuple, TypeVar

from vakgraaf.engine import Engine
from vakgraaf.errors import MissingTool, NotReady, Overloaded, UnknownThing, VakgraafError
from vakgraaf.search.answers import Found, Sought, Suggestion
from vakgraaf.search.elsewhere import build_elsewhere
from vakgraaf.search.index import Index
from vakgraaf.search.options import SearchOptions
from vakgraaf.search.schema import require_fts5
from vakgraaf.search.shelf import Shelf

_LOOK_S = 0.5
_AGAIN_S = 10.0
_MOST_WAITING = 64
_BESIDE_AN_OLD_ONE, _WAITED_FOR = 19, 5

Answered = TypeVar("Answered")


class State(NamedTuple):
    """The index that answers: a name for it, the data version it is of, whether that is the one that counts now."""

    name: str
    version: int
    current: bool


class Search:
    """What `/search` asks. `folder` is where indexes are kept; None keeps them only as long as this lives.

    `union`: the default graph of a query is all graphs together.
    """

    def __init__(self, engine: Engine, options: SearchOptions, folder: Path | None, *, union: bool) -> None:
        self._engine = engine
        self._options = options
        self._union = union
        self._temporary = tempfile.TemporaryDirectory(prefix="vakgraaf-search-") if folder is None else None
        self._shelf = Shelf(Path(self._temporary.name) if self._temporary else folder or Path())
        self._index: Index | None = None
        self._path: Path | None = None
        self._refusal: VakgraafError | None = None
        self._waiting = 0
        self._wanted = asyncio.Event()
        self._threads = ThreadPoolExecutor(options.search_workers, "search")
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Open what there is, the index of the present data or an older one, and see to it that it is the present one.

        Where there can be none, whoever asks is told so.
        """
        if not self._options.search:
            self._refusal = UnknownThing("Zoeken staat op deze server uit.", "Search is off on this server.")
            return
        try:
            require_fts5()
        except MissingTool as error:
            self._refusal = error
            return
        self._path = self._shelf.find(self._tag()) or self._shelf.newest()
        if self._path is not None:
            try:
                await self._open(self._path)
            except (sqlite3.Error, KeyError, ValueError):  # a broken disk; the files themselves are whole or not there
                self._path = None
        await asyncio.to_thread(self._shelf.sweep, self._path)
        self._task = asyncio.create_task(self._keep())

    async def close(self) -> None:
        """Stop what runs. A half index is swept away by the next start."""
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task
        self._threads.shutdown(cancel_futures=True)
        if self._index is not None:
            self._index.retire()
        if self._temporary is not None:
            self._temporary.cleanup()

    @property
    def state(self) -> State:
        """Which index answers. Raises what `find` raises where there is none."""
        index = self._ready()
        name = f"{index.tag} {self._path}"
        return State(f"{zlib.crc32(name.encode()):08x}{index.made:x}", index.version, index.tag == self._tag())

    async def find(self, sought: Sought) -> Found:
        """Search. Raises `NotReady`, `QueryTimeout`, `Overloaded`; `UnknownThing` or `MissingTool` without search."""
        return await self._asked(lambda index: index.search(sought))

    async def suggest(self, text: str, most: int) -> list[Suggestion]:
        """What names begin as `text`. Raises what `find` raises."""
        return await self._asked(lambda index: index.suggest(text, most))

    def _ready(self) -> Index:
        if self._refusal is not None:
            raise type(self._refusal)(self._refusal.nl, self._refusal.en)
        if self._index is None:
            self._wanted.set()
            raise NotReady(
                "De zoekindex wordt nog gemaakt. Probeer het zo meteen opnieuw.",
                "The search index is still being made. Try again in a moment.",
            )
        return self._index

    async def _asked(self, question: Callable[[Index], Answered]) -> Answered:
        index = self._ready()
        if self._waiting >= _MOST_WAITING:
            raise Overloaded(
                "Er wordt nu te veel tegelijk gezocht. Probeer het straks opnieuw.",
                "There are too many searches at once. Try again shortly.",
            )
        self._waiting += 1
        index.hold()
        work = self._threads.submit(question, index)
        work.add_done_callback(lambda _: index.release())  # also when nobody waits for the answer any more
        try:
            return await asyncio.wrap_future(work)
        finally:
            self._waiting -= 1

    def _tag(self) -> str:
        """What tells the present data from others; a server that nobody tells it of has only the number of writes."""
        info = self._engine.info
        return info.tag if self._tells() else f"remote-{info.version}"

    def _tells(self) -> bool:
        """Whether the engine knows when its data change."""
        return self._engine.info.tag == self._engine.info.tag

    async def _keep(self) -> None:
        """Make the index anew whenever it is of other data than those that count."""
        while True:
            tag = await self._settled()
            if self._index is None or self._index.tag != tag or not self._tells():
                try:
                    await self._build(tag)
                except (VakgraafError, OSError, sqlite3.Error):
                    # An engine that is away, a disk that is full: what there is goes on to serve.
                    await asyncio.sleep(_AGAIN_S)
                    continue
            await self._changed(tag)

    async def _settled(self) -> str:
        """The tag, once it has been the same for a while, or when somebody waits for an index."""
        tag, since = self._tag(), time.monotonic()
        while time.monotonic() - since < self._options.search_after_s and not self._wanted.is_set():
            with suppress(TimeoutError):
                await asyncio.wait_for(self._wanted.wait(), min(_LOOK_S, self._options.search_after_s))
            if self._tag() != tag:
                tag, since = self._tag(), time.monotonic()
        self._wanted.clear()
        return tag

    async def _changed(self, tag: str) -> None:
        """Wait until there are other data, or until there could be."""
        until = time.monotonic() + self._options.search_refresh_s
        while self._tag() == tag and (self._tells() or time.monotonic() < until):
            await asyncio.sleep(_LOOK_S)

    async def _build(self, tag: str) -> None:
        """Have an index made, and open it. Raises what `build_elsewhere` raises.

        Where the data change while they are asked for, they are asked for again; but not for ever: then what was asked
        counts as of before, and is made anew soon.
        """
        await asyncio.to_thread(self._shelf.sweep, self._path)
        draft = await asyncio.to_thread(self._shelf.draft)
        for last in (False, False, True):
            facts: dict[str, object] = {"tag": tag, "version": self._engine.info.version}
            unchanged = partial(self._is_still, tag, last)
            nice = _BESIDE_AN_OLD_ONE if self._index else _WAITED_FOR
            if await build_elsewhere(self._engine, draft, facts, union=self._union, unchanged=unchanged, nice=nice):
                break
            tag = self._tag()
            await asyncio.to_thread(self._shelf.sweep, self._path)
        path = await asyncio.to_thread(self._shelf.publish, tag)
        await self._open(path)
        await asyncio.to_thread(self._shelf.sweep, path)

    def _is_still(self, tag: str, whatever: bool) -> bool:
        return whatever or self._tag() == tag

    async def _open(self, path: Path) -> None:
        old, options = self._index, self._options
        self._index = await asyncio.to_thread(Index, path, options.search_workers, options.search_timeout_s)
        self._path = path
        if old is not None:
            old.retire()
