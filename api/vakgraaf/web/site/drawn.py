"""What a page is sent as beside HTML: a picture, a table or data, each kept like a page."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Iterable, Sequence
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from vakgraaf.engine import Engine
from vakgraaf.linking.tables import written
from vakgraaf.web.caching import engine_of, unchanged, validators
from vakgraaf.web.pages import kept_page
from vakgraaf.web.site.choices import Choice, at_address, unknown
from vakgraaf.web.site.offers import Chosen, Offer, chosen

Write = Callable[[Engine, Choice, Chosen, dict[str, str]], Awaitable[str]]


async def of_profile(request: Request, profiel: str, offers: Sequence[Offer], write: Write) -> Response:
    """What `write` makes of the profile or qualification of this short name or IRI, in one of the forms.

    Raises `UnknownThing` where there is none.
    """
    want = chosen(request, profiel, offers)
    engine = engine_of(request)

    async def made(headers: dict[str, str]) -> str:
        choice = await at_address(engine, want.path, want.language)
        if choice is None:
            raise unknown(want.path)
        return await write(engine, choice, want, headers)

    return await sent(request, want, made)


async def sent(request: Request, want: Chosen, make: Callable[[dict[str, str]], Awaitable[str]]) -> Response:
    """The answer in the form that was chosen: what `make` writes, or what it wrote before of the same data."""
    form = want.form
    headers = validators(request, form.media_type, want.language) | {"content-type": form.content_type}
    if (same := unchanged(request, headers)) is not None:
        return same

    async def page() -> HTMLResponse:
        return HTMLResponse(await make(headers), headers=headers)

    return await kept_page(request, headers, page)


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Rows as CSV in which no cell is a formula to a spreadsheet."""
    return written(head, rows)


def data(value: object) -> str:
    """A value as JSON."""
    return json.dumps(value, ensure_ascii=False, indent=1)


def address(request: Request, kind: str, reference: str) -> str:
    """Where the page of this kind about a thing is, on this server."""
    return f"{request.scope.get('root_path', '')}/{kind}/{quote(reference, safe='/:')}"


def links(path: str, offers: Sequence[Offer]) -> list[tuple[str, str]]:
    """The forms of the page at `path`, as (title, address)."""
    return [(offer.title, f"{path}.{offer.name}") for offer in offers]
