"""Fields that come in several lines: a list may be cut at its commas, and is the same list (RFC 9110 §5.2, §5.3)."""

from __future__ import annotations

from typing import Final

_LISTS: Final = frozenset(
    {
        b"accept",
        b"accept-charset",
        b"accept-encoding",
        b"accept-language",
        b"accept-profile",
        b"cache-control",
        b"content-encoding",
        b"if-match",
        b"if-none-match",
    }
)
"""The lists that are read here. Those of proxies are not among them: who reads those looks at each line itself."""


def join_lists(headers: list[tuple[bytes, bytes]]) -> None:
    """Make one line, in place, of all lines of a list, in their order. Any other field stays as it came."""
    places: dict[bytes, int] = {}
    joined: list[tuple[bytes, bytes]] = []
    for name, value in headers:
        place = places.setdefault(name, len(joined)) if name in _LISTS else len(joined)
        if place < len(joined):
            joined[place] = (name, joined[place][1] + b", " + value)
        else:
            joined.append((name, value))
    headers[:] = joined
