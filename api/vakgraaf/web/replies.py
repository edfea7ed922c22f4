"""Answers given before, given again as they went out: a cache as HTTP knows it (RFC 9111), inside the server.

An answer with an ETag of the present data version is what it is as long as those data are. It is looked for as soon as
the headers of a request are there, so an answer that is given again costs no more than the reading and the writing.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import NamedTuple

from starlette.types import Scope

from vakgraaf.web.access_log import QUERY
from vakgraaf.web.metrics import CACHED
from vakgraaf.web.request_id import REQUEST_ID
from vakgraaf.web.result_cache import LastAsked

_TELLING_KEY = "vakgraaf.telling"
_DATA = "vakgraaf.data"
_KEPT = {200: b"HTTP/1.1 200 OK\r\n", 304: b"HTTP/1.1 304 Not Modified\r\n"}
_METHODS = {"GET": b"GET", "HEAD": b"HEAD"}
_VARY = frozenset({b"accept", b"accept-datetime", b"accept-encoding", b"accept-language", b"accept-profile"})
"""What an answer may say that it varies with."""
_OF_PROXIES = frozenset({b"forwarded", b"x-forwarded-host", b"x-forwarded-prefix", b"x-forwarded-proto"})
_TELLING = _VARY | _OF_PROXIES | {b"host", b"if-none-match"}
"""The headers of a request that an answer may depend on; `host`, because some answers name their own address."""
_NEVER = frozenset(
    {b"authorization", b"content-length", b"expect", b"if-match", b"range", b"transfer-encoding", b"upgrade"}
)
"""Requests with one of these are passed on: they have a body, are nobody else's, or have a condition."""

Client = tuple[str, int] | None
Headers = Sequence[tuple[bytes, bytes]]


class Telling(NamedTuple):
    """What of headers makes a request another: `parts`, None where no answer of before will do.

    `of_a_proxy`: they speak for others, which counts for some clients and for others doesn't.
    """

    parts: Hashable | None
    of_a_proxy: bool


def told_by(headers: Headers) -> Telling:
    """What of these headers makes a request another."""
    names = {name for name, _ in headers}
    parts = None if names & _NEVER else tuple(sorted(pair for pair in headers if pair[0] in _TELLING))
    return Telling(parts, bool(names & _OF_PROXIES))


def note_telling(scope: Scope, told: Telling, client: Client) -> Hashable | None:
    """Note what of a request, beside its address, its answer may depend on; None where no answer of before will do.

    `client` is who is at the other end of the connection, whomever they may speak for.
    """
    parts = told.parts
    if told.of_a_proxy and client and parts is not None:
        parts = client[0], parts
    scope[_TELLING_KEY] = parts
    return parts


def telling_of(scope: Scope) -> Hashable | None:
    """What `note_telling` noted, None where it was never called."""
    parts: Hashable | None = scope.get(_TELLING_KEY)
    return parts


def same_while(scope: Scope, data: str) -> None:
    """Note that the answer to a request stays the same as long as this is the tag of the data."""
    scope[_DATA] = data


def data_of(scope: Scope) -> str | None:
    """The tag of the data that the answer to a request stays the same with, where it was noted."""
    data: str | None = scope.get(_DATA)
    return data


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer as it goes over the wire, in two parts: between them stand headers that are never the same twice."""

    status: int
    line: bytes
    rest: bytes
    body_bytes: int
    scope: Mapping[str, str]

    def __len__(self) -> int:
        """How many bytes of memory it counts for."""
        return len(self.rest)


class Replies:
    """The answers asked for last, up to so many bytes together. `data` tells the tag of the data there are now."""

    def __init__(self, max_bytes: int, data: Callable[[], str]) -> None:
        self._kept: LastAsked[Reply] = LastAsked(max_bytes)
        self._data = data

    def find(self, method: bytes, url: bytes, telling: Hashable | None) -> Reply | None:
        """The answer to a request for `url` (path and query string), where it is kept."""
        return None if telling is None else self._kept.get((self._data(), method, url, telling))

    def keep(self, scope: Scope, status: int, headers: Headers, body: bytes) -> None:
        """Keep an answer that went out whole, where whoever asks the same is given the same."""
        data, method, line = data_of(scope), _METHODS.get(scope["method"]), _KEPT.get(status)
        if data is None or method is None or line is None or scope["http_version"] != "1.1":
            return
        telling = telling_of(scope)
        if telling is None or not _can_be_kept(status, headers):
            return
        url = scope["raw_path"] + (b"?" + scope["query_string"] if scope["query_string"] else b"")
        if scope["method"] == "HEAD":
            body = b""  # the server leaves out what the application may have sent
        head = b"".join(b"%b: %b\r\n" % pair for pair in headers if pair[0] != REQUEST_ID)
        about = {"type": "http", "method": scope["method"], "path": scope["path"]}
        if QUERY in scope:
            about |= {QUERY: scope[QUERY], CACHED: True}
        reply = Reply(status, line, head + b"\r\n" + body, len(body), about)
        self._kept.put((data, method, url, telling), reply)


def _can_be_kept(status: int, headers: Headers) -> bool:
    """With its length, so that the connection can be used again, and varying with nothing that is not looked at."""
    vary = {part.strip().lower() for name, value in headers if name == b"vary" for part in value.split(b",")}
    return vary <= _VARY and (
        status == HTTPStatus.NOT_MODIFIED or any(name == b"content-length" for name, _ in headers)
    )
