"""What a page is sent as beside HTML: a picture, a table or data, each kept like a page."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Iterable, Sequence
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from vakgraaf.linking.tables import written
from vakgraaf.web.caching import unchanged, validators
from vakgraaf.web.pages import kept_page
from vakgraaf.web.site.offers import Chosen, Offer


async def sent(request: Request, chosen: Chosen, make: Callable[[dict[str, str]], Awaitable[str]]) -> Response:
    """The answer in the form that was chosen: what `make` writes, or what it wrote before of the same data."""
    form = chosen.form
    headers = validators(request, form.media_type, chosen.language) | {"content-type": form.content_type}
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
