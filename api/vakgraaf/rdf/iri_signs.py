"""Which signs an IRI may have (RFC 3987 §2.2), as the engine takes them."""

from __future__ import annotations

import re

_PART = re.compile(r"(?:[^%<>\"{}|^`\\\x00-\x20]++|%[0-9A-Fa-f]{2})*+")


def is_part_of_iri(text: str) -> bool:
    """Whether all of it may stand in an IRI: a query with anything else in it is one that nobody wrote."""
    return _PART.fullmatch(text) is not None
