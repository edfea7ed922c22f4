"""`/store`: the SPARQL 1.1 Graph Store HTTP Protocol; `/store/…` names a graph by its own address."""

from __future__ import annotations

import asyncio
import uuid
from contextlib import AsyncExitStack
from functools import partial

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from vakgraaf.engine import UNNAMED, GraphChange, GraphRemoval, Replacing, WriterLimits, read_apart
from vakgraaf.rdf import iris
from vakgraaf.rdf.formats import DATASET_FORMATS, GRAPH_FORMATS, N_TRIPLES, RDF_FORMATS, Format, named
from vakgraaf.web.answers import AnswerResponse, answered
from vakgraaf.web.bodies import read_body
from vakgraaf.web.caching import engine_of, require_current, unchanged, validators
from vakgraaf.web.content_types import media_type_of, require_utf_8
from vakgraaf.web.forms import without_extension
from vakgraaf.web.graph_reference import graph_of, own
from vakgraaf.web.multipart import files_of
from vakgraaf.web.negotiation import choose, names_type
from vakgraaf.web.openapi_store import MULTIPART, WHICH, reading, removing, sending
from vakgraaf.web.parameters import FORMAT
from vakgraaf.web.problems import HttpProblem, not_acceptable
from vakgraaf.web.routes import reads
from vakgraaf.web.writing import may_write, write

router = APIRouter()


@reads(router, "/store", described=reading(*WHICH))
async def read_store(request: Request) -> Response:
    """One graph, or without `?graph=` and `?default` all of them (§5.2)."""
    return await _read(request, graph_of(request))


@reads(router, "/store/{path:path}", described=reading())
async def read_own(request: Request) -> Response:
    """The graph of which this is the IRI."""
    return await _read(request, own(request))


@router.put("/store", status_code=204, openapi_extra=sending(*WHICH))
async def replace(request: Request) -> Response:
    """Put a graph in the place of the one that is there (§5.3)."""
    may_write(request)
    return await _send(request, _needed(graph_of(request)), Replacing.WHOLE)


@router.put("/store/{path:path}", status_code=204, openapi_extra=sending())
async def replace_own(request: Request) -> Response:
    """Put the graph of which this is the IRI."""
    may_write(request)
    return await _send(request, own(request), Replacing.WHOLE)


@router.post("/store", status_code=204, openapi_extra=sending(*WHICH, made="Location names the new graph."))
async def add(request: Request) -> Response:
    """Add to a graph; without one named, make a new one, or where what is sent names graphs itself, add to those."""
    may_write(request)
    graph = graph_of(request)
    if graph is not None or media_type_of(request.headers.get("content-type", "")) in _types(DATASET_FORMATS):
        return await _send(request, graph, Replacing.NOTHING)
    made = f"{own(request).rstrip('/')}/{uuid.uuid4()}"
    response = await _send(request, made, Replacing.NOTHING, new=True)
    response.status_code = 201
    response.headers["location"] = made
    return response


@router.post("/store/{path:path}", status_code=204, openapi_extra=sending())
async def add_own(request: Request) -> Response:
    """Add to the graph of which this is the IRI (§5.5)."""
    may_write(request)
    return await _send(request, own(request), Replacing.NOTHING)


@router.delete("/store", status_code=204, openapi_extra=removing(*WHICH))
async def remove(request: Request) -> Response:
    """Remove a graph (§5.4)."""
    may_write(request)
    return await _remove(request, _needed(graph_of(request)))


@router.delete("/store/{path:path}", status_code=204, openapi_extra=removing())
async def remove_own(request: Request) -> Response:
    """Remove the graph of which this is the IRI."""
    may_write(request)
    return await _remove(request, own(request))


@router.put("/graph/{name}", status_code=204, openapi_extra=sending())
@router.post("/graph/{name}", status_code=204, openapi_extra=sending())
@router.delete("/graph/{name}", status_code=204, openapi_extra=removing())
async def change_named(request: Request, name: str) -> Response:
    """Write to a graph of this base by its own address."""
    may_write(request)
    graph = f"{iris.BASE}graph/{without_extension(name)}"  # what is read at this address
    if request.method == "DELETE":
        return await _remove(request, graph)
    return await _send(request, graph, Replacing(request.method))


async def _read(request: Request, graph: str | None) -> Response:
    form = _wanted(request, DATASET_FORMATS if graph is None else GRAPH_FORMATS)
    headers = validators(request, form.media_type)
    answer = await answered(request, engine_of(request).dump(graph, form))  # first: 404 comes before 304
    async with AsyncExitStack() as unless_sent:
        unless_sent.push_async_callback(answer.close)
        if (same := unchanged(request, headers)) is not None:
            return same
        unless_sent.pop_all()
    return AnswerResponse(answer, form.content_type, headers)


async def _send(request: Request, graph: str | None, replacing: Replacing, *, new: bool = False) -> Response:
    """Put a graph or add to one. `new`: the request names none, so its conditions are on the store as a whole."""
    if replacing is Replacing.WHOLE:
        _require_whole(request)
    content, form = await _sent(request)
    if form.kind == "dataset" and graph is not None:
        raise HttpProblem(
            415,
            f"{form.title} noemt zelf grafen; stuur naar één graaf Turtle, N-Triples, RDF/XML of JSON-LD.",
            f"{form.title} names graphs itself; send Turtle, N-Triples, RDF/XML or JSON-LD to one graph.",
        )
    target = None if graph == UNNAMED else graph
    change = GraphChange(target, content, form, replacing, base=graph or own(request))
    done = await write(request, change, partial(_allowed, request, always_there=not graph or new))
    return Response(status_code=201 if done.created else 204)


def _require_whole(request: Request) -> None:
    """RFC 9110 §14.5: who sends a part of a graph must not have it taken for all of it."""
    if "content-range" in request.headers:
        raise HttpProblem(
            400,
            "Een deel van een graaf (Content-Range) kan hier niet worden vervangen. Stuur met PUT de hele graaf, of met"
            " POST wat erbij komt.",
            "A part of a graph (Content-Range) cannot be replaced here. Send the whole graph by PUT, or by POST what is"
            " to be added.",
        )


async def _remove(request: Request, graph: str) -> Response:
    removal = GraphRemoval(None if graph == UNNAMED else graph)
    await write(request, removal, partial(_allowed, request, always_there=False))
    return Response(status_code=204)


def _allowed(request: Request, data: str, created: bool, *, always_there: bool) -> None:
    """Raises `HttpProblem` 412 where the request may not change what there is when it counts.

    `data` and `created` are as a `Condition` is told.
    """
    require_current(request, data, exists=always_there or not created)


async def _sent(request: Request) -> tuple[bytes, Format]:
    """What is sent, and its format. Raises `HttpProblem` 413 or 415."""
    kind = request.headers.get("content-type", "")
    require_utf_8(kind)
    media_type = media_type_of(kind)
    form = _types(RDF_FORMATS).get(media_type)
    if form is None and media_type != MULTIPART:
        listed = ", ".join(f.media_type for f in RDF_FORMATS)
        raise HttpProblem(
            415,
            f"Zeg in Content-Type wat u stuurt. Gelezen worden {listed} en {MULTIPART}.",
            f"Say in Content-Type what you send. Read are {listed} and {MULTIPART}.",
            {"accept": listed},
        )
    body = await read_body(request, request.app.state.max_graph_bytes, "VAKGRAAF_MAX_GRAPH_BYTES")
    if form is not None:
        return body, form
    files = await asyncio.to_thread(files_of, body, kind, own(request))
    limits: WriterLimits = request.app.state.writer
    return await read_apart(files, limits.timeout_s, memory_mb=limits.memory_mb), N_TRIPLES


def _wanted(request: Request, available: tuple[Format, ...]) -> Format:
    asked = named(request.query_params.get(FORMAT.name, ""), available)
    types = _types(available)
    accept = request.headers.get("accept")
    if asked is not None and not names_type(accept, list(types)):
        return asked
    chosen = choose(accept, list(types), available[0].media_type)
    if chosen is None:
        raise not_acceptable([f.media_type for f in available])
    return types[chosen]


def _types(forms: tuple[Format, ...]) -> dict[str, Format]:
    """Media types, the registered ones first."""
    return {f.media_type: f for f in forms} | {alias: f for f in forms for alias in f.media_aliases}


def _needed(graph: str | None) -> str:
    if graph is None:
        raise HttpProblem(
            400,
            "Noem de graaf: met ?graph= en een IRI, of met ?default de naamloze.",
            "Name the graph: with ?graph= and an IRI, or with ?default the unnamed one.",
        )
    return graph
