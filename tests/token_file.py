"""A file of tokens as a server wants it: nobody else may read it."""

from __future__ import annotations

from pathlib import Path


def token_file(folder: Path, text: str) -> Path:
    """`tokens` in a folder, with these lines."""
    path = folder / "tokens"
    path.write_text(text, "utf-8")
    path.chmod(0o600)
    return path
