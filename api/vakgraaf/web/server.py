"""The server process from its first request to its last: uvicorn's, with an end that nobody notices."""

from __future__ import annotations

import math
import socket
import time
from collections.abc import Callable
from types import FrameType

import uvicorn
from fastapi import FastAPI

from vakgraaf.web.asking import AskingConnection
from vakgraaf.web.events import Events
from vakgraaf.web.metrics import Metrics
from vakgraaf.web.patience import Patience
from vakgraaf.web.readiness import Readiness


def config_for(app: FastAPI, patience: Patience, stop_after_s: float, log_level: str = "warning") -> uvicorn.Config:
    """How `app` is served: over connections of our own, whose answers have `stop_after_s` seconds at the end."""
    metrics: Metrics = app.state.metrics
    return uvicorn.Config(
        app,
        http=AskingConnection.serving(app.state, patience._replace(told=metrics.cut_off)),
        ws="none",
        proxy_headers=False,  # uvicorn would believe whoever is on this machine; see trusted_proxies
        log_config=None,
        log_level=log_level,
        access_log=False,
        timeout_graceful_shutdown=math.ceil(stop_after_s),
    )


class Server(uvicorn.Server):
    """Stops in steps, and ends as a program that did what it was asked to.

    Asked to stop (SIGTERM, SIGINT) it lets `/ready` say 503 and goes on for `drain_s` seconds; then it takes no more
    connections, and answers that are under way have the time that `config` gives them. Asked twice, it stops at once.
    `begun` is called when it listens.
    """

    def __init__(
        self,
        config: uvicorn.Config,
        readiness: Readiness,
        events: Events,
        drain_s: float,
        begun: Callable[[], None],
    ) -> None:
        super().__init__(config)
        self._begun = begun
        self._readiness = readiness
        self._events = events
        self._drain_s = drain_s
        self._stops_at = math.inf

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to listen, and say so: from here on a signal is one to stop in steps."""
        await super().startup(sockets)
        self._begun()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Called by the interpreter for a signal. Unlike uvicorn's this does not have the signal raised once more."""
        if self._readiness.stopping:
            self._stops_at, self.should_exit = 0.0, True
            self.force_exit = True
            return
        self._readiness.stopping = True
        self._stops_at = time.monotonic() + self._drain_s

    async def on_tick(self, counter: int) -> bool:
        """Called ten times a second; True when it is time to stop."""
        if self._readiness.stopping and not self.should_exit and time.monotonic() >= self._stops_at:
            self._events.note("stopping", connections=len(self.server_state.connections))
            self.should_exit = True
        return await super().on_tick(counter)
