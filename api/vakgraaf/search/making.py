"""The process that makes an index: it is told on its input what is to be in it."""

from __future__ import annotations

import json
import os
import sqlite3
import sys
from pathlib import Path

from vakgraaf.errors import VakgraafError
from vakgraaf.search.building import build


def main(target: str, facts: str, nice: str) -> int:
    """Make it, `nice` steps below the priority of the server. 0 where it is complete, else 2; on standard error why."""
    os.nice(int(nice))
    try:
        build(Path(target), sys.stdin.buffer, json.loads(facts))
    except (VakgraafError, OSError, sqlite3.Error) as error:
        print(error, file=sys.stderr)
        return 2
    return 0
