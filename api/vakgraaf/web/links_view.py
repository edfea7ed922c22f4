"""`/links`: mappings and proposals, reviewed in the browser; SSSOM in and out."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, date, datetime
from urllib.parse import urlencode

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from vakgraaf import errors
from vakgraaf.errors import InputError, VakgraafError
from vakgraaf.linking.candidate import PREDICATES
from vakgraaf.linking.mappings.decisions import Verdict
from vakgraaf.linking.mappings.mapping import Mapping, Status
from vakgraaf.linking.mappings.roles import ROLES
from vakgraaf.pipeline.linking import changes, exchange, records
from vakgraaf.web.bodies import read_body
from vakgraaf.web.caching import engine_of
from vakgraaf.web.link_form import FORM, MULTIPART, TSV, Posted, posted
from vakgraaf.web.negotiation import choose, choose_language
from vakgraaf.web.openapi import operation
from vakgraaf.web.pages import render
from vakgraaf.web.parameters import LANG, LINK_PARAMETERS
from vakgraaf.web.problems import HttpProblem, status_of
from vakgraaf.web.routes import reads
from vakgraaf.web.site import mappings as page
from vakgraaf.web.site.choices import addresses
from vakgraaf.web.site.crumbs import HOME
from vakgraaf.web.site.drawn import sent
from vakgraaf.web.site.mappings import Filter
from vakgraaf.web.site.offers import HTML, JSON, Chosen, Offer, chosen, described
from vakgraaf.web.tokens import Access, Right, require
from vakgraaf.web.writing import REFUSES, write

router = APIRouter()

_SSSOM = Offer("tsv", TSV, "SSSOM (TSV)")
_OFFERS = (HTML, JSON, _SSSOM)
_DESCRIBED = described(_OFFERS, 400, parameters=LINK_PARAMETERS)
_STRING = {"type": "string"}
_FIELDS = {
    "schema": {
        "type": "object",
        "properties": {
            "token": _STRING | {"description": "A token with the right `link`; else it is in `Authorization`."},
            "role": {"type": "string", "enum": sorted(ROLES)},
            "do": {"type": "string", "enum": ["save", "alike"], "description": "`alike`: accept equal names at once."},
        },
        "additionalProperties": _STRING,
    }
}
_TAKES = {FORM: _FIELDS, MULTIPART: {"schema": {"type": "object"}}, TSV: {"schema": _STRING}}
_NOT_KEPT = {"cache-control": "no-store", "vary": "Accept, Accept-Language, Authorization"}
_EVERY = "alle"


@reads(router, "/links", "/links.{extension}", described=_DESCRIBED)
async def links(request: Request) -> Response:
    """Mappings: accepted ones, or with `?status=` what is proposed or rejected; a page, JSON or SSSOM."""
    want = chosen(request, request.url.path, _OFFERS)
    asked = _filter(request)
    return await sent(request, want, lambda headers: _shown(request, want, headers, asked))


@router.post("/links", openapi_extra=operation(parameters=(LANG,), takes=_TAKES, refuses=(*REFUSES, 415), token=True))
async def decide(request: Request) -> Response:
    """Accept, reject or take back, or take SSSOM over; for who has a token with the right `link`."""
    bearer = "authorization" in request.headers
    if bearer:
        require(request, Right.LINK)  # before anything is read
    most, setting = (
        (request.app.state.max_graph_bytes, "VAKGRAAF_MAX_GRAPH_BYTES")
        if bearer
        else (request.app.state.max_body_bytes, "VAKGRAAF_MAX_BODY_BYTES")
    )
    body = await read_body(request, most, setting)
    given = await asyncio.to_thread(posted, body, request.headers.get("content-type", ""))
    by_page = choose(request.headers.get("accept"), ["application/json", "text/html"], "application/json") == HTML[1]
    try:
        if not bearer:
            require(request, Right.LINK, given.token)
        after = await (_take_over(request, given.file) if given.file is not None else _decided(request, given))
    except VakgraafError as error:
        if not by_page or given.file is not None:
            raise
        return await _again(request, given, error)
    if not by_page:
        return Response(json.dumps(after, ensure_ascii=False, indent=1), 200, _NOT_KEPT, "application/json")
    # The address keeps the filter, so what was decided on makes room for the next proposals.
    back = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(f"{request.scope.get('root_path', '')}/links{back}", 303, _NOT_KEPT)


async def _decided(request: Request, given: Posted) -> list[dict[str, object]]:
    engine = engine_of(request)
    wishes = given.wishes()
    if given.fields.get("do") == "alike":
        same = await page.alike(engine, _filter(request))
        wishes = [changes.Wish(one, Verdict.ACCEPT) for one in same]
    if not wishes:
        raise InputError("Er is niets besloten: kies eerst bij een koppeling.", "Nothing was decided: choose first.")
    made = await changes.steps(records.through(engine), wishes, given.role, datetime.now(UTC))
    await write(request, changes.as_update(made))
    return exchange.as_rows(step.after for step in made)


async def _take_over(request: Request, text: str) -> dict[str, int]:
    there = await records.everything(records.through(engine_of(request)))
    taken = exchange.taken(text, [mapping.iri for mapping in there], date.today())
    if taken.new:
        await write(request, changes.as_addition(taken.new))
    return {"new": len(taken.new), "known": taken.known, "left": taken.left}


async def _again(request: Request, given: Posted, error: VakgraafError) -> Response:
    """The page as it was filled in, with what is wrong above it. The token is not sent back."""
    language = choose_language(request.query_params.get("lang"), request.headers.get("accept-language"))
    want = Chosen("/links", HTML, language)
    headers = {**_NOT_KEPT, **(error.headers if isinstance(error, HttpProblem) else {})}
    kept = {name: value for name, value in given.fields.items() if name != "token"}
    body = await _page(request, want, headers, _filter(request), kept, error)
    return HTMLResponse(body, status_of(error), headers)


async def _shown(request: Request, want: Chosen, headers: dict[str, str], asked: Filter) -> str:
    if want.form is HTML:
        return await _page(request, want, headers, asked, {}, None)
    ask = records.through(engine_of(request))
    found = _in_order(await records.of(ask, await page.fitting(engine_of(request), asked)))
    if want.form is JSON:
        return json.dumps(exchange.as_rows(found), ensure_ascii=False, indent=1)
    return exchange.as_sssom(found, every=True)


async def _page(
    request: Request,
    want: Chosen,
    headers: dict[str, str],
    asked: Filter,
    filled: dict[str, str],
    error: VakgraafError | None,
) -> str:
    access: Access = request.app.state.access
    root = request.scope.get("root_path", "")
    found = await page.view(engine_of(request), asked, want.language)
    told = _told(asked)
    shown = render(
        request,
        "site/links.html",
        want.language,
        headers,
        found=found,
        filled=filled,
        problem=error.message(want.language) if error else "",
        details=error.details(want.language) if isinstance(error, errors.NotConforming) else (),
        reviewers=access.reviewers,
        action=f"{root}/links?{urlencode(told | {'lang': want.language})}",
        around=[(n, f"{root}/links?{urlencode(told | {'page': n})}") for n in (asked.page - 1, asked.page + 1)],
        of_status={status: f"{root}/links?{urlencode(told | {'status': status, 'page': 1})}" for status in Status},
        statuses=page.STATUSES,
        relations=page.RELATIONS,
        verdicts=page.VERDICTS,
        kinds=page.KINDS,
        roles={code: role.en if want.language == "en" else role.nl for code, role in ROLES.items()},
        home=HOME,
        formats=[(offer.title, f"{root}/links.{offer.name}?{urlencode(told)}") for offer in _OFFERS[1:]],
    )
    return bytes(shown.body).decode()


def _filter(request: Request) -> Filter:
    """What the parameters ask for; without a status what is accepted. Raises `HttpProblem` 400 for what is none.

    Where nobody may decide, nothing but what is accepted is shown.
    """
    asked = request.query_params
    status, number, predicate = asked.get("status", ""), asked.get("page", "1"), asked.get("predicate", "")
    klasse, profile = asked.get("class", ""), asked.get("profile", "")
    there = addresses(profile) if profile else ()
    good = (
        status in ("", _EVERY, *Status)
        and number.isascii() and number.isdigit() and 0 < int(number[:9]) < 10**6
        and predicate in ("", *PREDICATES)
        and klasse in ("", *page.KINDS)
        and bool(there) == bool(profile)
    )  # fmt: skip
    if not good:
        raise HttpProblem(
            400,
            "Dit filter is er niet: kijk de waarden van status, class, profile, predicate en page na.",
            "There is no such filter: check the values of status, class, profile, predicate and page.",
        )
    access: Access = request.app.state.access
    wanted = Status(status or Status.ACCEPTED) if status != _EVERY else None
    shown = wanted if access.reviewers else Status.ACCEPTED
    return Filter(shown, klasse, there[0] if there else "", predicate, asked.get("q", "").strip()[:200], int(number))


def _told(asked: Filter) -> dict[str, str]:
    """The parameters that ask for this."""
    told = {
        "status": str(asked.status or _EVERY),
        "class": asked.klasse,
        "profile": asked.profile,
        "predicate": asked.predicate,
        "q": asked.text,
    }
    return {name: value for name, value in told.items() if value}


def _in_order(found: dict[str, Mapping]) -> list[Mapping]:
    return sorted(found.values(), key=lambda mapping: (mapping.subject, mapping.object))
