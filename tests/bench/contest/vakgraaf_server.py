"""Vakgraaf itself, as `vakgraaf serve`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path

from bench.contest.contestant import Contestant, run

_WARM_S = 300
_PROGRAM = (sys.executable, "-P", "-m", "vakgraaf")


class Vakgraaf(Contestant):
    """With the settings that it comes with, but for the time a question may take."""

    name = "vakgraaf"
    settings: Mapping[str, str] = {"VAKGRAAF_QUERY_TIMEOUT_S": "65"}

    @property
    def state(self) -> Path:
        return self.folder / "state"

    def load(self, data: Path) -> None:
        """By `vakgraaf load`; where this version lacks that, straight into a state directory."""
        if _has_load():
            run([*_PROGRAM, "load", str(data), "--no-validate", "--store", str(self.state)], VAKGRAAF_EMPTY="1")
        else:
            run([sys.executable, "-m", "bench.contest.fill_state", str(self.state), str(data)])

    def export(self, target: Path) -> None:
        """Write everything in its store as N-Quads: what the others load, so that all answer from the same."""
        with target.open("wb") as file:
            command = [*_PROGRAM, "export", "--format", "nq", "--store", str(self.state)]
            subprocess.run(command, stdout=file, check=True)

    def validate(self, data: Path) -> None:
        """Judge a file as a whole; that it does not conform is an answer too."""
        command = [*_PROGRAM, "validate", str(data), "--format", "json"]
        subprocess.run(command, env={**os.environ, **self.settings}, stdout=subprocess.DEVNULL, check=False)

    def propose(self, left: str, right: str) -> None:
        """Look for candidates for links between two of its graphs, and keep none."""
        run([*_PROGRAM, "link", "propose", left, right, "--dry-run", "--store", str(self.state)], VAKGRAAF_EMPTY="1")

    def command(self) -> Sequence[str]:
        return (*_PROGRAM, "serve", "--port", str(self.port), "--store", str(self.state))

    def environment(self) -> Mapping[str, str]:
        return self.settings

    def settle(self) -> None:
        """Until the data are in memory; before that it answers from disk."""
        until = time.monotonic() + _WARM_S
        while time.monotonic() < until:
            with suppress(OSError), urllib.request.urlopen(f"{self.root}/ready", timeout=10) as answer:
                if json.load(answer)["in_memory"]:
                    return
            time.sleep(0.2)

    def dump_address(self) -> str:
        return f"{self.root}/store"

    def after_cap(self) -> None:
        """It ends such a question by itself."""


class VakgraafInMemory(Vakgraaf):
    """The same with memory for the data in every reader."""

    name = "vakgraaf-mem"
    settings: Mapping[str, str] = {**Vakgraaf.settings, "VAKGRAAF_MEMORY_BUDGET_MB": "65536"}


@cache
def _has_load() -> bool:
    return subprocess.run([*_PROGRAM, "load", "--help"], capture_output=True, check=False).returncode == 0
