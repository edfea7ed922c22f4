"""The web process's side of a zygote: start it, ask it for workers, stop it."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from vakgraaf.engine import failures, frames
from vakgraaf.engine.link import Link
from vakgraaf.engine.zygote import ADVANCE, FORK
from vakgraaf.errors import QueryCrashed

_FORK_S = 20.0


@dataclass(frozen=True, slots=True)
class NurserySettings:
    """What a zygote is told: the snapshot, whether to hold it in memory, and the cap of a worker in MB.

    `merged`: the unnamed graph holds the merge of all. What is then not held in memory is a copy made for reading, and
    `snapshot` is where that is. `statistics` is where what is known of it is found when it is not in memory. `tag`
    tells the data from others, and is for this side alone.
    """

    snapshot: Path
    in_memory: bool
    merged: bool
    memory_mb: int
    statistics: Path
    tag: str


class Worker:
    """One forked process that answers one job at a time."""

    def __init__(self, pid: int, link: Link, nursery: Nursery, tag: str) -> None:
        self.link = link
        self.nursery = nursery
        self.alive = True
        self.tag = tag
        self._pid = pid
        # Opened while the process is certainly there, so that a later kill can never hit another one.
        self._handle = os.pidfd_open(pid) if sys.platform == "linux" else pid

    @property
    def fresh(self) -> bool:
        """Whether it was born with what the zygote holds now."""
        return self.tag == self.nursery.tag

    def lower_priority(self, niceness: int) -> None:
        """Let others go first (19: all, 0: as it is). For good: only the superuser can raise a priority again."""
        if niceness and self.alive and not self.link.gone:
            with suppress(ProcessLookupError):
                os.setpriority(os.PRIO_PROCESS, self._pid, niceness)

    def kill(self) -> None:
        """End the process at once, whatever it does; a second call does nothing."""
        if not self.alive:
            return
        self.alive = False
        try:
            if sys.platform == "linux":
                signal.pidfd_send_signal(self._handle, signal.SIGKILL)
                os.close(self._handle)
            else:
                os.kill(self._handle, signal.SIGKILL)
        except ProcessLookupError:
            if sys.platform == "linux":
                os.close(self._handle)
        self.link.close()


class Nursery:
    """A running zygote and the way to its forks. `tag` tells the data that one who is forked now is born with."""

    def __init__(self, process: subprocess.Popen[bytes], control: socket.socket, settings: NurserySettings) -> None:
        self.tag = settings.tag
        self.memory_mb = settings.memory_mb
        self._process = process
        self._control = control

    @classmethod
    async def start(cls, settings: NurserySettings) -> Nursery:
        """Start a zygote and wait until it has loaded. Raises `VakgraafError` where it cannot."""
        ours, theirs = socket.socketpair()
        options = {
            "snapshot": str(settings.snapshot),
            "in_memory": settings.in_memory,
            "merged": settings.merged,
            "memory_mb": settings.memory_mb,
            "statistics": str(settings.statistics),
        }
        descriptor = theirs.fileno()
        # A session of its own: Ctrl-C in a terminal is for the web process, which then ends the others.
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "vakgraaf.engine", "zygote", str(descriptor), json.dumps(options)],
            pass_fds=[descriptor],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            start_new_session=True,
        )
        theirs.close()
        nursery = cls(process, ours, settings)
        try:
            await asyncio.to_thread(_await_ready, ours)
        except BaseException:
            nursery.close()
            raise
        return nursery

    @property
    def running(self) -> bool:
        """Whether the zygote is still there."""
        return self._process.poll() is None

    async def fork(self) -> Worker:
        """A new worker. Raises `QueryCrashed` where the zygote has gone or does not answer."""
        tag = self.tag
        ours, theirs = socket.socketpair()
        try:
            with theirs:
                socket.send_fds(self._control, [FORK], [theirs.fileno()])
            link = await Link.over(ours)
        except OSError as error:
            ours.close()
            raise _gone() from error
        try:
            async with asyncio.timeout(_FORK_S):
                _, pid = await link.receive()
            return Worker(int(pid), link, self, tag)
        except (TimeoutError, EOFError) as error:
            link.close()
            raise _gone() from error
        except asyncio.CancelledError:
            link.close()
            raise

    async def advance(self, settings: NurserySettings, delta: Path | None) -> None:
        """Let the zygote follow to the next version; who is forked from now on has that.

        Raises `VakgraafError` where it cannot: it has gone, or the delta does not fit in.
        """
        self.tag = settings.tag
        change = {"snapshot": str(settings.snapshot), "delta": None if delta is None else str(delta)}
        message = json.dumps(change).encode()
        try:
            self._control.sendall(ADVANCE + frames.packed(frames.Kind.JOB, message))
        except OSError as error:
            raise _gone() from error
        await asyncio.to_thread(_await_ready, self._control)

    def close(self) -> None:
        """End the zygote; its workers die with it."""
        self._process.kill()
        self._process.wait()
        self._control.close()


def _await_ready(control: socket.socket) -> None:
    try:
        kind, payload = frames.receive(control)
    except (EOFError, OSError) as error:
        raise _gone() from error
    if kind is frames.Kind.FAILED:
        raise failures.unpacked(payload)


def _gone() -> QueryCrashed:
    return QueryCrashed(
        "Het proces dat de gegevens in het geheugen houdt is weggevallen; probeer het opnieuw.",
        "The process that holds the data in memory has gone; try again.",
    )
