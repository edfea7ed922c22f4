"""Linked data: `/id/…` sends on to `/doc/…`, which shows what is known, as data or as a page."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from vakgraaf.errors import UnknownThing
from vakgraaf.rdf import iris
from vakgraaf.web.answers import AnswerResponse, answered
from vakgraaf.web.caching import engine_of, unchanged, validators
from vakgraaf.web.describe import classes_of, describe, is_known, triples
from vakgraaf.web.forms import links, wanted
from vakgraaf.web.openapi import readable
from vakgraaf.web.pages import kept_page, local, render
from vakgraaf.web.routes import reads
from vakgraaf.web.site.subjects import subject_of

router = APIRouter()


@reads(router, "/id/{reference:path}", status=303)
async def thing(request: Request, reference: str) -> Response:
    """A thing cannot be sent over a wire: 303 to the document about it; an extension or parameter goes along."""
    target = local(iris.document_of(f"{iris.BASE}id/{reference}"), request.scope.get("root_path", "")) or ""
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(target + query, 303, {"vary": "Accept, Accept-Language"})


@reads(router, "/doc/{reference:path}", described=readable(UnknownThing))
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
    return await kept_page(request, headers, lambda: _page(request, subject, want.language, headers))


async def _page(request: Request, subject: str, language: str, headers: Mapping[str, str]) -> HTMLResponse:
    """The page of the thing's class, or the one that fits anything."""
    engine = engine_of(request)
    found = subject_of(await classes_of(engine, subject))
    page = iris.document_of(subject)
    return render(
        request,
        "resource.html" if found is None else found.template,
        language,
        headers,
        it=await (describe if found is None else found.view)(engine, subject, language),
        canonical=page,
        formats=links(local(page, request.scope.get("root_path", "")) or ""),
    )


def _could_be_iri(text: str) -> bool:
    return not any(c in '<>"{}|^`\\' or c <= " " for c in text)
