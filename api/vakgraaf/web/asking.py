"""A connection that asks the engine itself, where it is known how the answer goes out: see `manners`."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Hashable
from functools import partial
from typing import Any, NamedTuple

from starlette.datastructures import State
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.protocols.http.httptools_impl import RequestResponseCycle

from vakgraaf.engine import Answer, Begun, Engine
from vakgraaf.web.access_log import Exchange, note_query
from vakgraaf.web.answering import AnsweringConnection
from vakgraaf.web.answers import note_begun
from vakgraaf.web.client_watch import client_gone
from vakgraaf.web.crowd import Crowd
from vakgraaf.web.manners import Asked, Manner, Manners
from vakgraaf.web.metrics import CACHED
from vakgraaf.web.patience import Patience
from vakgraaf.web.replies import same_while
from vakgraaf.web.request_id import REQUEST_ID, name_request
from vakgraaf.web.result_cache import ResultCache

_LINE = b"HTTP/1.1 200 OK\r\n"


class _Question(NamedTuple):
    """One request that the engine is asked for: what it asks, how that is answered, and the data there were.

    `key` is what the body of the answer is kept under.
    """

    cycle: RequestResponseCycle
    scope: Scope
    app: ASGIApp
    asked: Asked
    manner: Manner
    tag: str
    key: Hashable
    name: bytes
    began: float


class AskingConnection(AnsweringConnection):
    """Stands before the application: what is not small, or not as it was before, goes on to there."""

    _state: State
    _crowd: Crowd
    _manners: Manners
    _results: ResultCache
    _asking: Begun | None = None

    @classmethod
    def serving(cls, state: State, patience: Patience) -> type[asyncio.Protocol]:
        """The kind of connection to the application with this state."""
        return cls.with_patience(
            patience,
            _state=state,
            _heads=state.heads,
            _replies=state.replies,
            _ended=staticmethod(state.ended),
            _rate=state.rate,
            _crowd=state.crowd,
            _manners=state.manners,
            _results=state.results,
        )

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: Any) -> None:
        """Called when it is the turn of a request."""
        # Of requests that came together each would begin the next before it ends, so those go through tasks.
        at_once = cycle.keep_alive and not self.pipeline and not self._crowd.full
        scope: Scope = cycle.scope  # type: ignore[assignment]  # uvicorn has a narrower name for it
        found = self._manners.find(scope) if at_once else None
        if found is None or self._rate.wait_s(scope, plain=True):
            super()._start_asgi_task(cycle, app)
            return
        asked, manner = found
        engine: Engine = self._state.engine
        tag = engine.info.tag
        name = name_request(scope)
        self._ask(engine, _Question(cycle, scope, app, asked, manner, tag, asked.key(tag), name, time.monotonic()))

    def _ask(self, engine: Engine, question: _Question) -> None:
        """Ask the engine, or look among what it said before."""
        note_query(question.scope, question.asked.query.text)
        self._crowd.enter()
        body = self._results.get(question.key)
        if body is not None:
            question.scope[CACHED] = True
            self._hear(question, Answer(body, question.tag))
            return
        self._asking = question.asked.begin(engine, question.name.decode(), partial(self._hear, question))

    def _hear(self, question: _Question, said: Answer | Exception) -> None:
        """Answer with what the engine says; what is not small, or an error, is for the application to tell."""
        self._asking = None
        self._crowd.leave()
        cycle = question.cycle
        if isinstance(said, Answer) and self._fits(said, question) and self._free(cycle):
            self._send(question, said.first)
            return
        super()._start_asgi_task(cycle, partial(self._pass_on, question.app, said))

    async def _pass_on(
        self, app: ASGIApp, said: Answer | Exception, scope: Scope, receive: Receive, send: Send
    ) -> None:
        """Leave it to the application to tell what the engine said, also where that is an error nobody foresaw."""
        note_begun(scope, said)
        try:
            await app(scope, receive, send)
        finally:
            if isinstance(said, Answer):
                await said.close()

    def connection_lost(self, exc: Exception | None) -> None:
        """Called once, at the end: nobody waits for what is being asked."""
        super().connection_lost(exc)
        if self._asking is not None:
            self._asking.end(client_gone())

    def _fits(self, answer: Answer, question: _Question) -> bool:
        """Whether the head that is known goes with an answer: it is small, and of the data that the head tells of."""
        return answer.complete and len(answer.first) <= question.manner.most and answer.tag == question.tag

    def _free(self, cycle: RequestResponseCycle) -> bool:
        """Whether the client is there and takes in what it is sent, and the connection is to go on after this."""
        return cycle.keep_alive and not cycle.disconnected and not self.flow.write_paused

    def _send(self, question: _Question, body: bytes) -> None:
        cycle, name = question.cycle, question.name
        defaults = [b"%b: %b\r\n" % pair for pair in self.server_state.default_headers]
        length = b"content-length: %d\r\n%b: %b\r\n\r\n" % (len(body), REQUEST_ID, name)
        self.transport.writelines([_LINE, *defaults, question.manner.head, length, body])
        cycle.response_started = cycle.response_complete = True
        cycle.message_event.set()
        self._ended(Exchange(question.scope, name.decode(), question.began, 200, len(body), whole=True))
        self._keep(question, body)
        cycle.on_response()

    def _keep(self, question: _Question, body: bytes) -> None:
        """Keep the body; the second time it is asked for all of the answer, as most queries are asked once."""
        scope, manner = question.scope, question.manner
        if CACHED not in scope:
            self._results.put(question.key, body, question.asked.key_bytes)
            return
        same_while(scope, manner.data)
        self._replies.keep(scope, 200, [*manner.headers, (b"content-length", b"%d" % len(body))], body)
