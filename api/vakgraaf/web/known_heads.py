"""A connection that knows the headers of a request when they come again.

A program sends the same headers with each request, and only the address is another. What the parser made of them is
remembered by their bytes, for all connections: to have it look at each of them again, and tell of it, takes longer than
to begin a small query.
"""

from __future__ import annotations

import asyncio
import re
from typing import Final, NamedTuple

from uvicorn.protocols.http.httptools_impl import RequestResponseCycle

from vakgraaf.web.connection import Connection
from vakgraaf.web.replies import Telling, told_by

_MOST = 512
_LONGEST: Final = 2048
_END = b"\r\n\r\n"
# No fragment, no escape in the path, nothing that a parser would have an opinion about.
_FIRST_LINE = re.compile(rb"GET ((/[A-Za-z0-9._~/-]*)(?:\?([A-Za-z0-9%&=+._~:/?@!$'()*,;-]*))?) HTTP/1\.1\r\n")
_LONGEST_LINE = 16 * 1024
_OF_ITS_OWN = frozenset({b"content-length", b"expect", b"transfer-encoding", b"upgrade"})
"""A request with one of these has more to it than its head."""


class Head(NamedTuple):
    """The headers of a request, and what of them makes it another."""

    headers: tuple[tuple[bytes, bytes], ...]
    told: Telling


class KnownHeads:
    """What the headers of requests without a body came to, by their bytes: those of the last few hundred clients."""

    def __init__(self) -> None:
        self._known: dict[bytes, Head] = {}

    def find(self, head: bytes) -> Head | None:
        """What these bytes came to when they were parsed before."""
        return self._known.get(head)

    def learn(self, head: bytes, headers: tuple[tuple[bytes, bytes], ...]) -> None:
        """Remember them, unless they are long or announce a body."""
        if len(head) > _LONGEST or not _OF_ITS_OWN.isdisjoint(name for name, _ in headers):
            return
        if head.endswith(_END) and head.find(_END) == len(head) - len(_END):
            if len(self._known) >= _MOST:
                self._known.clear()
            self._known[head] = Head(headers, told_by(headers))


class KnowingConnection(Connection):
    """Parses no GET of which only the address is new, with the headers among `_heads`.

    What follows from those is as it was before.
    """

    _heads: KnownHeads

    def data_received(self, data: bytes) -> None:
        """Called with what came in."""
        first = _FIRST_LINE.match(data, 0, _LONGEST_LINE) if self._between() else None
        if first is None:
            super().data_received(data)
            return
        head = data[first.end() :]
        known = self._heads.find(head)
        if known is not None:
            self._read_as_before(first, known)
            return
        super().data_received(data)
        if self._between_requests() and self._stays and not self._is_refused():
            self._heads.learn(head, tuple(self.headers))

    def _answered_at_once(self) -> bool:
        return self._answer_at_once(self.parser.get_method(), told_by(self.headers), stays=self._stays)

    def _answer_at_once(self, method: bytes, told: Telling, *, stays: bool) -> bool:
        """Whether the request, of which only the head is there, was answered without the application.

        `stays`: whether the connection goes on after it.
        """
        return False

    def _between(self) -> bool:
        """Whether what comes now is the beginning of a request that is answered next."""
        return self._between_requests() and self._idle() and not self.pipeline

    def _read_as_before(self, first: re.Match[bytes], head: Head) -> None:
        """All that follows from reading the head of a request, and then the end of it."""
        self._unset_keepalive_if_required()
        self._over()
        self.url, path = first[1], first[2].decode()
        self.expect_100_continue = self._offered = False
        self.headers = list(head.headers)
        self.scope = {
            "type": "http",
            "asgi": {"version": self.asgi_version, "spec_version": "2.3"},
            "http_version": "1.1",
            "server": self.server,
            "client": self.client,
            "scheme": self.scheme,  # type: ignore[typeddict-item]  # as uvicorn has it
            "root_path": self.root_path,
            "headers": self.headers,
            "state": self.app_state.copy(),
            "method": "GET",
            "path": self.root_path + path,
            "raw_path": self.root_path.encode() + first[2],
            "query_string": first[3] or b"",
        }
        if self._answer_at_once(b"GET", head.told, stays=True):
            return
        self.cycle = RequestResponseCycle(
            scope=self.scope,
            transport=self.transport,
            flow=self.flow,
            logger=self.logger,
            access_logger=self.access_logger,
            access_log=self.access_log,
            default_headers=self.server_state.default_headers,
            message_event=asyncio.Event(),
            expect_100_continue=False,
            keep_alive=True,
            on_response=self.on_response_complete,
        )
        self.cycle.more_body = False
        self.cycle.message_event.set()
        self._start_asgi_task(self.cycle, self.app)
