"""Judging by the shapes in a process of its own: it takes seconds, and the web process has none to spare.

Started as `python -m vakgraaf.pipeline.referee <descriptor>`: over that connection come graphs as N-Triples, one a
frame; the judgement of each goes back as JSON. It ends when the connection does.
"""

from __future__ import annotations

import asyncio
import json
import socket
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from typing import Any

from rdflib import Graph

from vakgraaf.engine import frames
from vakgraaf.engine.frames import Kind
from vakgraaf.engine.link import Link
from vakgraaf.errors import NotConforming, QueryCrashed, QueryTimeout, VakgraafError
from vakgraaf.pipeline.remarks import Remark, remarks_of
from vakgraaf.validation.report import Report, Result, shortened
from vakgraaf.validation.validate import validate


@dataclass(slots=True)
class Referee:
    """The way to that process, which is there from the first graph that has to be judged. `seconds` is its time."""

    seconds: float
    _process: subprocess.Popen[bytes] | None = None
    _link: Link | None = None
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def judge(self, content: bytes) -> list[Remark]:
        """Hold N-Triples against the packaged shapes; the warnings and tips where they conform.

        Raises `NotConforming` with what is wrong, QueryTimeout, QueryCrashed, or what `validate` raises.
        """
        async with self._turn:
            try:
                async with asyncio.timeout(self.seconds):
                    answer = await self._ask(content)
            except TimeoutError as error:
                self.stop()
                raise _too_late(self.seconds) from error
            except EOFError as error:
                self.stop()
                raise _crashed() from error
            except asyncio.CancelledError:
                self.stop()
                raise
        if "problem" in answer:
            raise VakgraafError(*answer["problem"])
        return _remarks(answer)

    def stop(self) -> None:
        """End the process, whatever it does."""
        if self._link is not None:
            self._link.close()
        if self._process is not None:
            self._process.kill()
            self._process.wait()
        self._process = self._link = None

    async def _ask(self, content: bytes) -> Any:
        if self._link is None or self._link.gone:
            self.stop()
            ours, theirs = socket.socketpair()
            with theirs:
                self._process = subprocess.Popen(
                    [sys.executable, "-P", "-m", "vakgraaf.pipeline.referee", str(theirs.fileno())],
                    pass_fds=[theirs.fileno()],
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    start_new_session=True,
                )
            self._link = await Link.over(ours)
        self._link.send(Kind.JOB, content)
        return json.loads((await self._link.receive()).payload)


def main(descriptor: str) -> None:
    """Judge until nothing more comes."""
    connection = socket.socket(fileno=int(descriptor))
    with suppress(EOFError, OSError):
        while True:
            _, content = frames.receive(connection)
            try:
                answer = _answer(validate(Graph().parse(data=content, format="nt")))
            except VakgraafError as error:
                answer = {"problem": [error.nl, error.en]}
            frames.send(connection, Kind.LAST, json.dumps(answer).encode())


def judge_here(content: bytes) -> list[Remark]:
    """Hold N-Triples against the packaged shapes, in this process; the warnings and tips where they conform.

    Raises `NotConforming`, and what `validate` does.
    """
    return _remarks(_answer(validate(Graph().parse(data=content, format="nt"))))


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
