"""The engine's own processes, as `python -m vakgraaf.engine` and a name from the table below. Not for users."""

from __future__ import annotations

import sys
from collections.abc import Callable

from vakgraaf.engine import changer, describing, rebuilding, replica, writer, zygote

_PROCESSES: dict[str, Callable[..., None]] = {
    "zygote": zygote.main,
    "writer": writer.main,
    "changer": changer.main,
    "describe": describing.main,
    "keep": rebuilding.keep,
    "unload": replica.main,
}

if __name__ == "__main__":
    _PROCESSES[sys.argv[1]](*sys.argv[2:])
