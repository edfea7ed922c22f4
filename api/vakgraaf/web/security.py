"""Headers that every answer has: what a page may load, and who may read from elsewhere."""

from __future__ import annotations

_HEADERS = {
    "content-security-policy": "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer-when-downgrade",
}
_OPEN = {
    # For reading only and without credentials; nothing here ever answers to a cookie.
    "access-control-allow-origin": "*",
    "access-control-expose-headers": "ETag, Content-Language, Link, Location, Memento-Datetime, Retry-After,"
    " X-Request-Id",
}
# No PUT, no DELETE, no Authorization: pages of other sites may read here and no more.
_PREFLIGHT = {
    "access-control-allow-methods": "GET, HEAD, POST, QUERY, OPTIONS",
    "access-control-allow-headers": "Accept, Accept-Datetime, Accept-Language, Accept-Profile, Content-Type, If-Match,"
    " If-None-Match, X-Request-Id",
    "access-control-max-age": "86400",
}


def _raw(headers: dict[str, str]) -> list[tuple[bytes, bytes]]:
    return [(name.encode(), value.encode()) for name, value in headers.items()]


EVERYWHERE = _raw(_HEADERS | _OPEN)
PREFLIGHT = _raw(_PREFLIGHT)
