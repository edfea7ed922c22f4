"""A server of this project for the suites: an empty store, the default graph of its own, updates allowed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .endpoint import Endpoint


@contextmanager
def running(folder: Path) -> Iterator[Endpoint]:
    """A server with a state directory under `folder`."""
    raise NotImplementedError
    yield
