"""What the rooms above know of an engine, whichever it is: questions in, bytes out."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol

from vakgraaf.engine.guard import CheckedQuery
from vakgraaf.rdf.formats import Format


@dataclass(frozen=True, slots=True)
class Dataset:
    """The graphs a query is asked of (SPARQL 1.1 Protocol §2.1.4); None and None: what the server has as default."""

    default_graphs: tuple[str, ...] | None = None
    named_graphs: tuple[str, ...] | None = None


WHOLE_STORE = Dataset()


@dataclass(frozen=True, slots=True)
class StoreInfo:
    """What is being answered from.

    `version` is the data version, `tag` tells it from the same number of other data; `in_memory`: readers hold it.
    """

    version: int
    tag: str
    quads: int
    in_memory: bool


class Answer:
    """An answer as bytes; `first` is there already, so a failure up to here still has a proper status code."""

    def __init__(
        self,
        first: bytes,
        more: Callable[[], Awaitable[tuple[bytes, bool]]] | None = None,
        close: Callable[[], Awaitable[None]] | None = None,
    ) -> None:
        self.first = first
        self._more = more
        self._close = close

    @property
    def complete(self) -> bool:
        """Whether `first` is all there is."""
        return self._more is None

    async def chunks(self) -> AsyncIterator[bytes]:
        """`first` and everything after it. Raises QueryTimeout or QueryCrashed when it breaks off on the way."""
        yield self.first
        while self._more is not None:
            data, last = await self._more()
            if last:
                self._more = None
            yield data

    async def read(self) -> bytes:
        """The whole answer, for the small ones that pages are made of."""
        try:
            return b"".join([chunk async for chunk in self.chunks()])
        finally:
            await self.close()

    async def close(self) -> None:
        """Stop what still runs for this answer; always to be called, and harmless after the last chunk."""
        self._more = None
        if self._close is not None:
            close, self._close = self._close, None
            await close()


class Engine(Protocol):
    """A store that answers questions. All waiting is asynchronous, all errors are of `vakgraaf.errors`."""

    @property
    def info(self) -> StoreInfo:
        """What is being answered from."""

    @property
    def alive(self) -> bool:
        """Whether there is something to answer with; known without asking it anything."""

    def check(self, text: str) -> CheckedQuery:
        """Let a query text through the guard. Raises QueryRefused or SyntaxProblem."""

    async def query(self, query: CheckedQuery, form: Format, dataset: Dataset = WHOLE_STORE) -> Answer:
        """Evaluate, serialised as `form`. Raises SyntaxProblem, QueryTimeout, QueryCrashed or Overloaded."""

    async def dump(self, graph: str | None, form: Format) -> Answer:
        """One named graph, or with None all quads (`form` then is TriG or N-Quads). Raises as `query` does."""
