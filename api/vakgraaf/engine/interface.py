"""What the rooms above know of an engine, whichever it is: questions in, bytes out."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Literal, Protocol

from vakgraaf.engine.guard import CheckedQuery
from vakgraaf.engine.observed import Load, Running
from vakgraaf.errors import VakgraafError
from vakgraaf.rdf.formats import Format

if TYPE_CHECKING:  # who has no query to rewrite does not load this
    from vakgraaf.sparql.rewriting import Left


@dataclass(frozen=True, slots=True)
class Dataset:
    """The graphs a query is asked of (SPARQL 1.1 Protocol §2.1.4); None and None: what the server has as default."""

    default_graphs: tuple[str, ...] | None = None
    named_graphs: tuple[str, ...] | None = None


WHOLE_STORE = Dataset()

UNNAMED = ""
"""What the unnamed graph is called where None stands for all graphs together."""


@dataclass(frozen=True, slots=True)
class Options:
    """How a query is to be run: what does not change its answer.

    `timeout_s` asks for less time than the limit, never for more; `rewrite` lets the rewriter help the planner;
    `ident` names the query in the list of those that run. `patient` is for the server's own work, which asks for all
    there is: it has an hour, and any size. Another server has its own limits.
    """

    timeout_s: float | None = None
    rewrite: bool = True
    ident: str = ""
    patient: bool = False


AS_USUAL = Options()


@dataclass(frozen=True, slots=True)
class Update:
    """A SPARQL 1.1 Update request; `dataset` stands for `using-graph-uri` and `using-named-graph-uri`."""

    text: str
    dataset: Dataset = WHOLE_STORE


class Replacing(Enum):
    """What a graph that is sent does to the one that is there (Graph Store Protocol §5.3, §5.5)."""

    WHOLE = "PUT"
    NOTHING = "POST"


@dataclass(frozen=True, slots=True)
class GraphChange:
    """A graph, sent whole: `content` in `form`, for the named graph `graph`, or with None for the unnamed one.

    A dataset format keeps the graphs it names, and `graph` then is not looked at.
    """

    graph: str | None
    content: bytes
    form: Format
    replacing: Replacing
    base: str = ""


@dataclass(frozen=True, slots=True)
class GraphRemoval:
    """A graph to be removed (Graph Store Protocol §5.4)."""

    graph: str | None


Change = Update | GraphChange | GraphRemoval


class Proposal(Protocol):
    """A change that has been worked out and does not count yet. Exactly one of `commit` and `discard` ends it."""

    @property
    def touched(self) -> tuple[str | None, ...]:
        """The graphs whose content becomes another; None is the unnamed graph."""

    @property
    def created(self) -> bool:
        """Whether a graph comes to be that was not there."""

    async def content(self, graph: str | None) -> bytes:
        """What a touched graph will hold, as N-Triples."""

    async def commit(self, remarks: bytes = b"") -> StoreInfo:
        """Make it count, at once and for good, and answer from it from now on.

        `remarks` are reports on the touched graphs, as N-Triples for the graph `toetsing`, in the place of those that
        there are; an engine that is another server keeps none.
        """

    async def discard(self) -> None:
        """Forget it; the store is as it was."""


@dataclass(frozen=True, slots=True)
class StoreInfo:
    """What is being answered from.

    `version` is the data version, `tag` tells it from the same number of other data; `in_memory`: readers hold it.
    `counts` are the numbers of the description graph: "whole", and by "graphs" and "classes".
    """

    version: int
    tag: str
    quads: int
    in_memory: bool
    counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Explanation:
    """What would be done with a query: `asked` is evaluated instead of `text`, as the `rules` of the rewriter made it.

    Where no rule did anything, `left` says why. `rows` and `seconds` are what is expected of its outermost join, None
    where nobody knows. `dataset` is what the request says, or the query; None where neither does (the server has its
    own) or where it is not understood. `slow`: it was slow when it was last asked, and begins among the slow ones.
    """

    text: str
    asked: str
    rules: tuple[str, ...] = ()
    left: Left | None = None
    rows: float | None = None
    seconds: float | None = None
    said_by: Literal["request", "query", "server"] = "server"
    dataset: Dataset | None = None
    slow: bool = False


@dataclass(frozen=True, slots=True)
class Abilities:
    """What an engine can do beside answering queries.

    `federated`: it asks other servers what SERVICE says. `updates`: it takes updates, and with `judged` what an update
    comes to can be looked at before it counts. `exact_tsv`: its tables as TSV tell what a term is as well as JSON does.
    """

    federated: bool
    updates: bool = True
    judged: bool = True
    exact_tsv: bool = False


class Answer:
    """An answer as bytes; `first` is there already, so a failure up to here still has a proper status code.

    `tag` tells the data that it was made from, as in `StoreInfo`: those of now may have come while it was made.
    """

    _at_end: Callable[[], object] | None = None

    def __init__(
        self,
        first: bytes,
        tag: str,
        more: Callable[[], Awaitable[tuple[bytes, bool]]] | None = None,
        close: Callable[[], Awaitable[None]] | None = None,
        check: Callable[[], None] | None = None,
    ) -> None:
        self.first = first
        self.tag = tag
        self._more = more
        self._close = close
        self._check = check

    @property
    def complete(self) -> bool:
        """Whether `first` is all there is."""
        return self._more is None

    def check(self) -> None:
        """Raise what has ended it while `first` lay here, as where this process had its hands full: no more comes."""
        if self._check is not None:
            self._check()

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

    def at_end(self, told: Callable[[], object]) -> None:
        """Have `told` called when it is closed."""
        self._at_end = told

    async def close(self) -> None:
        """Stop what still runs for this answer; always to be called, and harmless after the last chunk."""
        self._more = None
        if self._at_end is not None:
            told, self._at_end = self._at_end, None
            told()
        if self._close is not None:
            close, self._close = self._close, None
            await close()


Listener = Callable[[Answer | Exception], None]
"""Hears, once, what comes of a query: the answer with its first chunk, or an error of `vakgraaf.errors`."""


class Begun(Protocol):
    """A query that has been asked."""

    def end(self, reason: VakgraafError) -> None:
        """Stop it, if it still runs: who asked hears the reason, or the answer breaks off with it."""


class Engine(Protocol):
    """A store that answers questions. All waiting is asynchronous, all errors are of `vakgraaf.errors`."""

    @property
    def info(self) -> StoreInfo:
        """What is being answered from."""

    @property
    def newest(self) -> str:
        """The tag of the data that count, also where another process published them and `info` is of those before."""

    @property
    def alive(self) -> bool:
        """Whether there is something to answer with; known without asking it anything."""

    @property
    def abilities(self) -> Abilities:
        """What it can do beside answering queries."""

    @property
    def load(self) -> Load:
        """How busy it is; known without asking it anything."""

    def check(self, text: str) -> CheckedQuery:
        """Let a query text through the guard. Raises QueryRefused or SyntaxProblem."""

    async def query(
        self, query: CheckedQuery, form: Format, dataset: Dataset = WHOLE_STORE, options: Options = AS_USUAL
    ) -> Answer:
        """Evaluate, serialised as `form`. Raises SyntaxProblem, QueryTimeout, QueryCrashed or Overloaded."""

    def begin(self, query: CheckedQuery, form: Format, dataset: Dataset, options: Options, told: Listener) -> Begun:
        """As `query`, for who does not wait: `told` hears what comes of it, perhaps before this returns."""

    async def explain(
        self, query: CheckedQuery, dataset: Dataset = WHOLE_STORE, options: Options = AS_USUAL
    ) -> Explanation:
        """What would be done with a query; nothing of it is evaluated. Raises as `query` does."""

    def running(self) -> list[Running]:
        """The queries that run and the changes that are worked out now, the oldest first."""

    def cancel(self, ident: str) -> bool:
        """End all of those of that name; False where there is none. Who asked for it gets `QueryCancelled`."""

    def working_out(self, change: Change, ident: str) -> AbstractAsyncContextManager[None]:
        """Around `propose` and all else up to `commit`: what one sees in `running`, and `cancel` ends."""

    async def propose(self, change: Change) -> Proposal:
        """Work out a change. One at a time: the next waits until this one is committed or discarded.

        Raises SyntaxProblem, QueryRefused, QueryTimeout, QueryCrashed, UnknownThing (a graph to be removed that is
        not there) or Overloaded.
        """

    async def dump(self, graph: str | None, form: Format) -> Answer:
        """One graph (`UNNAMED`: the unnamed one), or with None all quads (`form` then is TriG or N-Quads).

        Raises as `query` does, and UnknownThing where no graph has that name.
        """
