"""Two servers per worker: one with the data of all tests that only read, and one that is filled anew for each."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from .endpoint import Endpoint, library
from .manifests import cases
from .server import running


def _given() -> list[str]:
    """Two other endpoints to test instead, each as `query,update,store`; they are emptied and overwritten."""
    return os.environ.get("VAKGRAAF_W3C_ENDPOINTS", "").split()


@pytest.fixture(scope="session")
def stranger() -> bool:
    """Whether it is not this project's server that is tested."""
    return bool(_given())


@pytest.fixture(scope="session")
def reading(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Endpoint]:
    """An endpoint with every file of the query tests as a graph."""
    yield from _endpoint(tmp_path_factory.mktemp("reading"), filled=True)


@pytest.fixture(scope="session")
def writing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Endpoint]:
    """An endpoint that each test may fill as it wants."""
    yield from _endpoint(tmp_path_factory.mktemp("writing"), filled=False)


def _endpoint(folder: Path, *, filled: bool) -> Iterator[Endpoint]:
    given = _given()
    with ExitStack() as held:
        endpoint = Endpoint(*given[0 if filled else 1].split(",")) if given else held.enter_context(running(folder))
        held.enter_context(endpoint.client)
        if filled:
            endpoint.reset()
            endpoint.load(library(cases()))
        yield endpoint
