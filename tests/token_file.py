"""A file of tokens as a server wants it: nobody else may read it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

TOKEN = "schrijft-in-een-proef"
BEARER = {"authorization": f"Bearer {TOKEN}"}
Writable = Callable[[Path], AbstractContextManager[str]]
"""Starts a server in a folder that who has `TOKEN` may write to; its address."""


def token_file(folder: Path, text: str) -> Path:
    """`tokens` in a folder, with these lines."""
    path = folder / "tokens"
    path.write_text(text, "utf-8")
    path.chmod(0o600)
    return path
