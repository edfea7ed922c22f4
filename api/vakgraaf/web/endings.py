"""How a connection ends with which the server has no more patience, or that is no HTTP."""

from __future__ import annotations

from enum import Enum


class Ending(Enum):
    """Why the server ends a connection by itself, before the application has heard of what is asked."""

    TOO_MANY = "too_many"
    LATE = "late"
    TOO_LARGE = "too_large"
    MALFORMED = "malformed"
    NOT_READING = "not_reading"


def _closing(status: str) -> bytes:
    """An answer after which the connection is closed."""
    head = (f"HTTP/1.1 {status}", "connection: close", "content-length: 0", "x-content-type-options: nosniff")
    return "\r\n".join((*head, "", "")).encode()


ANSWERS = {
    Ending.LATE: _closing("408 Request Timeout"),
    Ending.TOO_LARGE: _closing("431 Request Header Fields Too Large"),
    Ending.MALFORMED: _closing("400 Bad Request"),
}
"""What the client is told whose request has no answer yet."""
