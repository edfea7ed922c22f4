"""A script in the place of Python, so that processes which the program starts end as the script does."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


@contextmanager
def python_replaced(script: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Within this, each process of Python that is started runs `script`, which is kept in `folder`."""
    impostor = folder / "python"
    impostor.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    impostor.chmod(0o755)
    with monkeypatch.context() as patched:
        patched.setattr(sys, "executable", str(impostor))
        yield
