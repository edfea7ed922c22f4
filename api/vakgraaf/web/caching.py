"""Validators: an answer is the same as long as data version, type, language, software and settings are."""

from __future__ import annotations

from importlib.metadata import version

from starlette.datastructures import State
from starlette.requests import Request
from starlette.responses import Response

from vakgraaf.engine import Engine
from vakgraaf.web.preconditions import is_known, require_for_writing, require_match
from vakgraaf.web.replies import same_while

_SOFTWARE = version("vakgraaf")
_SINCE = "vakgraaf.since"
_SAFE = ("GET", "HEAD", "QUERY")


def present(state: State) -> str:
    """What tells the answers of now from those of before: the data, and who may do what with them."""
    return _told(state, state.engine.info.tag)


def _told(state: State, data: str) -> str:
    return f"{data}-{state.access.told}"


def _stem(state: State, data: str) -> str:
    """What the tags of all answers begin with that are made of the same data."""
    return f"{data}-{_SOFTWARE}-{state.offer}-{state.access.told}"


def engine_of(request: Request) -> Engine:
    """The engine that the application was started with."""
    engine: Engine = request.app.state.engine
    request.scope.setdefault(_SINCE, engine.info.tag)
    return engine


def data_since(request: Request) -> str:
    """The tag of the data that there were when the engine was first needed for a request.

    Whatever is asked for it after that is of these data or newer ones. With this tag in its validator an answer may be
    newer than the validator says, which does no harm; it is never older.
    """
    engine_of(request)
    return str(request.scope[_SINCE])


def validators(
    request: Request, media_type: str, language: str = "", state: str = "", *, data: str = ""
) -> dict[str, str]:
    """The headers of a cacheable answer. The ETag is weak: two workers may order the same triples differently.

    `data` is the tag of the data that it is made of, where that is known; else `data_since` is. `state` tells them from
    others, where they are not simply a version of the data.
    """
    of, data = request.app.state, data or data_since(request)
    if not state:
        same_while(request.scope, _told(of, data))
    tag = "-".join((_stem(of, state or data), media_type.replace("/", "."), language)).rstrip("-")
    headers = {"etag": f'W/"{tag}"', "vary": "Accept, Accept-Language", "cache-control": "no-cache"}
    return headers | ({"content-language": language} if language else {})


def unchanged(request: Request, headers: dict[str, str]) -> Response | None:
    """304 where the client has this very answer already (RFC 9110 §13.1.2), else None.

    Raises `HttpProblem` 412 where it wants another one only (§13.1.1).
    """
    this = headers["etag"].removeprefix("W/")

    def is_this(tag: str) -> bool:
        return tag == this

    require_match(request, is_this)
    if request.method in _SAFE and is_known(request, is_this):
        return Response(status_code=304, headers=headers)
    return None


def require_current(request: Request, data: str, *, exists: bool) -> None:
    """Raises `HttpProblem` 412 where If-Match or If-None-Match keeps a change from being made (RFC 9110 §13.2.2).

    `data` is the tag of the data that it would be made to, and `exists` whether what is to be changed is among those.
    """
    stem = f'"{_stem(request.app.state, data)}-'
    require_for_writing(request, lambda tag: tag.startswith(stem), exists=exists)
