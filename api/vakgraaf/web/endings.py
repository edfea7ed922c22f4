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
