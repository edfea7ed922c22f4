"""For all tests: property-based tests explore freely by hand, and are the same every time in CI."""

from __future__ import annotations

import gc
import os
from functools import cache

from httpx._config import DEFAULT_TIMEOUT_CONFIG
from httpx._transports import default as transports
from hypothesis import settings

from thoroughness import examples

settings.register_profile("by-hand", deadline=None, max_examples=examples(100))
settings.register_profile("ci", deadline=None, derandomize=True, max_examples=examples(100))
settings.load_profile("ci" if os.environ.get("CI") else "by-hand")

# A busy machine may take long for anything, and an answer that never comes fails a test after a minute as well.
for _part in ("connect", "read", "write", "pool"):
    setattr(DEFAULT_TIMEOUT_CONFIG, _part, 60)

# Every client would read all certificates of the world anew: 30 ms, a thousand times, and here all is plain HTTP.
transports.create_ssl_context = cache(transports.create_ssl_context)

# Graphs are many small objects, and looking among them for what nobody needs any more took a quarter of the time.
gc.set_threshold(20_000, 10, 10)


def pytest_collection_finish() -> None:
    """The tests themselves, thousands of objects each, are never looked at again."""
    gc.collect()
    gc.freeze()
