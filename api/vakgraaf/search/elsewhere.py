"""Have an index made in a process of its own: `python -m vakgraaf.search make …`."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from vakgraaf.engine import Engine
from vakgraaf.errors import UnreadableInput
from vakgraaf.search.harvest import harvest


async def build_elsewhere(
    engine: Engine,
    target: Path,
    facts: dict[str, object],
    *,
    union: bool,
    unchanged: Callable[[], bool],
    nice: int,
) -> bool:
    """Ask `engine` everything, and have an index of that written to `target`; it tells `facts` of itself.

    The process is `nice` steps below the priority of this one.

    False where the data are not `unchanged` any more when everything has been asked: then there is no index. The
    process ends when nobody waits any more. Raises what the engine raises, and `UnreadableInput` where the process
    fails.
    """
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "vakgraaf.search", "make", str(target), json.dumps(facts), str(nice)],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    pipe, words = process.stdin, process.stderr
    assert pipe is not None
    assert words is not None

    async def sink(data: bytes) -> None:
        await asyncio.to_thread(pipe.write, data)  # which waits where the process cannot keep up

    try:
        with suppress(BrokenPipeError):  # why, its exit code says
            await harvest(engine, sink, union=union)
            if not unchanged():
                return False
            await asyncio.to_thread(pipe.close)
        while process.poll() is None:
            await asyncio.sleep(0.05)
        if process.returncode:
            said = words.read().decode("utf-8", "replace").strip().rpartition("\n")[2]
            reason = said or f"code {process.returncode}"
            raise UnreadableInput(
                f"Het maken van de zoekindex is mislukt ({reason}).", f"Making the search index failed ({reason})."
            )
        return True
    finally:
        process.kill()
        await asyncio.to_thread(process.wait)
        words.close()
        with suppress(OSError):
            pipe.close()
