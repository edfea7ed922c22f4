"""The process in which strangers' files are read and judged: `python -m vakgraaf.pipeline.courtroom DESCRIPTOR MEMORY`.

It has what it needs in memory before it says READY. It may not grow beyond its share, it opens no connection, and it
answers every job or dies of it; whoever started it sees to the time.
"""

from __future__ import annotations

import gc
import json
import os
import resource
import socket
import sys
from contextlib import suppress
from functools import partial
from typing import Any

from rdflib import Graph

from vakgraaf.engine import failures, frames
from vakgraaf.engine.frames import Kind
from vakgraaf.engine.worker import cap_memory
from vakgraaf.errors import VakgraafError
from vakgraaf.ingest.readers.reading import ReadingLimits
from vakgraaf.pipeline.case import DRAFTS, PAGE, Case, unpacked
from vakgraaf.pipeline.context import context_by
from vakgraaf.pipeline.inputs import Input
from vakgraaf.pipeline.judging import judge, known_skills, shapes_of
from vakgraaf.pipeline.questions import asking
from vakgraaf.pipeline.readout import draft, read_out
from vakgraaf.rdf.iris import VG
from vakgraaf.validation.reports import render

_WARMING = f"<urn:x-vakgraaf:warm> a <{VG.Addendum}> ."
_COLLECTED_AFTER = 500_000
_OUTWARD = ("socket.connect", "socket.getaddrinfo", "socket.sendto", "subprocess.Popen", "os.system", "os.exec")


def main(descriptor: str, memory_mb: str) -> None:
    """Judge until nothing more comes."""
    connection = socket.socket(fileno=int(descriptor))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    failures.leave_last_words(connection.fileno())
    _said(Case((Input("warm.ttl", _WARMING.encode()),), PAGE, "nl"), None)
    known_skills()
    # What is in memory now stays there, and most jobs are over before there is much to collect.
    gc.freeze()
    gc.set_threshold(_COLLECTED_AFTER)
    cap_memory(int(memory_mb))
    sys.addaudithook(_stay_inside)
    with suppress(EOFError, OSError):
        frames.send(connection, Kind.READY, str(os.getpid()).encode())
        while True:
            _, job = frames.receive(connection)
            if not _answers(job, connection):
                return
            gc.collect()


def _answers(job: bytes, connection: socket.socket) -> bool:
    """Answer a job; False where there was no memory for it, after which nothing can be relied on."""
    try:
        answer = json.dumps(_said(unpacked(job), connection)).encode()
    except VakgraafError as error:
        frames.send(connection, Kind.FAILED, failures.packed(error))
    except MemoryError:
        connection.sendall(failures.NO_MEMORY)
        return False
    else:
        frames.send(connection, Kind.LAST, answer)
    return True


def _said(case: Case, connection: socket.socket | None) -> dict[str, Any]:
    """The answer to a case: data for a page, or a body with what to call it."""
    shapes = shapes_of(case.shapes) if case.shapes else None
    context = partial(_context, connection) if case.with_store and connection is not None else None
    judgement = judge(case.inputs, context, shapes, ReadingLimits(pages=case.pages))
    if case.form == PAGE:
        return read_out(judgement, case.language)
    if case.form in DRAFTS:
        return {"conforms": judgement.report.conforms, "body": draft(judgement.graph, DRAFTS[case.form])}
    return {"conforms": judgement.report.conforms, "body": render(judgement.report, case.form, case.language)}


def _context(connection: socket.socket, data: Graph) -> Graph:
    """The context of `data` with what the store knows, which the other side is asked for."""
    return context_by(data, asking(connection))


def _stay_inside(event: str, _: object) -> None:
    """Refuses whatever leads out of this process (PEP 578); a second lock, as nothing here means to go out."""
    if event.startswith(_OUTWARD):
        raise PermissionError(f"{event} is not done here")


if __name__ == "__main__":
    main(*sys.argv[1:])
