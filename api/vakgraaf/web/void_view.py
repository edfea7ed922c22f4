"""`/.well-known/void`: how much of what there is (VoID), as data or to read; and everything in one file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from vakgraaf.engine import PROLOGUE, Row, select
from vakgraaf.rdf import iris
from vakgraaf.rdf.formats import DATASET_FORMATS, GRAPH_FORMATS, TURTLE, Format, by_extension
from vakgraaf.web.answers import AnswerResponse, answered
from vakgraaf.web.caching import engine_of, unchanged, validators
from vakgraaf.web.counting import counted
from vakgraaf.web.describe import labels_of
from vakgraaf.web.discovery import VOID, graphs_described, link_header
from vakgraaf.web.forms import links, wanted
from vakgraaf.web.negotiation import choose
from vakgraaf.web.openapi import content, operation, readable
from vakgraaf.web.pages import render
from vakgraaf.web.problems import HttpProblem, not_acceptable
from vakgraaf.web.routes import reads

router = APIRouter()

HTML = "text/html"
_DESCRIPTION = str(iris.graph("beschrijving"))
_EXAMPLES = str(iris.graph("queries"))
_USES = f"""
SELECT ?class ?property ?n WHERE {{ GRAPH graph:beschrijving {{
  <{iris.DATASET}> void:classPartition ?c . ?c void:class ?class ; void:propertyPartition ?p .
  ?p void:property ?property ; void:triples ?n }} }}"""


@dataclass(slots=True)
class Used:
    """A class, how many things are of it, and the properties that they have with the number of triples."""

    klasse: str
    entities: int
    properties: list[tuple[str, int]] = field(default_factory=list)


@reads(router, "/.well-known/void", "/.well-known/void.{extension}", described=readable())
async def void(request: Request) -> Response:
    """The VoID description: as data the graph that holds it, as a page the numbers."""
    extension = request.path_params.get("extension", "")
    want = wanted(request, f"{VOID}.{extension}" if extension else VOID, TURTLE.media_type)
    engine = engine_of(request)
    headers = validators(request, want.media_type, want.language if want.form is None else "") | link_header(request)
    if (same := unchanged(request, headers)) is not None:
        return same
    if want.form is not None:
        answer = await answered(request, engine.dump(_DESCRIPTION, want.form))
        return AnswerResponse(answer, want.form.content_type, headers)
    counts = await counted(engine)
    classes = _classes(counts.get("classes", {}), await select(engine, PROLOGUE + _USES))
    terms = {used.klasse for used in classes} | {name for used in classes for name, _ in used.properties}
    graphs = await graphs_described(engine)
    return render(
        request,
        "void.html",
        want.language,
        headers,
        whole=counts.get("whole", {}),
        classes=classes,
        graphs=graphs,
        labels=await labels_of(engine, terms | set(graphs), want.language),
        formats=links(f"{request.scope.get('root_path', '')}/{VOID}"),
    )


@reads(
    router,
    "/.well-known/sparql-examples",
    "/.well-known/sparql-examples/{slug}",
    described=operation(gives=content(GRAPH_FORMATS), statuses={303: "To the page of `/sparql`."}, refuses=(406,)),
)
async def sparql_examples(request: Request) -> Response:
    """The example queries and the prefixes, all in one document; who wants to read them gets the page of `/sparql`."""
    want = wanted(request, request.path_params.get("slug", ""), TURTLE.media_type)
    if want.form is None:
        return RedirectResponse(f"{request.scope.get('root_path', '')}/sparql", 303, {"vary": "Accept"})
    headers = validators(request, want.media_type)
    if (same := unchanged(request, headers)) is not None:
        return same
    answer = await answered(request, engine_of(request).dump(_EXAMPLES, want.form))
    return AnswerResponse(answer, want.form.content_type, headers)


@reads(
    router,
    "/dataset",
    "/dataset.{extension}",
    described=operation(gives=content(DATASET_FORMATS), statuses={303: "To the page of the VoID."}, refuses=(404, 406)),
)
async def dataset(request: Request) -> Response:
    """All graphs in one file, as TriG or N-Quads; who wants to read gets the page of the VoID."""
    form = _dataset_form(request, request.path_params.get("extension", ""))
    if form is None:
        return RedirectResponse(f"{request.scope.get('root_path', '')}/{VOID}", 303, {"vary": "Accept"})
    headers = validators(request, form.media_type)
    if (same := unchanged(request, headers)) is not None:
        return same
    answer = await answered(request, engine_of(request).dump(None, form))
    return AnswerResponse(answer, form.content_type, headers)


def _dataset_form(request: Request, extension: str) -> Format | None:
    """By extension, else by Accept, N-Quads where nothing is asked; None means a page. Raises `HttpProblem`."""
    if extension:
        form = by_extension(f"x.{extension}", DATASET_FORMATS)
        if form is None:
            raise HttpProblem(404, "Alles samen is er als .nq en .trig.", "Everything is there as .nq and .trig.")
        return form
    types = {f.media_type: f for f in reversed(DATASET_FORMATS)}
    chosen = choose(request.headers.get("accept"), [*types, HTML], next(iter(types)))
    if chosen is None:
        raise not_acceptable([*types, HTML])
    return types.get(chosen)


def _classes(entities: Mapping[str, int], rows: list[Row]) -> list[Used]:
    """The classes, the largest first, each with its properties, the most used first."""
    uses: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for row in rows:
        uses[row["class"].text].append((row["property"].text, int(row["n"].text)))
    found = [
        Used(klasse, n, sorted(uses.get(klasse, []), key=lambda use: (-use[1], use[0])))
        for klasse, n in entities.items()
    ]
    return sorted(found, key=lambda used: (-used.entities, used.klasse))
