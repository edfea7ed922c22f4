"""For who watches over a server: `/health`, `/ready` and `/metrics`."""

from __future__ import annotations

from contextlib import suppress
from importlib.metadata import version

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from vakgraaf.engine import Engine
from vakgraaf.errors import NotReady
from vakgraaf.web.caching import engine_of
from vakgraaf.web.client_address import TrustedProxies
from vakgraaf.web.exposition import MEDIA_TYPE, counted, present
from vakgraaf.web.metrics import Metrics
from vakgraaf.web.openapi import operation
from vakgraaf.web.problems import HttpProblem
from vakgraaf.web.readiness import Readiness
from vakgraaf.web.routes import reads

router = APIRouter()

_NOT_KEPT = {"cache-control": "no-store"}
_NUMBERS = {"data_version": {"type": "integer"}, "quads": {"type": "integer"}, "in_memory": {"type": "boolean"}}
_HEALTH = operation(
    gives={
        "application/json": {
            "schema": {"type": "object", "properties": {"status": {"enum": ["ok", "starting"]}, **_NUMBERS}}
        }
    },
    statuses={503: "It has gone and is being started again."},
)
_READY = operation(
    gives={
        "application/json": {"schema": {"type": "object", "properties": {"status": {"const": "ready"}, **_NUMBERS}}}
    },
    refuses=(NotReady,),
)
_METRICS = operation(gives={"text/plain": {"schema": {"type": "string"}}}, refuses=(403,))


@reads(router, "/health", described=_HEALTH)
async def health(request: Request) -> Response:
    """200 while the process that holds the data runs, else 503; the data version and the size go along."""
    alive = engine_of(request).alive  # no query: however busy the workers are, this answers
    return JSONResponse(
        {"status": "ok" if alive else "starting"} | _numbers(request), 200 if alive else 503, headers=_NOT_KEPT
    )


@reads(router, "/ready", described=_READY)
async def ready(request: Request) -> Response:
    """200 when requests can be sent here: a query is answered and search is there; else 503 with what is missing."""
    readiness: Readiness = request.app.state.readiness
    await readiness.require()
    return JSONResponse({"status": "ready"} | _numbers(request), headers=_NOT_KEPT)


@reads(router, "/metrics", described=_METRICS)
async def metrics(request: Request) -> Response:
    """Numbers for Prometheus: requests, queries by outcome, waiting, workers, data version. Nothing of who or what."""
    state = request.app.state
    proxies: TrustedProxies = state.proxies
    if state.metrics_here_only and not proxies.client(request.scope).here:
        raise HttpProblem(
            403,
            "Deze cijfers zijn alleen te lezen op de machine zelf (VAKGRAAF_METRICS_FOR).",
            "These numbers can only be read on the machine itself (VAKGRAAF_METRICS_FOR).",
        )
    counts: Metrics = state.metrics
    engine, readiness = engine_of(request), state.readiness
    with suppress(NotReady):
        await readiness.require()
    lines = [*counted(counts), *present(engine.info, engine.load, readiness.ready, version("vakgraaf"))]
    return Response("".join(lines), headers=_NOT_KEPT | {"content-type": MEDIA_TYPE})


def _numbers(request: Request) -> dict[str, object]:
    engine: Engine = engine_of(request)
    info = engine.info
    return {"data_version": info.version, "quads": info.quads, "in_memory": info.in_memory}
