"""What happened during a soak; filled by many threads."""

from __future__ import annotations

import threading
from collections import Counter


class Counts:
    """How often each outcome occurred, the latencies of the probe in ms, and the first few things that went wrong."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.outcomes: Counter[str] = Counter()
        self.probe_ms: list[float] = []
        self.complaints: list[str] = []

    def add(self, outcome: str, complaint: str = "") -> None:
        """One more `outcome`; a complaint is kept for the report."""
        with self._lock:
            self.outcomes[outcome] += 1
            if complaint and len(self.complaints) < 20:
                self.complaints.append(f"{outcome}: {complaint}")

    def probe(self, milliseconds: float) -> None:
        """One more answer to the probe."""
        with self._lock:
            self.probe_ms.append(milliseconds)

    def total(self, prefix: str) -> int:
        """How many outcomes begin with `prefix`."""
        with self._lock:
            return sum(count for outcome, count in self.outcomes.items() if outcome.startswith(prefix))
