"""What every write over HTTP has in common: who may, whether it is judged, and what is answered."""

from __future__ import annotations

from starlette.requests import Request

from vakgraaf import errors
from vakgraaf.engine import Change
from vakgraaf.pipeline.publish import Condition, Published, publish
from vakgraaf.web.answers import answered
from vakgraaf.web.caching import engine_of
from vakgraaf.web.openapi import Refusal
from vakgraaf.web.parameters import NO_VALIDATE
from vakgraaf.web.request_id import request_id
from vakgraaf.web.tokens import Access, Right, require

_ON = ("", "true", "1", "yes")
REFUSES: tuple[Refusal, ...] = (
    400,
    401,
    403,
    errors.SyntaxProblem,
    errors.NotConforming,
    errors.QueryCrashed,
    errors.QueryOutOfMemory,
    errors.StoreFull,
    errors.Overloaded,
    errors.QueryCancelled,
    errors.QueryTimeout,
)
"""What may come of a write that does not happen."""


def may_write(request: Request) -> None:
    """Raises `HttpProblem` where the token of a request does not allow it, before any of the body is read."""
    require(request, Right.WRITE)
    if _without_validation(request):
        require(request, Right.NO_VALIDATE)


async def write(request: Request, change: Change, condition: Condition | None = None) -> Published:
    """Carry out a change; if the client leaves before it counts it never was.

    Raises `NotConforming`, `ClientGoneError`, and what the engine and `condition` raise.
    """
    access: Access = request.app.state.access
    judged = access.validate and not _without_validation(request)
    referee = request.app.state.referee if judged else None
    ident = request_id(request.scope)
    return await answered(request, publish(engine_of(request), change, referee, ident, condition))


def _without_validation(request: Request) -> bool:
    return request.query_params.get(NO_VALIDATE.name, "no").casefold() in _ON
