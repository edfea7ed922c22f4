"""`/search`: full text over names, wordings and descriptions."""

from __future__ import annotations

import json
from typing import cast

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from vakgraaf.errors import InputError, MissingTool, NotReady, Overloaded, QueryTimeout, UnknownThing
from vakgraaf.rdf.prefixes import PREFIXES
from vakgraaf.search.answers import FACETS, Found, Sought
from vakgraaf.search.keeper import Search, State
from vakgraaf.web.caching import engine_of, unchanged, validators
from vakgraaf.web.negotiation import choose, choose_language
from vakgraaf.web.openapi import operation
from vakgraaf.web.pages import render
from vakgraaf.web.parameters import BRANCHE, CLASS, FORM, LANG, PAGE, PROFILE, SOUGHT
from vakgraaf.web.problems import not_acceptable
from vakgraaf.web.result_cache import ResultCache
from vakgraaf.web.routes import reads
from vakgraaf.web.search_places import places_of
from vakgraaf.web.searching import Showing, beginnings, segments

router = APIRouter()

HTML, JSON = "text/html", "application/json"
REFUSES = (NotReady, QueryTimeout, Overloaded, UnknownThing, MissingTool)
_NAMED = {"html": HTML, "json": JSON}
_FEATURES = operation(
    parameters=(SOUGHT, CLASS, PROFILE, BRANCHE, PAGE, FORM, LANG),
    gives={HTML: {"schema": {"type": "string"}}, JSON: {"schema": {"type": "object"}}},
    refuses=(InputError, 406, *REFUSES),
)


def search_of(request: Request) -> Search:
    """The search that the application was started with."""
    return cast(Search, request.app.state.search)


@reads(router, "/search", described=_FEATURES)
async def search(request: Request) -> Response:
    """Full text over names, wordings and descriptions: ranked, with facets; a page, or JSON."""
    media_type = _media_type(request)
    language = choose_language(request.query_params.get("lang"), request.headers.get("accept-language"))
    sought = _sought(request, language)
    state = search_of(request).state
    headers = headers_of(request, media_type, language, state)
    if (same := unchanged(request, headers)) is not None:
        return same
    kept = cast(ResultCache, request.app.state.results)
    key = ("search", headers["etag"], request.scope.get("root_path", ""), request.url.query)
    body = kept.get(key)
    if body is None:
        found = await search_of(request).find(sought)
        body = await _body(request, media_type, sought, found, state)
        kept.put(key, body)
    return HTMLResponse(body, headers=headers) if media_type == HTML else Response(body, 200, headers, media_type)


def headers_of(request: Request, media_type: str, language: str, state: State) -> dict[str, str]:
    """The validators of an answer: it depends on the index; where that is of older data, on nothing but the index.

    An index of the present data is the same on every server that has these, so their ETags are the same too.
    """
    if not state.current:
        return validators(request, media_type, language, f"{state.name}-before")
    headers = validators(request, media_type, language)
    return headers | {"etag": f'{headers["etag"][:-1]}-{state.name}"'} if state.name else headers


async def _body(request: Request, media_type: str, sought: Sought, found: Found, state: State) -> bytes:
    places = await places_of(engine_of(request), found.hits, sought.language)
    shown = Showing(request, sought, places).all(found, state)
    if media_type == JSON:
        return json.dumps(shown, ensure_ascii=False).encode()
    given = request.query_params
    page = render(
        request,
        "search.html",
        sought.language,
        {},
        found=shown,
        asked=bool(sought.text.strip() or sought.chosen),
        kept={name: given[name] for name in (*FACETS, "lang") if given.get(name)},
        segments=segments,
    )
    return bytes(page.body)


def _media_type(request: Request) -> str:
    """`?format=` says it, else Accept; who asks for nothing in particular gets a page. Raises `HttpProblem` 406."""
    asked = request.query_params.get("format")
    if asked:
        chosen = _NAMED.get(asked.casefold()) or (asked if asked in _NAMED.values() else None)
    else:
        chosen = choose(request.headers.get("accept"), [HTML, JSON], HTML)
    if chosen is None:
        raise not_acceptable([HTML, JSON])
    return chosen


def _sought(request: Request, language: str) -> Sought:
    """What the parameters ask for. Raises `InputError` for a page that is no number."""
    given = request.query_params
    page = given.get("page") or "1"
    if not (page.isascii() and page.isdigit() and int(page[:9]) > 0):
        raise InputError(
            f"page moet een getal vanaf 1 zijn, niet {page[:20]!r}.",
            f"page has to be a number from 1, not {page[:20]!r}.",
        )
    chosen = {kind: _iri(kind, given[kind]) for kind in FACETS if given.get(kind)}
    return Sought(given.get("q", ""), chosen, int(page[:9]), language)


def _iri(kind: str, name: str) -> str:
    """The IRI that a facet is chosen by: as it is, with a prefix, or by the last part of it."""
    prefix, colon, rest = name.partition(":")
    if not colon:
        return beginnings(kind)[0] + name
    return PREFIXES[prefix] + rest if prefix in PREFIXES and not rest.startswith("//") else name
