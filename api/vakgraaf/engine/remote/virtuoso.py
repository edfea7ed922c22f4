"""What Virtuoso does its own way."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

from vakgraaf.engine.guard import CheckedQuery
from vakgraaf.errors import QueryRefused

# Functions of its own that a query may call; bif:http_get fetches any address, and that is not the only such one.
_HARMLESS = frozenset({"contains", "xcontains", "st_distance", "st_intersects", "st_point", "st_within"})
_OWN = re.compile(
    r"\b(?:bif|sql):(?P<name>\w*)|<(?:bif|sql):(?P<iri>[^<>\s]*)>|<http://www\.openlinksw\.com/schemas/(?:bif|sql)[^<>\s]*>",
    re.IGNORECASE,
)
_ASKED = re.compile(rb'name="__ASK_RETVAL">\s*<literal[^>]*>(\d)')
_BNODE = b"<bnode>nodeID://"


def refuse_functions(query: CheckedQuery) -> None:
    """Raises `QueryRefused` for functions of Virtuoso that reach outside the data: some fetch what is elsewhere."""
    for match in _OWN.finditer(query.text):
        name = match["name"] or match["iri"] or ""
        if name.lower() not in _HARMLESS:
            raise QueryRefused(
                f"{match[0]} is hier niet toegestaan: zulke functies van Virtuoso kunnen meer dan vragen beantwoorden.",
                f"{match[0]} is not allowed here: such functions of Virtuoso can do more than answer queries.",
            )


def asked(body: bytes) -> bool:
    """The answer to ASK, which it gives as a table of one number, or as the standard says."""
    match = _ASKED.search(body)
    return match[1] != b"0" if match is not None else b"<boolean>true" in body


async def mended(chunks: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """Its XML results with blank nodes whose names are names: nodeID://b1 is none."""
    held = b""
    async for chunk in chunks:
        held = (held + chunk).replace(_BNODE, b"<bnode>")
        keep = next((n for n in range(min(len(held), len(_BNODE) - 1), 0, -1) if _BNODE.startswith(held[-n:])), 0)
        if len(held) > keep:
            yield held[: len(held) - keep]
            held = held[len(held) - keep :]
    if held:
        yield held
