"""SERVICE and LOAD to hosts on a list, worked out before the engine sees the query."""

from __future__ import annotations

from vakgraaf.engine.federation.asking import FederationLimits
from vakgraaf.engine.federation.federation import FederatedQuery, Federation

__all__ = ["FederatedQuery", "Federation", "FederationLimits"]
