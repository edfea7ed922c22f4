"""Capitals at the beginning of sentences."""

from __future__ import annotations


def capitalised(text: str) -> str:
    """`text` with a capital first; unlike `str.capitalize` it leaves the rest as it is."""
    return text[:1].upper() + text[1:]
