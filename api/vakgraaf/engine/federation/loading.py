"""LOAD: a document of another server, as an insertion that needs no network any more."""

from __future__ import annotations

import asyncio

from vakgraaf.egress import Asking, Egress, destination
from vakgraaf.engine.federation.answers import Answers
from vakgraaf.engine.federation.asking import FederationLimits
from vakgraaf.engine.reading_apart import Document, read_apart
from vakgraaf.errors import QueryTimeout, RemoteFailure
from vakgraaf.rdf.formats import GRAPH_FORMATS, by_extension, named

_ACCEPT = ", ".join(f"{f.media_type};q={q}" for f, q in zip(GRAPH_FORMATS, ("1.0", "0.9", "0.8", "0.7"), strict=True))


async def fetched(egress: Egress, iri: str, limits: FederationLimits) -> Document:
    """The RDF document at `iri`, or where that redirects to, to which its relative IRIs are relative (RFC 3986 §5.1.3).

    Raises QueryRefused, RemoteFailure, QueryTimeout, ResultTooLarge.
    """
    try:
        async with asyncio.timeout(limits.seconds):
            reply = await egress.send(Asking("GET", iri, {"accept": _ACCEPT}, b"", limits.seconds, repeatable=True))
            try:
                form = named(reply.media_type, GRAPH_FORMATS) or by_extension(iri.partition("?")[0], GRAPH_FORMATS)
                if reply.status != 200 or form is None:
                    raise RemoteFailure(
                        f"<{iri}> geeft geen RDF ({reply.status} {reply.media_type}).",
                        f"<{iri}> gives no RDF ({reply.status} {reply.media_type}).",
                    )
                base = iri if reply.place == destination(iri) else reply.place.url
                return Document(await reply.read(limits.bytes), form, base, f"<{iri}>")
            finally:
                await reply.close()
    except TimeoutError as error:
        raise QueryTimeout(
            f"<{iri}> antwoordt niet binnen {limits.seconds:g} seconden.",
            f"<{iri}> does not answer within {limits.seconds:g} seconds.",
        ) from error


async def insertion(document: Document, graph: str | None, most: int, memory_mb: int, answers: Answers) -> str:
    """INSERT DATA for a document (SPARQL 1.1 Update §3.1.4). Contexts and entities elsewhere are not fetched.

    Raises `SyntaxProblem` where it is not in the format that it says, `QueryTooLong` where it would be longer than
    `most` bytes, and what else `read_apart` does.
    """
    triples = answers.marked((await read_apart([document], memory_mb=memory_mb, most=most)).decode("utf-8"))
    inside = f"GRAPH <{graph}> {{ {triples} }}" if graph is not None else triples
    return f"INSERT DATA {{ {inside} }}"
