"""A soak of some seconds: the same as `scripts/bench soak`, without those who make everything slow."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
ARGUMENTS = "--minutes 0.12 --statements 5000 --kill-every 1 --parts readers publishers restarts"


@pytest.mark.slow
def test_what_is_acknowledged_is_there_and_every_answer_true_while_a_server_is_killed_and_started_again() -> None:
    command = [sys.executable, "-W", "ignore", "-m", "bench.soak", *ARGUMENTS.split()]
    environment = {**os.environ, "PYTHONPATH": str(TESTS)}
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=300)
    assert ended.returncode == 0, ended.stdout[-6000:] + ended.stderr[-2000:]
    assert "acknowledged and lost" in ended.stdout
