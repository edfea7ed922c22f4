"""`/validate`: is this document, or are these data, as they should be? Nothing of it is kept."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

from fastapi import APIRouter
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import Response

from vakgraaf.errors import VakgraafError
from vakgraaf.pipeline.case import DRAFTS, PAGE, Case
from vakgraaf.pipeline.trials import Trials
from vakgraaf.validation.report import Language
from vakgraaf.validation.reports import REPORT_FORMATS
from vakgraaf.web.bodies import read_body
from vakgraaf.web.caching import engine_of
from vakgraaf.web.client_watch import ClientWatch
from vakgraaf.web.metrics import CONFORMS
from vakgraaf.web.negotiation import choose, choose_language
from vakgraaf.web.openapi_validate import ASKED, FORM_PAGE
from vakgraaf.web.pages import render
from vakgraaf.web.problems import HttpProblem, not_acceptable
from vakgraaf.web.routes import reads
from vakgraaf.web.site.judged import judged
from vakgraaf.web.submission import Submission, again, submitted
from vakgraaf.web.wording import marked

router = APIRouter()

_HTML = "text/html"
# In base64 four bytes are three, in a form each may take three again; what is left is for the other fields.
_OVERHEAD = 256 * 1024
_MOST_FILES = 100
_FORM_NAMES = {
    "html": marked("webpagina om te bewaren of af te drukken"),
    "json": "JSON",
    "turtle": marked("SHACL-rapport (Turtle)"),
    "sarif": "SARIF",
    "junit": "JUnit",
}
_DRAFT_TYPES = {"turtle": ("text/turtle; charset=utf-8", "ttl"), "jsonld": ("application/ld+json", "jsonld")}


@reads(router, "/validate", described=FORM_PAGE)
async def form(request: Request) -> Response:
    """A form to hand in a document or data."""
    language = _language(request, None)
    headers = {"vary": "Accept-Language", "content-language": language, "cache-control": "no-cache"}
    page = render(request, "validate.html", language, headers, **_shown(request))
    page.background = BackgroundTask(_warm, request)
    return page


@router.post("/validate", openapi_extra=ASKED)
async def validate(request: Request) -> Response:
    """Judge what is handed in; the report in the form that was asked for."""
    trials = _trials(request)
    body = await read_body(request, 4 * trials.limits.max_bytes + _OVERHEAD, "VAKGRAAF_MAX_VALIDATE_BYTES")
    kind = request.headers.get("content-type", "")
    handed = await asyncio.to_thread(submitted, body, kind, request.query_params.get("name", ""))
    fields = handed.fields | dict(request.query_params)
    language = _language(request, fields.get("lang"))
    wanted = _wanted(request, fields.get("format", ""))
    case = await _case(trials, handed, fields)
    case = replace(case, form=wanted, language=language, with_store=fields.get("context") == "store")
    with ClientWatch(request.receive):
        answer = await trials.hear(case, engine_of(request))
    request.scope[CONFORMS] = answer["conforms"]
    headers = {"vary": "Accept, Accept-Language", "content-language": language, "cache-control": "no-store"}
    if wanted == PAGE:
        return await _page(request, case, answer, handed.text, headers)
    if wanted in DRAFTS:
        media_type, extension = _DRAFT_TYPES[DRAFTS[wanted]]
        headers["content-disposition"] = f'attachment; filename="{_draft_name(case)}.{extension}"'
    else:
        media_type = REPORT_FORMATS[wanted].content_type
    return Response(answer["body"], headers=headers | {"content-type": media_type})


async def judged_page(request: Request, case: Case, text: str) -> Response:
    """The judgement on a text, as a page on which it can be mended. Raises what judging raises."""
    with ClientWatch(request.receive):
        answer = await _trials(request).hear(case, engine_of(request))
    headers = {"vary": "Accept-Language", "content-language": case.language, "cache-control": "no-store"}
    return await _page(request, case, answer, text, headers)


async def _page(request: Request, case: Case, answer: Any, text: str, headers: dict[str, str]) -> Response:
    shown = _shown(request) | {"text": text, "again": again(case), "with_store": case.with_store}
    page = await asyncio.to_thread(judged, answer)
    shown["names"] = [given.name for given in case.inputs]
    shown["anchors"] = {document.file: document.anchor for document in page.documents}
    return await asyncio.to_thread(render, request, "validated.html", case.language, headers, it=page, **shown)


async def _case(trials: Trials, handed: Submission, fields: dict[str, str]) -> Case:
    """Everything that is to be judged. Raises `HttpProblem`, and what fetching raises."""
    data = handed.data
    if (url := fields.get("url", "").strip()) and not data:
        data = (await trials.fetched(url),)
    if not data:
        raise HttpProblem(
            400,
            "Er is niets om te toetsen: kies een bestand, plak een tekst, of stuur de inhoud mee als body.",
            "There is nothing to validate: choose a file, paste a text, or send the content as the body.",
        )
    most = trials.limits.max_bytes
    if len(data) + len(handed.shapes) > _MOST_FILES or sum(len(f.content) for f in (*data, *handed.shapes)) > most:
        raise HttpProblem(
            413,
            f"Dit is te veel om in één keer te toetsen: hoogstens {most} bytes (VAKGRAAF_MAX_VALIDATE_BYTES) in"
            f" {_MOST_FILES} bestanden.",
            f"This is too much to validate at once: at most {most} bytes (VAKGRAAF_MAX_VALIDATE_BYTES) in"
            f" {_MOST_FILES} files.",
        )
    return Case(data, PAGE, "nl", handed.shapes, pages=trials.limits.pages)


def _wanted(request: Request, asked: str) -> str:
    """The form of the answer: what `format` says, else what Accept prefers. Raises `HttpProblem` 406."""
    asked = asked.casefold()
    if asked:
        types = {f.media_type: name for name, f in REPORT_FORMATS.items()}
        found = asked if asked in (*REPORT_FORMATS, *DRAFTS, PAGE) else types.get(asked)
        if found is None:
            raise not_acceptable([PAGE, *REPORT_FORMATS, *DRAFTS])
        return found
    # First what a page is chosen for, then what programs get who ask for nothing in particular.
    offers = {_HTML: PAGE} | {f.media_type: name for name, f in REPORT_FORMATS.items() if f.media_type != _HTML}
    chosen = choose(request.headers.get("accept"), [*offers], REPORT_FORMATS["json"].media_type)
    if chosen is None:
        raise not_acceptable([*offers])
    return offers[chosen]


def _draft_name(case: Case) -> str:
    """The name of the first file without its extension, as far as it fits in a header."""
    name = case.inputs[0].name.rpartition(".")[0] or case.inputs[0].name
    return "".join(c if c.isascii() and (c.isalnum() or c in "-_. ") else "-" for c in name)


def _language(request: Request, said: str | None) -> Language:
    chosen = choose_language(said or request.query_params.get("lang"), request.headers.get("accept-language"))
    return "en" if chosen == "en" else "nl"


def _shown(request: Request) -> dict[str, Any]:
    """What the form says of itself."""
    limits = _trials(request).limits
    megabytes = max(1, limits.max_bytes // 1024**2)
    return {
        "limits": limits,
        "megabytes": megabytes,
        "forms": [name for name in REPORT_FORMATS if name != "text"],
        "form_names": _FORM_NAMES,
        "address": str(request.url.replace(query="")),
    }


def _trials(request: Request) -> Trials:
    trials: Trials = request.app.state.trials
    return trials


async def _warm(request: Request) -> None:
    """Who opens the form will soon send it."""
    try:
        await _trials(request).warm()
    except (VakgraafError, EOFError, TimeoutError):
        return  # the case itself will say what is wrong
