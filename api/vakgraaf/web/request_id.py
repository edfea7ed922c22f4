"""The name of a request, in its answer, in the log, and in the list of running queries."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable

from starlette.types import Scope

REQUEST_ID = b"x-request-id"
"""The header, as a request and its answer have it."""

_KEY = "vakgraaf.request"
_dice = random.Random()
_GIVEN = re.compile(rb"[A-Za-z0-9._:-]{1,64}")


def name_request(scope: Scope) -> bytes:
    """Give a request its name, unless it has one."""
    given = request_id(scope)
    if given:
        return given.encode()
    name = name_for(scope["headers"])
    scope[_KEY] = name.decode()
    return name


def name_for(headers: Iterable[tuple[bytes, bytes]]) -> bytes:
    """The client's own `X-Request-Id` where that is short and plain, else one made up here."""
    for header, value in headers:
        if header == REQUEST_ID:
            return value if _GIVEN.fullmatch(value) else _made_up()
    return _made_up()


def _made_up() -> bytes:
    """A name that nobody else has; it tells nothing apart that must not be guessed."""
    return b"%016x" % _dice.getrandbits(64)


def request_id(scope: Scope) -> str:
    """The name that `name_request` gave; empty where it was never called."""
    name: str = scope.get(_KEY, "")
    return name
