"""A qualification as a record of the European Learning Model, in the format that a client asks for."""

from __future__ import annotations

import asyncio

from rdflib import Graph, URIRef

from vakgraaf.engine import Engine
from vakgraaf.linking import elm, elm_facts
from vakgraaf.rdf.formats import N_TRIPLES, Format


async def record_of(engine: Engine, subject: str) -> Graph:
    """The record of a qualification; empty where none can be made."""
    answer = await engine.query(engine.check(elm_facts.query(subject)), N_TRIPLES)
    return await asyncio.to_thread(_made, await answer.read(), subject)


async def written(engine: Engine, subject: str, form: Format) -> bytes:
    """The record in a format for graphs."""
    graph = await record_of(engine, subject)
    return await asyncio.to_thread(graph.serialize, format=form.media_type, encoding="utf-8")


def _made(content: bytes, subject: str) -> Graph:
    return elm.record(Graph(bind_namespaces="none").parse(data=content, format="nt"), URIRef(subject))
