"""`/`: what is in here."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from vakgraaf.engine import PROLOGUE, select
from vakgraaf.rdf import iris
from vakgraaf.web.caching import engine_of, unchanged, validators
from vakgraaf.web.counting import counted
from vakgraaf.web.describe import labels_of
from vakgraaf.web.discovery import link_header
from vakgraaf.web.negotiation import choose_language
from vakgraaf.web.openapi import page
from vakgraaf.web.pages import render
from vakgraaf.web.protocol import HTML
from vakgraaf.web.query_page import examples
from vakgraaf.web.routes import reads

router = APIRouter()

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
