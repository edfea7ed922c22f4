"""`/graph/{name}`: one named graph, whole."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from vakgraaf.engine import PROLOGUE, iri, select
from vakgraaf.errors import UnknownThing
from vakgraaf.rdf import iris
from vakgraaf.rdf.iri_signs import is_part_of_iri
from vakgraaf.web.answers import AnswerResponse, answered
from vakgraaf.web.caching import engine_of, unchanged, validators
from vakgraaf.web.describe import labels_of
from vakgraaf.web.forms import links, wanted
from vakgraaf.web.openapi import readable
from vakgraaf.web.pages import local, render
from vakgraaf.web.routes import reads

router = APIRouter()


@reads(router, "/graph/{name}", described=readable(UnknownThing))
async def named_graph(request: Request, name: str) -> Response:
    """All triples of the graph as data; as a page its size, its rights and where to get it."""
    return await _graph(request, name)


@reads(router, "/graph/versie/{name}/{number}", described=readable(UnknownThing))
async def version_of_graph(request: Request, name: str, number: str) -> Response:
    """What a graph was before it was replaced."""
    return await _graph(request, f"versie/{name}/{number}")


async def _graph(request: Request, name: str) -> Response:
    want = wanted(request, name)
    graph = f"{iris.BASE}graph/{want.path}"
    engine = engine_of(request)
    count = await _count(request, graph)
    if not count:
        raise UnknownThing(
            f"Er is geen graaf '{want.path}'. Op de beginpagina staat welke er zijn.",
            f"There is no graph '{want.path}'. The home page lists which there are.",
        )
    headers = validators(request, want.media_type, want.language if want.form is None else "")
    if (same := unchanged(request, headers)) is not None:
        return same
    if want.form is not None:
        answer = await answered(request, engine.dump(graph, want.form))
        return AnswerResponse(answer, want.form.content_type, headers)
    about = await select(engine, f"SELECT ?p ?o WHERE {{ GRAPH ?g {{ {iri(graph)} ?p ?o }} }} ORDER BY ?p ?o")
    labels = await labels_of(engine, {v.text for r in about for v in r.values() if v.kind == "uri"}, want.language)
    return render(
        request,
        "graph.html",
        want.language,
        headers,
        graph=graph,
        name=want.path,
        count=count,
        about=about,
        labels=labels,
        formats=links(local(graph, request.scope.get("root_path", "")) or ""),
    )


async def _count(request: Request, graph: str) -> int:
    if not is_part_of_iri(graph):
        return 0
    query = f"{PROLOGUE}SELECT (COUNT(*) AS ?n) FROM {iri(graph)} WHERE {{ ?s ?p ?o }}"
    return int((await select(engine_of(request), query))[0]["n"].text)
