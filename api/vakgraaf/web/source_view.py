"""`/sources/{name}`: the text of a source document, with what was made of each line; or the plain text itself."""

from __future__ import annotations

import asyncio

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from vakgraaf.errors import UnknownThing
from vakgraaf.rdf import iris
from vakgraaf.rdf.iri_signs import is_part_of_iri
from vakgraaf.rdf.numbers import number_of
from vakgraaf.web.caching import engine_of, unchanged, validators
from vakgraaf.web.forms import HTML, links
from vakgraaf.web.negotiation import choose, choose_language
from vakgraaf.web.openapi import operation
from vakgraaf.web.pages import kept_page, local, render
from vakgraaf.web.parameters import LANG, Parameter
from vakgraaf.web.problems import not_acceptable
from vakgraaf.web.routes import reads
from vakgraaf.web.site.source_page import source_page, source_text

router = APIRouter()
_TEXT = "text/plain"
_FORM = Parameter("format", "`html`, or `txt` for the text as it was received; else `Accept` decides.")
_LINE = Parameter("line", "The number of a line to go to: 303 to the page at that line.")
_SCHEMA = {"schema": {"type": "string"}}


@reads(
    router,
    "/sources/{name}",
    described=operation(
        parameters=(_FORM, _LINE, LANG),
        gives={HTML: _SCHEMA, _TEXT: _SCHEMA},
        statuses={303: "To the page, at the line asked for."},
        refuses=(UnknownThing, 406),
    ),
)
async def source(request: Request, name: str) -> Response:
    """A source document: its lines, and what was made of them."""
    document = f"{iris.BASE}id/brondocument/{name}"
    form = _form(request)
    if not is_part_of_iri(name):
        raise _unknown(name)
    if form == _TEXT:
        return await _plain(request, name, document)
    if (line := number_of(request.query_params.get("line", "").strip())) is not None:
        return RedirectResponse(f"{request.url.path}#r{line}", 303)
    language = choose_language(request.query_params.get("lang"), request.headers.get("accept-language"))
    headers = validators(request, HTML, language)
    if (same := unchanged(request, headers)) is not None:
        return same

    async def made() -> HTMLResponse:
        page = await source_page(engine_of(request), document, language)
        if page is None:
            raise _unknown(name)
        root = request.scope.get("root_path", "")
        return render(
            request,
            "site/source.html",
            language,
            headers,
            it=page,
            canonical=f"{iris.BASE}sources/{name}",
            plain=f"{local(f'{iris.BASE}sources/{name}', root)}?format=txt",
            formats=links(local(iris.document_of(document), root) or ""),
        )

    return await kept_page(request, headers, made)


async def _plain(request: Request, name: str, document: str) -> Response:
    """The text, byte for byte."""
    text = await source_text(engine_of(request), document)
    if text is None:
        raise UnknownThing(
            f"De tekst van brondocument '{name}' is hier niet. Op de pagina zelf staat wat er wel van bekend is.",
            f"The text of source document '{name}' is not here. The page itself shows what is known of it.",
        )
    headers = validators(request, _TEXT) | {"content-language": "nl"}
    headers["etag"] = f'"{text.sha256}"'
    if (same := unchanged(request, headers)) is not None:
        return same
    content = await asyncio.to_thread(text.path.read_bytes)
    return Response(content, headers=headers | {"content-type": f"{_TEXT}; charset=utf-8"})


def _form(request: Request) -> str:
    """The media type of the answer. Raises `HttpProblem` 406."""
    asked = request.query_params.get("format", "").casefold()
    names = {"html": HTML, HTML: HTML, "txt": _TEXT, "text": _TEXT, _TEXT: _TEXT}
    chosen = names.get(asked) if asked else choose(request.headers.get("accept"), [HTML, _TEXT], HTML)
    if chosen is None:
        raise not_acceptable([HTML, _TEXT])
    return chosen


def _unknown(name: str) -> UnknownThing:
    return UnknownThing(
        f"Een brondocument '{name}' is hier niet bekend. Klopt het adres? Op de beginpagina staat wat er is.",
        f"No source document '{name}' is known here. Is the address right? The home page lists what there is.",
    )
