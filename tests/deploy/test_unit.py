"""The service of systemd in docs/deploy is one that systemd understands, and leaves it little."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

UNIT = Path(__file__).parents[2] / "docs" / "deploy" / "vakgraaf.service"

pytestmark = pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="there is no systemd-analyze")


@pytest.fixture
def unit(tmp_path: Path) -> Path:
    """The unit with a program that there is."""
    program = Path(sys.executable).with_name("vakgraaf")
    path = tmp_path / "vakgraaf.service"
    path.write_text(UNIT.read_text("utf-8").replace("/opt/vakgraaf/bin/vakgraaf", str(program)), "utf-8")
    return path


def test_systemd_has_nothing_to_say_against_it(unit: Path) -> None:
    run = subprocess.run(["systemd-analyze", "verify", str(unit)], capture_output=True, text=True, check=False)
    assert not [line for line in run.stderr.splitlines() if "vakgraaf.service" in line]
    assert run.returncode == 0, run.stderr


def test_it_is_exposed_to_little(unit: Path) -> None:
    command = ["systemd-analyze", "security", "--offline=true", "--no-pager", str(unit)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    level = re.search(r"exposure level for vakgraaf\.service: (\d+\.\d)", run.stdout)
    if level is None:
        pytest.skip("this systemd-analyze judges no units from files")
    assert float(level[1]) <= 2.0
