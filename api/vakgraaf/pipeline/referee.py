"""Judging by the shapes in a process of its own: it takes seconds, and the web process has none to spare.

Started by `Aside` as `python -m vakgraaf.pipeline.referee <descriptor>`: over that connection come graphs as N-Triples,
one a frame; the judgement of each goes back as JSON. It ends when the connection does.
"""

from __future__ import annotations

import gc
import json
import socket
import struct
import sys
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import asdict
from typing import Any

from rdflib import Graph

from vakgraaf.engine import Engine, failures, frames
from vakgraaf.engine.frames import Kind
from vakgraaf.engine.scratch import graph_of
from vakgraaf.errors import NotConforming, QueryCrashed, QueryOutOfMemory, QueryTimeout, VakgraafError
from vakgraaf.pipeline.aside import Aside
from vakgraaf.pipeline.context import context_by
from vakgraaf.pipeline.questions import answering, asking
from vakgraaf.pipeline.remarks import Remark, remarks_of
from vakgraaf.validation.blocks import Content
from vakgraaf.validation.registry import validate_registry
from vakgraaf.validation.report import Report, Result, shortened
from vakgraaf.validation.validate import validate

# From some 50 000 statements on it takes less time to fill a store than to make a graph of them.
_AS_GRAPH_BYTES = 8 * 1024 * 1024
"""N-Triples up to this size are judged as a graph, with what the store knows of it; what is larger, by itself."""
_COLLECTED_AFTER = 500_000
_LENGTH = struct.Struct("!I")


class Referee:
    """The way to that process, which is there from the first graph that has to be judged. `seconds` is its time."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        # Who may write is trusted with memory, and may wait.
        self._aside = Aside("vakgraaf.pipeline.referee", seconds, memory_mb=0, waiting=sys.maxsize)

    async def judge(self, content: bytes, engine: Engine, replaced: Iterable[str]) -> list[Remark]:
        """Hold N-Triples against the packaged shapes; the warnings and tips where they conform.

        They are judged together with what the store of `engine` knows of what they speak of, but for the graphs that
        they take the place of (`replaced`). Raises `NotConforming` with what is wrong, QueryTimeout, QueryCrashed, and
        what asking the engine or `validate` raises.
        """
        try:
            answer = await self._aside.ask(_job(content, replaced), answering(engine))
        except QueryTimeout as error:
            raise _too_late(self._seconds) from error
        except (QueryCrashed, QueryOutOfMemory) as error:
            raise _crashed() from error
        return _remarks(json.loads(answer))

    def stop(self) -> None:
        """End the process, whatever it does."""
        self._aside.stop()


def _job(content: bytes, replaced: Iterable[str]) -> bytes:
    head = json.dumps(sorted(replaced)).encode()
    return _LENGTH.pack(len(head)) + head + content


def main(descriptor: str) -> None:
    """Judge until nothing more comes."""
    connection = socket.socket(fileno=int(descriptor))
    validate(Graph())
    # What is in memory now stays there, and most jobs are over before there is much to collect.
    gc.freeze()
    gc.set_threshold(_COLLECTED_AFTER)
    with suppress(EOFError, OSError):
        frames.send(connection, Kind.READY)
        while True:
            _, job = frames.receive(connection)
            (length,) = _LENGTH.unpack_from(job)
            start = _LENGTH.size + length
            replaced = json.loads(job[_LENGTH.size : start])
            try:
                answer = _answer(_judged(job[start:], asking(connection), replaced))
            except VakgraafError as error:
                frames.send(connection, Kind.FAILED, failures.packed(error))
            else:
                frames.send(connection, Kind.LAST, json.dumps(answer).encode())
            gc.collect()


def judge_here(content: Content, ask: Callable[[str], bytes], replaced: Iterable[str]) -> list[Remark]:
    """As `Referee.judge`, in this process; `ask` answers questions to the store. Raises `NotConforming`, and what
    `validate` and `ask` do."""
    return _remarks(_answer(_judged(content, ask, replaced)))


def _judged(content: Content, ask: Callable[[str], bytes], replaced: Iterable[str]) -> Report:
    if len(content) > _AS_GRAPH_BYTES:
        return validate_registry([content])
    data = graph_of(content[:])
    return validate(data, context=context_by(data, ask, replaced))


def _remarks(answer: Mapping[str, Any]) -> list[Remark]:
    if not answer["conforms"]:
        raise _not_conforming(answer["results"])
    return [Remark(*remark) for remark in answer["remarks"]]


def _answer(report: Report) -> dict[str, Any]:
    found = [_said(result) for result in report.results if result.severity not in ("Warning", "Info")]
    return {"conforms": report.conforms, "results": found, "remarks": remarks_of(report) if report.conforms else []}


def _said(result: Result) -> dict[str, object]:
    said = asdict(result)
    return {name: said[name] for name in ("focus", "path", "value", "severity", "messages", "source_shape", "label")}


def _not_conforming(results: list[Mapping[str, Any]]) -> NotConforming:
    lines = {language: tuple(_line(result, language) for result in results) for language in ("nl", "en")}
    number = len(results)
    nl = f"Dit voldoet niet aan de shapes ({number} {'overtreding' if number == 1 else 'overtredingen'})"
    en = f"This does not conform to the shapes ({number} violation{'' if number == 1 else 's'})"
    return NotConforming(
        f"{nl}; er is niets veranderd.", f"{en}; nothing has changed.", lines["nl"], lines["en"], tuple(results)
    )


def _line(result: Mapping[str, Any], language: str) -> str:
    where = shortened(result["focus"]) + (f", {result['path']}" if result["path"] else "")
    return f"{where}: {result['messages'].get(language) or next(iter(result['messages'].values()), '')}"


def _too_late(seconds: float) -> QueryTimeout:
    return QueryTimeout(
        f"Het toetsen aan de shapes duurde langer dan {seconds:g} seconden en is afgebroken; er is niets veranderd."
        " Wijzig minder tegelijk.",
        f"Judging by the shapes took longer than {seconds:g} seconds and was stopped; nothing has changed. Change less"
        " at once.",
    )


def _crashed() -> QueryCrashed:
    return QueryCrashed(
        "Het proces dat aan de shapes toetst is omgevallen; er is niets veranderd.",
        "The process that judges by the shapes fell over; nothing has changed.",
    )


if __name__ == "__main__":
    main(sys.argv[1])
