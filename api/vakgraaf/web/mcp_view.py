"""`/mcp`: questions of language models, by the Model Context Protocol (streamable HTTP, without sessions)."""

from __future__ import annotations

from typing import cast

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from vakgraaf.errors import MissingTool, UnknownThing
from vakgraaf.web.agents.endpoint import Agents
from vakgraaf.web.openapi import operation

router = APIRouter()

_MESSAGE = {"application/json": {"schema": {"type": "object", "description": "A message of JSON-RPC 2.0."}}}
_FEATURES = operation(
    takes=_MESSAGE,
    gives=_MESSAGE,
    statuses={202: "A notification was taken in."},
    refuses=(400, 403, 406, 413, 421, UnknownThing, MissingTool),
)


class _Passed(Response):
    """What the SDK answers, as it is."""

    def __init__(self, request: Request) -> None:
        self._request = request
        self.status_code = 200
        self.background = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Have it answered. What raises before anything was said becomes a problem, as everywhere."""
        await agents_of(self._request).answer(self._request, receive, send)


@router.post("/mcp", openapi_extra=_FEATURES)
async def mcp(request: Request) -> Response:
    """Questions of language models, by the Model Context Protocol: search, describe, query, validate."""
    return _Passed(request)


def agents_of(request: Request) -> Agents:
    """What answers them, as the application was started with it."""
    return cast(Agents, request.app.state.agents)
