"""Memory and processes of a server over time."""

from __future__ import annotations

import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from statistics import linear_regression

from bench.contest.processes import lasting_mb, memory_mb, tree

_EVERY_S = 1.0
_WINDOWS = 10


@dataclass
class Watch:
    """Looks at the process tree of `pid` until `ended`; all times in seconds since the start, memory in MB.

    `lasting` is that of the processes that stay, without the workers that come and go.
    """

    pid: int
    times: list[float] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)
    lasting: list[float] = field(default_factory=list)
    most_processes: int = 0
    seen: dict[int, str] = field(default_factory=dict)

    def run(self, ended: threading.Event) -> None:
        begun = time.monotonic()
        while not ended.wait(_EVERY_S):
            processes = tree(self.pid)
            self.most_processes = max(self.most_processes, len(processes))
            self.seen |= {pid: _birth(pid) for pid in processes}
            self.times.append(time.monotonic() - begun)
            self.memory.append(memory_mb(self.pid))
            self.lasting.append(lasting_mb(self.pid))

    def slope(self) -> float:
        """How fast `lasting` grows after the first fifth, in MB a minute: of the lowest in each of ten windows."""
        start = len(self.times) // 5
        size = max(1, (len(self.times) - start) // _WINDOWS)
        windows = [range(at, at + size) for at in range(start, len(self.times) - size + 1, size)]
        if len(windows) < 2:
            return 0.0
        minutes = [self.times[window[0]] / 60 for window in windows]
        lowest = [min(self.lasting[at] for at in window) for window in windows]
        return linear_regression(minutes, lowest).slope

    def survivors(self) -> list[int]:
        """Which of all processes that were ever seen are still there, five seconds after they should have gone."""
        until = time.monotonic() + 5
        while (left := self._left()) and time.monotonic() < until:
            time.sleep(0.2)
        return left

    def _left(self) -> list[int]:
        return [pid for pid, birth in self.seen.items() if birth and _birth(pid) == birth]


def _birth(pid: int) -> str:
    """When a process began, in clock ticks; with its number that tells it from every other. Empty where it is gone."""
    with suppress(OSError):
        state, *rest = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return "" if state == "Z" else rest[18]
    return ""
