"""`/suggest` and `/opensearch.xml`: names that begin as what is typed, and how a browser finds the search."""

from __future__ import annotations

import json
from typing import cast
from urllib.parse import urlencode

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from vakgraaf.rdf import iris
from vakgraaf.search.answers import Sought
from vakgraaf.search.terms import LONGEST_TEXT
from vakgraaf.web.caching import unchanged, validators
from vakgraaf.web.discovery import here
from vakgraaf.web.negotiation import choose, choose_language
from vakgraaf.web.openapi import operation
from vakgraaf.web.pages import local, markup
from vakgraaf.web.parameters import LANG, SOUGHT
from vakgraaf.web.problems import not_acceptable
from vakgraaf.web.result_cache import ResultCache
from vakgraaf.web.routes import reads
from vakgraaf.web.search import JSON, REFUSES, headers_of, search_of
from vakgraaf.web.searching import Showing

router = APIRouter()

SUGGESTIONS = "application/x-suggestions+json"
"""What browsers ask for (OpenSearch Suggestions 1.1): the text, and lists of names, descriptions and addresses."""
OPENSEARCH = "application/opensearchdescription+xml"

_MOST = 10
_ARRAY = {"schema": {"type": "array"}}
_SUGGEST = operation(
    parameters=(SOUGHT, LANG),
    gives={SUGGESTIONS: _ARRAY, JSON: {"schema": {"type": "object"}}},
    refuses=(406, *REFUSES),
)


@reads(router, "/suggest", described=_SUGGEST)
async def suggest(request: Request) -> Response:
    """Names that begin as `q`, for a search box: as OpenSearch has it, or as JSON with IRIs and classes."""
    media_type = choose(request.headers.get("accept"), [SUGGESTIONS, JSON], SUGGESTIONS)
    if media_type is None:
        raise not_acceptable([SUGGESTIONS, JSON])
    language = choose_language(request.query_params.get("lang"), request.headers.get("accept-language"))
    state = search_of(request).state
    headers = headers_of(request, media_type, language, state)
    if (same := unchanged(request, headers)) is not None:
        return same
    text = request.query_params.get("q", "")[:LONGEST_TEXT]
    kept = cast(ResultCache, request.app.state.results)
    key = ("suggest", headers["etag"], here(request), text)
    body = kept.get(key)
    if body is None:
        body = await _body(request, media_type, text, language)
        kept.put(key, body)
    return Response(body, 200, headers, media_type)


@reads(router, "/opensearch.xml", described=operation(parameters=(LANG,), gives={OPENSEARCH: {"schema": {}}}))
async def opensearch(request: Request) -> Response:
    """How to search here, for browsers that want to offer it (OpenSearch 1.1)."""
    language = choose_language(request.query_params.get("lang"), request.headers.get("accept-language"))
    headers = validators(request, OPENSEARCH, language)
    if (same := unchanged(request, headers)) is not None:
        return same
    return Response(markup("opensearch.xml", language, base=here(request)), 200, headers, OPENSEARCH)


async def _body(request: Request, media_type: str, text: str, language: str) -> bytes:
    showing = Showing(request, Sought(text, language=language))
    found = []
    for one in await search_of(request).suggest(text, _MOST):
        address = local(iris.document_of(one.iri)) or one.iri
        shown = showing.named(one.iri, one.labels)
        found.append(
            shown
            | {
                "class": None if one.of is None else showing.named(*one.of),
                "href": here(request).rstrip("/") + address if address.startswith("/") else address,
            }
        )
    if media_type == JSON:
        answer: object = {
            "query": text,
            "suggestions": found,
            "search": f"{here(request)}search?{urlencode({'q': text})}",
        }
    else:
        kinds = [one["class"]["label"] if one["class"] else "" for one in found]
        answer = [text, [one["label"] for one in found], kinds, [one["href"] for one in found]]
    return json.dumps(answer, ensure_ascii=False).encode()
