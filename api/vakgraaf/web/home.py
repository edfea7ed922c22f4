"""`/` and `/health`: what is in here, and whether it works."""

from __future__ import annotations

import asyncio

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from vakgraaf.engine import PROLOGUE, Engine, select
from vakgraaf.web.caching import engine_of, unchanged, validators
from vakgraaf.web.describe import labels_of
from vakgraaf.web.negotiation import choose_language
from vakgraaf.web.pages import render
from vakgraaf.web.routes import reads
from vakgraaf.web.sparql import HTML, examples

router = APIRouter()

_CLASSES = """
SELECT ?class (COUNT(?s) AS ?n) WHERE {
  { SELECT DISTINCT ?s ?class WHERE { ?s a ?class } }
  FILTER (STRSTARTS(STR(?class), STR(vg:)))
} GROUP BY ?class"""
_PROFILES = "SELECT DISTINCT ?s WHERE { ?s a vg:Profiel MINUS { ?s a vg:Stub } }"
_GRAPHS = "SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?g"


@reads(router, "/")
async def home(request: Request) -> Response:
    """What is in here: profiles, numbers, graphs, example questions."""
    language = choose_language(request.query_params.get("lang"), request.headers.get("accept-language"))
    headers = validators(request, HTML, language)
    if (same := unchanged(request, headers)) is not None:
        return same
    engine = engine_of(request)
    classes, profiles, graphs = await asyncio.gather(
        *(select(engine, PROLOGUE + query) for query in (_CLASSES, _PROFILES, _GRAPHS))
    )
    terms = {row["class"].text for row in classes} | {row["s"].text for row in profiles}
    terms |= {row["g"].text for row in graphs}
    labels = await labels_of(engine, terms, language)
    classes.sort(key=lambda row: (-int(row["n"].text), row["class"].text))
    profiles.sort(key=lambda row: labels.found[row["s"].text].text if row["s"].text in labels.found else row["s"].text)
    return render(
        request,
        "home.html",
        language,
        headers,
        classes=classes,
        profiles=profiles,
        graphs=graphs,
        labels=labels,
        examples=await examples(request),
    )


@reads(router, "/health")
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
