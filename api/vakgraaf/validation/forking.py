"""Several pieces of work at once, each in a process of its own that begins with all that this one knows."""

from __future__ import annotations

import gc
import os
import pickle
import struct
import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from selectors import EVENT_READ, DefaultSelector
from signal import SIGKILL
from typing import Any

Step = Callable[[], None]
Job = Callable[[Step], Any]
"""Does its work and returns something that can be pickled; to be given a function to call at each step."""

_LENGTH = struct.Struct("!cQ")
_TASKS = Path("/proc/self/task")


def alone() -> bool:
    """Whether this process has one thread, so that a copy of it finds no lock that is held by another."""
    try:
        return len(list(_TASKS.iterdir())) == 1
    except OSError:
        return False  # no Linux


def each(jobs: Sequence[Job], processes: int, step: Step) -> Iterator[Any]:
    """What each of the jobs returns, as soon as it is there; no more than `processes` of them at once.

    Where this process has threads, or with one process, they are done here, one after another. Raises what a job
    raises (SyntaxError, MemoryError), and RuntimeError where the process of one fell over.
    """
    if processes < 2 or len(jobs) < 2 or not alone():
        for job in jobs:
            yield job(step)
        return
    with _crew(jobs) as crew:
        yield from crew.work(processes, step)


@contextmanager
def _crew(jobs: Sequence[Job]) -> Iterator[_Crew]:
    crew = _Crew(jobs)
    sys.stdout.flush()
    sys.stderr.flush()
    try:
        yield crew
    finally:
        crew.stop()


@dataclass
class _Crew:
    """The processes that are at work, by the end of the pipe that they write to."""

    jobs: Sequence[Job]
    _at_work: dict[int, int] = field(default_factory=dict)

    def work(self, processes: int, step: Step) -> Iterator[Any]:
        """As `each`."""
        waiting = deque(range(len(self.jobs)))
        with DefaultSelector() as selector:
            while waiting or self._at_work:
                while waiting and len(self._at_work) < processes:
                    selector.register(self._begin(waiting.popleft()), EVENT_READ)
                for key, _ in selector.select():
                    said = self._hear(key.fd, step)
                    if said is not None:
                        selector.unregister(key.fd)
                        self._end(key.fd)
                        yield said[0]

    def stop(self) -> None:
        """End those that are still at work: nobody waits for them."""
        for end, child in list(self._at_work.items()):
            os.kill(child, SIGKILL)
            self._end(end)

    def _begin(self, number: int) -> int:
        ours, theirs = os.pipe()
        child = os.fork()
        if child == 0:
            status = 1
            try:
                os.close(ours)
                gc.freeze()  # what is there already is not looked at by the collector, and so stays shared
                _carry_out(self.jobs[number], theirs)
                status = 0
            finally:
                os._exit(status)  # nothing of what this process would do at its end
        os.close(theirs)
        self._at_work[ours] = child
        return ours

    def _hear(self, end: int, step: Step) -> tuple[Any] | None:
        """One message: what a job returns, or only that there was a step. Raises as `each` does."""
        head = _read(end, _LENGTH.size)
        kind, length = _LENGTH.unpack(head)
        if kind == b"s":
            step()
            return None
        said = pickle.loads(_read(end, length))  # from a copy of this very process
        if kind == b"e":
            raise said
        if kind == b"y":
            raise SyntaxError(said[0], (None, said[1], said[2], None))
        return (said,)

    def _end(self, end: int) -> None:
        child = self._at_work.pop(end)
        os.close(end)
        os.waitpid(child, 0)


def _carry_out(job: Job, end: int) -> None:
    try:
        _write(end, b"r", job(lambda: _write(end, b"s", None)))
    except SyntaxError as error:  # of which a pickle forgets the place
        _write(end, b"y", (error.msg, error.lineno, error.offset))
    except (MemoryError, ValueError) as error:
        _write(end, b"e", error)


def _write(end: int, kind: bytes, said: object) -> None:
    body = b"" if kind == b"s" else pickle.dumps(said, pickle.HIGHEST_PROTOCOL)
    rest = memoryview(_LENGTH.pack(kind, len(body)) + body)
    while rest:
        rest = rest[os.write(end, rest) :]


def _read(end: int, length: int) -> bytearray:
    found = bytearray()
    while len(found) < length:
        part = os.read(end, min(length - len(found), 1 << 20))
        if not part:
            raise RuntimeError("a process that judged fell over")
        found += part
    return found
