"""The name of a request, in its answer, in the log, and in the list of running queries."""

from __future__ import annotations

import re
import secrets

from starlette.types import Scope

_KEY = "vakgraaf.request"
_GIVEN = re.compile(rb"[A-Za-z0-9._:-]{1,64}")


def name_request(scope: Scope) -> bytes:
    """Give a request its name: the client's own `X-Request-Id` where that is short and plain, else one made up here."""
    given = next((value for header, value in scope["headers"] if header == b"x-request-id"), b"")
    name = given if _GIVEN.fullmatch(given) else secrets.token_hex(8).encode()
    scope[_KEY] = name.decode()
    return name


def request_id(scope: Scope) -> str:
    """The name that `name_request` gave; empty where it was never called."""
    name: str = scope.get(_KEY, "")
    return name
