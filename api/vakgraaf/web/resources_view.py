"""Linked data: `/id/…` sends on to `/doc/…`, which shows what is known, as data or as a page."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from vakgraaf.errors import UnknownThing
from vakgraaf.rdf import iris
from vakgraaf.web.answers import AnswerResponse, answered
from vakgraaf.web.caching import engine_of, unchanged, validators
from vakgraaf.web.describe import describe, is_known, triples
from vakgraaf.web.forms import links, wanted
from vakgraaf.web.pages import local, render
from vakgraaf.web.routes import reads

router = APIRouter()


@reads(router, "/id/{reference:path}")
async def thing(request: Request, reference: str) -> Response:
    """A thing cannot be sent over a wire: 303 to the document about it; an extension or parameter goes along."""
    target = local(iris.document_of(f"{iris.BASE}id/{reference}"), request.scope.get("root_path", "")) or ""
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(target + query, 303, {"vary": "Accept, Accept-Language"})


@reads(router, "/doc/{reference:path}")
async def document(request: Request, reference: str) -> Response:
    """The document about a thing, in the form that the extension, `?format=` or Accept asks for."""
    want = wanted(request, reference)
    subject = f"{iris.BASE}id/{want.path}"
    headers = validators(request, want.media_type, want.language if want.form is None else "")
    engine = engine_of(request)
    if not _could_be_iri(subject) or not await is_known(engine, subject):
        raise UnknownThing(
            f"Van {subject} is hier niets bekend. Klopt het adres? Op de beginpagina staat wat er is.",
            f"Nothing is known here about {subject}. Is the address right? The home page lists what there is.",
        )
    if (same := unchanged(request, headers)) is not None:
        return same
    if want.form is not None:
        answer = await answered(request, engine.query(engine.check(triples(subject)), want.form))
        return AnswerResponse(answer, want.form.content_type, headers)
    description = await describe(engine, subject, want.language)
    page = local(iris.document_of(subject), request.scope.get("root_path", "")) or ""
    return render(request, "resource.html", want.language, headers, it=description, formats=links(page))


def _could_be_iri(text: str) -> bool:
    return not any(c in '<>"{}|^`\\' or c <= " " for c in text)
