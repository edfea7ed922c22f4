"""`/compare`: two profiles, or a profile and a qualification, side by side."""

from __future__ import annotations

import asyncio
from typing import NamedTuple
from urllib.parse import urlencode

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from vakgraaf.engine import Value
from vakgraaf.errors import UnknownThing
from vakgraaf.rdf import iris
from vakgraaf.web.caching import engine_of
from vakgraaf.web.pages import render
from vakgraaf.web.parameters import Parameter
from vakgraaf.web.problems import HttpProblem
from vakgraaf.web.routes import reads
from vakgraaf.web.site.choices import Choice, choices, found, named_like, unknown
from vakgraaf.web.site.comparison import Comparison, compared
from vakgraaf.web.site.comparison_data import HEAD, as_data, rows
from vakgraaf.web.site.comparison_picture import picture
from vakgraaf.web.site.crumbs import HOME
from vakgraaf.web.site.drawn import data, sent, table
from vakgraaf.web.site.likeness import NEAR
from vakgraaf.web.site.names import Named
from vakgraaf.web.site.offers import CSV, HTML, JSON, SVG, Chosen, chosen, described
from vakgraaf.web.wording import words

router = APIRouter()

FEW = 60
"""Up to so many there is a list to choose from; beyond that, a field that completes."""

_OFFERS = (HTML, JSON, CSV, SVG)
_WHICH = "A profile, qualification or qualification file: its short name, IRI or name."
_PARAMETERS = (Parameter("a", _WHICH), Parameter("b", f"{_WHICH} Without either one, there is a form."))
_DESCRIBED = described(_OFFERS, 400, UnknownThing, parameters=_PARAMETERS)


class Problem(NamedTuple):
    """A parameter that names nothing there is: what was typed, the other parameter, and what may be meant."""

    name: str
    text: str
    other: dict[str, str]
    near: tuple[Choice, ...]

    def with_(self, choice: Choice) -> dict[str, str]:
        """The parameters with this choice in its place."""
        return dict(sorted(({self.name: choice.reference} | self.other).items()))


@reads(router, "/compare", "/compare.{extension}", described=_DESCRIBED)
async def compare(request: Request) -> Response:
    """What two profiles share and what only one asks for: as a page, data (JSON), a table (CSV) or a picture (SVG)."""
    want = chosen(request, request.url.path, _OFFERS)
    one, other = (request.query_params.get(name, "").strip() for name in ("a", "b"))
    if not (one and other):
        if want.form is not HTML:
            raise HttpProblem(
                400,
                "Noem er twee: /compare?a=…&b=…, elk de korte naam of het adres van een profiel of kwalificatie.",
                "Name two: /compare?a=…&b=…, each the short name or address of a profile or qualification.",
            )
        return await sent(request, want, lambda headers: _form(request, want, headers, one, other))
    try:
        return await sent(request, want, lambda headers: _compared(request, want, headers, one, other))
    except UnknownThing:
        if want.form is not HTML:
            raise
        headers = {"cache-control": "no-cache", "vary": "Accept, Accept-Language"}
        return HTMLResponse(await _form(request, want, headers, one, other), 404, headers)


async def _compared(request: Request, want: Chosen, headers: dict[str, str], one: str, other: str) -> str:
    """Raises `UnknownThing` where one of the two is not known."""
    engine = engine_of(request)
    left, right = await asyncio.gather(found(engine, one, want.language), found(engine, other, want.language))
    if left is None or right is None:
        raise unknown(one if left is None else other)
    result = await compared(engine, left, right, want.language)
    if want.form is JSON:
        return data(as_data(result))
    if want.form is CSV:
        return table(HEAD, rows(result))
    return _page(request, want, headers, result, (left.reference, right.reference))


def _page(
    request: Request, want: Chosen, headers: dict[str, str], result: Comparison, references: tuple[str, str]
) -> str:
    """The page, or the picture alone."""
    root = request.scope.get("root_path", "")
    here, swapped = (urlencode(dict(zip("ab", order, strict=True))) for order in (references, references[::-1]))
    page = render(
        request,
        f"site/compare.{want.form.name}",
        want.language,
        headers,
        found=result,
        picture=picture(result),
        home=HOME,
        choose=_choose(want.language),
        swapped=f"{root}/compare?{swapped}",
        formats=[(offer.title, f"{root}/compare.{offer.name}?{here}") for offer in _OFFERS[1:]],
        near=NEAR,
        aligned=result.aligned,
    )
    return bytes(page.body).decode()


async def _form(request: Request, want: Chosen, headers: dict[str, str], one: str, other: str) -> str:
    """The form; with what was typed, and what that may mean where it is no name."""
    engine = engine_of(request)
    there = await choices(engine, want.language)
    by_iri = {choice.iri: choice for choice in there}
    meant = [await found(engine, text, want.language) if text else None for text in (one, other)]
    typed = [
        (text, by_iri.get(choice.iri, choice) if choice else None)
        for text, choice in zip((one, other), meant, strict=True)
    ]
    rest = ({"b": other}, {"a": one})
    problems = [
        Problem("ab"[place], text, rest[place], named_like(there, text))
        for place, (text, choice) in enumerate(typed)
        if text and choice is None
    ]
    few = len(there) <= FEW
    first, second = (_shown(text, choice, few=few) for text, choice in typed)
    page = render(
        request,
        "site/compare_choose.html",
        want.language,
        headers,
        choices=there,
        few=few,
        first=first,
        second=second,
        problems=problems,
        explicit="lang" in request.query_params,
        home=HOME,
    )
    return bytes(page.body).decode()


def _shown(text: str, choice: Choice | None, *, few: bool) -> str:
    if choice is None:
        return text
    return choice.reference if few else choice.typed


def _choose(language: str) -> Named:
    return Named(f"{iris.BASE}compare", Value("literal", words(language).gettext("Vergelijken"), language))
