"""A checkout to work in and a server on it, for the pages that are run."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from filled import indexed

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that looks like the checkout, to work in."""
    folder = tmp_path_factory.mktemp("tour")
    for path in ROOT.iterdir():
        if path.is_dir() and not path.name.startswith("."):
            (folder / path.name).symlink_to(path)
    return folder


@pytest.fixture(scope="session")
def surroundings(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of a user who has set up: the program is on the path, the store has the packaged data."""
    store = indexed(tmp_path_factory, tmp_path_factory.mktemp("store") / "state")
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    return os.environ | {"PATH": path, "VAKGRAAF_STORE": str(store), "VAKGRAAF_LANG": "nl", "LC_ALL": "C.UTF-8"}


@pytest.fixture(scope="session")
def server(desk: Path, surroundings: dict[str, str]) -> Iterator[str]:
    """The address of a server on that store."""
    command = [sys.executable, "-m", "vakgraaf", "serve", "--port", "0"]
    with subprocess.Popen(command, cwd=desk, env=surroundings, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().removeprefix("Vakgraaf: ").strip().rstrip("/")
        finally:
            process.terminate()
