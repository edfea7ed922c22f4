"""A connection that answers at once what it answered before; the way through an application takes much longer."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import cast

from starlette.types import Scope

from vakgraaf.web.access_log import Exchange
from vakgraaf.web.known_heads import KnowingConnection
from vakgraaf.web.rate_limit import RateLimit
from vakgraaf.web.replies import Replies, Reply, Telling, note_telling
from vakgraaf.web.request_id import REQUEST_ID, name_for

_UNREAD_BYTES = 64 * 1024
"""Who leaves more of the answers unread than this gets the next one in its turn, and no sooner."""


class AnsweringConnection(KnowingConnection):
    """Looks among `_replies` as soon as the headers of a request are there; `_ended` is told."""

    _replies: Replies
    _ended: Callable[[Exchange], None]
    _rate: RateLimit
    _answered = False

    def on_message_begin(self) -> None:
        """Called by the parser at the first byte of a request."""
        super().on_message_begin()
        self._answered = False

    def _answer_at_once(self, method: bytes, told: Telling, *, stays: bool) -> bool:
        """Answer with what is kept, unless this client has come too often: then the application says so."""
        scope = cast(Scope, self.scope)
        reply = self._replies.find(method, self.url, note_telling(scope, told, self.client))
        if reply is None or not stays or not self._next_in_turn() or self._rate.wait_s(scope, plain=True):
            return False
        self._answered = True
        self._answer(reply)
        return True

    def on_body(self, body: bytes) -> None:
        """Called by the parser with each piece of a body."""
        if not self._answered:
            super().on_body(body)

    def on_message_complete(self) -> None:
        """Called by the parser at the end of a request."""
        if self._answered:
            self._over()
        else:
            super().on_message_complete()

    def _next_in_turn(self) -> bool:
        """Whether nothing is under way on this connection."""
        waits = self.cycle is not None and not self.cycle.response_complete
        unread = self.transport.get_write_buffer_size() > _UNREAD_BYTES
        return not (waits or self.pipeline or unread)

    def _answer(self, reply: Reply) -> None:
        name = name_for(self.headers)
        exchange = Exchange(reply.scope, name.decode(), time.monotonic(), reply.status, reply.body_bytes, whole=True)
        head = [b"%b: %b\r\n" % pair for pair in (*self.server_state.default_headers, (REQUEST_ID, name))]
        self.transport.writelines([reply.line, *head, reply.rest])
        self.on_response_complete()
        self._ended(exchange)
