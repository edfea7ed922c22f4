"""Register a view for reading: GET, and HEAD wherever GET (RFC 9110 §9.3.2), described once in OpenAPI."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from fastapi import APIRouter
from starlette.responses import Response

from vakgraaf.web.openapi import Described

View = Callable[..., Awaitable[Response]]


def reads(
    router: APIRouter, *paths: str, described: Described | None = None, status: int = 200
) -> Callable[[View], View]:
    """Decorate a view that answers GET and HEAD at each of `paths`.

    OpenAPI says that it answers `status`, and `described` beside that.
    """

    def register(view: View) -> View:
        for path in paths:
            router.get(path, status_code=status, openapi_extra=described)(view)
            router.head(path, include_in_schema=False)(view)
        return view

    return register
