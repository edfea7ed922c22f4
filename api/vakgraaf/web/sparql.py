"""`/sparql`: the query operation of the SPARQL 1.1 Protocol, and a form for people."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import parse_qsl

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from vakgraaf.engine import PROLOGUE, CheckedQuery, Dataset, Form, offers, select
from vakgraaf.rdf.formats import GRAPH_FORMATS, Format, named
from vakgraaf.rdf.prefixes import PREFIXES
from vakgraaf.web.answers import AnswerResponse, answered
from vakgraaf.web.caching import engine_of, unchanged, validators
from vakgraaf.web.negotiation import choose, choose_language, names_type
from vakgraaf.web.pages import render
from vakgraaf.web.problems import HttpProblem, not_acceptable
from vakgraaf.web.routes import reads
from vakgraaf.web.service_description import described

router = APIRouter()

HTML = "text/html"
# What a question to begin with needs; the examples below the form bring their own.
_START = "".join(f"PREFIX {prefix}: <{PREFIXES[prefix]}>\n" for prefix in ("vg", "rdfs", "skos"))
_UNREPEATABLE = re.compile(r"\b(?:NOW|RAND|UUID|STRUUID|BNODE)\b", re.IGNORECASE)
_FORMAT_PARAMETERS = ("format", "output", "results")  # SPARQLWrapper sends all three, each also twice


@dataclass(frozen=True, slots=True)
class Operation:
    """What a request asks (Protocol §2.1): the query or None, its dataset, and what it says about formats."""

    query: str | None
    dataset: Dataset
    formats: tuple[str, ...]


@reads(router, "/sparql")
@router.post("/sparql")
async def sparql(request: Request) -> Response:
    """Answer a query; without one, show the form or describe the service."""
    operation = await read(request)
    if operation.query is None:
        return await _without_query(request)
    engine = engine_of(request)
    query = engine.check(operation.query)
    form, media_type = negotiate(request.headers.get("accept"), operation.formats, query.form)
    headers = _headers(request, query, media_type)
    if "etag" in headers and (same := unchanged(request, headers)) is not None:
        return same
    answer = await answered(request, engine.query(query, form, operation.dataset))
    return AnswerResponse(answer, _content_type(form, media_type), headers)


async def read(request: Request) -> Operation:
    """The operation of a request; parameters that nobody knows are let through (Protocol §2.1).

    Raises `HttpProblem` for another media type than the two of the protocol, a body that is too long, or bytes that
    are not UTF-8.
    """
    fields = _pairs(request.scope["query_string"])
    text = None
    if request.method == "POST":
        body = await _body(request)
        kind = request.headers.get("content-type", "").partition(";")[0].strip().casefold()
        if kind == "application/sparql-query":
            text = _utf8(body)
        elif kind in ("application/x-www-form-urlencoded", "") or not body:
            fields += _pairs(body)
        else:
            raise HttpProblem(
                415,
                "Stuur een vraag als application/sparql-query of application/x-www-form-urlencoded.",
                "Send a query as application/sparql-query or application/x-www-form-urlencoded.",
                {"accept-post": "application/sparql-query, application/x-www-form-urlencoded"},
            )
    if text is None:
        text = next((value for name, value in fields if name == "query"), None)
    formats = tuple(value for name, value in fields if name in _FORMAT_PARAMETERS)
    return Operation(text, Dataset(_all(fields, "default-graph-uri"), _all(fields, "named-graph-uri")), formats)


def negotiate(accept: str | None, formats: tuple[str, ...], form: Form) -> tuple[Format, str]:
    """The format of the answer and the media type to call it.

    An Accept header that names one of our types counts first, then the parameter, then the rest of the header. A
    browser names XML without meaning it; of one only the registered types count. Raises `HttpProblem` 406.
    """
    available = offers(form)
    exact = {f.media_type: f for f in available}
    aliases = {alias: f for f in available for alias in f.media_aliases}
    browser = names_type(accept, [HTML])
    types = exact if browser else aliases | exact
    wanted = next((f for f in (named(name, available) for name in formats) if f is not None), None)
    if wanted is not None and (browser or not names_type(accept, list(types))):
        return wanted, wanted.media_type
    media_type = choose(accept, [*exact, *(t for t in types if t not in exact)], available[0].media_type)
    if media_type is None:
        raise not_acceptable(list(exact))
    return types[media_type], media_type


async def _without_query(request: Request) -> Response:
    types = [f.media_type for f in GRAPH_FORMATS]
    accept = request.headers.get("accept")
    chosen = choose(accept, [HTML, *types], types[0]) if request.method != "POST" else None
    if chosen is None:
        raise HttpProblem(400, "De parameter 'query' ontbreekt.", "The parameter 'query' is missing.")
    language = choose_language(request.query_params.get("lang"), request.headers.get("accept-language"))
    headers = validators(request, chosen, language)
    if (same := unchanged(request, headers)) is not None:
        return same
    if chosen == HTML:
        return render(request, "sparql.html", language, headers, prologue=_START, examples=await examples(request))
    form = next(f for f in GRAPH_FORMATS if f.media_type == chosen)
    content = described(str(request.url.replace(query="", fragment="")), form, union=request.app.state.union)
    return Response(content, headers=headers | {"content-type": form.content_type})


async def examples(request: Request) -> list[dict[str, str]]:
    """The example queries that are in the store (the SIB convention), in order of their titles."""
    rows = await select(engine_of(request), PROLOGUE + _EXAMPLES)
    language = choose_language(request.query_params.get("lang"), request.headers.get("accept-language"))
    found: dict[str, dict[str, str]] = {}
    for row in rows:
        title = row["title"]
        if row["example"].text not in found or title.language == language:
            found[row["example"].text] = {"title": title.text, "query": row["query"].text}
    return sorted(found.values(), key=lambda example: example["title"].casefold())


_EXAMPLES = """
SELECT DISTINCT ?example ?title ?query WHERE { GRAPH graph:queries {
  { ?example sh:select ?query } UNION { ?example sh:ask ?query } UNION { ?example sh:construct ?query }
  UNION { ?example spex:describe ?query }
  ?example rdfs:comment ?title
} }"""


def _headers(request: Request, query: CheckedQuery, media_type: str) -> dict[str, str]:
    """Validators where the same question has the same answer: not for POST, nor where a clock or dice are in it."""
    if request.method == "POST" or _UNREPEATABLE.search(query.text):
        return {"vary": "Accept", "cache-control": "no-store"}
    return validators(request, media_type)


def _content_type(form: Format, media_type: str) -> str:
    return f"{media_type}; charset=utf-8" if form.text or media_type.startswith("text/") else media_type


def _all(fields: list[tuple[str, str]], name: str) -> tuple[str, ...] | None:
    values = tuple(value for key, value in fields if key == name and value)
    return values or None


def _pairs(encoded: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(encoded.decode("ascii"), keep_blank_values=True, errors="strict")
    except (UnicodeDecodeError, ValueError) as error:
        raise _not_utf8() from error


def _utf8(body: bytes) -> str:
    try:
        return body.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise _not_utf8() from error


async def _body(request: Request) -> bytes:
    """The body, read no further than the limit. Raises `HttpProblem` 413."""
    limit: int = request.app.state.max_body_bytes
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > limit:
            raise HttpProblem(
                413,
                f"Het verzoek is te groot; hier mogen het hoogstens {limit} bytes zijn.",
                f"The request is too large; at most {limit} bytes are allowed here.",
                {"connection": "close"},
            )
    return bytes(body)


def _not_utf8() -> HttpProblem:
    return HttpProblem(400, "De vraag is geen geldige UTF-8.", "The query is not valid UTF-8.")
