"""The embedded engine: one state directory, one zygote, a pool of workers."""

from __future__ import annotations

import asyncio
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from vakgraaf.egress import AllowList
from vakgraaf.engine import replica, versions
from vakgraaf.engine.describing import describe_elsewhere
from vakgraaf.engine.evaluation import Job
from vakgraaf.engine.explaining import unchanged, unpacked
from vakgraaf.engine.federation import FederatedQuery, Federation
from vakgraaf.engine.guard import CheckedQuery, GuardLimits
from vakgraaf.engine.interface import (
    AS_USUAL,
    WHOLE_STORE,
    Abilities,
    Answer,
    Change,
    Dataset,
    Explanation,
    Options,
    Running,
    StoreInfo,
    Update,
)
from vakgraaf.engine.nursery import NurserySettings
from vakgraaf.engine.packaged import Packaged
from vakgraaf.engine.pool import Pool, PoolLimits
from vakgraaf.engine.proposals import EmbeddedProposal, Writer, WriterLimits
from vakgraaf.engine.state import Manifest, StateDirectory
from vakgraaf.engine.writer import fill_elsewhere
from vakgraaf.errors import QueryCrashed, VakgraafError
from vakgraaf.rdf.formats import RESULTS_JSON, Format
from vakgraaf.sparql.rewriting import Left

_WATCH_S = 1.0
_READING_S = 5.0


@dataclass(frozen=True, slots=True)
class EmbeddedSettings:
    """Everything an embedded engine is told.

    `union`: the default graph is all named graphs together. `rewrite`: queries are put in an order that knows the data.
    `allow`: the hosts that queries may call on.
    """

    state: StateDirectory
    packaged: Packaged | None = None
    union: bool = True
    rewrite: bool = True
    memory_budget_mb: int = 2048
    worker_memory_mb: int = 512
    pool: PoolLimits = field(default_factory=PoolLimits)
    guard: GuardLimits = field(default_factory=GuardLimits)
    writer: WriterLimits = field(default_factory=WriterLimits)
    allow: AllowList = field(default_factory=AllowList)


class EmbeddedEngine:
    """An `Engine` on the newest snapshot of a state directory, which it holds until `close`."""

    def __init__(self, settings: EmbeddedSettings, manifest: Manifest, pool: Pool, held: ExitStack) -> None:
        self._settings = settings
        self._pool = pool
        self._held = held
        self._writer = Writer(settings.state, settings.union, settings.guard, settings.writer)
        self._federation = Federation.reaching(settings.allow, settings.guard)
        self._moving = asyncio.Lock()
        self._described = manifest.version
        self._tasks = [asyncio.create_task(self._watch())]
        self._adopt(manifest)

    @classmethod
    async def start(cls, settings: EmbeddedSettings) -> EmbeddedEngine:
        """Take the directory, fill it where needed (in another process), and have workers ready.

        Raises `InputError` where another server has the directory, `SyntaxProblem` where a packaged file is broken.
        """
        with ExitStack() as held:
            held.enter_context(settings.state.server_lock())
            manifest = await asyncio.to_thread(fill_elsewhere, settings.state, settings.packaged)
            pool = await Pool.start(_affordable(settings, manifest), _nursery(settings, manifest))
            held.callback(pool.close)
            settings.state.sweep(keep=manifest.version)
            return cls(settings, manifest, pool, held.pop_all())
        raise AssertionError("an ExitStack does not swallow errors")

    @property
    def info(self) -> StoreInfo:
        """What is being answered from."""
        return self._info

    @property
    def abilities(self) -> Abilities:
        """What it can do beside answering queries."""
        return Abilities(federated=self._federation.reaches)

    @property
    def alive(self) -> bool:
        """Whether the process that holds the data is there. Where it has gone it is started again, behind this."""
        return self._pool.alive

    def check(self, text: str) -> CheckedQuery:
        """Let a query text through the guard. Raises QueryRefused or SyntaxProblem."""
        return self._federation.check(text)

    async def query(
        self, query: CheckedQuery, form: Format, dataset: Dataset = WHOLE_STORE, options: Options = AS_USUAL
    ) -> Answer:
        """Evaluate, serialised as `form`. Raises what `Pool.run` and `Federation.inlined` do."""
        query = await self._federation.inlined(query, dataset, self.query)
        return await self._pool.run(self._job(query, form, dataset, options), options)

    async def explain(
        self, query: CheckedQuery, dataset: Dataset = WHOLE_STORE, options: Options = AS_USUAL
    ) -> Explanation:
        """What would be done with a query; nothing of it is evaluated. Raises what `Pool.run` does."""
        if isinstance(query, FederatedQuery):
            return await asyncio.to_thread(unchanged, query, dataset, Left.FEDERATED)
        job = replace(self._job(query, RESULTS_JSON, dataset, options), explain=True, versions=())
        answer = await self._pool.run(job, options)
        return unpacked(await answer.read(), query, dataset, slow=self._pool.was_slow(query.text))

    def running(self) -> list[Running]:
        """The queries that run now, the oldest first."""
        return self._pool.running()

    def cancel(self, ident: str) -> bool:
        """End a running query; False where none has that name."""
        return self._pool.cancel(ident)

    async def dump(self, graph: str | None, form: Format) -> Answer:
        """One graph, or with None all quads."""
        job = Job(media_type=form.media_type, graph=graph)
        return await self._pool.run(job if graph is None else self._with_versions(job, (graph,)))

    async def propose(self, change: Change) -> EmbeddedProposal:
        """Work out a change. Raises what `Writer.propose` and `Federation.inlined_update` do."""
        if isinstance(change, Update):
            change = await self._federation.inlined_update(change, self.query)
        return await self._writer.propose(change, self._follow)

    async def refresh(self) -> None:
        """Answer from the newest complete snapshot from now on; running answers finish on the one they began with."""
        manifest = self._settings.state.manifest()
        if manifest is not None:
            await self._follow(manifest, manifest.version, None)

    async def close(self) -> None:
        """End all processes and let go of the directory."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._writer.stop()
        await self._federation.close()
        await self._pool.settle()
        self._held.close()
        await asyncio.sleep(0)  # the connections to the workers are closed in the loop's next round

    async def _follow(self, manifest: Manifest, base: int, delta: Path | None) -> StoreInfo:
        """Answer from another version, by what it differs from `base` where readers are there now."""
        async with self._moving:
            if manifest == self._manifest:
                return self._info
            nursery = _nursery(self._settings, manifest)
            kept = nursery.in_memory == self._info.in_memory
            try:
                if not kept or (nursery.in_memory and (delta is None or base != self._manifest.version)):
                    await self._pool.switch(nursery)
                else:
                    await self._pool.advance(nursery, delta)
            except QueryCrashed:
                await self._pool.switch(nursery)
            self._adopt(manifest)
            self._tasks = [task for task in self._tasks if not task.done()]
            self._tasks.append(asyncio.create_task(self._sweep(manifest.version)))
            self._tasks.append(asyncio.create_task(self._describe(manifest.version)))
            return self._info

    async def _sweep(self, version: int) -> None:
        """Take away what came before, once nobody reads it any more: a query, or a program of its own."""
        await asyncio.sleep(self._settings.pool.query_timeout_s + _READING_S)
        await asyncio.to_thread(self._settings.state.sweep, version)

    async def _describe(self, version: int) -> None:
        """Have the store described anew, when this version has lasted for a while and is not described itself."""
        await asyncio.sleep(self._settings.writer.describe_after_s)
        if version != self._manifest.version or version == self._described:
            return
        state = self._settings.state
        target = state.work("description") / f"{version:08}"
        try:
            described = await describe_elsewhere(state.snapshot(version), target, in_memory=self._info.in_memory)
            if described and version == self._manifest.version:
                with suppress(VakgraafError):
                    await self._writer.describe(target, version, self._follow_description)
        finally:
            target.unlink(missing_ok=True)

    async def _follow_description(self, manifest: Manifest, base: int, delta: Path | None) -> StoreInfo:
        self._described = manifest.version
        return await self._follow(manifest, base, delta)

    async def _watch(self) -> None:
        """Notice what another process has published (`vakgraaf load`), also while this one was starting."""
        seen = 0
        while True:
            await asyncio.sleep(_WATCH_S)
            if self._writer.busy or (stamp := self._settings.state.stamp()) == seen:
                continue
            with suppress(VakgraafError):
                await self.refresh()
                seen = stamp

    def _adopt(self, manifest: Manifest) -> None:
        """Remember what is being answered from; asked with every request, so it is worked out once."""
        in_memory = _nursery(self._settings, manifest).in_memory
        self._manifest = manifest
        self._info = StoreInfo(manifest.version, manifest.tag, manifest.quads, in_memory, manifest.counts)

    def _job(self, query: CheckedQuery, form: Format, dataset: Dataset, options: Options) -> Job:
        """The dataset of the protocol goes before FROM in the query, and that before the default (Protocol §2.1.4)."""
        default, named = dataset.default_graphs, dataset.named_graphs
        better = self._settings.rewrite and options.rewrite
        if default is not None or named is not None:
            job = Job(
                form.media_type, query.text, default_graphs=default or (), named_graphs=named or (), rewrite=better
            )
            return self._with_versions(job, (*(default or ()), *(named or ())))
        # In memory the unnamed graph already holds the union; the engine's own flag would also overrule FROM.
        union = self._settings.union and not query.has_dataset and not self._info.in_memory
        job = Job(form.media_type, query.text, union=union, rewrite=better, names_graphs=query.names_graphs)
        return self._with_versions(job) if query.names_graphs else job

    def _with_versions(self, job: Job, dataset: tuple[str, ...] = ()) -> Job:
        """The job with the versions of graphs that it names: workers open no files."""
        names = (*dataset, *versions.named_in(job.text or ""))
        return replace(job, versions=versions.packed(self._settings.state.versions, names)) if names else job


def _nursery(settings: EmbeddedSettings, manifest: Manifest) -> NurserySettings:
    few = settings.pool.with_slow_workers(1)
    return NurserySettings(
        snapshot=settings.state.snapshot(manifest.version),
        in_memory=replica.copies(manifest.quads, settings.memory_budget_mb) > few.places,
        merged=settings.union,
        memory_mb=settings.worker_memory_mb,
        statistics=settings.state.statistics,
    )


def _affordable(settings: EmbeddedSettings, manifest: Manifest) -> PoolLimits:
    """As many slow places as there can be copies of the data: one is the parent's, the quick places have one each."""
    if not _nursery(settings, manifest).in_memory:
        return settings.pool
    left = replica.copies(manifest.quads, settings.memory_budget_mb) - 1 - settings.pool.with_slow_workers(0).places
    return settings.pool.with_slow_workers(left)
