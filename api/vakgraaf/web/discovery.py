"""Where clients look for what there is: addresses of the descriptions, and the links that lead to them."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from vakgraaf.engine import PROLOGUE, Engine, Value, select
from vakgraaf.rdf.formats import TURTLE
from vakgraaf.web.openapi import operation
from vakgraaf.web.routes import reads

router = APIRouter()

VOID = ".well-known/void"
CATALOG = "catalog"
ENDPOINT = "sparql"

_GRAPHS = """
SELECT ?graph ?p ?o WHERE { GRAPH graph:beschrijving {
  ?graph sd:graph ?node . ?node ?p ?o
  FILTER (?p IN (dct:title, dct:description, dct:rights, dct:license, dct:source, void:triples))
} }"""


def here(request: Request) -> str:
    """The address that this server is reached at, with a slash at the end; data name it only where a client goes."""
    return str(request.base_url)


def link_header(request: Request) -> dict[str, str]:
    """`Link` (RFC 8288): the VoID and the catalogue (`describedby`), the endpoint's description (RFC 8631)."""
    base = here(request)
    links = [
        f'<{base}{path}>; rel="{relation}"; type="{TURTLE.media_type}"'
        for path, relation in ((VOID, "describedby"), (CATALOG, "describedby"), (ENDPOINT, "service-desc"))
    ]
    return {"link": ", ".join(links)}


async def graphs_described(engine: Engine) -> dict[str, dict[str, list[Value]]]:
    """Named graph → property → values, as the description graph has them: title, rights, size and the like."""
    found: dict[str, dict[str, list[Value]]] = {}
    for row in await select(engine, PROLOGUE + _GRAPHS):
        found.setdefault(row["graph"].text, {}).setdefault(row["p"].text, []).append(row["o"])
    return {graph: found[graph] for graph in sorted(found)}


@reads(router, "/robots.txt", described=operation(gives={"text/plain": {"schema": {"type": "string"}}}))
async def robots(request: Request) -> Response:
    """For crawlers: everything may be read; answers to queries are not pages."""
    root = request.scope.get("root_path", "")
    rules = f"User-agent: *\nDisallow: {root}/sparql?\nDisallow: {root}/update\nAllow: /\n"
    return PlainTextResponse(f"{rules}Sitemap: {here(request)}sitemap.xml\n")
