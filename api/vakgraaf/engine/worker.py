"""Life of one forked worker: under its own limits it answers jobs from one connection until that closes."""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import socket
from dataclasses import dataclass
from pathlib import Path

from vakgraaf.engine import failures, frames
from vakgraaf.engine.evaluation import Job, run
from vakgraaf.engine.parentage import die_with_parent
from vakgraaf.engine.replica import Replica
from vakgraaf.errors import VakgraafError

_CONNECTION = 3
_GRACE_S = 0.5
_M_ARENA_MAX = -8
STACK_MB = 64
"""The engine calls itself for each of a row of clauses or operators; 8 MB would hold some thousands of those."""


@dataclass(frozen=True, slots=True)
class WorkerLimits:
    """`memory_mb` is what a worker may allocate on top of what it was born with; `offline`: no new file descriptors."""

    memory_mb: int
    offline: bool


class _Frames:
    """A file that sends what is written to it in chunks."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._waiting = bytearray()

    def write(self, data: bytes, /) -> int:
        self._waiting += data
        if len(self._waiting) >= frames.CHUNK:
            frames.send(self._connection, frames.Kind.DATA, bytes(self._waiting))
            self._waiting.clear()
        return len(data)

    def flush(self) -> None:
        """Called by the engine at its end; what waits then goes as the last frame."""

    def finish(self) -> None:
        frames.send(self._connection, frames.Kind.LAST, bytes(self._waiting))


def confine(connection: int, parent: int, limits: WorkerLimits) -> socket.socket:
    """Shut this fresh fork in: one connection, no core file, a memory cap, and death when the parent dies."""
    die_with_parent()
    if os.getppid() != parent:
        os._exit(1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    if connection != _CONNECTION:
        os.dup2(connection, _CONNECTION, inheritable=False)
    os.closerange(_CONNECTION + 1, max(connection, 64) + 1)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    failures.leave_last_words(_CONNECTION)
    cap_memory(limits.memory_mb + STACK_MB)
    if limits.offline:
        # Every descriptor below the limit is taken, so no socket can be made: nothing dials out, whatever gets here.
        resource.setrlimit(resource.RLIMIT_NOFILE, (_CONNECTION + 1, _CONNECTION + 1))
    return socket.socket(fileno=_CONNECTION)


def cap_memory(megabytes: int) -> None:
    """Let this process grow by so much and no further; the allocation after that aborts it."""
    statm = Path("/proc/self/statm")
    born = int(statm.read_text().split()[0]) * resource.getpagesize() if statm.exists() else 0
    cap = born + megabytes * 1024 * 1024
    if (tune := getattr(ctypes.CDLL(None), "mallopt", None)) is not None:
        # Each arena reserves addresses by the hundred megabytes; with one for each thread of the engine the cap is
        # reached before anything is read.
        tune(_M_ARENA_MAX, 2)
    resource.setrlimit(resource.RLIMIT_AS, (cap, cap))


def serve(connection: socket.socket, replica: Replica) -> None:
    """Answer jobs, one at a time, until the other side closes."""
    frames.send(connection, frames.Kind.READY, str(os.getpid()).encode())
    while True:
        try:
            _, payload = frames.receive(connection)
        except EOFError:
            return
        _answer(connection, replica, *Job.unpacked(payload))


def _answer(connection: socket.socket, replica: Replica, job: Job, seconds: float) -> None:
    """Answer one job; the timer is the second guard, should the web process not be there to kill us."""
    signal.setitimer(signal.ITIMER_REAL, seconds + _GRACE_S)
    output = _Frames(connection)
    try:
        run(replica, job, output)
        output.finish()
    except VakgraafError as error:
        frames.send(connection, frames.Kind.FAILED, failures.packed(error))
    except MemoryError:
        connection.sendall(failures.NO_MEMORY)
        raise
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
