"""The remote engine: another SPARQL 1.1 server, asked over HTTP, behind the same interface as our own."""

from __future__ import annotations

import asyncio
import time
from contextlib import AbstractAsyncContextManager, suppress
from dataclasses import replace

from vakgraaf.egress import AllowList, Destination, Egress, destination
from vakgraaf.engine.awaited import Awaited
from vakgraaf.engine.changes import told_of
from vakgraaf.engine.deadline import within
from vakgraaf.engine.endings import others_too_late, overloaded
from vakgraaf.engine.explaining import unchanged
from vakgraaf.engine.federation import FederatedQuery, Federation
from vakgraaf.engine.guard import CheckedQuery, Form
from vakgraaf.engine.interface import (
    AS_USUAL,
    UNNAMED,
    WHOLE_STORE,
    Abilities,
    Answer,
    Begun,
    Change,
    Dataset,
    Explanation,
    GraphRemoval,
    Listener,
    Options,
    StoreInfo,
    Update,
)
from vakgraaf.engine.observed import Load, Running
from vakgraaf.engine.remote.changes import RemoteProposal, of_graphs, of_removal, of_update
from vakgraaf.engine.remote.kinds import GENERIC, KINDS, Parameters, detected
from vakgraaf.engine.remote.places import Place, Places
from vakgraaf.engine.remote.sending import Sender
from vakgraaf.engine.remote.settings import RemoteSettings, authorization
from vakgraaf.engine.remote.update_form import fields
from vakgraaf.engine.remote.virtuoso import refuse_functions
from vakgraaf.engine.remote.wire import Question, Wire
from vakgraaf.engine.underway import Underway
from vakgraaf.errors import InputError, QueryRefused, RemoteFailure, UnknownThing, VakgraafError
from vakgraaf.rdf.formats import N_TRIPLES, RESULTS_CSV, RESULTS_JSON, Format
from vakgraaf.sparql.rewriting import Left

_COUNT = "SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } }"
_ALL = "SELECT ?s ?p ?o ?g WHERE { GRAPH ?g { ?s ?p ?o } }"
_UNNAMED = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
_COUNT_S = 5.0
_AGAIN_S = 2.0


class RemoteEngine:
    """An `Engine` on another server. It holds no data, only connections, until `close`."""

    def __init__(self, settings: RemoteSettings, wire: Wire, egress: Egress) -> None:
        self._settings = settings
        self._wire = wire
        self._egress = egress
        self._places = Places(settings.pool)
        self._underway = Underway(settings.pool.quick_s)
        self._federation = Federation.reaching(settings.allow, settings.guard, settings.memory_mb)
        self._alive = True
        self._watch: asyncio.Task[None] | None = None
        self._quads = 0
        self._writes = 0
        self._writing = asyncio.Lock()
        kind = wire.kind
        addresses = (
            settings.update_url or kind.beside(settings.query_url, kind.update),
            settings.store_url or kind.beside(settings.query_url, kind.store),
        )
        reads = (self._ask, self._content)
        self._sender = Sender(wire, addresses, settings.write_s, reads, self._changed)
        self._abilities = Abilities(self._federation.reaches, updates=bool(addresses[0]), judged=False)

    @classmethod
    async def start(cls, settings: RemoteSettings) -> RemoteEngine:
        """Find the server, what it is, and how much it holds.

        Raises `InputError` for an address or a credentials file that cannot be used, `RemoteFailure` where the server
        does not answer as a SPARQL endpoint.
        """
        places = [_place(url) for url in (settings.query_url, settings.update_url, settings.store_url) if url]
        egress = Egress(AllowList.only(places), connections=settings.pool.places + 2)
        try:
            headers = authorization(settings.credentials)
            wire = Wire(egress, KINDS.get(settings.kind, GENERIC), settings.query_url, headers, settings.direct)
            found = await wire.probe()
            if settings.kind == "auto":
                wire = replace(wire, kind=detected(settings.query_url, found))
            engine = cls(settings, wire, egress)
            await engine._count()
            return engine
        except BaseException:
            await egress.close()
            raise

    @property
    def info(self) -> StoreInfo:
        """What is being answered from: the number of changes through here, and the size as last counted.

        Without a version that the operator answers for, the tag is another one every time: the data may have changed.
        """
        state = f"{self._settings.version}-{self._writes}" if self._settings.version else str(time.monotonic_ns())
        return StoreInfo(self._writes, f"remote-{state}", self._quads, in_memory=False)

    @property
    def newest(self) -> str:
        """The tag of the data that count, as far as that is known here."""
        return self.info.tag

    @property
    def abilities(self) -> Abilities:
        """What it can do beside answering queries. An update can only be passed on as it is."""
        return self._abilities

    @property
    def alive(self) -> bool:
        """Whether the other server answered when it was last asked. After a failure it is tried again and again."""
        return self._alive

    @property
    def load(self) -> Load:
        """How busy it is, as far as it is asked from here; it has no workers of ours."""
        return self._places.load

    def check(self, text: str) -> CheckedQuery:
        """Let a query text through the guard. Raises QueryRefused or SyntaxProblem."""
        query = self._federation.check(text)
        if self._wire.kind.name == "virtuoso":
            refuse_functions(query)
        return replace(query, repeatable=query.repeatable and bool(self._settings.version))

    async def query(
        self, query: CheckedQuery, form: Format, dataset: Dataset = WHOLE_STORE, options: Options = AS_USUAL
    ) -> Answer:
        """Have it evaluated there, and its answer in `form` here.

        Raises SyntaxProblem, QueryTimeout, QueryCancelled, ResultTooLarge, RemoteFailure or Overloaded.
        """
        began = time.monotonic() if isinstance(query, FederatedQuery) else None
        inlined = await self._inlined(query, dataset, options)
        parameters = self._parameters(dataset, has_dataset=inlined.has_dataset)
        question = Question(inlined.text, inlined.form, form, parameters)
        async with self._federation.as_written(query, self.query):
            return await self._answered(question, await self._places.take(query.text, options, began))

    def begin(self, query: CheckedQuery, form: Format, dataset: Dataset, options: Options, told: Listener) -> Begun:
        """As `query`, for who does not wait."""
        return Awaited(self.query(query, form, dataset, options), told)

    async def explain(
        self, query: CheckedQuery, dataset: Dataset = WHOLE_STORE, options: Options = AS_USUAL
    ) -> Explanation:
        """What is known of a query here: that it is passed on, or that others are asked first."""
        left = Left.FEDERATED if isinstance(query, FederatedQuery) else Left.ELSEWHERE
        return await asyncio.to_thread(unchanged, query, dataset, left)

    async def dump(self, graph: str | None, form: Format) -> Answer:
        """One graph, `UNNAMED` for the unnamed one, or with None all quads in named graphs (TriG or N-Quads).

        Raises `UnknownThing` where there is nothing in a named graph, and what `query` raises.
        """
        extra = self._settings.parameters
        if graph is None:
            return await self._answer(Question(_ALL, Form.SELECT, form, extra), AS_USUAL)
        if graph == UNNAMED:
            question = Question(_UNNAMED, Form.CONSTRUCT, form, (*self._wire.kind.own, *extra))
            return await self._answer(question, AS_USUAL)
        if not await self._ask(f"ASK {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}"):
            raise UnknownThing(f"Er is geen graaf <{graph}>.", f"There is no graph <{graph}>.")
        text = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}"
        return await self._answer(Question(text, Form.CONSTRUCT, form, extra), AS_USUAL)

    async def propose(self, change: Change) -> RemoteProposal:
        """Work out a change as far as that can be done from here. One at a time.

        Raises SyntaxProblem, QueryRefused, UnknownThing, InputError, RemoteFailure, or Overloaded.
        """
        try:
            async with asyncio.timeout(self._settings.pool.queue_timeout_s):
                await self._writing.acquire()
        except TimeoutError as error:
            raise overloaded() from error
        try:
            if isinstance(change, Update):
                update = await self._federation.inlined_update(change, self.query)
                form = fields(update, self._wire.kind, union=self._settings.union)
                return of_update(form, self._sender, self._writing.release)
            if isinstance(change, GraphRemoval):
                return await of_removal(change, self._sender, self._writing.release)
            return await of_graphs(change, self._sender, self._settings.memory_mb, self._writing.release)
        except BaseException:
            self._writing.release()
            raise

    def running(self) -> list[Running]:
        """The queries that run and the changes that are prepared now, the oldest first."""
        return sorted(self._places.running() + self._underway.running(), key=lambda each: -each.seconds)

    def cancel(self, ident: str) -> bool:
        """End all of those of that name; False where there is none."""
        return any([self._places.cancel(ident), self._underway.cancel(ident)])

    def working_out(self, change: Change, ident: str) -> AbstractAsyncContextManager[None]:
        """Around `propose` and all else up to `commit`: what one sees in `running`, and `cancel` ends."""
        return self._underway.listed(ident, told_of(change), update=True)

    async def close(self) -> None:
        """Close all connections."""
        if self._watch is not None:
            self._watch.cancel()
        await self._egress.close()
        await self._federation.close()

    async def _inlined(self, query: CheckedQuery, dataset: Dataset, options: Options) -> CheckedQuery:
        """The query with the answers of others in it, which it waits for in its own time and under its own name."""
        if not isinstance(query, FederatedQuery):
            return query
        seconds = self._places.seconds(options)
        late = others_too_late(seconds)
        async with self._underway.listed(options.ident, query.text), within(seconds, late):
            return await self._federation.inlined(query, dataset, self.query)
        raise AssertionError("neither swallows an error")

    async def _answer(self, question: Question, options: Options) -> Answer:
        return await self._answered(question, await self._places.take(question.text, options))

    async def _answered(self, question: Question, place: Place) -> Answer:
        tag = self.info.tag
        try:
            first, last = await self._wire.ask(question, place)
        except RemoteFailure:
            self._alive = False
            self._look_again()
            await place.close()
            raise
        except BaseException:
            await place.close()
            raise
        self._alive = True
        return Answer(first, tag) if last else Answer(first, tag, place.more, place.close)

    def _parameters(self, dataset: Dataset, *, has_dataset: bool) -> Parameters:
        """The dataset of the protocol goes before FROM in the query, and that before the default (Protocol §2.1.4)."""
        default, named = dataset.default_graphs, dataset.named_graphs
        if default is not None or named is not None:
            given = [("default-graph-uri", iri) for iri in default or ()]
            given += [("named-graph-uri", iri) for iri in named or ()]
            return (*given, *self._settings.parameters)
        if has_dataset:
            return self._settings.parameters
        kind = self._wire.kind
        return (*(kind.union if self._settings.union else kind.own), *self._settings.parameters)

    async def _count(self) -> None:
        with suppress(VakgraafError):
            counted = Question(_COUNT, Form.SELECT, RESULTS_CSV, self._settings.parameters)
            answer = await self._answer(counted, Options(timeout_s=_COUNT_S))
            number = (await answer.read()).split()[-1:]
            self._quads = int(number[0]) if number and number[0].isdigit() else 0

    async def _ask(self, text: str) -> bool:
        question = Question(text, Form.ASK, RESULTS_JSON, self._settings.parameters)
        return b"true" in await (await self._answer(question, AS_USUAL)).read()

    async def _content(self, graph: str | None) -> bytes:
        try:
            return await (await self.dump(UNNAMED if graph is None else graph, N_TRIPLES)).read()
        except UnknownThing:
            return b""

    async def _changed(self) -> StoreInfo:
        self._writes += 1
        await self._count()
        return self.info

    def _look_again(self) -> None:
        if self._watch is None or self._watch.done():
            self._watch = asyncio.create_task(self._until_back())

    async def _until_back(self) -> None:
        while not self._alive:
            await asyncio.sleep(_AGAIN_S)
            with suppress(VakgraafError):
                await self._wire.probe()
                self._alive = True


def _place(url: str) -> Destination:
    try:
        return destination(url)
    except QueryRefused as error:
        raise InputError(
            f"{error.nl} Toegangsgegevens horen in een bestand (VAKGRAAF_REMOTE_CREDENTIALS_FILE).",
            f"{error.en} Credentials belong in a file (VAKGRAAF_REMOTE_CREDENTIALS_FILE).",
        ) from error
