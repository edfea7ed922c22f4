"""Numbers as they are written in a language."""

from __future__ import annotations


def grouped(n: int, language: str) -> str:
    """A number with its thousands apart: 22.524 in Dutch, 22,524 in English."""
    return f"{n:,}" if language == "en" else f"{n:,}".replace(",", ".")
