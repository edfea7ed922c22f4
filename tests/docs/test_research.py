"""What researchers begin with, the notebook and the R script, gives what it shows."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from docs.notebook import cells_of, outputs
from serving import await_search

ROOT = Path(__file__).parents[2]
NOTEBOOK = ROOT / "docs" / "notebooks" / "vakgraaf.ipynb"
SCRIPT = ROOT / "docs" / "r" / "vakgraaf.R"


def test_the_notebook_shows_what_its_cells_give(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pandas")
    pytest.importorskip("SPARQLWrapper")
    monkeypatch.setenv("VAKGRAAF_SERVER", server)
    await_search(server)
    cells = cells_of(NOTEBOOK)
    assert [cell.get("outputs", []) for cell in cells] == outputs(cells, server), (
        "if the new answers are right: python tests/docs/notebook.py docs/notebooks/vakgraaf.ipynb ADDRESS"
    )


def test_the_notebook_names_no_server_and_no_file_of_some_machine() -> None:
    text = NOTEBOOK.read_text("utf-8")
    assert set(re.findall(r"https?://(?:127|localhost)[^\"\\/]*", text)) == {"http://127.0.0.1:8000"}
    assert "Traceback" not in text


def test_the_r_script_prints_what_stands_beside_it(server: str) -> None:
    rscript = shutil.which("Rscript")
    if rscript is None:
        pytest.skip("Rscript is not installed")
    environment = os.environ | {"LC_ALL": "C.UTF-8"}
    run = subprocess.run(
        [rscript, "--vanilla", str(SCRIPT), server], env=environment, capture_output=True, encoding="utf-8", check=False
    )
    assert run.returncode == 0, run.stderr
    shown = SCRIPT.with_suffix(".txt").read_text("utf-8")
    assert run.stdout == shown, "if the new answers are right: Rscript docs/r/vakgraaf.R ADDRESS > docs/r/vakgraaf.txt"
