"""Another SPARQL server as the engine: the same questions, sent on; its answers, in the formats we offer."""

from __future__ import annotations

from vakgraaf.engine.remote.engine import RemoteEngine
from vakgraaf.engine.remote.settings import RemoteSettings

__all__ = ["RemoteEngine", "RemoteSettings"]
