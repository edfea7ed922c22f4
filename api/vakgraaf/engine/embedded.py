"""The embedded engine: one state directory, one zygote, a pool of workers."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from contextlib import AbstractAsyncContextManager, ExitStack, suppress
from functools import partial
from pathlib import Path

from vakgraaf.engine import endings, whereabouts
from vakgraaf.engine.awaited import Awaited
from vakgraaf.engine.changes import told_of
from vakgraaf.engine.deadline import within
from vakgraaf.engine.describing import describe_elsewhere
from vakgraaf.engine.embedded_settings import EmbeddedSettings
from vakgraaf.engine.evaluation import Job
from vakgraaf.engine.explaining import unchanged, unpacked
from vakgraaf.engine.federation import FederatedQuery, Federation
from vakgraaf.engine.guard import CheckedQuery
from vakgraaf.engine.interface import (
    AS_USUAL,
    WHOLE_STORE,
    Abilities,
    Answer,
    Begun,
    Change,
    Dataset,
    Explanation,
    Listener,
    Options,
    StoreInfo,
    Update,
)
from vakgraaf.engine.jobs import job_of, with_versions
from vakgraaf.engine.nursery import Nursery
from vakgraaf.engine.observed import Load, Running
from vakgraaf.engine.pool import Pool
from vakgraaf.engine.proposals import EmbeddedProposal, Writer
from vakgraaf.engine.readings import MANY, make_elsewhere
from vakgraaf.engine.recovering import put_right_for_server
from vakgraaf.engine.state import Manifest
from vakgraaf.engine.sweeping import sweep_later
from vakgraaf.engine.underway import Errand, Underway
from vakgraaf.engine.writer import fill_elsewhere
from vakgraaf.errors import VakgraafError
from vakgraaf.rdf.formats import RESULTS_JSON, Format
from vakgraaf.sparql.rewriting import Left

_WATCH_S = 1.0


class EmbeddedEngine:
    """An `Engine` on the newest snapshot of a state directory, which it holds until `close`."""

    def __init__(
        self, settings: EmbeddedSettings, manifest: Manifest, pool: Pool, held: ExitStack, *, in_memory: bool
    ) -> None:
        self._settings = settings
        self._pool = pool
        self._held = held
        self._writer = Writer(settings.state, settings.union, settings.guard, settings.writer)
        self._federation = Federation.reaching(settings.allow, settings.guard, settings.writer.memory_mb)
        self._underway = Underway(settings.pool.quick_s)
        self._moving = asyncio.Lock()
        # What was killed, or written without a server, left the store described as it was before.
        self._described = manifest.version if manifest.described else 0
        self._elsewhere: asyncio.Task[bool] | None = None
        self._adopt(manifest, in_memory=in_memory)
        self._tasks = [asyncio.create_task(each) for each in (self._watch(), self._describe(manifest.version))]
        self._warming: asyncio.Task[None] | None = None
        self._warm_up()

    @classmethod
    async def start(cls, settings: EmbeddedSettings) -> EmbeddedEngine:
        """Take the directory, fill it where needed (in another process), and have workers ready.

        Raises `InputError` where another server has the directory, `SyntaxProblem` where a packaged file is broken.
        """
        with ExitStack() as held:
            held.enter_context(settings.state.server_lock())
            await asyncio.to_thread(put_right_for_server, settings.state)
            manifest = await asyncio.to_thread(fill_elsewhere, settings.state, settings.packaged)
            nursery = await whereabouts.first(settings, manifest)
            pool = await Pool.start(whereabouts.affordable(settings, manifest), nursery)
            held.callback(pool.close)
            settings.state.sweep(keep=manifest.version)
            return cls(settings, manifest, pool, held.pop_all(), in_memory=nursery.in_memory)
        raise AssertionError("an ExitStack does not swallow errors")

    @property
    def info(self) -> StoreInfo:
        """What is being answered from."""
        return self._info

    @property
    def newest(self) -> str:
        """The tag of the data that count, also where they are not answered from yet."""
        return (self._settings.state.manifest() or self._manifest).tag

    @property
    def abilities(self) -> Abilities:
        """What it can do beside answering queries."""
        return Abilities(federated=self._federation.reaches, exact_tsv=True)

    @property
    def alive(self) -> bool:
        """Whether the process that holds the data is there. Where it has gone it is started again, behind this."""
        return self._pool.alive

    @property
    def load(self) -> Load:
        """How busy it is."""
        return self._pool.load

    def check(self, text: str) -> CheckedQuery:
        """Let a query text through the guard. Raises QueryRefused or SyntaxProblem."""
        return self._federation.check(text)

    async def query(
        self, query: CheckedQuery, form: Format, dataset: Dataset = WHOLE_STORE, options: Options = AS_USUAL
    ) -> Answer:
        """Evaluate, serialised as `form`. Raises what `Pool.run` and `Federation.inlined` do."""
        if not isinstance(query, FederatedQuery):
            return await self._pool.run(self._job(query, form, dataset, options), options)
        errand = self._underway.begin(options.ident, query.text)
        return await errand.answered(self._federated(errand, query, form, dataset, options))

    def begin(self, query: CheckedQuery, form: Format, dataset: Dataset, options: Options, told: Listener) -> Begun:
        """As `query`, for who does not wait."""
        if isinstance(query, FederatedQuery):
            return Awaited(self.query(query, form, dataset, options), told)
        return self._pool.ask(self._job(query, form, dataset, options), options, told)

    async def explain(
        self, query: CheckedQuery, dataset: Dataset = WHOLE_STORE, options: Options = AS_USUAL
    ) -> Explanation:
        """What would be done with a query; nothing of it is evaluated. Raises what `Pool.run` does."""
        if isinstance(query, FederatedQuery):
            return await asyncio.to_thread(unchanged, query, dataset, Left.FEDERATED)
        job = self._job(query, RESULTS_JSON, dataset, options)._replace(explain=True, versions=())
        answer = await self._pool.run(job, options)
        return unpacked(await answer.read(), query, dataset, slow=self._pool.was_slow(query.text))

    def running(self) -> list[Running]:
        """The queries that run and the changes that are worked out now, the oldest first."""
        return sorted(self._pool.running() + self._underway.running(), key=lambda each: -each.seconds)

    def cancel(self, ident: str) -> bool:
        """End all of those of that name; False where there is none."""
        return any([self._pool.cancel(ident), self._underway.cancel(ident)])

    async def dump(self, graph: str | None, form: Format) -> Answer:
        """One graph, or with None all quads."""
        job = Job(media_type=form.media_type, graph=graph)
        if graph is not None:
            job = with_versions(job, self._settings, self._manifest, (graph,))
        return await self._pool.run(job)

    def working_out(self, change: Change, ident: str) -> AbstractAsyncContextManager[None]:
        """Around `propose` and all else up to `commit`: what one sees in `running`, and `cancel` ends."""
        return self._underway.listed(ident, told_of(change), update=True)

    async def propose(self, change: Change) -> EmbeddedProposal:
        """Work out a change. Raises what `Writer.propose` and `Federation.inlined_update` do."""
        if isinstance(change, Update):
            seconds = self._settings.writer.timeout_s
            async with within(seconds, endings.change_too_late(seconds)):
                change = await self._federation.inlined_update(change, self.query)
        return await self._writer.propose(change, self._follow)

    async def refresh(self) -> None:
        """Answer from the newest complete snapshot from now on; running answers finish on the one they began with."""
        manifest = self._settings.state.manifest()
        if manifest is not None:
            await self._follow(manifest, manifest.version, None)

    async def close(self) -> None:
        """End all processes and let go of the directory."""
        tasks = self._tasks + ([self._warming] if self._warming is not None else [])
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._writer.stop()
        await self._federation.close()
        await self._pool.settle()
        self._held.close()
        await asyncio.sleep(0)  # the connections to the workers are closed in the loop's next round

    async def _federated(
        self, errand: Errand, query: FederatedQuery, form: Format, dataset: Dataset, options: Options
    ) -> Answer:
        """Others are asked and the query is evaluated in one and the same time."""
        bounds = self._pool.bounds(options)
        async with within(bounds.seconds, endings.others_too_late(bounds.seconds)):
            inlined = await self._federation.inlined(query, dataset, self.query)
        job = self._job(inlined, form, dataset, options)
        async with self._federation.as_written(query, self.query):
            return await errand.hear(partial(self._pool.ask, job, options, bounds=bounds))

    async def _follow(self, manifest: Manifest, base: int, delta: Path | None) -> StoreInfo:
        """Answer from another version, by what it differs from `base` where readers are there now."""
        async with self._moving:
            if manifest == self._manifest:
                return self._info
            # Readers that read from disk until the data are in memory go on doing so; `_into_memory` begins again.
            stays = self._info.in_memory and whereabouts.fits(self._settings, manifest)
            next_one = delta if base == self._manifest.version else None
            readers = whereabouts.in_memory if stays else whereabouts.on_disk
            nursery = readers(self._settings, manifest)
            if not stays:
                await whereabouts.made_for_reading(self._settings, manifest, self._manifest, next_one)
            try:
                if stays != self._info.in_memory or (stays and next_one is None):
                    await self._pool.switch(nursery)
                else:
                    await self._pool.advance(nursery, next_one)
            except VakgraafError:  # what cannot follow begins anew: the change counts already
                await self._pool.switch(nursery)
            self._adopt(manifest, in_memory=stays)
            if self._elsewhere is not None:
                self._elsewhere.cancel()
            self._tasks = [task for task in self._tasks if not task.done()]
            after = (sweep_later(self._settings, manifest.version), self._describe(manifest.version))
            self._tasks += [asyncio.create_task(each) for each in after]
            self._warm_up()
            return self._info

    def _warm_up(self) -> None:
        """Where readers read from disk what there is room for in memory, load it behind them."""
        if self._warming is not None:
            self._warming.cancel()
            self._tasks.append(self._warming)  # until it has ended
            self._warming = None
        if not self._info.in_memory and whereabouts.fits(self._settings, self._manifest):
            self._warming = asyncio.create_task(self._into_memory(self._manifest))

    async def _into_memory(self, manifest: Manifest) -> None:
        nursery = whereabouts.in_memory(self._settings, manifest)
        with suppress(VakgraafError):  # they go on from disk
            fresh: Nursery | None = await Nursery.start(nursery)
            try:
                async with self._moving:
                    if manifest == self._manifest:
                        await self._pool.switch(nursery, fresh)
                        fresh = None
                        self._adopt(manifest, in_memory=True)
            finally:
                if fresh is not None:
                    fresh.close()

    async def _describe(self, version: int) -> None:
        """Have the store described anew, when this version has lasted for a while and is not described itself."""
        await asyncio.sleep(self._settings.writer.describe_after_s)
        if version != self._manifest.version:
            return
        state = self._settings.state
        if version == self._described:
            if self._settings.union and self._manifest.quads >= MANY:
                # So that the next start need not wait for the memory.
                await self._while_current(make_elsewhere(state, self._manifest, nobody_waits=True))
            return
        if not self._settings.describes:
            return
        target = state.work("description") / f"{version:08}"
        try:
            described = await self._while_current(describe_elsewhere(state.snapshot(version), target))
            if described and version == self._manifest.version:
                with suppress(VakgraafError):
                    await self._writer.describe(target, version, self._follow_description)
        finally:
            target.unlink(missing_ok=True)

    async def _while_current(self, work: Coroutine[None, None, bool]) -> bool:
        """Wait for work in another process, which is ended where another version comes: it is of no use to that."""
        self._elsewhere = asyncio.create_task(work)
        return await self._elsewhere

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

    def _adopt(self, manifest: Manifest, *, in_memory: bool) -> None:
        """Remember what is being answered from; asked with every request, so it is worked out once."""
        self._manifest = manifest
        self._info = StoreInfo(manifest.version, manifest.tag, manifest.quads, in_memory, manifest.counts)

    def _job(self, query: CheckedQuery, form: Format, dataset: Dataset, options: Options) -> Job:
        return job_of(query, form, dataset, options, self._settings, self._manifest)
