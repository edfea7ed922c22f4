"""A file of tokens as a server wants it: nobody else may read it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

Writable = Callable[[Path, str], AbstractContextManager[str]]
"""Starts a server in a folder that who has the token may write to; its address."""


def token_file(folder: Path, text: str) -> Path:
    """`tokens` in a folder, with these lines."""
    path = folder / "tokens"
    path.write_text(text, "utf-8")
    path.chmod(0o600)
    return path
