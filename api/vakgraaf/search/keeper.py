"""Search as a server has it: an index of the present data, made anew behind it when these change."""

from __future__ import annotations

import asyncio
import logging
import tempfile
import time
import zlib
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import NamedTuple, cast

from vakgraaf.engine import Engine
from vakgraaf.errors import MissingTool, NotReady, Overloaded, UnknownThing, UnreadableInput, VakgraafError
from vakgraaf.search.answering import Answer, Question
from vakgraaf.search.answers import Found, Sought, Suggestion
from vakgraaf.search.elsewhere import build_elsewhere
from vakgraaf.search.options import SearchOptions
from vakgraaf.search.schema import require_fts5
from vakgraaf.search.shelf import Shelf
from vakgraaf.search.workers import Workers

_LOG = logging.getLogger(__name__)
_LOOK_S = 0.5
_AGAIN_S = 10.0
_MOST_WAITING = 64
_BESIDE_AN_OLD_ONE, _WAITED_FOR = 19, 5


class State(NamedTuple):
    """The index that answers: a name for it, the data version it is of, whether that is the one that counts now.

    It has no name where the data version tells all: an index is made of the data, on whichever server.
    """

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
        self._workers: Workers | None = None
        self._refusal: VakgraafError | None = None
        self._failure: VakgraafError | None = None
        self._waiting = 0
        self._wanted = asyncio.Event()
        self._retiring: dict[asyncio.Task[None], Workers] = {}
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
        known = self._shelf.find(self._tag()) or self._shelf.newest()
        if known is not None:
            with suppress(UnreadableInput):  # a broken disk; the files themselves are whole or not there
                await self._open(known)
        await self._sweep()
        self._task = asyncio.create_task(self._keep())

    async def close(self) -> None:
        """Stop what runs. A half index is swept away by the next start."""
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task
        if self._workers is not None:
            self._workers.kill()
        for workers in [*self._retiring.values()]:
            workers.kill()
        if self._temporary is not None:
            self._temporary.cleanup()

    @property
    def state(self) -> State:
        """Which index answers. Raises what `find` raises where there is none."""
        workers = self._ready()
        current = workers.tag == self._tag()
        name = f"{zlib.crc32(workers.path.name.encode()):08x}{workers.made:x}"
        return State("" if current and self._tells() else name, workers.version, current)

    async def find(self, sought: Sought) -> Found:
        """Search. Raises `NotReady`, `QueryTimeout`, `Overloaded`; `UnknownThing` or `MissingTool` without search."""
        return cast(Found, await self._asked(sought))

    async def suggest(self, text: str, most: int) -> list[Suggestion]:
        """What names begin as `text`. Raises what `find` raises."""
        return cast(list[Suggestion], await self._asked((text, most)))

    def _ready(self) -> Workers:
        if self._refusal is not None:
            raise type(self._refusal)(self._refusal.nl, self._refusal.en)
        if self._workers is None:
            self._wanted.set()
            if self._failure is not None:
                raise NotReady(
                    f"Er is geen zoekindex te maken; het wordt steeds opnieuw geprobeerd. {self._failure.nl}",
                    f"No search index can be made; it is tried again and again. {self._failure.en}",
                )
            raise NotReady(
                "De zoekindex wordt nog gemaakt. Probeer het zo meteen opnieuw.",
                "The search index is still being made. Try again in a moment.",
            )
        return self._workers

    async def _asked(self, question: Question) -> Answer:
        workers = self._ready()
        if self._waiting >= _MOST_WAITING:
            raise Overloaded(
                "Er wordt nu te veel tegelijk gezocht. Probeer het straks opnieuw.",
                "There are too many searches at once. Try again shortly.",
            )
        self._waiting += 1
        try:
            return await workers.ask(question)
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
            if self._workers is None or self._workers.tag != tag or not self._tells():
                try:
                    await self._build(tag)
                except (VakgraafError, OSError) as error:
                    # An engine that is away, a disk that is full: what there is goes on to serve.
                    self._note(error)
                    await asyncio.sleep(_AGAIN_S)
                    continue
                self._failure = None
            await self._changed(tag)

    def _note(self, error: VakgraafError | OSError) -> None:
        """Tell the log why there is no index of these data, once for each reason, and who asks for one."""
        failure = error if isinstance(error, VakgraafError) else VakgraafError(f"{error}.", f"{error}.")
        if self._failure is None or self._failure.nl != failure.nl:
            _LOG.warning("%s / %s", failure.nl, failure.en)
        self._failure = failure

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
        for last in (False, False, True):
            await self._sweep()
            draft = await asyncio.to_thread(self._shelf.draft)
            facts: dict[str, object] = {"tag": tag, "version": self._engine.info.version}
            unchanged = partial(self._is_still, tag, last)
            nice = _BESIDE_AN_OLD_ONE if self._workers else _WAITED_FOR
            if await build_elsewhere(self._engine, draft, facts, union=self._union, unchanged=unchanged, nice=nice):
                break
            tag = self._tag()
        await self._open(await asyncio.to_thread(self._shelf.publish, draft, tag))
        await self._sweep()

    def _is_still(self, tag: str, whatever: bool) -> bool:
        return whatever or self._tag() == tag

    async def _sweep(self) -> None:
        await asyncio.to_thread(self._shelf.sweep, self._workers.path if self._workers else None)

    async def _open(self, path: Path) -> None:
        """From now on ask the index at `path`; who asked the one of before gets an answer."""
        old, options = self._workers, self._options
        self._workers = await Workers.start(path, options.search_workers, options.search_timeout_s)
        if old is not None:
            task = asyncio.create_task(old.retire())
            self._retiring[task] = old
            task.add_done_callback(self._retiring.pop)
