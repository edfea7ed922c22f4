"""A made-up qualification file in SBB's format: another sector, other numbers, and much that is optional left out."""

from __future__ import annotations

from pathlib import Path

DOSSIER = Path(__file__).with_name("fietstechniek.xml").read_text("utf-8")
"""The text of the file."""


def dossier(*changes: tuple[str, str]) -> bytes:
    """The file with texts in it replaced, each of which is there."""
    text = DOSSIER
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return text.encode()
