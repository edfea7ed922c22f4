"""Put the application together: engine, routes, errors; and serve it."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import uvicorn
from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.staticfiles import StaticFiles

from vakgraaf.engine import EmbeddedEngine
from vakgraaf.errors import InputError, VakgraafError
from vakgraaf.settings import Settings
from vakgraaf.web import graphs, home, problem_kinds, resources_view, sparql, terms
from vakgraaf.web.pages import STATIC
from vakgraaf.web.problems import on_error
from vakgraaf.web.security import SecurityHeaders


def create_app(settings: Settings | None = None, engine: EmbeddedEngine | None = None) -> FastAPI:
    """The application. It starts its engine, unless it is given one, and in any case closes it."""
    chosen = settings if settings is not None else Settings()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        app.state.engine = used = engine or await EmbeddedEngine.start(chosen.engine())
        try:
            yield
        finally:
            await used.close()

    # No pages of API documentation: FastAPI's own load their scripts from elsewhere.
    app = FastAPI(title="Vakgraaf", lifespan=lifespan, docs_url=None, redoc_url=None)
    app.state.max_body_bytes = chosen.max_body_bytes
    app.state.union = chosen.default_graph == "union"
    for module in (home, sparql, problem_kinds, resources_view, terms, graphs):
        app.include_router(module.router)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    for kind in (VakgraafError, HTTPException, Exception):
        app.add_exception_handler(kind, on_error)
    app.add_middleware(SecurityHeaders)
    return app


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
    app = create_app(settings, await EmbeddedEngine.start(settings.engine()))
    config = uvicorn.Config(app, log_level="warning", limit_concurrency=1000, timeout_graceful_shutdown=5)
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
