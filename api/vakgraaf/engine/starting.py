"""The engine that settings ask for: our own, or one on another server."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from vakgraaf.engine.state import StateDirectory
from vakgraaf.errors import InputError

if TYPE_CHECKING:  # a command that asks where its store is needs no engine
    from vakgraaf.engine.embedded import EmbeddedEngine
    from vakgraaf.engine.embedded_settings import EmbeddedSettings
    from vakgraaf.engine.remote.engine import RemoteEngine
    from vakgraaf.engine.remote.settings import RemoteSettings


def place_of(place: Path | str) -> Path | str:
    """Where a store is: an address stays as it is written; everything else is a directory."""
    is_address = isinstance(place, str) and place.lower().startswith(("http://", "https://"))
    return place if is_address else Path(place)


def own_directory(place: Path | str) -> StateDirectory:
    """The state directory there. Raises `InputError` where another server has the data."""
    if isinstance(place, Path):
        return StateDirectory(place)
    raise InputError(
        f"Dit kan alleen met een eigen store, en de gegevens staan op {place}. Vraag het aan een server"
        " (vakgraaf serve), of noem met --store een map.",
        f"This needs a store of our own, and the data are at {place}. Ask a server (vakgraaf serve), or name a"
        " directory with --store.",
    )


async def start(settings: EmbeddedSettings | RemoteSettings) -> EmbeddedEngine | RemoteEngine:
    """Start it. Raises what the start of either raises."""
    from vakgraaf.engine.embedded import EmbeddedEngine
    from vakgraaf.engine.remote.engine import RemoteEngine
    from vakgraaf.engine.remote.settings import RemoteSettings

    if isinstance(settings, RemoteSettings):
        return await RemoteEngine.start(settings)
    return await EmbeddedEngine.start(settings)
