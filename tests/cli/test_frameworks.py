"""`vakgraaf frameworks load`: the EU's list to reference graphs, the same bytes every time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from vakgraaf.resources import folder

LIST = Path(__file__).resolve().parents[3] / "shared/reference/eu/nqf_qdr_concepts.csv"
PUBLISHED = folder("data/reference") / "raamwerken"
QDR = "http://data.europa.eu/snb/qdr/"


@pytest.mark.skipif(not LIST.is_file(), reason="the EU's list is not here (shared/reference is absent)")
def test_the_command_makes_the_published_files_again_byte_for_byte(command: Callable[..., Any], tmp_path: Path) -> None:
    assert command(tmp_path, "frameworks", "load", LIST, "--check").returncode == 0
    assert command(tmp_path, "frameworks", "load", LIST, "--out", tmp_path / "new").returncode == 0
    made = {path.name: path.read_bytes() for path in (tmp_path / "new").iterdir()}
    assert made == {path.name: path.read_bytes() for path in PUBLISHED.iterdir()}


def test_the_command_says_which_rows_it_left_out(command: Callable[..., Any], tmp_path: Path) -> None:
    new = tmp_path / "new.csv"
    new.write_text(
        f"iri,label_en,inScheme\n{QDR}c_5c66dcbc,Dutch National Qualifications Framework,{QDR}25831c2\n"
        f"{QDR}c_9,XYZ Level 9,{QDR}25831c2\n",
        "utf-8",
    )
    done = command(tmp_path, "frameworks", "load", new, "--out", tmp_path / "new", "--lang", "en")
    assert done.returncode == 0
    assert "XYZ Level 9" in done.stderr
    assert command(tmp_path, "frameworks", "load", new, "--check").returncode == 1
    assert command(tmp_path, "frameworks", "load", tmp_path / "absent.csv").returncode == 2
    assert command(tmp_path, "frameworks", "load", tmp_path).returncode == 2
