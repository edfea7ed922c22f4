"""Where readers read: in memory where the data fit, else from a copy on disk; from that too until they are loaded."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from vakgraaf.engine import replica
from vakgraaf.engine.embedded_settings import EmbeddedSettings
from vakgraaf.engine.nursery import NurserySettings
from vakgraaf.engine.pool import PoolLimits
from vakgraaf.engine.readings import MANY, make_elsewhere, present
from vakgraaf.engine.state import Manifest
from vakgraaf.errors import StoreProblem


async def first(settings: EmbeddedSettings, manifest: Manifest) -> NurserySettings:
    """What to begin with: the memory, unless that takes long and the disk can be read until then."""
    if not fits(settings, manifest):
        await made_for_reading(settings, manifest)
        return on_disk(settings, manifest)
    soon = not settings.union or present(settings.state, manifest)
    return on_disk(settings, manifest) if soon and manifest.quads >= MANY else in_memory(settings, manifest)


def fits(settings: EmbeddedSettings, manifest: Manifest) -> bool:
    """Whether there is room in memory for the data, with a place for a slow query at least."""
    return replica.copies(manifest.quads, settings.memory_budget_mb) > settings.pool.with_slow_workers(1).places


def in_memory(settings: EmbeddedSettings, manifest: Manifest) -> NurserySettings:
    """Readers of what the parent of all has in memory."""
    return NurserySettings(
        snapshot=settings.state.snapshot(manifest.version),
        in_memory=True,
        merged=settings.union,
        memory_mb=settings.worker_memory_mb,
        statistics=settings.state.statistics,
        tag=manifest.tag,
    )


def on_disk(settings: EmbeddedSettings, manifest: Manifest) -> NurserySettings:
    """Readers of files."""
    state = settings.state
    place = state.reading(manifest) if settings.union else state.snapshot(manifest.version)
    return replace(in_memory(settings, manifest), snapshot=place, in_memory=False)


async def made_for_reading(
    settings: EmbeddedSettings, manifest: Manifest, before: Manifest | None = None, delta: Path | None = None
) -> None:
    """See to it that there is something to read from disk: what was there `before` with a delta, or all of it anew.

    Raises `StoreProblem` where that cannot be made.
    """
    if settings.union and not await make_elsewhere(settings.state, manifest, before, delta):
        raise StoreProblem(
            f"De gegevens passen niet in het geheugen, en in {settings.state.readings} is geen versie te maken om van"
            " schijf te lezen. Maak daar ruimte, of geef het programma meer geheugen (VAKGRAAF_MEMORY_BUDGET_MB).",
            f"The data do not fit in memory, and no copy to read from disk can be made in {settings.state.readings}."
            " Make room there, or give the program more memory (VAKGRAAF_MEMORY_BUDGET_MB).",
        )


def affordable(settings: EmbeddedSettings, manifest: Manifest) -> PoolLimits:
    """As many slow places as there can be copies of the data: one is the parent's, the quick places have one each."""
    if not fits(settings, manifest):
        return settings.pool
    left = replica.copies(manifest.quads, settings.memory_budget_mb) - 1 - settings.pool.with_slow_workers(0).places
    return settings.pool.with_slow_workers(left)
