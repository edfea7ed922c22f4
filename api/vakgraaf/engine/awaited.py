"""A query that is waited for by a task of its own, for who does not wait."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine

from vakgraaf.engine.interface import Answer, Listener
from vakgraaf.errors import VakgraafError


class Awaited:
    """`told` hears what comes of `asked`, once it does."""

    def __init__(self, asked: Coroutine[None, None, Answer], told: Listener) -> None:
        self._told = told
        self._reason: VakgraafError | None = None
        self._task = asyncio.get_running_loop().create_task(asked)
        self._task.add_done_callback(self._done)

    def end(self, reason: VakgraafError) -> None:
        """Stop waiting; an answer that has begun is for who has it to close."""
        self._reason = self._reason or reason
        self._task.cancel()

    def _done(self, task: asyncio.Task[Answer]) -> None:
        error = self._reason if task.cancelled() else task.exception()
        if isinstance(error, Exception):
            self._told(error)
        elif not task.cancelled():
            self._told(task.result())
