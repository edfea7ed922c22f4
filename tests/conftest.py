"""For all tests: property-based tests explore freely by hand, and are the same every time in CI."""

from __future__ import annotations

import gc
import os
from functools import cache

from httpx._transports import default as transports
from hypothesis import settings

# A thorough run (scripts/test --all) tries more examples than one that somebody waits for.
EXAMPLES = 100 if os.environ.get("VAKGRAAF_TEST_ALL") else 25
settings.register_profile("by-hand", deadline=None, max_examples=EXAMPLES)
settings.register_profile("ci", deadline=None, derandomize=True, max_examples=EXAMPLES)
settings.load_profile("ci" if os.environ.get("CI") else "by-hand")

# Every client would read all certificates of the world anew: 30 ms, a thousand times, and here all is plain HTTP.
transports.create_ssl_context = cache(transports.create_ssl_context)

# Graphs are many small objects, and looking among them for what nobody needs any more took a quarter of the time.
gc.set_threshold(20_000, 10, 10)


def pytest_collection_finish() -> None:
    """The tests themselves, thousands of objects each, are never looked at again."""
    gc.collect()
    gc.freeze()
