"""Bodies of requests, read no further than they may be long."""

from __future__ import annotations

import time

from starlette.requests import ClientDisconnect, Request

from vakgraaf.web.client_watch import client_gone
from vakgraaf.web.problems import HttpProblem

_LET_GO_BYTES = 128 * 1024 * 1024
_LET_GO_S = 10.0


async def read_body(request: Request, limit: int, setting: str) -> bytes:
    """The body, of at most `limit` bytes, which follows from `setting`. Raises `HttpProblem` 413 where it is longer,
    415 where it is compressed, and `ClientGoneError` where the client leaves before its end.

    What is too long is still taken in for a while, and let go: most clients only listen once they have said all. Not
    so one that waits for a go-ahead (Expect, RFC 9110 §10.1.1): it is not asked to begin.
    """
    coding = request.headers.get("content-encoding", "identity")
    if coding.strip().casefold() != "identity":
        raise HttpProblem(
            415,
            "Wat u meestuurt, mag hier niet gecomprimeerd zijn (Content-Encoding).",
            "What you send along may not be compressed here (Content-Encoding).",
            {"accept-encoding": "identity"},
        )
    if "expect" in request.headers and _announced(request) > limit:
        raise _too_large(limit, setting)
    body = bytearray()
    taken = 0
    until = time.monotonic() + _LET_GO_S
    try:
        async for part in request.stream():
            taken += len(part)
            if taken <= limit:
                body += part
            elif "expect" in request.headers or taken > limit + _LET_GO_BYTES or time.monotonic() > until:
                break
            else:
                body.clear()
    except ClientDisconnect as error:
        raise client_gone() from error
    if taken > limit:
        raise _too_large(limit, setting)
    return bytes(body)


def _announced(request: Request) -> int:
    """How long the body is said to be; the server lets no other length through than a number."""
    return int(request.headers.get("content-length", 0))


def _too_large(limit: int, setting: str) -> HttpProblem:
    return HttpProblem(
        413,
        f"Het verzoek is te groot: wat u meestuurt mag hier hoogstens {limit} bytes lang zijn ({setting}).",
        f"The request is too large: what you send along may be at most {limit} bytes long here ({setting}).",
        {"connection": "close"},
    )
