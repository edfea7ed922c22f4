"""`/def` and `/shapes`: what the words mean and what data must look like, as data or to be read."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import NamedTuple

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from vakgraaf.engine import Engine
from vakgraaf.rdf import iris
from vakgraaf.web.answers import AnswerResponse, answered
from vakgraaf.web.caching import engine_of, unchanged, validators
from vakgraaf.web.forms import Wanted, links, wanted
from vakgraaf.web.openapi import readable
from vakgraaf.web.pages import kept_page, render
from vakgraaf.web.routes import reads
from vakgraaf.web.site.definitions_page import definitions_page
from vakgraaf.web.site.shapes_page import ONTOLOGY_GRAPH, SHAPES_GRAPH, shapes_page

router = APIRouter()
_VERSION = iris.ONTOLOGY_VERSION


class Vocabulary(NamedTuple):
    """One of the two documents of terms: its path, its graph, the template of its page, and what makes that."""

    path: str
    graph: str
    template: str
    view: Callable[[Engine, str], Awaitable[object]]


_DEFINITIONS = Vocabulary("def", ONTOLOGY_GRAPH, "definitions.html", definitions_page)
_SHAPES = Vocabulary("shapes", SHAPES_GRAPH, "shapes.html", shapes_page)


# The version of the ontology is one of the two names of the same document, for as long as there is one version.
@reads(router, "/def", f"/def/{_VERSION}", "/def.{extension}", f"/def/{_VERSION}.{{extension}}", described=readable())
async def definitions(request: Request) -> Response:
    """The ontology."""
    return await _vocabulary(request, _DEFINITIONS)


@reads(
    router,
    "/shapes",
    f"/shapes/{_VERSION}",
    "/shapes.{extension}",
    f"/shapes/{_VERSION}.{{extension}}",
    described=readable(),
)
async def shapes(request: Request) -> Response:
    """The shapes."""
    return await _vocabulary(request, _SHAPES)


async def _vocabulary(request: Request, vocabulary: Vocabulary) -> Response:
    extension = request.path_params.get("extension", "")
    want: Wanted = wanted(request, f"{vocabulary.path}.{extension}" if extension else vocabulary.path)
    engine = engine_of(request)
    headers = validators(request, want.media_type, want.language if want.form is None else "")
    if (same := unchanged(request, headers)) is not None:
        return same
    if want.form is not None:
        answer = await answered(request, engine.dump(vocabulary.graph, want.form))
        return AnswerResponse(answer, want.form.content_type, headers)

    async def made() -> HTMLResponse:
        return render(
            request,
            vocabulary.template,
            want.language,
            headers,
            it=await vocabulary.view(engine, want.language),
            here=f"{iris.BASE}{vocabulary.path}#",
            canonical=f"{iris.BASE}{vocabulary.path}",
            formats=links(f"{request.scope.get('root_path', '')}/{vocabulary.path}"),
        )

    return await kept_page(request, headers, made)
