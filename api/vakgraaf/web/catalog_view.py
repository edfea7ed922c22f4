"""`/catalog`: what data there are and where to get them (DCAT-AP-NL), as data or to read."""

from __future__ import annotations

import asyncio

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from vakgraaf.rdf.formats import TURTLE, Format
from vakgraaf.web.caching import engine_of, unchanged, validators
from vakgraaf.web.catalog import Described, Publisher, catalogue
from vakgraaf.web.catalog_page import page_of
from vakgraaf.web.discovery import CATALOG, graphs_described, here, link_header
from vakgraaf.web.forms import links, wanted
from vakgraaf.web.openapi import readable
from vakgraaf.web.pages import render
from vakgraaf.web.result_cache import ResultCache
from vakgraaf.web.routes import reads
from vakgraaf.web.service_description import serialised

router = APIRouter()


@reads(router, "/catalog", "/catalog.{extension}", described=readable())
async def catalog(request: Request) -> Response:
    """The catalogue: datasets with their rights and downloads, and the endpoint."""
    extension = request.path_params.get("extension", "")
    want = wanted(request, f"{CATALOG}.{extension}" if extension else CATALOG, TURTLE.media_type)
    headers = validators(request, want.media_type, want.language if want.form is None else "") | link_header(request)
    if (same := unchanged(request, headers)) is not None:
        return same
    publisher: Publisher = request.app.state.publisher
    graphs = await graphs_described(engine_of(request))
    if want.form is not None:
        content = await _content(request, publisher, graphs, want.form)
        return Response(content, headers=headers | {"content-type": want.form.content_type})
    found = catalogue(here(request), publisher, engine_of(request).info, graphs)
    return render(
        request,
        "catalog.html",
        want.language,
        headers,
        it=page_of(found, want.language),
        formats=links(f"{request.scope.get('root_path', '')}/{CATALOG}"),
    )


async def _content(request: Request, publisher: Publisher, graphs: Described, form: Format) -> bytes:
    """The catalogue as bytes, kept for who asks next: making it takes longer than most queries."""
    info, kept = engine_of(request).info, request.app.state.results
    assert isinstance(kept, ResultCache)
    key = (CATALOG, info.tag, here(request), form)
    content = kept.get(key)
    if content is None:
        content = await asyncio.to_thread(lambda: serialised(catalogue(here(request), publisher, info, graphs), form))
        kept.put(key, content)
    return content
