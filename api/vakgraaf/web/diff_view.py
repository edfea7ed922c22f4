"""`/diff`: what changed between two versions of a profile, or differs between two profiles."""

from __future__ import annotations

import asyncio
from typing import Literal

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from vakgraaf.engine import Value
from vakgraaf.errors import UnknownThing
from vakgraaf.pipeline import diff
from vakgraaf.pipeline.differing import facts_in
from vakgraaf.web.caching import engine_of
from vakgraaf.web.pages import render
from vakgraaf.web.parameters import Parameter
from vakgraaf.web.problems import HttpProblem
from vakgraaf.web.routes import reads
from vakgraaf.web.site.crumbs import HOME
from vakgraaf.web.site.dated import dated
from vakgraaf.web.site.drawn import data, sent
from vakgraaf.web.site.offers import HTML, JSON, Chosen, chosen, described

router = APIRouter()

_Group = tuple[object, str, list[tuple[str, tuple[diff.Mark, ...]]]]

_OFFERS = (HTML, JSON)
_WHICH = "A graph (name or IRI), a version (`name@1`), or a profile (its reference or IRI)."
_PARAMETERS = (
    Parameter("a", f"{_WHICH} What it was."),
    Parameter("b", f"{_WHICH} What it has become. Without either one, there is a form."),
)
_DESCRIBED = described(_OFFERS, 400, UnknownThing, parameters=_PARAMETERS)


@reads(router, "/diff", "/diff.{extension}", described=_DESCRIBED)
async def difference(request: Request) -> Response:
    """What is otherwise in the second than in the first, in terms of what they say: as a page or as data (JSON)."""
    want = chosen(request, request.url.path, _OFFERS)
    left, right = (request.query_params.get(name, "").strip() for name in ("a", "b"))
    if not (left and right) and want.form is HTML:
        return await sent(request, want, lambda headers: _form(request, want, headers, left, right))
    if not (left and right):
        raise HttpProblem(
            400,
            "Noem er twee: /diff?a=…&b=…, elk de naam van een graaf, een versie (naam@1) of een profiel.",
            "Name two: /diff?a=…&b=…, each the name of a graph, a version (name@1) or a profile.",
        )
    return await sent(request, want, lambda headers: _written(request, want, headers, left, right))


async def _written(request: Request, want: Chosen, headers: dict[str, str], left: str, right: str) -> str:
    engine = engine_of(request)
    one, other = await asyncio.gather(facts_in(engine, left), facts_in(engine, right))
    found = await asyncio.to_thread(diff.difference, one, other)
    language: Literal["nl", "en"] = "en" if want.language == "en" else "nl"
    if want.form is JSON:
        return data(diff.as_data(found, left, right, language))
    page = render(
        request,
        "site/diff.html",
        want.language,
        headers,
        left=Value("literal", left),
        right=Value("literal", right),
        summary=diff.summary(found, language),
        groups=await asyncio.to_thread(_groups, found, language),
        home=HOME,
    )
    return bytes(page.body).decode()


async def _form(request: Request, want: Chosen, headers: dict[str, str], left: str, right: str) -> str:
    """The form, with what was typed."""
    page = render(
        request,
        "site/diff_choose.html",
        want.language,
        headers,
        choices=await dated(engine_of(request)),
        first=left,
        second=right,
        explicit="lang" in request.query_params,
        home=HOME,
    )
    return bytes(page.body).decode()


def _groups(found: diff.Difference, language: Literal["nl", "en"]) -> list[_Group]:
    """Each part with the word for its kind, and its changes: a sentence, and the marked wording where there is one."""
    return [
        (part, diff.kind_word(part.kind, language), [_said(change, language) for change in changes])
        for part, changes in found.by_part()
    ]


def _said(change: diff.Change, language: Literal["nl", "en"]) -> tuple[str, tuple[diff.Mark, ...]]:
    return diff.sentence(change, language), diff.shortened(change.marks) if diff.worded(change) else ()
