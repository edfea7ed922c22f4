"""The page about the architecture, its diagram first of all, says what the code says."""

from __future__ import annotations

import re
import tomllib
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "api" / "vakgraaf"
PAGE = (ROOT / "docs" / "architecture.md").read_text("utf-8")
DIAGRAM = PAGE.partition("```text\n")[2].partition("```")[0]


def column(heading: str) -> list[list[str]]:
    """The names in the first column of the table under a heading, row by row."""
    text = PAGE.partition(f"\n## {heading}")[2].partition("\n## ")[0]
    return [re.findall(r"`([^`]+)`", cell) for cell in re.findall(r"^\| (`[^|]+?) \|", text, re.MULTILINE)]


def processes() -> set[str]:
    """Every module that is a process of its own, as `room.module`."""
    begun = import_module("vakgraaf.engine.__main__")._PROCESSES
    found = {f"engine.{module}" for module, _ in begun.values()}
    search = (PACKAGE / "search" / "__main__.py").read_text("utf-8")
    found |= {f"search.{name}" for name in re.findall(r"from vakgraaf\.search import (\w+)", search)}
    for path in PACKAGE.rglob("*.py"):
        if path.stem != "__main__" and '__name__ == "__main__"' in path.read_text("utf-8"):
            found.add(".".join(path.relative_to(PACKAGE).with_suffix("").parts))
    return found


def test_rooms_are_those_that_the_layers_are_checked_by_in_the_same_order() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    layers = [sorted(layer.split(" | ")) for layer in contracts[0]["layers"]]
    shown = [sorted(names) for names in column("Rooms")]
    assert sorted(name for names in shown for name in names) == sorted(name for names in layers for name in names)
    places = {name: place for place, names in enumerate(layers) for name in names}
    lowest = [max(places[name] for name in names) for names in shown]
    # The last two are beneath everything and import nothing of ours; which of them comes first says nothing.
    assert lowest == sorted(lowest)


def test_every_process_is_told_of_and_no_other() -> None:
    told = {name for (name,) in column("Processes")}
    assert told - {"app", "commands"} == processes()


def test_every_process_in_the_diagram_is_one() -> None:
    drawn = set(re.findall(r"\b(?:engine|search|pipeline)\.\w+", DIAGRAM))
    assert len(drawn) >= 8
    assert drawn <= processes() | {"engine.worker"}


@pytest.mark.parametrize("name", sorted(set(re.findall(r"`([a-z_]+\.[a-z_]+)`", PAGE))))
def test_every_module_that_is_named_is_there(name: str) -> None:
    path = PACKAGE / name.replace(".", "/")
    assert path.is_dir() or path.with_suffix(".py").is_file() or (ROOT / name).exists() or name == "current.json"


def test_every_folder_in_the_diagram_is_there() -> None:
    named = set(re.findall(r"\bdata/\w+|\bontology\b|\bshapes\b", DIAGRAM))
    assert len(named) >= 5
    assert all((ROOT / name).is_dir() for name in named)
