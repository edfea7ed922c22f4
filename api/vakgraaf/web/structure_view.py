"""`/structure/{profiel}`: what a profile is divided into, as a picture."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from vakgraaf.engine import Engine
from vakgraaf.errors import UnknownThing
from vakgraaf.web.pages import render
from vakgraaf.web.routes import reads
from vakgraaf.web.site.choices import Choice
from vakgraaf.web.site.drawn import address, links, of_profile
from vakgraaf.web.site.offers import HTML, SVG, Chosen, described
from vakgraaf.web.site.structure import view

router = APIRouter()

_OFFERS = (HTML, SVG)


@reads(router, "/structure/{profiel:path}", described=described(_OFFERS, UnknownThing))
async def structure(request: Request, profiel: str) -> Response:
    """A picture of what a profile is divided into, by its short name or IRI: on a page, or by itself (SVG)."""

    async def write(engine: Engine, choice: Choice, want: Chosen, headers: dict[str, str]) -> str:
        found = await view(engine, choice.iri, want.language)
        page = render(
            request,
            f"site/structure.{want.form.name}",
            want.language,
            headers,
            it=found,
            picture=found.picture,
            name=found.name,
            parts=found.parts,
            formats=links(address(request, "structure", choice.reference), _OFFERS[1:]),
        )
        return bytes(page.body).decode()

    return await of_profile(request, profiel, _OFFERS, write)
