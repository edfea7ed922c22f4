"""Take away versions from before the one that counts, once nobody reads them any more."""

from __future__ import annotations

import asyncio

from vakgraaf.engine.embedded_settings import EmbeddedSettings

_READING_S = 5.0


async def sweep_later(settings: EmbeddedSettings, version: int) -> None:
    """Wait until no query and no program of its own reads what was there before `version`, and take that away."""
    await asyncio.sleep(settings.pool.query_timeout_s + _READING_S)
    await asyncio.to_thread(settings.state.sweep, version)
