"""`/queries`: the queries that run and the changes that are worked out now, for an operator; they can be ended."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from vakgraaf.errors import UnknownThing
from vakgraaf.web.caching import engine_of
from vakgraaf.web.openapi import operation
from vakgraaf.web.routes import reads
from vakgraaf.web.tokens import Right, require

router = APIRouter()

_NOT_KEPT = {"cache-control": "no-store", "vary": "Authorization"}
_RUNNING = {
    "id": {"type": "string", "description": "The X-Request-Id of its request."},
    "seconds": {"type": "number"},
    "slow": {"type": "boolean"},
    "query": {"type": "string", "description": "Its text; of a change that has none, what it does to which graph."},
    "update": {"type": "boolean", "description": "Whether it is a change, which does not count yet."},
}
_SCHEMA = {
    "type": "object",
    "properties": {"queries": {"type": "array", "items": {"type": "object", "properties": _RUNNING}}},
}


@reads(
    router,
    "/queries",
    described=operation(gives={"application/json": {"schema": _SCHEMA}}, refuses=(401, 403), token=True),
)
async def queries(request: Request) -> Response:
    """The queries and changes that run now, the oldest first, as JSON; for a token with the right `read-queries`."""
    require(request, Right.READ_QUERIES)
    found = [
        {
            "id": running.ident,
            "seconds": round(running.seconds, 3),
            "slow": running.slow,
            "query": running.text,
            "update": running.update,
        }
        for running in engine_of(request).running()
    ]
    return JSONResponse({"queries": found}, headers=_NOT_KEPT)


@router.delete(
    "/queries/{ident}", status_code=204, openapi_extra=operation(refuses=(401, 403, UnknownThing), token=True)
)
async def cancel(request: Request, ident: str) -> Response:
    """End what runs by that name (its request's X-Request-Id), with a token with the right `cancel-queries`; 204."""
    require(request, Right.CANCEL_QUERIES)
    if not engine_of(request).cancel(ident):
        raise UnknownThing(
            f"Er loopt geen vraag of wijziging '{ident}'; /queries laat zien welke er lopen.",
            f"No query or change '{ident}' is running; /queries shows which are.",
        )
    return Response(status_code=204, headers=_NOT_KEPT)
