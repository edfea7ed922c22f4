"""Work on what a stranger sent, in a process of its own: it may take down the process that does it.

As `python -m vakgraaf.engine NAME`, with what to do on standard input and what it came to on standard output.
"""

from __future__ import annotations

import asyncio
import marshal
import os
import resource
import sys
from collections.abc import Callable
from typing import Any

from vakgraaf.engine import failures
from vakgraaf.engine.frames import Kind
from vakgraaf.engine.parentage import die_with_parent
from vakgraaf.engine.worker import cap_memory
from vakgraaf.errors import VakgraafError

_DONE, _FAILED = Kind.LAST.value, Kind.FAILED.value


class Fell(Exception):
    """The process ended before it was done; `of_memory` where that is what it ran out of."""

    def __init__(self, *, of_memory: bool) -> None:
        super().__init__("out of memory" if of_memory else "crashed")
        self.of_memory = of_memory


async def apart(name: str, told: tuple[Any, ...], seconds: float, memory_mb: int) -> bytes:
    """What the process of that name makes of what it is told (values that `marshal` takes).

    It ends with who waits for it, and has so many seconds of processor time. Raises the VakgraafError that ended the
    work, and `Fell`.
    """
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-P", "-m", "vakgraaf.engine", name),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        said, _ = await process.communicate(marshal.dumps((memory_mb, seconds, told)))
    finally:
        if process.returncode is None:
            process.kill()
    if said.startswith(_FAILED):
        raise failures.unpacked(said[len(_FAILED) :])
    if process.returncode == 0 and said.startswith(_DONE):
        return said[len(_DONE) :]
    raise Fell(of_memory=failures.ran_out_of_memory(said))


def work(do: Callable[..., bytes]) -> None:
    """Do what is asked, in the process of its own, within the memory and the time that there is for it."""
    die_with_parent()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    failures.leave_last_words(sys.stdout.fileno())  # to standard error the engine writes its own
    memory_mb, seconds, told = marshal.loads(sys.stdin.buffer.read())
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds) + 1, int(seconds) + 1))
    cap_memory(memory_mb)
    try:
        said = _DONE + do(*told)
    except VakgraafError as error:
        said = _FAILED + failures.packed(error)
    except MemoryError:
        os.write(sys.stdout.fileno(), failures.NO_MEMORY)
        raise
    sys.stdout.buffer.write(said)
