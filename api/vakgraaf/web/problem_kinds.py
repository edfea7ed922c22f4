"""`/doc/problem`: the page that the `type` of every problem leads to (RFC 9457 §3.1.1)."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from vakgraaf.web.negotiation import choose_language
from vakgraaf.web.openapi import page
from vakgraaf.web.pages import render
from vakgraaf.web.problems import STATUS, title_of
from vakgraaf.web.routes import reads

router = APIRouter()


@reads(router, "/doc/problem", described=page())
async def problem_kinds(request: Request) -> Response:
    """The kinds of problem, each at the anchor that its name is."""
    language = choose_language(request.query_params.get("lang"), request.headers.get("accept-language"))
    kinds = [(kind.__name__, title_of(kind.__name__, language), status) for kind, status in STATUS.items()]
    headers = {"vary": "Accept-Language", "content-language": language}
    return render(request, "problems.html", language, headers, kinds=kinds)
