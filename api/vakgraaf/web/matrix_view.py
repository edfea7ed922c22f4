"""`/matrix/{profiel}`: which core task of a profile asks for which competence."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from vakgraaf.engine import Engine
from vakgraaf.errors import UnknownThing
from vakgraaf.web.pages import render
from vakgraaf.web.routes import reads
from vakgraaf.web.site.choices import Choice
from vakgraaf.web.site.drawn import address, links, of_profile, table
from vakgraaf.web.site.matrix import Matrix, view
from vakgraaf.web.site.matrix_picture import picture
from vakgraaf.web.site.offers import CSV, HTML, SVG, Chosen, described
from vakgraaf.web.wording import words

router = APIRouter()

_OFFERS = (HTML, CSV, SVG)


@reads(router, "/matrix/{profiel:path}", described=described(_OFFERS, UnknownThing))
async def matrix(request: Request, profiel: str) -> Response:
    """The competence matrix of a profile, by its short name or IRI: as a page, a table (CSV) or a picture (SVG)."""

    async def write(engine: Engine, choice: Choice, want: Chosen, headers: dict[str, str]) -> str:
        found = await view(engine, choice.iri, want.language)
        if want.form is CSV:
            return _table(found, want.language)
        page = render(
            request,
            f"site/matrix.{want.form.name}",
            want.language,
            headers,
            matrix=found,
            picture=picture(found),
            formats=links(address(request, "matrix", choice.reference), _OFFERS[1:]),
        )
        return bytes(page.body).decode()

    return await of_profile(request, profiel, _OFFERS, write)


def _table(found: Matrix, language: str) -> str:
    """A line for each competence: `x` asked for, `x*` but not in the document's overview, `o` only in that."""
    word = words(language).gettext
    names = [f"{word(c.kind)} {c.number} {c.name.text if c.iri != found.iri else ''}".strip() for c in found.columns]
    heads = ("code", "competence", "iri", *(" ".join(name.split()) for name in names))
    lines = (
        (line.competence.code, line.competence.name.text, line.competence.iri, *(cell.code for cell in line.cells))
        for line in found.lines
    )
    return table(heads, lines)
