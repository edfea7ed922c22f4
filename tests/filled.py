"""State directories with the packaged data: filled, and indexed for search, once a run, and copied from then on."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from serving import await_search, served
from vakgraaf.app import create_app
from vakgraaf.engine import open_store
from vakgraaf.settings import Settings


def filled(factory: pytest.TempPathFactory, target: Path) -> Path:
    """`target`, made a state directory with the packaged data."""
    return Path(shutil.copytree(_filled(_of_the_run(factory)), target))


def indexed(factory: pytest.TempPathFactory, target: Path) -> Path:
    """`target`, made a state directory with the packaged data and the index for search."""
    folder = _of_the_run(factory)
    return Path(shutil.copytree(_once(folder / "indexed", lambda state: _index(_filled(folder), state)), target))


def _of_the_run(factory: pytest.TempPathFactory) -> Path:
    """A folder that all processes of this run have in common, and no other run."""
    own = factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


def _filled(folder: Path) -> Path:
    return _once(folder / "filled", _fill)


def _once(state: Path, make: Callable[[Path], None]) -> Path:
    """Who comes first makes it, and others wait for that."""
    with state.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not state.exists():
            made = state.with_suffix(".half")
            shutil.rmtree(made, ignore_errors=True)
            make(made)
            made.rename(state)
    return state


def _fill(state: Path) -> None:
    settings = Settings(store=state)
    open_store(settings.state, settings.packaged())


def _index(source: Path, state: Path) -> None:
    shutil.copytree(source, state)
    with served(create_app(Settings(store=state))) as address:
        await_search(address)
