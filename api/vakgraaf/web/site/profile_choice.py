"""Which profile a request asks for: `?_profile=`, else Accept-Profile (W3C, Content Negotiation by Profile §7)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from starlette.requests import Request

from vakgraaf.web.problems import HttpProblem
from vakgraaf.web.site.representations import ALTERNATES, NATIVE, Representation

_WISH = re.compile(r"<([^<>]*)>\s*(?:;\s*q=([01](?:\.\d{0,3})?))?")


def representation_of(request: Request, there: Sequence[Representation]) -> Representation:
    """The profile asked for by token or IRI; what the header asks for and is not there gives the native one.

    Raises `HttpProblem` 406 for a `_profile` that is not there.
    """
    asked = request.query_params.get("_profile")
    if asked:
        found = _named(asked, (*there, ALTERNATES))
        if found is None:
            names = ", ".join(one.token for one in (*there, ALTERNATES))
            raise HttpProblem(
                406,
                f"Het profiel '{asked[:100]}' is er hier niet. Wel: {names}.",
                f"There is no profile '{asked[:100]}' here. There are: {names}.",
            )
        return found
    wishes = [(float(q or 1), iri) for iri, q in _WISH.findall(request.headers.get("accept-profile", ""))]
    for q, iri in sorted(wishes, key=lambda wish: -wish[0]):
        if q > 0 and (found := _named(iri, there)) is not None:
            return found
    return NATIVE


def _named(text: str, there: Sequence[Representation]) -> Representation | None:
    bare = text.rstrip("/#")
    return next((one for one in there if bare in (one.token, one.iri)), None)
