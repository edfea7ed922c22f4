"""What a process that judges asks of the store: questions over its connection, and their answers on the other side."""

from __future__ import annotations

import socket
from collections.abc import Callable

from vakgraaf.engine import Engine, failures, frames
from vakgraaf.engine.frames import Kind
from vakgraaf.pipeline.aside import Answering
from vakgraaf.rdf.formats import N_TRIPLES


def asking(connection: socket.socket) -> Callable[[str], bytes]:
    """In the process: a function that asks the other side a CONSTRUCT question, and returns N-Triples.

    It raises what the other side could not do, and EOFError where that has gone.
    """

    def ask(question: str) -> bytes:
        frames.send(connection, Kind.DATA, question.encode())
        kind, answer = frames.receive(connection)
        if kind is Kind.FAILED:
            raise failures.unpacked(answer)
        return answer

    return ask


def answering(engine: Engine) -> Answering:
    """On the other side: a function that answers what `asking` asks."""

    async def answer(question: bytes) -> bytes:
        found = await engine.query(engine.check(question.decode()), N_TRIPLES)
        return await found.read()

    return answer
