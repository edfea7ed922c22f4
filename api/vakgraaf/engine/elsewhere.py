"""Work in a process of the engine's own that the web process waits for, and ends when nobody waits any more."""

from __future__ import annotations

import subprocess
import sys

LOWEST_PRIORITY = 19
"""The niceness of what nobody waits for."""
_LOOK_S = 0.02


async def done_elsewhere(*arguments: str) -> bool:
    """Run `python -m vakgraaf.engine` with these arguments; whether it ended well."""
    import asyncio  # not above: what this starts has no use for it, and loading it is half of its start

    command = [sys.executable, "-P", "-m", "vakgraaf.engine", *arguments]
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while process.poll() is None:
            await asyncio.sleep(_LOOK_S)
    finally:
        process.kill()
        process.wait()
    return process.returncode == 0
