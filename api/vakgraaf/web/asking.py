"""A connection that asks the engine itself, where it is known how the answer goes out: see `manners`."""

from __future__ import annotations

import asyncio
import time
from functools import partial
from typing import Any

from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.protocols.http.httptools_impl import RequestResponseCycle

from vakgraaf.engine import Answer
from vakgraaf.errors import VakgraafError
from vakgraaf.web.access_log import Exchange, note_query
from vakgraaf.web.answering import AnsweringConnection
from vakgraaf.web.answers import note_begun
from vakgraaf.web.client_watch import client_gone
from vakgraaf.web.crowd import Crowd
from vakgraaf.web.manners import Asked, Manner, Manners
from vakgraaf.web.metrics import CACHED
from vakgraaf.web.replies import same_while
from vakgraaf.web.request_id import REQUEST_ID, name_request
from vakgraaf.web.result_cache import ResultCache

_LINE = b"HTTP/1.1 200 OK\r\n"


class AskingConnection(AnsweringConnection):
    """Stands before the application: what is not small, or not as it was before, goes on to there."""

    _asking: asyncio.Task[Any] | None = None

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self._state = self.config.app.state  # type: ignore[union-attr]  # always the application itself
        self._crowd: Crowd = self._state.crowd
        self._manners: Manners = self._state.manners
        self._results: ResultCache = self._state.results

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: Any) -> None:
        """Called when it is the turn of a request; the server takes care of what ends badly."""
        super()._start_asgi_task(cycle, partial(self._ask, cycle, app))

    async def _ask(self, cycle: RequestResponseCycle, app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
        found = self._manners.find(scope) if cycle.keep_alive and not self._crowd.full else None
        if found is None or self._rate.wait_s(scope, plain=True):
            await app(scope, receive, send)
            return
        asked, manner = found
        began = time.monotonic()
        name = name_request(scope)
        tag = self._state.engine.info.tag
        with self._crowd:
            answer = await self._answer_to(asked, tag, name.decode(), scope)
        if isinstance(answer, Answer) and self._fits(answer, manner, tag) and self._free(cycle):
            self._send(cycle, manner, name, answer.first)
            self._ended(Exchange(scope, name.decode(), began, 200, len(answer.first), whole=True))
            if CACHED in scope:  # most queries are asked once, and to keep a whole answer takes a while too
                self._keep(scope, manner, answer.first)
            return
        note_begun(scope, answer)
        try:
            await app(scope, receive, send)
        finally:
            if isinstance(answer, Answer):
                await answer.close()

    async def _answer_to(self, asked: Asked, tag: str, name: str, scope: Scope) -> Answer | VakgraafError:
        """What the engine says, or that was kept; an error is for the application to tell."""
        note_query(scope, asked.query.text)
        body = self._results.get(asked.key(tag))
        if body is not None:
            scope[CACHED] = True
            return Answer(body, tag)
        self._asking = task = asyncio.current_task()
        try:
            answer = await asked.of(self._state.engine, name)
        except VakgraafError as error:
            return error
        except asyncio.CancelledError:
            if task is None or self._asking is task:
                raise
            task.uncancel()
            return client_gone()
        finally:
            self._asking = None
        if answer.complete:
            self._results.put(asked.key(answer.tag), answer.first, len(asked.query.text))
        return answer

    def connection_lost(self, exc: Exception | None) -> None:
        """Called once, at the end: nobody waits for what is being asked."""
        super().connection_lost(exc)
        task, self._asking = self._asking, None
        if task is not None:
            task.cancel()

    def _fits(self, answer: Answer, manner: Manner, tag: str) -> bool:
        """Whether the head that is known goes with an answer: it is small, and of the data that the head tells of."""
        return answer.complete and len(answer.first) <= manner.most and answer.tag == tag

    def _free(self, cycle: RequestResponseCycle) -> bool:
        """Whether the client is there and takes in what it is sent, and the connection is to go on after this."""
        return cycle.keep_alive and not cycle.disconnected and not self.flow.write_paused

    def _send(self, cycle: RequestResponseCycle, manner: Manner, name: bytes, body: bytes) -> None:
        defaults = [b"%b: %b\r\n" % pair for pair in self.server_state.default_headers]
        length = b"content-length: %d\r\n%b: %b\r\n\r\n" % (len(body), REQUEST_ID, name)
        self.transport.writelines([_LINE, *defaults, manner.head, length, body])
        cycle.response_started = cycle.response_complete = True
        cycle.message_event.set()
        cycle.on_response()

    def _keep(self, scope: Scope, manner: Manner, body: bytes) -> None:
        """Have the next one who asks this answered at once."""
        same_while(scope, manner.data)
        self._replies.keep(scope, 200, [*manner.headers, (b"content-length", b"%d" % len(body))], body)
