"""How much of a client a connection takes."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from vakgraaf.web.connection_limit import ConnectionLimit
from vakgraaf.web.endings import Ending


class Patience(NamedTuple):
    """How many bytes of headers are taken in, for how many seconds a client is waited for, and how often it is there.

    Without `connections` it may have as many connections as it likes. `told` hears of each connection that ends so.
    """

    header_bytes: int = 64 * 1024
    header_s: float = 10.0
    client_s: float = 30.0
    connections: ConnectionLimit | None = None
    told: Callable[[Ending], None] = lambda ending: None
