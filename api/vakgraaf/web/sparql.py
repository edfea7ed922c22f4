"""`/sparql`: the query operation of the SPARQL 1.1 Protocol, and a form for people."""

from __future__ import annotations

import asyncio
import functools
from dataclasses import replace

from fastapi import APIRouter
from starlette._utils import get_route_path
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from vakgraaf.engine import Answer, CheckedQuery
from vakgraaf.errors import VakgraafError
from vakgraaf.rdf.formats import GRAPH_FORMATS, named
from vakgraaf.web.access_log import note_query
from vakgraaf.web.answers import AnswerResponse, answered, begun
from vakgraaf.web.caching import data_since, engine_of, unchanged, validators
from vakgraaf.web.discovery import link_header
from vakgraaf.web.explaining import explained
from vakgraaf.web.manners import Asked, note_asked
from vakgraaf.web.metrics import CACHED
from vakgraaf.web.negotiation import choose, choose_language
from vakgraaf.web.problems import HttpProblem, on_error
from vakgraaf.web.protocol import HTML, Operation, content_type, negotiate, read
from vakgraaf.web.query_page import is_for_a_reader, query_page
from vakgraaf.web.request_id import request_id
from vakgraaf.web.result_cache import LARGEST, ResultCache
from vakgraaf.web.service_description import described

router = APIRouter()

_LONG = 16 * 1024
"""From so many characters on the guard works in a thread, so that nobody has to wait for it."""
_PATHS = ("/sparql", "/sparql/")
_METHODS = ["GET", "HEAD", "POST", "QUERY"]


class SparqlEndpoint:
    """Answer a query; without one, show a form to people and the service description to programs.

    An ASGI application of its own: most requests are small queries, and each layer costs them.
    """

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a query; without one, show the form or describe the service."""
        request = Request(scope, receive)
        response: Response
        try:
            operation = await read(request)
            if operation.query is None:
                response = await _without_query(request)
            else:
                response = await _answer(request, operation, operation.query)
        except VakgraafError as error:
            response = await on_error(request, error)
        await response(scope, receive, send)


class StraightToEndpoint:
    """ASGI middleware that spares the endpoint the way through the router, which takes longer than a small query."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._endpoint = SparqlEndpoint()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request for the endpoint to it, and any other on."""
        straight = scope["type"] == "http" and get_route_path(scope) in _PATHS and scope["method"] in _METHODS
        await (self._endpoint if straight else self._app)(scope, receive, send)


router.routes += [Route(path, SparqlEndpoint(), methods=_METHODS) for path in _PATHS]


async def _answer(request: Request, operation: Operation, text: str) -> Response:
    if is_for_a_reader(request, operation):
        return await query_page(request, text)
    note_query(request.scope, text)
    engine = engine_of(request)
    query = engine.check(text) if len(text) < _LONG else await asyncio.to_thread(engine.check, text)
    if operation.explain:
        options = replace(operation.options, ident=request_id(request.scope))
        return await explained(request, query, operation.dataset, options, operation.formats)
    form, media_type = negotiate(request.headers.get("accept"), operation.formats, query.form)
    headers = _headers(request, query, media_type)
    if "etag" in headers and (same := unchanged(request, headers)) is not None:
        return same
    asked = Asked(query, form, operation.dataset, operation.options)
    note_asked(request.scope, asked)
    kept: ResultCache = request.app.state.results
    tag = data_since(request)
    answer = begun(request.scope)
    if answer is None:
        body = kept.get(asked.key(tag)) if query.repeatable else None
        if body is not None:
            request.scope[CACHED] = True
            return AnswerResponse(Answer(body, tag), content_type(form, media_type), headers)
        answer = await answered(request, asked.of(engine, request_id(request.scope)))
    if answer.tag != tag:  # the data have changed meanwhile, and it was made before that or after
        headers = _headers(request, query, media_type, answer.tag)
    keep = functools.partial(kept.put, asked.key(answer.tag), key_bytes=asked.key_bytes) if query.repeatable else None
    return AnswerResponse(answer, content_type(form, media_type), headers, keep, LARGEST)


async def _without_query(request: Request) -> Response:
    types = [f.media_type for f in GRAPH_FORMATS]
    form = named(request.query_params.get("format", ""), GRAPH_FORMATS)
    accept = request.headers.get("accept") if form is None else form.media_type
    chosen = choose(accept, [HTML, *types], types[0]) if request.method != "POST" else None
    if chosen is None:
        raise HttpProblem(400, "De parameter 'query' ontbreekt.", "The parameter 'query' is missing.")
    if chosen == HTML:
        return await query_page(request)
    language = choose_language(request.query_params.get("lang"), request.headers.get("accept-language"))
    headers = validators(request, chosen, language) | link_header(request)
    if (same := unchanged(request, headers)) is not None:
        return same
    form = next(f for f in GRAPH_FORMATS if f.media_type == chosen)
    content = await described(request, form)
    return Response(content, headers=headers | {"content-type": form.content_type})


def _headers(request: Request, query: CheckedQuery, media_type: str, data: str = "") -> dict[str, str]:
    """Validators where the same question has the same answer: not for POST, nor where a clock or dice are in it."""
    if request.method == "POST" or not query.repeatable:
        return {"vary": "Accept", "cache-control": "no-store"}
    return validators(request, media_type, data=data)
