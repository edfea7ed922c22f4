"""An embedded engine for as long as something is done with it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from vakgraaf.engine import EmbeddedEngine, EmbeddedSettings

T = TypeVar("T")


def with_engine(settings: EmbeddedSettings, work: Callable[[EmbeddedEngine], Awaitable[T]]) -> T:
    """What `work` makes of a running engine, which is closed afterwards."""

    async def run() -> T:
        engine = await EmbeddedEngine.start(settings)
        try:
            return await work(engine)
        finally:
            await engine.close()

    return asyncio.run(run())
