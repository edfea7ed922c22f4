"""`/openapi.json` and `/api`: the addresses of this server, for programs (OpenAPI 3.1) and for people."""

from __future__ import annotations

import asyncio
import json
import re
from importlib.metadata import metadata

from fastapi import APIRouter, FastAPI
from fastapi.openapi.utils import get_openapi
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from vakgraaf import errors
from vakgraaf.engine import Form, offers
from vakgraaf.web.caching import engine_of, unchanged, validators
from vakgraaf.web.explaining import JSON, PLAIN, SCHEMA
from vakgraaf.web.negotiation import choose_language
from vakgraaf.web.openapi import COMPONENTS, Described, content, form, operation, page
from vakgraaf.web.pages import kept_page, render
from vakgraaf.web.parameters import LANG, QUERY, QUERY_PARAMETERS
from vakgraaf.web.protocol import FORM_TYPE, HTML, QUERY_TYPE
from vakgraaf.web.result_cache import ResultCache
from vakgraaf.web.routes import reads

router = APIRouter()

_PACKAGE = metadata("vakgraaf")
_GET = """The query operation of the SPARQL 1.1 Protocol. Without a query a browser gets a form, and an RDF client the
service description."""
_POST = """The same with the query in a form, or as the body itself. The method QUERY, for which OpenAPI 3.1 has no
place, takes what POST takes and is safe to repeat."""
_REFUSES = (
    errors.SyntaxProblem,
    errors.InputError,
    errors.QueryRefused,
    406,
    errors.QueryCrashed,
    errors.RemoteFailure,
    errors.Overloaded,
    errors.QueryCancelled,
    errors.QueryTimeout,
    errors.QueryOutOfMemory,
)


@reads(router, "/openapi.json", described=operation(gives={JSON: {"schema": {"type": "object"}}}))
async def openapi(request: Request) -> Response:
    """These addresses with their parameters, media types and refusals, for programs (OpenAPI 3.1)."""
    headers = validators(request, JSON) | {"content-type": JSON}
    if (same := unchanged(request, headers)) is not None:
        return same
    return Response(await _kept_document(request), headers=headers)


@reads(router, "/api", described=page())
async def for_people(request: Request) -> Response:
    """The same document as a page."""
    language = choose_language(request.query_params.get("lang"), request.headers.get("accept-language"))
    headers = validators(request, HTML, language)
    if (same := unchanged(request, headers)) is not None:
        return same

    async def make() -> HTMLResponse:
        document = json.loads(await _kept_document(request))
        calls = [
            (path, method.upper(), call)
            for path, calls in sorted(document["paths"].items())
            for method, call in calls.items()
            if method in ("get", "post", "put", "delete")
        ]
        return render(request, "api.html", language, headers, title=document["info"]["title"], calls=calls)

    return await kept_page(request, headers, make)


async def _kept_document(request: Request) -> bytes:
    kept, root = request.app.state.results, request.scope.get("root_path", "")
    assert isinstance(kept, ResultCache)
    key = ("openapi", engine_of(request).info.tag, root)
    body = kept.get(key)
    if body is None:
        body = await asyncio.to_thread(_document, request.app, root)
        kept.put(key, body)
    return body


def _document(app: FastAPI, root: str) -> bytes:
    """The document for a server at the path `root`."""
    found = get_openapi(
        title=app.title,
        version=_PACKAGE["Version"],
        description=f"{_PACKAGE['Summary']}. HEAD wherever GET.",
        license_info={"name": _PACKAGE["License-Expression"], "identifier": _PACKAGE["License-Expression"]},
        routes=app.routes,
        servers=[{"url": root or "/"}],
    )
    found["paths"] = {"/sparql": _sparql()} | found["paths"]
    for path, operations in found["paths"].items():
        for described in operations.values():
            _complete(described, path)
    found["components"] = COMPONENTS | {"schemas": COMPONENTS["schemas"] | {"Explanation": SCHEMA}}
    return json.dumps(found, ensure_ascii=False).encode()


def _complete(described: Described, path: str) -> None:
    """Name the parts of the address that the function does not name."""
    parameters = described.get("parameters", [])
    named = {parameter["name"] for parameter in parameters if parameter["in"] == "path"}
    missing = [name for name in re.findall(r"{(\w+)}", path) if name not in named]
    if missing:
        parts = [{"name": name, "in": "path", "required": True, "schema": {"type": "string"}} for name in missing]
        described["parameters"] = [*parameters, *parts]


def _sparql() -> Described:
    """The endpoint, which the router does not know as it knows the others."""
    explanation = {"$ref": "#/components/schemas/Explanation"}
    explained = {JSON: {"schema": explanation}, PLAIN: {"schema": {"type": "string"}}}
    gives = content((*offers(Form.SELECT), *offers(Form.CONSTRUCT)), page=True) | explained
    about = {"tags": ["SPARQL"], "externalDocs": {"url": "https://www.w3.org/TR/sparql11-protocol/"}}
    get = operation(parameters=(*QUERY_PARAMETERS, LANG), gives=gives, refuses=(*_REFUSES, 414))
    body = {FORM_TYPE: form(QUERY_PARAMETERS, QUERY), QUERY_TYPE: {"schema": {"type": "string"}}}
    others = [parameter for parameter in QUERY_PARAMETERS if parameter is not QUERY]
    post = operation(parameters=(*others, LANG), takes=body, gives=gives, refuses=(*_REFUSES, errors.QueryTooLong, 415))
    return {
        "get": about | {"operationId": "query", "summary": "Query", "description": _GET} | get,
        "post": about | {"operationId": "query_post", "summary": "Query, in a body", "description": _POST} | post,
    }
