"""`/` and `/health`: what is in here, and whether it works."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from vakgraaf.engine import PROLOGUE, Engine, select
from vakgraaf.rdf import iris
from vakgraaf.web.caching import engine_of, unchanged, validators
from vakgraaf.web.counting import counted
from vakgraaf.web.describe import labels_of
from vakgraaf.web.discovery import link_header
from vakgraaf.web.negotiation import choose_language
from vakgraaf.web.openapi import operation, page
from vakgraaf.web.pages import render
from vakgraaf.web.protocol import HTML
from vakgraaf.web.query_page import examples
from vakgraaf.web.routes import reads

router = APIRouter()

_HEALTH = operation(
    gives={
        "application/json": {
            "schema": {
                "type": "object",
                "properties": {
                    "status": {"enum": ["ok", "starting"]},
                    "data_version": {"type": "integer"},
                    "quads": {"type": "integer"},
                    "in_memory": {"type": "boolean"},
                },
            }
        }
    },
    statuses={503: "It has gone and is being started again."},
)
_SHOWN = 12
_PROFILES = f"""SELECT ?s (MIN(?name) AS ?label) (MIN(?year) AS ?issued) WHERE {{
  ?s a vg:Profiel ; rdfs:label ?name MINUS {{ ?s a vg:Stub }} OPTIONAL {{ ?s dct:issued ?year }}
}} GROUP BY ?s ORDER BY ?label ?s LIMIT {_SHOWN + 1}"""


@reads(router, "/", described=page())
async def home(request: Request) -> Response:
    """What is in here: profiles, numbers, graphs, example questions, limits."""
    language = choose_language(request.query_params.get("lang"), request.headers.get("accept-language"))
    headers = validators(request, HTML, language)
    if (same := unchanged(request, headers)) is not None:
        return same
    engine = engine_of(request)
    counts = await counted(engine)
    graphs = sorted((name, n) for name, n in counts.get("graphs", {}).items() if name)
    classes = [(name, n) for name, n in counts.get("classes", {}).items() if name.startswith(iris.VG)]
    classes.sort(key=lambda counted: (-counted[1], counted[0]))
    profiles = await select(engine, PROLOGUE + _PROFILES)
    terms = {name for name, _ in (*classes, *graphs)} | {row["s"].text for row in profiles}
    labels = await labels_of(engine, terms, language)
    return render(
        request,
        "home.html",
        language,
        headers | link_header(request),
        limits=request.app.state.limits,
        classes=classes,
        profiles=profiles[:_SHOWN],
        more_profiles=len(profiles) > _SHOWN,
        graphs=graphs,
        labels=labels,
        examples=await examples(request),
    )


@reads(router, "/health", described=_HEALTH)
async def health(request: Request) -> Response:
    """200 while the process that holds the data runs, else 503; the data version and the size go along."""
    engine: Engine = engine_of(request)
    alive, info = engine.alive, engine.info  # no query: however busy the workers are, this answers
    answer = {
        "status": "ok" if alive else "starting",
        "data_version": info.version,
        "quads": info.quads,
        "in_memory": info.in_memory,
    }
    return JSONResponse(answer, 200 if alive else 503, headers={"cache-control": "no-store"})
