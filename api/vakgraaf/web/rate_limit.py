"""How often a client may come: a bucket for each, in a table that does not grow beyond its size."""

from __future__ import annotations

import math
import time
from collections.abc import Callable

from starlette._utils import get_route_path
from starlette.types import Scope

from vakgraaf.web.client_address import TrustedProxies
from vakgraaf.web.problems import HttpProblem

_HEAVY = 10
_WEIGHTS = {
    ("POST", "/validate"): _HEAVY,
    ("POST", "/mcp"): _HEAVY,  # it may be a validation
    ("POST", "/update"): _HEAVY,
    ("PUT", "/store"): _HEAVY,
    ("POST", "/store"): _HEAVY,
    ("DELETE", "/store"): _HEAVY,
    ("POST", "/links"): _HEAVY,
    # Whoever guards the server asks these, and must hear the truth when it is busy.
    ("GET", "/health"): 0,
    ("GET", "/ready"): 0,
    ("GET", "/metrics"): 0,
}
"""What a request counts for; 1 where it is not here."""

_MOST_CLIENTS = 65_536
_COUNTED = "vakgraaf.counted"


class RateLimit:
    """So many requests a second, and so many at once (the generic cell rate algorithm: one number a client).

    The number is the moment at which the client's bucket is empty again. There are two tables of half the size: a full
    one becomes the old one, and the old one is forgotten. To forget a client is to forgive it, and only a client with
    as many addresses as the table has places can bring that about.
    """

    def __init__(
        self,
        rate: float,
        burst: int,
        proxies: TrustedProxies,
        *,
        most_clients: int = _MOST_CLIENTS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._each_s = 1 / rate if rate else 0.0
        self._room_s = burst * self._each_s
        self._proxies = proxies
        self._half = most_clients // 2
        self._clock = clock
        self._young: dict[str, float] = {}
        self._old: dict[str, float] = {}

    def __len__(self) -> int:
        """How many clients are remembered."""
        return len(self._young) + len(self._old)

    def wait_s(self, scope: Scope, *, plain: bool = False) -> float:
        """Count a request, once; 0 where it may go on, else in how many seconds it may, and then it did not count.

        `plain`: one that counts as one, of which no more than the headers and the client need to be known.
        """
        if not self._each_s or _COUNTED in scope:
            return 0.0
        client = self._proxies.client(scope)
        if client.here:
            return 0.0
        weight = 1 if plain else _weight(scope)
        wait_s = self._count(client.network, weight * self._each_s) if weight else 0.0
        if not wait_s:
            scope[_COUNTED] = True
        return wait_s

    def _count(self, key: str, takes_s: float) -> float:
        now = self._clock()
        empty = self._young.get(key) or self._old.get(key, now)
        full = max(empty, now) + takes_s
        if full - now > self._room_s:
            return full - now - self._room_s
        if len(self._young) >= self._half and key not in self._young:
            self._old, self._young = self._young, {}
        self._young[key] = full
        return 0.0


def _weight(scope: Scope) -> int:
    path = get_route_path(scope) if scope.get("root_path") else scope["path"]
    return _WEIGHTS.get((scope["method"], path), 1)


def too_often(wait_s: float) -> HttpProblem:
    """429 with the time to wait (RFC 6585 §4)."""
    seconds = max(1, math.ceil(wait_s))
    return HttpProblem(
        429,
        f"Vanaf uw adres komen te veel verzoeken. Probeer het over {seconds} s opnieuw; hoe vaak het mag, bepaalt"
        " VAKGRAAF_RATE_LIMIT.",
        f"Too many requests come from your address. Try again in {seconds} s; VAKGRAAF_RATE_LIMIT says how often is"
        " allowed.",
        {"retry-after": str(seconds)},
    )
