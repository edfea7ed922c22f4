"""`/new/addendum`: a form that becomes the text of an addendum. Nothing of it is kept here."""

from __future__ import annotations

import asyncio

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from vakgraaf.pipeline.case import PAGE, Case
from vakgraaf.pipeline.drafting import document, form
from vakgraaf.pipeline.inputs import Input
from vakgraaf.pipeline.trials import TrialLimits
from vakgraaf.validation.report import Language
from vakgraaf.web.bodies import read_body
from vakgraaf.web.form_fields import fields_of
from vakgraaf.web.negotiation import choose_language
from vakgraaf.web.openapi import HTML, operation, page
from vakgraaf.web.pages import render
from vakgraaf.web.parameters import LANG
from vakgraaf.web.problems import HttpProblem
from vakgraaf.web.routes import reads
from vakgraaf.web.site.addendum_form import fieldset, still_open
from vakgraaf.web.site.crumbs import HOME
from vakgraaf.web.validate import judged_page

router = APIRouter()

_HEADERS = {"cache-control": "no-store", "vary": "Accept-Language"}
_FORM = {
    "application/x-www-form-urlencoded": {
        "schema": {
            "type": "object",
            "properties": {
                "do": {
                    "type": "string",
                    "enum": ["check", "text"],
                    "description": "What to do with what was filled in: judge it, or give the text of it.",
                }
            },
            "additionalProperties": {"type": "string"},
        }
    }
}
_GIVES = {HTML: {"schema": {"type": "string"}}, "text/plain": {"schema": {"type": "string"}}}


@reads(router, "/new/addendum", described=page())
async def blank(request: Request) -> Response:
    """The form, with nothing filled in."""
    return await _page(request, form.empty())


@router.post(
    "/new/addendum", openapi_extra=operation(parameters=(LANG,), takes=_FORM, gives=_GIVES, refuses=(400, 413))
)
async def filled_in(request: Request) -> Response:
    """What was filled in, with a part more or less; or the text of the addendum; or the judgement on it."""
    limits: TrialLimits = request.app.state.trials.limits
    body = await read_body(request, limits.max_bytes, "VAKGRAAF_MAX_VALIDATE_BYTES")
    fields = _fields(body)
    filled = form.from_fields(fields)
    asked = dict(fields)
    if at := asked.get("add"):
        form.add(filled, at)
        return await _page(request, filled)
    if at := asked.get("remove"):
        form.remove(filled, at)
        return await _page(request, filled)
    missing = await asyncio.to_thread(lambda: frozenset(document.missing(filled)))
    if missing:
        return await _page(request, filled, missing)
    name, text = document.file_name(filled), document.as_text(filled)
    if asked.get("do") == "check":
        case = Case((Input(name, text.encode()),), PAGE, _language(request), pages=limits.pages)
        return await judged_page(request, case, text)
    headers = {**_HEADERS, "content-disposition": f'attachment; filename="{name}"'}
    return Response(text, 200, headers, "text/plain; charset=utf-8")


def _fields(body: bytes) -> list[tuple[str, str]]:
    try:
        return fields_of(body)
    except UnicodeDecodeError as error:
        raise HttpProblem(
            400,
            "Dit formulier is niet te lezen: het is geen UTF-8.",
            "This form cannot be read: it is not UTF-8.",
        ) from error


async def _page(request: Request, filled: form.Nested, missing: frozenset[str] = frozenset()) -> Response:
    """The form; not made on the loop, which the first one would hold up while the shapes are read."""
    language = _language(request)

    def made() -> Response:
        whole = fieldset(filled, language, missing)
        shown = {"form": whole, "missing": tuple(still_open(whole)), "home": HOME}
        status = 422 if missing else 200
        return render(request, "site/new_addendum.html", language, _HEADERS, status=status, **shown)

    return await asyncio.to_thread(made)


def _language(request: Request) -> Language:
    chosen = choose_language(request.query_params.get("lang"), request.headers.get("accept-language"))
    return "en" if chosen == "en" else "nl"
