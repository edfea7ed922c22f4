"""Oxigraph's own server, from PyPI, in its read-only mode."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from bench.contest.contestant import Contestant, Unavailable, run


class Oxigraph(Contestant):
    """The default graph is the union, as with us. Never with --timeout-s: each request then keeps a thread so long."""

    name = "oxigraph"
    path = "/query"

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        beside = Path(sys.executable).with_name("oxigraph")
        found = str(beside) if beside.is_file() else shutil.which("oxigraph")
        if found is None:
            raise Unavailable("not installed (pip install oxigraph)")
        self._program = found

    def load(self, data: Path) -> None:
        run([self._program, "load", "--location", "store", "--file", str(data), "--format", "nq"], cwd=self.folder)

    def command(self) -> Sequence[str]:
        place = ("--location", "store", "--bind", f"127.0.0.1:{self.port}")
        return (self._program, "serve-read-only", *place, "--union-default-graph")

    def dump_address(self) -> str:
        return f"{self.root}/store"
