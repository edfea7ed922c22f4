"""Requests to the remote engine and what comes back, in the format that was wanted."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from urllib.parse import urlencode

from vakgraaf.egress import Asking, Egress, Reply
from vakgraaf.engine.endings import too_late
from vakgraaf.engine.guard import Form
from vakgraaf.engine.remote.converting import boolean, converted, readable
from vakgraaf.engine.remote.failures import exchanged, partial, refusal, unusable_type
from vakgraaf.engine.remote.kinds import Kind, Parameters
from vakgraaf.engine.remote.places import Place
from vakgraaf.engine.remote.tails import whole
from vakgraaf.engine.remote.virtuoso import asked, mended
from vakgraaf.rdf.formats import (
    FORMATS,
    N_TRIPLES,
    RDF_XML,
    RESULT_FORMATS,
    RESULTS_JSON,
    RESULTS_XML,
    TURTLE,
    Format,
    named,
)

_ENOUGH = 16 * 1024
_PROBE_S = 10.0
_MOST_OF_A_BOOLEAN = 64 * 1024
_FALLBACKS = {"results": (RESULTS_JSON, RESULTS_XML), "graph": (N_TRIPLES, TURTLE, RDF_XML)}


@dataclass(frozen=True, slots=True)
class Question:
    """A query as it goes over the wire: its text, its form, its parameters and the format that is wanted of it."""

    text: str
    form: Form
    wanted: Format
    parameters: Parameters = ()


@dataclass(frozen=True, slots=True)
class Wire:
    """One endpoint of one kind of engine, and the way there."""

    egress: Egress
    kind: Kind
    url: str
    headers: dict[str, str]
    direct: bool = False

    async def ask(self, question: Question, place: Place) -> tuple[bytes, bool]:
        """Send the query; the first bytes of the answer, and whether that is all. The rest comes from `place`.

        Raises what `refusal` says, and RemoteFailure, QueryTimeout, ResultTooLarge where the answer breaks off.
        """
        given = _accepted(self.kind, question)
        reply = await place.within(lambda: exchanged(self.egress, self._asking(question, given, place.seconds)))
        place.read_from(reply.chunks(), reply.close)
        if reply.status >= 300:
            raise await place.within(lambda: refusal(reply, place.seconds))
        if (short := partial(reply, place.seconds)) is not None:
            raise short
        if self.kind.name == "virtuoso" and question.form is Form.ASK:
            body = await place.within(lambda: reply.read(_MOST_OF_A_BOOLEAN))
            await place.close()
            return boolean(asked(body), question.wanted), True
        place.read_from(self._as_wanted(reply, question.wanted), reply.close)
        return await place.begin(_ENOUGH)

    async def probe(self) -> dict[str, str]:
        """The headers of the answer to the smallest query there is. Raises `VakgraafError` where it is none."""
        question = Question("ASK {}", Form.ASK, RESULTS_JSON)
        try:
            async with asyncio.timeout(_PROBE_S):
                asking = self._asking(question, _accepted(self.kind, question), _PROBE_S)
                reply = await exchanged(self.egress, asking)
                try:
                    if reply.status >= 300:
                        raise await refusal(reply, _PROBE_S)
                    if named(reply.media_type, RESULT_FORMATS) is None:
                        raise unusable_type(reply)
                    await reply.read(_MOST_OF_A_BOOLEAN)
                finally:
                    await reply.close()
        except TimeoutError as error:
            raise too_late(_PROBE_S) from error
        return reply.headers

    def _as_wanted(self, reply: Reply, wanted: Format) -> AsyncIterator[bytes]:
        kinds = ("results",) if wanted.kind == "results" else ("graph", "dataset", "results")
        given = named(reply.media_type, [f for f in FORMATS if f.kind in kinds])
        name = reply.place.authority
        if given is None or (given is not wanted and not readable(given)):
            raise unusable_type(reply)
        chunks = reply.chunks()
        if self.kind.name == "virtuoso" and given is RESULTS_XML:
            chunks = mended(chunks)
        if given is wanted and self.kind.name != "virtuoso":
            return whole(chunks, given, ends_lines=self.kind.ends_lines, name=name)
        return converted(chunks, given, wanted, name)

    def _asking(self, question: Question, given: tuple[Format, ...], seconds: float) -> Asking:
        weights = ("", ";q=0.8", ";q=0.6", ";q=0.4")
        accept = ", ".join(f.media_type + weight for f, weight in zip(given, weights, strict=False))
        parameters = question.parameters
        if self.kind.timeout:
            spent = self.kind.timeout_unit.format(seconds=seconds, milliseconds=1000 * seconds)
            parameters += ((self.kind.timeout, spent),)
        headers = self.headers | {"accept": accept}
        if self.direct:
            url = f"{self.url}{'&' if '?' in self.url else '?'}{urlencode(parameters)}" if parameters else self.url
            headers["content-type"] = "application/sparql-query"
            return Asking("POST", url, headers, question.text.encode(), seconds, repeatable=True)
        headers["content-type"] = "application/x-www-form-urlencoded"
        body = urlencode((("query", question.text), *parameters)).encode()
        return Asking("POST", self.url, headers, body, seconds, repeatable=True)


def _accepted(kind: Kind, question: Question) -> tuple[Format, ...]:
    """What to ask for, best first: the wanted format where the engine does it well, and what can be converted."""
    graphs = question.form.gives_graph
    well = kind.graphs if graphs else kind.results
    fallbacks = [f for f in _FALLBACKS["graph" if graphs else "results"] if f in well]
    wanted = question.wanted
    return tuple(dict.fromkeys([*([wanted] if wanted in well else []), *fallbacks]))
