"""So long and no longer."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from vakgraaf.errors import VakgraafError


@asynccontextmanager
async def within(seconds: float, late: VakgraafError) -> AsyncIterator[None]:
    """Around what may take so many seconds; after that it is cancelled, and `late` is raised."""
    try:
        async with asyncio.timeout(seconds) as time:
            yield
    except TimeoutError as error:
        if not time.expired():  # somebody else's
            raise
        raise late from error
