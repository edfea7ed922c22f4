"""The made-up registry that benches run on."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox

TESTS = Path(__file__).parents[1]


def registry(*arguments: str) -> str:
    command = [sys.executable, "-m", "bench.registry", "--out", "-", *arguments]
    environment = {**os.environ, "PYTHONPATH": str(TESTS)}
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout


def test_registry_has_exactly_as_many_different_statements_as_asked_for() -> None:
    assert len(set(ox.parse(registry("--statements", "12345"), ox.RdfFormat.N_QUADS))) == 12345


def test_equal_seeds_give_equal_registries_and_others_do_not() -> None:
    first = registry("--statements", "9000", "--seed", "7")
    assert registry("--statements", "9000", "--seed", "7") == first
    assert registry("--statements", "9000", "--seed", "8") != first
