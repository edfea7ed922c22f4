"""The process that makes an index: `python -m vakgraaf.search TARGET FACTS`, with what an engine told on its input."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from vakgraaf.errors import VakgraafError
from vakgraaf.search.building import build

_LOWEST_PRIORITY = 19


def main(target: str, facts: str) -> int:
    """Make it. 0 where the file is complete, 2 where the input was cut off."""
    os.nice(_LOWEST_PRIORITY)
    try:
        build(Path(target), sys.stdin.buffer, json.loads(facts))
    except VakgraafError:
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
