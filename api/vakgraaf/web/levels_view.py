"""`/levels/{profiel}` and `/frameworks`: why a profile is at a level, and the frameworks that levels are of."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from vakgraaf.errors import UnknownThing
from vakgraaf.web.caching import engine_of
from vakgraaf.web.pages import render
from vakgraaf.web.routes import reads
from vakgraaf.web.site.choices import at_address, unknown
from vakgraaf.web.site.drawn import sent
from vakgraaf.web.site.frameworks import entries, framework
from vakgraaf.web.site.levels import view
from vakgraaf.web.site.offers import HTML, chosen, described

router = APIRouter()

_OFFERS = (HTML,)


@reads(router, "/levels/{profiel:path}", described=described(_OFFERS, UnknownThing))
async def levels(request: Request, profiel: str) -> Response:
    """Why a profile is at a level, step by step with the sources; without a qualification, what its words point to."""
    want = chosen(request, profiel, _OFFERS)

    async def made(headers: dict[str, str]) -> str:
        choice = await at_address(engine_of(request), want.path, want.language)
        if choice is None:
            raise unknown(want.path)
        found = await view(engine_of(request), choice.iri, want.language)
        page = render(request, "site/levels.html", want.language, headers, it=found)
        return bytes(page.body).decode()

    return await sent(request, want, made)


@reads(router, "/frameworks", described=described(_OFFERS))
async def frameworks(request: Request) -> Response:
    """The qualification frameworks, and of how many of their levels is known what they correspond to."""
    want = chosen(request, "", _OFFERS)

    async def made(headers: dict[str, str]) -> str:
        found = await entries(engine_of(request), want.language)
        page = render(request, "site/frameworks.html", want.language, headers, frameworks=found)
        return bytes(page.body).decode()

    return await sent(request, want, made)


@reads(router, "/frameworks/{raamwerk}", described=described(_OFFERS, UnknownThing))
async def one_framework(request: Request, raamwerk: str) -> Response:
    """A qualification framework: its levels, what they correspond to by which source, and where no source is known."""
    want = chosen(request, raamwerk, _OFFERS)

    async def made(headers: dict[str, str]) -> str:
        found = await framework(engine_of(request), want.path, want.language)
        page = render(request, "site/framework.html", want.language, headers, it=found)
        return bytes(page.body).decode()

    return await sent(request, want, made)
