"""The server's end of an HTTP connection: uvicorn's, with an end to what it takes in and to how long it waits.

Its parser takes addresses of 65,535 bytes and no more. A longer one it reads to the end all the same, in memory and in
quadratic time, and then says 400 with nothing to go by. Of headers it takes any number, and fields that come after a
body it puts among them while the request is being answered. And it waits for ever: for the first byte, for the next,
and for who does not read.
"""

from __future__ import annotations

import asyncio
import re
from typing import cast

from starlette.types import Scope

from vakgraaf.web.connection_limit import TurnedAway
from vakgraaf.web.endings import Ending
from vakgraaf.web.field_lines import join_lists
from vakgraaf.web.last_words import answer_to, language_of
from vakgraaf.web.patience import Patience
from vakgraaf.web.plain_http import PlainHttp
from vakgraaf.web.refusals import LONGEST_ADDRESS, Refused, is_refused, refuse
from vakgraaf.web.untaken import untaken_bytes

_LET_GO_BYTES = 128 * 1024 * 1024
_READ_AT_ONCE = 256 * 1024
_SLOWEST_BODY = 4096
_HOST = re.compile(rb"[A-Za-z0-9._~%!$&'()*+,;=-]*(?::[0-9]{0,5})?|\[[0-9A-Fa-f:.]{2,45}\](?::[0-9]{0,5})?")


# What is being read: nothing, the head of a request, or its body. Numbers, as they are looked at for each header.
_NOTHING, _HEAD, _BODY = range(3)
_LOOKED_AT = frozenset((b"host", b"transfer-encoding", b"expect"))


class Connection(PlainHttp):
    """Takes in no more than it must, and for no longer than `patience`.

    It keeps the beginning of an address or of headers that are too long and lets the rest go: most clients only listen
    afterwards.
    """

    patience = Patience()
    _let_go = 0
    _most_bytes = patience.header_bytes
    _part = _NOTHING
    _head_bytes = 0
    _unparsed = 0
    _hosts = 0
    _body_bytes = 0
    _since = 0.0
    _seat = ""
    _told = False
    _stays = False
    _waiting: asyncio.TimerHandle | None = None
    _unread: asyncio.TimerHandle | None = None

    @classmethod
    def with_patience(cls, patience: Patience, **parts: object) -> type[asyncio.Protocol]:
        """The same, for another patience, and with these attributes: all connections have them in common."""
        attributes = {"patience": patience, "_most_bytes": patience.header_bytes, **parts}
        return cast(type[asyncio.Protocol], type(cls.__name__, (cls,), attributes))

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        """Called once; from now on the first request is waited for. One too many goes on as another protocol."""
        if (limit := self.patience.connections) is not None:
            seat = limit.enter(transport)
            if seat is None:
                self.patience.told(Ending.TOO_MANY)
                transport.set_protocol(TurnedAway(transport, limit.most))
                return
            self._seat = seat
        super().connection_made(transport)
        self._await_client()

    def connection_lost(self, exc: Exception | None) -> None:
        """Called once, at the end."""
        if self.patience.connections is not None:
            self.patience.connections.leave(self._seat)
        self._stop_waiting()
        self.resume_writing()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Called with what came in. No timer runs where all of a request comes at once."""
        self._unparsed += len(data)
        super().data_received(data)
        if self._part == _NOTHING:
            self._unparsed = 0
            if self._waiting is None and self.timeout_keep_alive_task is None and self._idle():
                self._await_client()  # something came, but no request: the empty lines before one
        elif self.parser is not None:
            self._body_bytes += len(data)
            if self._waiting is None:
                self._await_client()
            if self._part == _HEAD and self._unparsed > self.patience.header_bytes + _READ_AT_ONCE:
                self._end(Ending.TOO_LARGE)

    def on_message_begin(self) -> None:
        """Called by the parser at the first byte of a request."""
        super().on_message_begin()
        self._part, self._unparsed, self._head_bytes, self._hosts = _HEAD, 0, 0, 0

    def on_url(self, url: bytes) -> None:
        """Called by the parser with each piece of the address."""
        room = LONGEST_ADDRESS - len(self.url)
        self.url += url[:room]
        self._unparsed -= len(url)
        if len(url) > room:
            self._refuse(Refused.ADDRESS)
            self._let_go += len(url) - room
            if self._let_go > _LET_GO_BYTES:
                self._tell(Ending.TOO_LARGE)
                self.transport.abort()

    def on_header(self, name: bytes, value: bytes) -> None:
        """Called by the parser with each header, and with each field after a body, which is none (RFC 9110 §6.5.1)."""
        self._head_bytes += len(name) + len(value) + 4
        if self._head_bytes > self._most_bytes:
            if self._part == _HEAD:
                self._refuse(Refused.HEADERS)
            else:
                self._tell(Ending.TOO_LARGE)
                self._close(b"")
        elif self._part == _HEAD:
            name = name.lower()
            self.headers.append((name, value))
            if name in _LOOKED_AT:
                self._look_at(name, value)

    def _look_at(self, name: bytes, value: bytes) -> None:
        if name == b"host":
            self._hosts += 1
            if not _HOST.fullmatch(value):
                self._refuse(Refused.HOST)
        elif name == b"expect":  # RFC 9110 §10.1.1: to HTTP/1.0 it says nothing
            asked = value.lower() == b"100-continue" and self.parser.get_http_version() == "1.1"
            self.expect_100_continue = asked
        elif value.lower() != b"chunked":
            self._refuse(Refused.CODING)

    def on_headers_complete(self) -> None:
        """Called by the parser at the end of the head. RFC 9112 §3.2: one Host, and it is one."""
        self._part = _BODY
        if self._waiting is not None:
            self._stop_waiting()
        self._body_bytes = 0
        if len(dict(self.headers)) < len(self.headers):
            join_lists(self.headers)
        if self._hosts > 1 or (not self._hosts and self.parser.get_http_version() == "1.1"):
            self._refuse(Refused.HOST)
        # The parser knows this now; at the end of the request it has forgotten.
        self._stays = bool(self.parser.should_keep_alive()) and self.parser.get_http_version() != "1.0"
        if self._is_refused() or not self._answered_at_once():
            super().on_headers_complete()

    def _answered_at_once(self) -> bool:
        """Whether the request, of which only the head is there, was answered without the application."""
        return False

    def _is_refused(self) -> bool:
        """Whether there is something wrong with the head of the request."""
        return is_refused(cast(Scope, self.scope))

    def _between_requests(self) -> bool:
        """Whether nothing of the next request has come yet."""
        return self._part == _NOTHING and not self._unparsed and self.parser is not None

    def on_message_complete(self) -> None:
        """Called by the parser at the end of a request."""
        self._over()
        super().on_message_complete()

    def _over(self) -> None:
        """The whole of a request is there: nobody is waited for."""
        self._part = _NOTHING
        if self._waiting is not None:
            self._stop_waiting()

    def _go_on(self, rest: bytes) -> None:
        """Called where a request has `Upgrade`."""
        if self._is_refused():  # not all of its head was kept
            self._end(Ending.MALFORMED)
        else:
            super()._go_on(rest)

    def _give_up(self, data: bytes) -> None:
        """Called where the parser gives up. What was asked before that is answered first (RFC 9112 §9.3.2).

        Clients that count the letters of a body and not its bytes have the last few of them taken for a request.
        """
        if self._idle() or self._part == _BODY:
            self._end(Ending.MALFORMED, data)
        else:
            self._tell(Ending.MALFORMED)
            self.cycle.keep_alive = False

    def pause_writing(self) -> None:
        """Called by the transport where the client does not keep up with what it is sent."""
        super().pause_writing()
        self._await_reader()

    def resume_writing(self) -> None:
        """Called by the transport where the client has taken something in."""
        super().resume_writing()
        if self._unread is not None:
            self._unread.cancel()
            self._unread = None

    def _await_reader(self) -> None:
        left = untaken_bytes(self.transport)
        self._unread = self.loop.call_later(self.patience.client_s, self._not_reading, left)

    def _not_reading(self, before: int) -> None:
        """Who takes in a long answer at some speed may go on; who only holds the connection may not."""
        if before - untaken_bytes(self.transport) < self.patience.client_s * _SLOWEST_BODY:
            self._tell(Ending.NOT_READING)
            self.transport.abort()
        else:
            self._await_reader()

    def _refuse(self, why: Refused) -> None:
        refuse(cast(Scope, self.scope), why)

    def _idle(self) -> bool:
        return self.cycle is None or self.cycle.response_complete

    def _await_client(self) -> None:
        self._since, self._body_bytes = self.loop.time(), 0
        seconds = self.patience.client_s if self._part == _BODY else self.patience.header_s
        self._waiting = self.loop.call_later(seconds, self._too_late)

    def _stop_waiting(self) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None

    def _too_late(self) -> None:
        """The client is late, unless it is we who make it wait, or there is much that it sends."""
        self._waiting = None
        ours = self.flow.read_paused if self._part == _BODY else not self._idle()
        left = self._since + self.patience.client_s + self._body_bytes / _SLOWEST_BODY - self.loop.time()
        if ours:
            self._await_client()
        elif self._part == _BODY and left > 0:
            self._waiting = self.loop.call_later(left, self._too_late)
        elif self._part == _NOTHING:  # who has not begun a request expects no answer
            self._close(b"")
        else:
            self._end(Ending.LATE)

    def _end(self, why: Ending, unread: bytes = b"") -> None:
        self._tell(why)
        read = [b"\n%b:%b" % pair for pair in self.headers or ()]
        self._close(answer_to(why, language_of(b"".join((*read, unread)))))

    def _tell(self, why: Ending) -> None:
        if not self._told:
            self._told = True
            self.patience.told(why)

    def _close(self, answer: bytes) -> None:
        """Close, with this answer where none has begun."""
        cycle = self.cycle
        if not self._idle():
            if cycle.response_started or self._part != _BODY or self.pipeline:
                answer = b""  # it would be taken for the answer to an earlier request
            cycle.disconnected = True
            cycle.message_event.set()
        self._stop_waiting()
        self.transport.write(answer)
        self.transport.close()
