"""The house rules that a tool can check: layers, sizes, names, and what the repository must not hold."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from vakgraaf import engine

ROOT = Path(__file__).parents[1]
TRACKED = [
    name
    for name in subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    if (ROOT / name).is_file()
]
PYTHON = [name for name in TRACKED if name.endswith(".py")]
TURTLE = [name for name in TRACKED if name.endswith(".ttl") and name.split("/")[0] in ("ontology", "shapes")]


def lines(name: str) -> list[str]:
    return (ROOT / name).read_text("utf-8").splitlines()


def test_each_room_imports_only_what_stands_below_it() -> None:
    run = subprocess.run(
        [str(Path(sys.executable).with_name("lint-imports"))], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout


@pytest.mark.parametrize("name", [name for name in PYTHON if name.startswith("api/")])
def test_a_module_has_at_most_300_lines(name: str) -> None:
    assert len(lines(name)) <= 300


@pytest.mark.parametrize("name", TURTLE)
def test_a_turtle_module_has_at_most_250_lines_and_shapes_150(name: str) -> None:
    assert len(lines(name)) <= (150 if name.startswith("shapes/") else 250)


def test_no_module_is_called_after_nothing() -> None:
    empty = {"utils", "helpers", "common", "misc", "base", "manager", "service"}
    assert not [name for name in PYTHON if Path(name).stem in empty]


def test_every_name_of_the_engine_can_be_loaded_and_is_not_that_of_a_module() -> None:
    assert all(hasattr(engine, name) for name in engine.__all__)
    assert not [name for name in engine.__all__ if f"api/vakgraaf/engine/{name}.py" in PYTHON]


def test_process_of_the_engine_loads_no_more_than_it_needs() -> None:
    program = "import sys, vakgraaf.engine.replica; print(sorted(m for m in sys.modules if m.startswith('vakgraaf.')))"
    run = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert "vakgraaf.engine.replica" in run.stdout
    assert not [module for module in ("embedded", "remote", "federation") if f"vakgraaf.engine.{module}" in run.stdout]


def test_rdf_folders_hold_no_code() -> None:
    assert not [name for name in PYTHON if name.split("/")[0] in ("ontology", "shapes", "data")]


@pytest.mark.parametrize(
    ("importing", "only_in"),
    [
        (r"^\s*(?:import|from) pyoxigraph", "api/vakgraaf/engine/"),
        (r"^\s*(?:import|from) (?:fastapi|starlette)", "api/vakgraaf/(?:web/|app)"),
        (r"os\.environ", "api/vakgraaf/settings"),
    ],
)
def test_foreign_types_stop_at_their_room(importing: str, only_in: str) -> None:
    users = [name for name in PYTHON if name.startswith("api/") and re.search(importing, "\n".join(lines(name)), re.M)]
    assert users
    assert not [name for name in users if not re.match(only_in, name)]


def test_nothing_names_a_package_host_or_a_path_of_some_machine() -> None:
    forbidden = re.compile(r"--(?:extra-)?index-url|://[^\s\"'>]*registry\.|(?<![\w.-])/(?:home|root|work)/")
    here = "tests/test_architecture.py"
    held = [
        name
        for name in TRACKED
        if name != here and not name.startswith("data/sources/") and not name.endswith((".png", ".svg"))
        if any(forbidden.search(line) for line in lines(name))
    ]
    assert not held
