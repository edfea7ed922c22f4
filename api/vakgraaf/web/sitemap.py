"""`/sitemap.xml`: the pages that a search engine should know, fifty thousand a file (sitemaps.org protocol)."""

from __future__ import annotations

from collections.abc import Mapping
from xml.sax.saxutils import escape

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from vakgraaf.engine import PROLOGUE, Engine, select
from vakgraaf.errors import UnknownThing
from vakgraaf.rdf import iris
from vakgraaf.web.caching import engine_of, unchanged, validators
from vakgraaf.web.discovery import here
from vakgraaf.web.openapi import operation
from vakgraaf.web.pages import local
from vakgraaf.web.routes import reads

router = APIRouter()

_XML = "application/xml"
_MOST = 50_000
_XMLNS = "http://www.sitemaps.org/schemas/sitemap/0.9"
_CLASSES = (
    "Profiel Taak Skill Competentie Competentiemodel Begrip Beroep Brondocument Kwalificatie Kwalificatiedossier"
    " Raamwerk Niveau Branche"
).split()
_IN_CLASS = "SELECT DISTINCT ?s WHERE {{ ?s a vg:{name} FILTER (ISIRI(?s)) }} ORDER BY ?s LIMIT {most} OFFSET {offset}"
_COUNT = "SELECT ?c (COUNT(DISTINCT ?s) AS ?n) WHERE {{ VALUES ?c {{ {classes} }} ?s a ?c }} GROUP BY ?c"
_DESCRIBED = operation(gives={_XML: {"schema": {"type": "string"}}})


@reads(router, "/sitemap.xml", described=_DESCRIBED)
async def index(request: Request) -> Response:
    """One map for each class, and for each fifty thousand things of it."""
    headers = validators(request, _XML)
    if (same := unchanged(request, headers)) is not None:
        return same
    base = here(request)
    maps = [
        f"<sitemap><loc>{escape(base)}sitemap-{name.lower()}-{part}.xml</loc></sitemap>"
        for name, n in (await _sizes(engine_of(request))).items()
        for part in range(1, 2 + (n - 1) // _MOST)
    ]
    return _xml(f'<sitemapindex xmlns="{_XMLNS}">{"".join(maps)}</sitemapindex>', headers)


@reads(router, "/sitemap-{name}-{part}.xml", described=_DESCRIBED)
async def part_of_map(request: Request, name: str, part: str) -> Response:
    """The pages of one class, in order of their addresses."""
    klasse = next((one for one in _CLASSES if one.lower() == name), None)
    if klasse is None or not (part.isascii() and part.isdigit() and int(part[:4]) > 0 and len(part) < 5):
        raise _absent()
    headers = validators(request, _XML)
    if (same := unchanged(request, headers)) is not None:
        return same
    text = PROLOGUE + _IN_CLASS.format(name=klasse, most=_MOST, offset=(int(part) - 1) * _MOST)
    base = here(request).rstrip("/")
    found = await select(engine_of(request), text)
    if not found:
        raise _absent()
    pages = [local(iris.document_of(row["s"].text)) for row in found]
    listed = "".join(f"<url><loc>{escape(base + page)}</loc></url>" for page in pages if page and page.startswith("/"))
    return _xml(f'<urlset xmlns="{_XMLNS}">{listed}</urlset>', headers)


def _absent() -> UnknownThing:
    return UnknownThing("Dit overzicht van bladzijden is er niet.", "There is no such sitemap.")


async def _sizes(engine: Engine) -> dict[str, int]:
    """How many things each class has; a class without any is left out."""
    text = PROLOGUE + _COUNT.format(classes=" ".join(f"vg:{name}" for name in _CLASSES))
    found = {row["c"].text.removeprefix(str(iris.VG)): int(row["n"].text) for row in await select(engine, text)}
    return {name: found[name] for name in _CLASSES if found.get(name)}


def _xml(body: str, headers: Mapping[str, str]) -> Response:
    return Response(f'<?xml version="1.0" encoding="UTF-8"?>\n{body}', headers=headers, media_type=_XML)
