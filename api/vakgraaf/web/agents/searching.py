"""The tool `search`: full text over names, wordings and descriptions."""

from __future__ import annotations

import asyncio
import time
from typing import Any

from vakgraaf.engine import Value
from vakgraaf.errors import NotReady
from vakgraaf.rdf.prefixes import PREFIXES
from vakgraaf.search import answers
from vakgraaf.search.answers import PAGE, Hit, Named
from vakgraaf.web.agents.arguments import Sought
from vakgraaf.web.agents.desk import Desk
from vakgraaf.web.agents.naming import meant
from vakgraaf.web.describe import preferred
from vakgraaf.web.pages import short
from vakgraaf.web.searching import beginnings

Told = dict[str, Any]


_PATIENCE_S, _AGAIN_S = 15.0, 0.25
"""A language model that is told to come back in a moment does something else instead."""


async def search(desk: Desk, asked: Sought) -> Told:
    """A page of results with what else could be chosen. Raises what `Search.find` raises.

    Where the index is still being made it is waited for, for a while.
    """
    given = {"class": asked.of_class, "profile": asked.profile, "branche": asked.sector}
    chosen = {kind: _iri(kind, name) for kind, name in given.items() if name}
    found = await _found(desk, answers.Sought(asked.text, chosen, asked.page, asked.language))
    told = _Telling(asked.language)
    facets = {
        kind: [told.named(one.name) | {"count": one.things} for one in choices]
        for kind, choices in found.facets.items()
    }
    return {
        "total": found.total,
        "page": asked.page,
        "pages": -(-found.total // PAGE),
        "results": [told.hit(hit) for hit in found.hits],
        "narrow_by": facets,
        "read_as": found.meant,
        "left_out": list(found.left_out),
        "suggested": found.suggested,
    }


async def _found(desk: Desk, sought: answers.Sought) -> answers.Found:
    until = time.monotonic() + _PATIENCE_S
    while True:
        try:
            return await desk.search.find(sought)
        except NotReady:
            if time.monotonic() > until:
                raise
            await asyncio.sleep(_AGAIN_S)


def _iri(kind: str, name: str) -> str:
    prefix, colon, _ = name.partition(":")
    known = colon and (prefix in PREFIXES or prefix in ("http", "https", "urn"))
    return meant(name) if known else meant(beginnings(kind)[0] + name)


class _Telling:
    """Says what was found in one language, or else in the one that there is."""

    def __init__(self, language: str) -> None:
        self._language = language

    def named(self, named: Named) -> Told:
        if not named.labels:
            return {"iri": named.iri, "label": short(named.iri)}
        known = (Value("literal", label.text, label.language or None) for label in named.labels)
        return {"iri": named.iri, "label": preferred(known, self._language).text}

    def hit(self, hit: Hit) -> Told:
        told = self.named(Named(hit.iri, hit.labels))
        if hit.number:
            told["number"] = hit.number
        if hit.of is not None:
            told["class"] = short(hit.of.iri)
        if hit.snippet is not None:
            told["found_in"] = {"property": short(hit.snippet.property), "text": hit.snippet.text}
        if hit.profiles:
            told["profiles"] = [self.named(profile) for profile in hit.profiles]
            told["in_profiles"] = hit.in_profiles
        return told
