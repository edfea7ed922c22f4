"""The embedded engine: one state directory, one zygote, a pool of workers."""

from __future__ import annotations

import asyncio
from contextlib import ExitStack
from dataclasses import dataclass, field

from vakgraaf.engine.evaluation import Job
from vakgraaf.engine.guard import CheckedQuery, GuardLimits, check
from vakgraaf.engine.interface import WHOLE_STORE, Answer, Dataset, StoreInfo
from vakgraaf.engine.nursery import NurserySettings
from vakgraaf.engine.packaged import Packaged
from vakgraaf.engine.pool import Pool, PoolLimits
from vakgraaf.engine.replica import fits
from vakgraaf.engine.state import Manifest, StateDirectory
from vakgraaf.engine.writer import fill_elsewhere
from vakgraaf.rdf.formats import Format


@dataclass(frozen=True, slots=True)
class EmbeddedSettings:
    """Everything an embedded engine is told. `union`: the default graph is all named graphs together."""

    state: StateDirectory
    packaged: Packaged | None = None
    union: bool = True
    memory_budget_mb: int = 2048
    worker_memory_mb: int = 512
    pool: PoolLimits = field(default_factory=PoolLimits)
    guard: GuardLimits = field(default_factory=GuardLimits)


class EmbeddedEngine:
    """An `Engine` on the newest snapshot of a state directory, which it holds until `close`."""

    def __init__(self, settings: EmbeddedSettings, manifest: Manifest, pool: Pool, held: ExitStack) -> None:
        self._settings = settings
        self._manifest = manifest
        self._pool = pool
        self._held = held

    @classmethod
    async def start(cls, settings: EmbeddedSettings) -> EmbeddedEngine:
        """Take the directory, fill it where needed (in another process), and have workers ready.

        Raises `InputError` where another server has the directory, `SyntaxProblem` where a packaged file is broken.
        """
        with ExitStack() as held:
            held.enter_context(settings.state.server_lock())
            manifest = await asyncio.to_thread(fill_elsewhere, settings.state, settings.packaged)
            pool = await Pool.start(settings.pool, _nursery(settings, manifest))
            held.callback(pool.close)
            settings.state.sweep(keep=manifest.version)
            return cls(settings, manifest, pool, held.pop_all())
        raise AssertionError("an ExitStack does not swallow errors")

    @property
    def info(self) -> StoreInfo:
        """What is being answered from."""
        nursery = _nursery(self._settings, self._manifest)
        return StoreInfo(self._manifest.version, self._manifest.tag, self._manifest.quads, nursery.in_memory)

    @property
    def alive(self) -> bool:
        """Whether the process that holds the data is there. Where it has gone it is started again, behind this."""
        return self._pool.alive

    def check(self, text: str) -> CheckedQuery:
        """Let a query text through the guard. Raises QueryRefused or SyntaxProblem."""
        return check(text, self._settings.guard)

    async def query(self, query: CheckedQuery, form: Format, dataset: Dataset = WHOLE_STORE) -> Answer:
        """Evaluate, serialised as `form`. Raises SyntaxProblem, QueryTimeout, QueryCrashed or Overloaded."""
        return await self._pool.run(self._job(query, form, dataset))

    async def dump(self, graph: str | None, form: Format) -> Answer:
        """One named graph, or with None all quads."""
        return await self._pool.run(Job(media_type=form.media_type, graph=graph))

    async def refresh(self) -> None:
        """Answer from the newest complete snapshot from now on; running answers finish on the one they began with."""
        manifest = self._settings.state.manifest()
        if manifest is None or manifest == self._manifest:
            return
        await self._pool.switch(_nursery(self._settings, manifest))
        self._manifest = manifest
        self._settings.state.sweep(keep=manifest.version)

    async def close(self) -> None:
        """End all processes and let go of the directory."""
        self._held.close()

    def _job(self, query: CheckedQuery, form: Format, dataset: Dataset) -> Job:
        """The dataset of the protocol goes before FROM in the query, and that before the default (Protocol §2.1.4)."""
        default, named = dataset.default_graphs, dataset.named_graphs
        if default is not None or named is not None:
            return Job(form.media_type, query.text, default_graphs=default or (), named_graphs=named or ())
        # In memory the unnamed graph already holds the union; the engine's own flag would also overrule FROM.
        union = self._settings.union and not query.has_dataset and not self.info.in_memory
        return Job(form.media_type, query.text, union=union)


def _nursery(settings: EmbeddedSettings, manifest: Manifest) -> NurserySettings:
    copies = settings.pool.places + 1
    return NurserySettings(
        snapshot=settings.state.snapshot(manifest.version),
        in_memory=fits(manifest.quads, copies, settings.memory_budget_mb),
        merged=settings.union,
        memory_mb=settings.worker_memory_mb,
    )
