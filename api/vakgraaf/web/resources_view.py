"""Linked data: `/id/…` sends on to `/doc/…`, which shows what is known, as data or as a page."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from vakgraaf.engine import Engine, Value
from vakgraaf.errors import GoneThing, UnknownThing
from vakgraaf.rdf import iris
from vakgraaf.rdf.formats import GRAPH_FORMATS, JSON_LD, Format
from vakgraaf.rdf.iri_signs import is_part_of_iri
from vakgraaf.web.answers import AnswerResponse, answered
from vakgraaf.web.caching import engine_of, unchanged, validators
from vakgraaf.web.describe import labels_of, standing_of
from vakgraaf.web.forms import Wanted, links, wanted, without_extension
from vakgraaf.web.openapi import readable
from vakgraaf.web.pages import kept_page, local, render, short
from vakgraaf.web.parameters import AS_OF, CLASS, INCOMING, OUTGOING, PAGE
from vakgraaf.web.result_cache import ResultCache
from vakgraaf.web.routes import reads
from vakgraaf.web.site import anything, elm_record
from vakgraaf.web.site.alternates import address, as_graph, embedded, link_header
from vakgraaf.web.site.linked import list_asked
from vakgraaf.web.site.profile_choice import representation_of
from vakgraaf.web.site.representations import (
    ALTERNATES,
    ELM,
    NATIVE,
    REPRESENTATIONS,
    SCHEMA,
    Representation,
    available,
    query_of,
)
from vakgraaf.web.site.stated import Stated, stated
from vakgraaf.web.site.subjects import subject_of
from vakgraaf.web.site.versions import Moment
from vakgraaf.web.spelling import escaped, spellings
from vakgraaf.web.time_travel import as_asked, memento, time_gate

router = APIRouter()


@reads(router, "/id/{reference:path}", status=303)
async def thing(request: Request, reference: str) -> Response:
    """A thing cannot be sent over a wire: 303 to the document about it; an extension or parameter goes along."""
    target = f"{_root(request)}/doc/{escaped(request, '/id/', reference)}"
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(target + query, 303, {"vary": "Accept, Accept-Language"})


_LISTS = (INCOMING, OUTGOING, CLASS, PAGE, AS_OF)


@reads(router, "/doc/{reference:path}", described=readable(UnknownThing, GoneThing, parameters=_LISTS))
async def document(request: Request, reference: str) -> Response:
    """The document about a thing, in the form that the extension, `?format=` or Accept asks for.

    And in the profile that `?_profile=` or Accept-Profile asks for (W3C, Content Negotiation by Profile).
    """
    want = wanted(request, reference)
    subject = await _meant(request, without_extension(escaped(request, "/doc/", reference)))
    if (gate := time_gate(request)) is not None:
        return gate
    engine, was = await as_asked(request, subject)
    there, said = await _known(request, engine, subject, want.path)
    chosen = representation_of(request, there)
    form = _form(want, chosen)
    headers = validators(request, want.media_type if form is None else form.media_type, _page_language(want, form))
    page = local(iris.document_of(subject), _root(request)) or ""
    headers["vary"] += ", Accept-Profile"
    headers["etag"] = headers["etag"].removesuffix('"') + f'-{chosen.token}"'
    headers["link"] = link_header(page, there, NATIVE if chosen is ALTERNATES else chosen)
    if was is not None:
        headers |= memento(was, headers["link"], page)
    if (same := unchanged(request, headers)) is not None:
        return same
    if chosen is ALTERNATES:
        return await _alternates(request, subject, page, there, want, headers)
    if form is not None and chosen is ELM:
        body = await _elm(request, engine, subject, form)
        return Response(body, headers=headers | {"content-type": form.content_type})
    if form is not None:
        answer = await answered(request, engine.query(engine.check(query_of(chosen, subject)), form))
        return AnswerResponse(answer, form.content_type, headers)

    async def made() -> HTMLResponse:
        about = said or await stated(engine, subject)
        return await _page(request, engine, about, want.language, headers, was)

    return await kept_page(request, headers, made)


async def _meant(request: Request, reference: str) -> str:
    """The IRI that is there, of those that a reference with escapes may stand for; else the likeliest of them."""
    meant = [f"{iris.BASE}id/{one}" for one in spellings(reference)]
    if len(meant) == 1:
        return meant[0]
    engine, kept = engine_of(request), request.app.state.results
    key = ("spelling", reference, engine.info.tag)
    if (there := kept.get(key)) is not None:
        return str(there.decode())
    for subject in meant:
        if await standing_of(engine, subject) is not None:
            kept.put(key, subject.encode())
            return subject
    return meant[0]


async def _known(
    request: Request, engine: Engine, subject: str, reference: str
) -> tuple[tuple[Representation, ...], Stated | None]:
    """The profiles that a thing can be given in, asked of the store once for each version of the data.

    So a page that is kept, or that the client has already, costs no question. What was asked goes along, None where
    nothing was. Raises `UnknownThing` and `GoneThing`.
    """
    kept: ResultCache = request.app.state.results
    present = engine is engine_of(request)  # and not as it was before
    key = ("profiles", subject, engine.info.tag) if present else None
    if key and (names := kept.get(key)) is not None:
        return tuple(one for one in REPRESENTATIONS if one.token in names.decode().split()), None
    said = await stated(engine, subject) if is_part_of_iri(subject) else None
    if said is None or not said.classes:  # what has a class is there, and was not withdrawn
        await _require(engine, subject, reference)
    there = await available(engine, subject, said.classes if said else ())
    if key:
        kept.put(key, " ".join(one.token for one in there).encode())
    return there, said


async def _elm(request: Request, engine: Engine, subject: str, form: Format) -> bytes:
    """The record of a qualification, made once for each version of the data: that takes longer than a question."""
    kept: ResultCache = request.app.state.results
    key = ("elm", subject, form.name, engine.info.tag) if engine is engine_of(request) else None
    if key and (there := kept.get(key)) is not None:
        return there
    body = await elm_record.written(engine, subject, form)
    if key:
        kept.put(key, body)
    return body


async def _require(engine: Engine, subject: str, reference: str) -> None:
    """Raises `UnknownThing` and `GoneThing`."""
    standing = await standing_of(engine, subject) if is_part_of_iri(subject) else None
    if standing is None:
        words = quote(reference.rstrip("/").rsplit("/", 1)[-1].replace("-", " "))
        raise UnknownThing(
            f"Van {subject} is hier niets bekend. Klopt het adres? Zoek op /search?q={words}, of begin op de"
            " beginpagina: daar staat wat er is.",
            f"Nothing is known here about {subject}. Is the address right? Look for it at /search?q={words}, or begin"
            " on the home page, which lists what there is.",
        )
    if standing.gone:
        instead = ", ".join(standing.replaced_by)
        raise GoneThing(
            f"{subject} is ingetrokken." + (f" In plaats daarvan is er: {instead}." if instead else ""),
            f"{subject} has been withdrawn." + (f" There is instead: {instead}." if instead else ""),
        )


def _form(want: Wanted, chosen: Representation) -> Format | None:
    """The page is in the native profile; any other is data, also where a browser asks."""
    if want.form is None and chosen not in (NATIVE, ALTERNATES):
        return JSON_LD if chosen is SCHEMA else GRAPH_FORMATS[0]
    return want.form


def _page_language(want: Wanted, form: Format | None) -> str:
    return want.language if form is None else ""


async def _page(
    request: Request, engine: Engine, said: Stated, language: str, headers: Mapping[str, str], was: Moment | None
) -> HTMLResponse:
    """The page of the thing's class, or the one that fits anything."""
    template, it = await _shown(request, engine, said, language)
    page = iris.document_of(said.subject)
    return render(
        request,
        template,
        language,
        headers,
        it=it,
        was=was,
        canonical=page,
        structured=embedded(said.in_schema()),
        formats=[*links(local(page, _root(request)) or ""), ("…", f"{local(page, _root(request))}?_profile=alt")],
    )


async def _shown(request: Request, engine: Engine, said: Stated, language: str) -> tuple[str, object]:
    """The template and what it shows: the list that the address asks for, else the page of the class."""
    subject = said.subject
    if (listed := await list_asked(engine, subject, request.query_params, language)) is not None:
        return listed
    found = subject_of(said.classes)
    if found is None:
        return "site/anything.html", await anything.view(engine, subject, language)
    return found.template, await found.view(engine, subject, language)


async def _alternates(
    request: Request,
    subject: str,
    page: str,
    there: tuple[Representation, ...],
    want: Wanted,
    headers: Mapping[str, str],
) -> Response:
    if want.form is not None:
        body = as_graph(subject, page, there).serialize(format=want.form.media_type, encoding="utf-8")
        return Response(body, headers=dict(headers) | {"content-type": want.form.content_type})
    labels = await labels_of(engine_of(request), [subject], want.language)
    name = labels.of(subject) or Value("literal", short(subject))
    listed = [
        (one, links(page) if one is NATIVE else [(form.title, address(page, one, form)) for form in GRAPH_FORMATS])
        for one in there
    ]
    return render(request, "alternates.html", want.language, headers, page=page, name=name, there=listed)


def _root(request: Request) -> str:
    return str(request.scope.get("root_path", ""))
