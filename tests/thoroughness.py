"""How much is tried: a run that somebody waits for tries less than a thorough one (scripts/test --all)."""

from __future__ import annotations

import os

ALL = bool(os.environ.get("VAKGRAAF_TEST_ALL"))


def examples(most: int) -> int:
    """How many examples a property is tried on where a thorough run tries `most`."""
    return most if ALL else max(most // 4, 10)
