"""The lives of one server: it is ended and killed, as a whole or a part of it, and started again on the same store."""

from __future__ import annotations

import os
import signal
import threading
import time
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from itertools import cycle
from pathlib import Path

from bench.contest.processes import tree
from bench.contest.vakgraaf_server import Vakgraaf

_GRACE_S = 3.0
_ENDS_S = 60.0


class Lives:
    """A server, and when it was away: what is asked then may fail, but for being answered wrongly."""

    def __init__(self, server: Vakgraaf) -> None:
        self._server = server
        self._away_since: float | None = None
        self._back_at = 0.0
        self.done: dict[str, int] = {}
        self.complaints: list[str] = []
        self.longest_s = 0.0
        self.number = 1

    @property
    def root(self) -> str:
        """The server's address; it stays the same."""
        return self._server.root

    @property
    def url(self) -> str:
        """The address of its SPARQL endpoint."""
        return self._server.url

    @property
    def pid(self) -> int:
        """The process of now."""
        return self._server.pid

    @property
    def away(self) -> bool:
        """Whether something is being done to it at this moment."""
        return self._away_since is not None

    def excuses(self, begun: float) -> bool:
        """Whether the server was away, or part of it was being replaced, at some moment since `begun` (monotonic)."""
        return self._away_since is not None or begun < self._back_at + _GRACE_S

    def run(self, ended: threading.Event, every_s: float, until: float) -> None:
        """Do one thing after the other, `every_s` seconds apart; after `until` (monotonic) the server itself stays."""
        for name, act, ends in cycle(self._acts()):
            if ended.wait(every_s):
                return
            if ends and time.monotonic() > until:
                continue
            self._away_since = begun = time.monotonic()
            act()
            self._await_ready()
            self._back_at, self._away_since = time.monotonic(), None
            self.longest_s = max(self.longest_s, self._back_at - begun)
            self.done[name] = self.done.get(name, 0) + 1

    def restart(self, how: int) -> None:
        """End the server with a signal, and start it again, when nobody asks it anything."""
        self._server.end(how)
        self._again()

    def _acts(self) -> list[tuple[str, Callable[[], None], bool]]:
        return [
            ("SIGKILL of a worker", lambda: self._kill("engine zygote", below=True), False),
            ("SIGTERM, start", self._ended, True),
            ("SIGHUP", lambda: os.kill(self.pid, signal.SIGHUP), False),
            ("SIGKILL, start", self._killed, True),
            ("SIGKILL of the writer", lambda: self._kill("engine changer"), False),
            ("SIGKILL, start", self._killed, True),
            ("SIGKILL of the process with the data", lambda: self._kill("engine zygote"), False),
        ]

    def _ended(self) -> None:
        if (code := self._server.end(signal.SIGTERM)) != 0:
            self.complaints.append(f"SIGTERM: exit code {code}")
        self._again()

    def _killed(self) -> None:
        self._server.end(signal.SIGKILL)
        self._again()

    def _again(self) -> None:
        self._server.start()
        self.number += 1

    def _kill(self, role: str, *, below: bool = False) -> None:
        """One process that has these words in its command line; with `below` one that such a process has forked."""
        for pid in tree(self.pid):
            if role in _command(pid) and (not below or role in _command(_parent(pid))):
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
                return

    def _await_ready(self) -> None:
        until = time.monotonic() + _ENDS_S
        while time.monotonic() < until:
            with suppress(OSError), urllib.request.urlopen(f"{self.root}/health", timeout=10):
                return
            time.sleep(0.1)
        self.complaints.append(f"not well again within {_ENDS_S:.0f} s")


def _command(pid: int) -> str:
    with suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    return ""


def _parent(pid: int) -> int:
    with suppress(OSError):
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    return 0
