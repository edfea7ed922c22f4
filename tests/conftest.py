"""For all tests: property-based tests explore freely by hand, and are the same every time in CI."""

from __future__ import annotations

import os

from hypothesis import settings

settings.register_profile("by-hand", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "by-hand")
