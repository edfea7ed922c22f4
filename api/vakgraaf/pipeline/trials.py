"""Judging for whoever asks, without keeping anything of it: within limits, and outside this process."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from vakgraaf.egress import AllowList, Egress
from vakgraaf.engine import Engine
from vakgraaf.pipeline.aside import Aside
from vakgraaf.pipeline.case import Case
from vakgraaf.pipeline.fetching import fetch
from vakgraaf.pipeline.inputs import Input
from vakgraaf.pipeline.questions import answering

COURTROOM = "vakgraaf.pipeline.courtroom"


@dataclass(frozen=True, slots=True)
class TrialLimits:
    """How much may be handed in (bytes; pages of a document), how long judging may take (seconds), the memory for it
    (megabytes), and how many may wait."""

    max_bytes: int
    pages: int
    seconds: float
    memory_mb: int
    waiting: int


class Trials:
    """The way to the process that judges, which is there from the first case on; and what may be fetched for it."""

    def __init__(self, limits: TrialLimits, allow: AllowList) -> None:
        self.limits = limits
        self._aside = Aside(COURTROOM, limits.seconds, limits.memory_mb, limits.waiting)
        self._allow = allow

    async def hear(self, case: Case, engine: Engine) -> dict[str, Any]:
        """The answer to a case, as the courtroom makes it; `engine` is asked where its context is the store.

        Raises what `judge` raises, and Overloaded, QueryTimeout, QueryOutOfMemory and QueryCrashed.
        """
        told: dict[str, Any] = json.loads(await self._aside.ask(case.packed(), answering(engine)))
        return told

    async def fetched(self, url: str) -> Input:
        """What is at `url`, where its host is on the list. Raises what `fetch` raises."""
        egress = Egress(self._allow)
        try:
            return await fetch(egress, url, self.limits.max_bytes)
        finally:
            await egress.close()

    async def warm(self) -> None:
        """Let the process be there before it is needed."""
        await self._aside.warm()

    def stop(self) -> None:
        """End the process, whatever it does."""
        self._aside.stop()
