"""Memory and processes of a server over time."""

from __future__ import annotations

import threading
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from bench.contest.processes import Held, lasting, memory_mb, tree
from bench.soaking.lives import Lives

_EVERY_S = 1.0


@dataclass
class Watch:
    """Looks at the process tree of a server until `ended`; all times in seconds since the start, memory in MB.

    `lasting` is that of the processes that stay, without the workers that come and go; `life` counts the starts. `idle`
    is what all hold when nothing is asked: before, when each write was done once, and afterwards.
    """

    lives: Lives
    times: list[float] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)
    idle: list[float] = field(default_factory=list)
    lasting: list[float] = field(default_factory=list)
    apiece: list[dict[str, Held]] = field(default_factory=list)
    life: list[int] = field(default_factory=list)
    processes: list[int] = field(default_factory=list)
    at_most: Counter[str] = field(default_factory=Counter)
    seen: dict[int, str] = field(default_factory=dict)

    def run(self, ended: threading.Event) -> None:
        begun = time.monotonic()
        while not ended.wait(_EVERY_S):
            if self.lives.away:
                continue
            pid, life = self.lives.pid, self.lives.number
            processes = tree(pid)
            self.seen |= {each: _birth(each) for each in processes}
            if len(processes) > max(self.processes, default=0):
                self.at_most = Counter(_command(each) for each in processes)
            self.processes.append(len(processes))
            self.times.append(time.monotonic() - begun)
            self.memory.append(memory_mb(pid))
            lasts = lasting(pid)
            self.lasting.append(sum(held.all for held in lasts.values()))
            self.apiece.append({_command(each): held for each, held in lasts.items()})
            self.life.append(life)

    @property
    def last_life_s(self) -> float:
        """How long the last life was watched."""
        return self.times[-1] - self.times[self.life.index(self.life[-1])]

    def by_minute(self) -> list[tuple[str, ...]]:
        """Of each minute: the lives in it, the memory of all in the middle and at most, what stays, most processes."""
        rows = []
        for minute in range(int(self.times[-1] // 60) + 1):
            at = [number for number, time_s in enumerate(self.times) if time_s // 60 == minute]
            if at:
                memory = [self.memory[number] for number in at]
                lives = sorted({self.life[number] for number in at})
                told = (median(memory), max(memory), min(self.lasting[number] for number in at))
                most = max(self.processes[number] for number in at)
                rows.append((str(minute + 1), f"{lives[0]}–{lives[-1]}", *(f"{mb:.0f}" for mb in told), str(most)))
        return rows

    def by_process(self) -> dict[str, tuple[Held, Held]]:
        """What each process that stays holds at least, in the second fifth of the last life and in its last.

        What comes and goes beside them, a second one with the data or one that counts, is there at most of the time.
        """
        first = self.life.index(self.life[-1])
        fifth = max(1, (len(self.times) - first) // 5)
        parts = self.apiece[first + fifth : first + 2 * fifth], self.apiece[-fifth:]
        found = {}
        for command in sorted(set().union(*self.apiece[first:])):
            held = [[at[command] for at in part if command in at] for part in parts]
            if all(held):
                early, late = (Held(*map(min, zip(*part, strict=True))) for part in held)
                found[command] = early, late
        return found

    def survivors(self) -> list[int]:
        """Which of all processes that were ever seen are still there, five seconds after they should have gone."""
        until = time.monotonic() + 5
        while (left := self._left()) and time.monotonic() < until:
            time.sleep(0.2)
        return left

    def _left(self) -> list[int]:
        return [pid for pid, birth in self.seen.items() if birth and _birth(pid) == birth]


def _command(pid: int) -> str:
    """What a process is, by the module that it runs and the first word after that."""
    with suppress(OSError):
        words = Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace").split("\0")
        return " ".join(words[words.index("-m") + 1 :][:2]) if "-m" in words else " ".join(words[:1])
    return ""


def _birth(pid: int) -> str:
    """When a process began, in clock ticks; with its number that tells it from every other. Empty where it is gone."""
    with suppress(OSError):
        state, *rest = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return "" if state == "Z" else rest[18]
    return ""
