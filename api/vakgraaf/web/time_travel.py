"""Pages as they were: `?as-of=`, and the datetime negotiation of Memento (RFC 7089) that leads to it."""

from __future__ import annotations

from email.utils import format_datetime

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from vakgraaf.engine import Engine
from vakgraaf.web.caching import engine_of
from vakgraaf.web.parameters import AS_OF
from vakgraaf.web.site.versions import Moment, as_of, moment

_DATETIME = "accept-datetime"


def time_gate(request: Request) -> Response | None:
    """302 to the page as it was at the moment of Accept-Datetime (RFC 7089 §4.1.1); None where there is no such header.

    Raises `InputError` for what is no date.
    """
    wanted = request.headers.get(_DATETIME)
    if wanted is None or AS_OF.name in request.query_params:
        return None
    target = request.url.include_query_params(**{AS_OF.name: moment(wanted).strftime("%Y-%m-%dT%H:%M:%SZ")})
    original = f'<{request.url.path}>; rel="original timegate"'
    headers = {"vary": "Accept, Accept-Language, Accept-Datetime", "link": original}
    return RedirectResponse(f"{target.path}?{target.query}", 302, headers)


async def as_asked(request: Request, subject: str) -> tuple[Engine, Moment | None]:
    """What to ask about `subject`: the store, or as it was at the moment that the address asks for.

    Raises `InputError` and `UnknownThing`.
    """
    text = request.query_params.get(AS_OF.name, "").strip()
    if not text:
        return engine_of(request), None
    return await as_of(engine_of(request), subject, moment(text))


def memento(was: Moment, links: str, page: str) -> dict[str, str]:
    """The headers of a page as it was (RFC 7089 §2.1)."""
    return {
        "memento-datetime": format_datetime(was.asked.replace(microsecond=0), usegmt=True),
        "link": f'{links}, <{page}>; rel="original timegate"',
    }
