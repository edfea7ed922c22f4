"""Put the application together: engine, routes, errors; and serve it."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import uvicorn
from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Match
from starlette.types import Scope
from starlette_compress import CompressMiddleware, add_compress_type

from vakgraaf.engine import EmbeddedEngine, RemoteEngine, start
from vakgraaf.errors import InputError, VakgraafError
from vakgraaf.pipeline.referee import Referee
from vakgraaf.pipeline.trials import Trials
from vakgraaf.rdf.formats import COLUMN_FORMATS, FORMATS
from vakgraaf.search.keeper import Search
from vakgraaf.settings import Settings
from vakgraaf.web import (
    catalog_view,
    compare_view,
    diff_view,
    discovery,
    drafting_view,
    graphs,
    home,
    levels_view,
    links_view,
    matrix_view,
    openapi,
    openapi_view,
    problem_kinds,
    queries,
    resources_view,
    search,
    sitemap,
    source_view,
    sparql,
    store,
    structure_view,
    suggest,
    terms,
    update,
    validate,
    void_view,
)
from vakgraaf.web.access_log import AccessLog
from vakgraaf.web.connection import Connection
from vakgraaf.web.envelope import Envelope
from vakgraaf.web.problems import on_error
from vakgraaf.web.result_cache import ResultCache
from vakgraaf.web.static_files import StaticFiles, icon

# Beyond those that the library knows; Arrow and Parquet are dense already.
_COMPRESSED = (
    "application/problem+json",
    suggest.SUGGESTIONS,
    *(f.media_type for f in FORMATS if f not in COLUMN_FORMATS),
)


_VIEWS = (
    sparql,
    update,
    store,
    queries,
    home,
    problem_kinds,
    resources_view,
    compare_view,
    diff_view,
    levels_view,
    links_view,
    matrix_view,
    structure_view,
    terms,
    graphs,
    void_view,
    catalog_view,
    discovery,
    openapi_view,
    search,
    suggest,
    sitemap,
    source_view,
    validate,
    drafting_view,
)


def create_app(settings: Settings | None = None, engine: EmbeddedEngine | RemoteEngine | None = None) -> FastAPI:
    """The application. It starts its engine, unless it is given one, and in any case closes it."""
    chosen = settings if settings is not None else Settings()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        app.state.engine = used = engine or await start(chosen.engine())
        app.state.search = Search(used, chosen, _search_folder(chosen), union=chosen.default_graph == "union")
        await app.state.search.start()
        try:
            yield
        finally:
            await app.state.search.close()
            app.state.referee.stop()
            app.state.trials.stop()
            await used.close()

    # No pages of API documentation, FastAPI's own load their scripts from elsewhere; and a description of our own.
    app = FastAPI(
        title="Vakgraaf",
        lifespan=lifespan,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        responses=openapi.DEFAULT,
        default_response_class=Response,
    )
    app.state.results = ResultCache(chosen.result_cache_mb * 1024 * 1024)
    app.state.max_body_bytes = chosen.max_body_bytes
    app.state.access, app.state.referee = chosen.access(), Referee(chosen.write_timeout_s)
    app.state.max_update_bytes, app.state.max_graph_bytes = chosen.max_update_bytes, chosen.max_graph_bytes
    app.state.trials = Trials(chosen.trial_limits(), chosen.allow_list)
    app.state.union = chosen.default_graph == "union"
    app.state.limits, app.state.publisher, app.state.offer = chosen.limits(), chosen.publisher(), chosen.offer
    for view in _VIEWS:
        app.include_router(view.router)
    app.mount("/static", StaticFiles(), name="static")
    app.add_route("/favicon.ico", icon, include_in_schema=False)
    for kind in (VakgraafError, HTTPException, Exception):
        app.add_exception_handler(kind, on_error)
    for media_type in _COMPRESSED:
        add_compress_type(media_type)
    # The last that is added is the outermost.
    app.add_middleware(sparql.StraightToEndpoint)
    app.add_middleware(CompressMiddleware, minimum_size=1024)
    log = AccessLog(chosen.log, queries=chosen.log_queries)
    app.add_middleware(Envelope, most=chosen.max_requests, methods=_methods, log=log)
    return app


def _search_folder(settings: Settings) -> Path | None:
    """Where indexes for search are kept; None where another server has the data."""
    return None if isinstance(settings.store, str) else settings.store / "search"


def _methods(scope: Scope) -> list[str]:
    """What the path of a request allows, over all routes that match it."""
    routes = [route for view in _VIEWS for route in view.router.routes if route.matches(scope)[0] is not Match.NONE]
    return sorted({method for route in routes for method in getattr(route, "methods", ())}) or ["GET", "HEAD"]


def serve(settings: Settings) -> None:
    """Serve until interrupted, after printing one line with the address.

    Raises `InputError` where the port is taken or another server has the state directory, and what filling raises.
    """
    with _listen(settings.host, settings.port) as listener, suppress(KeyboardInterrupt):
        # Without this, small answers on a connection that is kept wait 40 ms for the client's delayed ACK.
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        with asyncio.Runner(loop_factory=uvicorn.Config("").get_loop_factory()) as runner:
            runner.run(_serve(settings, listener))


async def _serve(settings: Settings, listener: socket.socket) -> None:
    app = create_app(settings, await start(settings.engine()))
    config = uvicorn.Config(app, http=Connection, log_level="warning", timeout_graceful_shutdown=5)
    server = uvicorn.Server(config)
    host, port = listener.getsockname()[:2]
    print(f"Vakgraaf: http://{f'[{host}]' if ':' in host else host}:{port}/", flush=True)
    await server.serve(sockets=[listener])


def _listen(host: str, port: int) -> socket.socket:
    try:
        return socket.create_server(
            (host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET, backlog=512
        )
    except OSError as error:
        raise InputError(
            f"Op {host}, poort {port}, kan niet worden geluisterd ({error.strerror}). Kies een andere met --port.",
            f"Cannot listen on {host}, port {port} ({error.strerror}). Choose another with --port.",
        ) from error
