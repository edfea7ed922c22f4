"""The engine that settings ask for: our own, or one on another server."""

from __future__ import annotations

from vakgraaf.engine.embedded import EmbeddedEngine, EmbeddedSettings
from vakgraaf.engine.remote import RemoteEngine, RemoteSettings


async def start(settings: EmbeddedSettings | RemoteSettings) -> EmbeddedEngine | RemoteEngine:
    """Start it. Raises what the start of either raises."""
    if isinstance(settings, RemoteSettings):
        return await RemoteEngine.start(settings)
    return await EmbeddedEngine.start(settings)
