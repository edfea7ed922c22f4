"""Run a program that is stopped at one of the steps by which it changes files; see steps.c."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

COMPILER = shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
_SOURCE = Path(__file__).with_name("steps.c")
_ACTS = Path(__file__).with_name("acts.py")
_TIMEOUT_S = 120


class Step(NamedTuple):
    """One call that changes files: its number, what it does, and the inodes and names that it is about."""

    number: int
    call: str
    file: int
    folder: int
    name: str
    other_file: int = 0
    other_folder: int = 0
    other_name: str = ""

    def __str__(self) -> str:
        return f"{self.number} {self.call} {self.name} {self.other_name}".rstrip()


@dataclass(frozen=True)
class Stopped:
    """What came of a run: its exit code, what it said, and every step; of a killed one the last did not happen."""

    code: int
    said: str
    steps: list[Step]


class Stepper:
    """Runs programs step by step with `library`, steps.c compiled; `grave` is a folder on the same file system.

    A program that is one process is run by a fork of one that has loaded everything, in a tenth of the time.
    """

    def __init__(self, library: Path, grave: Path) -> None:
        self.grave = grave
        self._library = library
        self._forking: subprocess.Popen[str] | None = None

    @classmethod
    def compiled(cls, folder: Path) -> Stepper:
        """Compile steps.c into a folder."""
        assert COMPILER
        library = folder / "steps.so"
        command = [COMPILER, "-shared", "-fPIC", "-O1", "-o", str(library), str(_SOURCE), "-ldl", "-lpthread"]
        subprocess.run(command, check=True)
        return cls(library, folder / "grave")

    def close(self) -> None:
        """End what runs programs."""
        if self._forking is not None:
            self._forking.communicate()

    def run(
        self, arguments: Sequence[str], role: str, roots: Sequence[Path], at: int = 0, how: str = "kill"
    ) -> Stopped:
        """`python …`; at step `at` of the process whose command line has the words `role`, `how` happens.

        Without a role it is the one process that there is.
        """
        shutil.rmtree(self.grave, ignore_errors=True)
        self.grave.mkdir()
        log = self.grave / "log"
        steps = {
            "STEPS_ROOTS": ":".join(map(str, roots)),
            "STEPS_LOG": str(log),
            "STEPS_GRAVE": str(self.grave),
            "STEPS_AT": str(at),
            "STEPS_HOW": how,
            "VAKGRAAF_EMPTY": "true",
        }
        if role:
            code, said = self._alone(arguments, {**steps, "STEPS_ROLE": role})
        else:
            code, said = self._forked(arguments, steps)
        lines = log.read_text("utf-8").splitlines() if log.exists() else []
        return Stopped(code, said, [_step(line) for line in lines])

    def _alone(self, arguments: Sequence[str], steps: dict[str, str]) -> tuple[int, str]:
        ended = subprocess.run(
            [sys.executable, *arguments],
            env={**os.environ, "LD_PRELOAD": str(self._library), **steps},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            timeout=_TIMEOUT_S,
        )
        return ended.returncode, ended.stdout + ended.stderr

    def _forked(self, arguments: Sequence[str], steps: dict[str, str]) -> tuple[int, str]:
        if self._forking is None:
            self._forking = subprocess.Popen(
                [sys.executable, str(_ACTS), "serve"],
                env={**os.environ, "LD_PRELOAD": str(self._library)},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
        assert self._forking.stdin is not None
        assert self._forking.stdout is not None
        out = self.grave / "said"
        order = {"arguments": list(arguments), "environment": steps, "out": str(out)}
        self._forking.stdin.write(json.dumps(order) + "\n")
        self._forking.stdin.flush()
        code = int(self._forking.stdout.readline())
        return code, out.read_text("utf-8", errors="replace")


def _step(line: str) -> Step:
    number, call, file, folder, name, *other = line.split("\t")
    far = (int(other[0]), int(other[1]), other[2]) if other else (0, 0, "")
    return Step(int(number), call, int(file), int(folder), name, *far)
