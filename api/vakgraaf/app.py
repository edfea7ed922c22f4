"""Put the application together: engine, routes, errors; and serve it."""

from __future__ import annotations

import asyncio
import signal
import socket
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from functools import partial
from pathlib import Path

import uvicorn
from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Match
from starlette.types import Scope
from starlette_compress import add_compress_type

from vakgraaf.engine import CheckedQuery, EmbeddedEngine, RemoteEngine, start
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
    mcp_view,
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
    watching,
)
from vakgraaf.web.access_log import AccessLog, Exchange, Logged
from vakgraaf.web.agents.desk import Desk
from vakgraaf.web.agents.endpoint import Agents
from vakgraaf.web.caching import present
from vakgraaf.web.codings import Compressing
from vakgraaf.web.crowd import Crowd
from vakgraaf.web.envelope import Envelope
from vakgraaf.web.events import Events, log_as_json
from vakgraaf.web.forwarded import Forwarded
from vakgraaf.web.known_heads import KnownHeads
from vakgraaf.web.manners import COMPRESSED_FROM, Manners
from vakgraaf.web.metrics import Metrics
from vakgraaf.web.problems import on_error
from vakgraaf.web.readiness import Readiness
from vakgraaf.web.replies import Replies
from vakgraaf.web.result_cache import ResultCache
from vakgraaf.web.server import Server, config_for
from vakgraaf.web.static_files import StaticFiles, icon
from vakgraaf.web.waiting_room import doorkeeper

# Beyond those that the library knows; Arrow and Parquet are dense already.
_COMPRESSED = (
    "application/problem+json",
    suggest.SUGGESTIONS,
    *(f.media_type for f in FORMATS if f not in COLUMN_FORMATS),
)

_LOOK_S = 1.0

_VIEWS = (
    sparql,
    update,
    store,
    queries,
    home,
    watching,
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
    mcp_view,
)


def create_app(settings: Settings | None = None, engine: EmbeddedEngine | RemoteEngine | None = None) -> FastAPI:
    """The application. It starts its engine, unless it is given one, and in any case closes it."""
    chosen = settings if settings is not None else Settings()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        app.state.engine = used = engine or await start(chosen.engine())
        app.state.search = Search(used, chosen, _search_folder(chosen), union=chosen.default_graph == "union")
        await app.state.search.start()
        desk = Desk.of(used, app.state.search, app.state.trials, chosen, chosen.limits()) if chosen.mcp else None
        app.state.agents = Agents(desk, chosen.agent_hosts(chosen.host))
        try:
            yield
        finally:
            await app.state.agents.close()
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
        telemetry={"tracing": False, "metrics": False, "logs": False, "auto_configure": False},
        responses=openapi.DEFAULT,
        default_response_class=Response,
    )

    data = partial(present, app.state)

    def check(text: str) -> CheckedQuery:
        engine: EmbeddedEngine | RemoteEngine = app.state.engine
        return engine.check(text)

    # Half for whole answers to the same request, half for what is the same in different ones.
    half = chosen.result_cache_mb * 1024 * 1024 // 2
    app.state.results, app.state.replies = ResultCache(half), Replies(half, data)
    app.state.crowd = Crowd(chosen.max_requests)
    app.state.manners, app.state.heads = Manners(check, data), KnownHeads()
    app.state.max_body_bytes, app.state.rate = chosen.max_body_bytes, chosen.rate()
    app.state.access, app.state.referee = chosen.access(), Referee(chosen.write_timeout_s)
    app.state.writer = chosen.writer_limits()
    app.state.max_update_bytes, app.state.max_graph_bytes = chosen.max_update_bytes, chosen.max_graph_bytes
    app.state.trials = Trials(chosen.trial_limits(), chosen.allow_list)
    app.state.union = chosen.default_graph == "union"
    app.state.readiness, app.state.proxies = Readiness(app.state), chosen.proxies()
    app.state.metrics_here_only = chosen.metrics_for == "this machine"
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
    app.add_middleware(Compressing, minimum_size=COMPRESSED_FROM)
    app.state.ended = _endings(app, chosen)
    app.add_middleware(
        Envelope,
        crowd=app.state.crowd,
        methods=_methods,
        replies=app.state.replies,
        manners=app.state.manners,
        ended=app.state.ended,
        rate=app.state.rate,
    )
    if chosen.prefix or app.state.proxies:
        app.add_middleware(Forwarded, prefix=chosen.prefix, proxies=app.state.proxies)
    return app


def _endings(app: FastAPI, settings: Settings) -> Callable[[Exchange], None]:
    """What is done with each exchange that is over."""
    paths = [getattr(route, "path", "") for view in _VIEWS for route in view.router.routes]
    app.state.metrics = metrics = Metrics([*paths, "/static", "/favicon.ico"])
    app.state.events = events = Events(on=settings.log is not Logged.NOTHING)
    log = AccessLog(settings.log, queries=settings.log_queries)

    def ended(exchange: Exchange) -> None:
        metrics.ended(exchange)
        events.ended(exchange)
        log.ended(exchange)

    return ended


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
        with asyncio.Runner(loop_factory=uvicorn.Config("", log_config=None).get_loop_factory()) as runner:
            runner.run(_serve(settings, listener))


async def _serve(settings: Settings, listener: socket.socket) -> None:
    began = time.monotonic()
    async with doorkeeper(listener):
        engine = await start(settings.engine())
    app = create_app(settings, engine)
    log_as_json()
    events: Events = app.state.events
    host, port = listener.getsockname()[:2]

    def begun() -> None:
        print(f"Vakgraaf: http://{f'[{host}]' if ':' in host else host}:{port}/", flush=True)
        events.note("start", address=f"{host}:{port}", seconds=round(time.monotonic() - began, 1), **_held(engine))

    config = config_for(app, settings.patience(), settings.stop_after_s)
    server = Server(config, app.state.readiness, events, settings.drain_s, begun)
    look = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGHUP, look.set)
    watch = [asyncio.create_task(each) for each in (_follow(engine, events), _reload(engine, events, look))]
    await server.serve(sockets=[listener])
    for task in watch:
        task.cancel()
    events.note("stop")


def _held(engine: EmbeddedEngine | RemoteEngine) -> dict[str, object]:
    return {"data_version": engine.info.version, "quads": engine.info.quads}


async def _follow(engine: EmbeddedEngine | RemoteEngine, events: Events) -> None:
    """Note whenever other data are answered from: after a write here, or when another process published some."""
    version = engine.info.version
    while True:
        await asyncio.sleep(_LOOK_S)
        if version != (version := engine.info.version):
            events.note("data", **_held(engine))


async def _reload(engine: EmbeddedEngine | RemoteEngine, events: Events, look: asyncio.Event) -> None:
    """Look for other data when asked to (SIGHUP). They would be noticed within a second: this is to be sure of it."""
    while await look.wait():
        look.clear()
        with suppress(VakgraafError):
            if isinstance(engine, EmbeddedEngine):
                await engine.refresh()
        events.note("reload", **_held(engine))


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
