"""What the kernel knows of a process and of all that it has started."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple


def tree(pid: int) -> list[int]:
    """`pid` and every process below it; empty where it has gone."""
    found = []
    with suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text().split():
                found += tree(int(child))
        found.insert(0, pid)
    return found


def memory_mb(pid: int) -> float:
    """What `pid` and all below it hold in MB; a page that forks share counts once (PSS)."""
    return sum(_kb(process, "Pss:") for process in tree(pid)) / 1024


class Held(NamedTuple):
    """What a process holds in MB, shared pages and all (RSS), and what of it is in no file."""

    all: float
    anonymous: float


def lasting(pid: int) -> dict[int, Held]:
    """What `pid` and the processes that it started itself hold."""
    children = [child for child in tree(pid) if child != pid and _parent(child) == pid]
    return {each: Held(_kb(each, "Rss:") / 1024, _kb(each, "Anonymous:") / 1024) for each in (pid, *children)}


def _kb(pid: int, name: str) -> int:
    with suppress(OSError):  # it ended just now
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith(name):
                return int(line.split()[1])
    return 0


def _parent(pid: int) -> int:
    with suppress(OSError):
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    return 0


class Peak:
    """The most memory that a process tree had while it was watched, in MB, and what it had at the start."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self.start = self.most = memory_mb(pid)

    @property
    def growth(self) -> float:
        """How much came on top of what was there."""
        return self.most - self.start

    def look(self) -> None:
        """Look once more."""
        self.most = max(self.most, memory_mb(self._pid))


@contextmanager
def watched(pid: int, every_s: float = 0.1) -> Iterator[Peak]:
    """Look at the memory of a process tree again and again, in a thread, until the block ends."""
    peak, ended = Peak(pid), threading.Event()

    def watch() -> None:
        while not ended.wait(every_s):
            peak.look()

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield peak
    finally:
        ended.set()
        thread.join()
        peak.look()
