"""What a request asks on condition of what there is: If-Match and If-None-Match (RFC 9110 §13).

Tags are compared weakly, also for If-Match, of which the RFC asks for the strong comparison: ours are weak as the same
triples may come in another order, but no change of the data leaves them as they were, and that is what If-Match is for.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from starlette.requests import Request

from vakgraaf.web.problems import HttpProblem

_TAG = re.compile(r'"[^"]*"')
_ANY = "*"

IsCurrent = Callable[[str], bool]
"""Whether a tag, in its quotes and without the sign of a weak one, is of what there is now."""


def require_match(request: Request, is_current: IsCurrent, *, exists: bool = True) -> None:
    """Raises `HttpProblem` 412 where If-Match names nothing that there is (RFC 9110 §13.1.1).

    `exists`: whether there is anything at the address of the request.
    """
    wanted = request.headers.get("if-match")
    if wanted is not None and not _names(wanted, is_current, exists=exists):
        raise HttpProblem(
            412,
            "If-Match noemt iets anders dan wat hier nu is; er is niets gedaan. Haal op wat er nu is, en doe het"
            " opnieuw met de ETag daarvan.",
            "If-Match names something else than what is here now; nothing was done. Get what there is now, and try"
            " again with its ETag.",
        )


def is_known(request: Request, is_current: IsCurrent, *, exists: bool = True) -> bool:
    """Whether If-None-Match names what there is (RFC 9110 §13.1.2); `exists` as for `require_match`."""
    known = request.headers.get("if-none-match")
    return known is not None and _names(known, is_current, exists=exists)


def require_for_writing(request: Request, is_current: IsCurrent, *, exists: bool) -> None:
    """Raises `HttpProblem` 412 where a change may not be made to what there is now (RFC 9110 §13.2.2)."""
    require_match(request, is_current, exists=exists)
    if is_known(request, is_current, exists=exists):
        raise HttpProblem(
            412,
            "Wat If-None-Match uitsluit, is hier al; er is niets gedaan. Haal op wat er is, of laat die header weg.",
            "What If-None-Match rules out is here already; nothing was done. Get what there is, or leave that header"
            " out.",
        )


def _names(field: str, is_current: IsCurrent, *, exists: bool) -> bool:
    return exists and (field.strip() == _ANY or any(is_current(tag) for tag in _TAG.findall(field)))
