"""`/new/addendum`: a form that becomes the text of an addendum. Nothing of it is kept here."""

from __future__ import annotations

from urllib.parse import parse_qsl

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from vakgraaf.pipeline.drafting import document, form
from vakgraaf.web.bodies import read_body
from vakgraaf.web.negotiation import choose_language
from vakgraaf.web.openapi import HTML, operation, page
from vakgraaf.web.pages import render
from vakgraaf.web.parameters import LANG
from vakgraaf.web.problems import HttpProblem
from vakgraaf.web.routes import reads
from vakgraaf.web.site.addendum_form import fieldset
from vakgraaf.web.site.crumbs import HOME

router = APIRouter()

_HEADERS = {"cache-control": "no-store", "vary": "Accept-Language"}
_MOST_FIELDS = 5000
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
    return _page(request, form.empty())


@router.post(
    "/new/addendum", openapi_extra=operation(parameters=(LANG,), takes=_FORM, gives=_GIVES, refuses=(400, 413))
)
async def filled_in(request: Request) -> Response:
    """What was filled in, with a part more or less; or the text of the addendum; or the judgement on it."""
    limit = request.app.state.max_upload_bytes
    body = await read_body(request, limit, "VAKGRAAF_MAX_UPLOAD_BYTES")
    fields = _fields(body)
    filled = form.from_fields(fields)
    asked = dict(fields)
    if at := asked.get("add"):
        form.add(filled, at)
        return _page(request, filled)
    if at := asked.get("remove"):
        form.remove(filled, at)
        return _page(request, filled)
    missing = tuple(
        (at, document.called(part, blank, _language(request))) for at, part, blank in document.missing(filled)
    )
    if missing:
        return _page(request, filled, missing)
    name, text = document.file_name(filled), document.as_text(filled).encode()
    if asked.get("do") == "check":
        return await judged(request, name, text)
    headers = {**_HEADERS, "content-disposition": f'attachment; filename="{name}"'}
    return Response(text, 200, headers, "text/plain; charset=utf-8")


def _fields(body: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=_MOST_FIELDS)
    except ValueError as error:
        raise HttpProblem(
            400,
            f"Dit formulier is niet te lezen: het is geen UTF-8, of het heeft meer dan {_MOST_FIELDS} velden.",
            f"This form cannot be read: it is not UTF-8, or it has more than {_MOST_FIELDS} fields.",
        ) from error


def _page(request: Request, filled: form.Nested, missing: tuple[tuple[str, str], ...] = ()) -> Response:
    language = _language(request)
    whole = fieldset(filled, language, frozenset(name for name, _ in missing))
    return render(
        request,
        "site/new_addendum.html",
        language,
        _HEADERS,
        status=422 if missing else 200,
        form=whole,
        missing=missing,
        home=HOME,
    )


def _language(request: Request) -> str:
    return choose_language(request.query_params.get("lang"), request.headers.get("accept-language"))
