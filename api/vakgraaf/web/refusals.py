"""What is wrong with the head of a request, so that it is not looked at any further."""

from __future__ import annotations

from enum import Enum

from starlette.types import Scope

from vakgraaf.web.problems import HttpProblem

LONGEST_ADDRESS = 65_535
"""The longest address of a request (path and query string), in bytes."""

_KEY = "vakgraaf.refused"


class Refused(Enum):
    """Why a request is not looked at any further."""

    ADDRESS = 414
    HEADERS = 431
    HOST = 400
    CODING = 501


def refuse(scope: Scope, why: Refused) -> None:
    """Note what is wrong with a request; the first counts."""
    scope.setdefault(_KEY, why)


def is_refused(scope: Scope) -> bool:
    """Whether something is wrong with it."""
    return _KEY in scope


def refusal(scope: Scope) -> HttpProblem | None:
    """What is wrong with the head of a request: 414 (RFC 9110 §15.5.15), 431 (RFC 6585 §5), 400 (RFC 9112 §3.2) or 501
    (RFC 9112 §6.1)."""
    why = scope.get(_KEY)
    if why is None:
        return None
    return HttpProblem(why.value, *_MESSAGES[why], {"connection": "close"})


TOO_MUCH_HEAD = (
    "De headers van dit verzoek zijn samen te lang; hoe lang ze mogen zijn, bepaalt VAKGRAAF_MAX_HEADER_BYTES.",
    "The headers of this request are too long together; VAKGRAAF_MAX_HEADER_BYTES says how long they may be.",
)
_MESSAGES = {
    Refused.ADDRESS: (
        f"Het adres van dit verzoek is langer dan {LONGEST_ADDRESS} bytes; meer kan niet. Stuur een lange vraag met"
        " POST; hoe lang die mag zijn, bepaalt VAKGRAAF_MAX_QUERY_BYTES.",
        f"The address of this request is longer than {LONGEST_ADDRESS} bytes, which is the limit. Send a long query by"
        " POST; VAKGRAAF_MAX_QUERY_BYTES says how long that may be.",
    ),
    Refused.HEADERS: TOO_MUCH_HEAD,
    Refused.CODING: (
        "Dit verzoek is gecodeerd voor de overdracht op een manier die hier niet kan; wel: chunked.",
        "This request has a transfer coding that is not available here; chunked is.",
    ),
    Refused.HOST: (
        "Dit verzoek moet één header Host hebben, met een hostnaam of een adres en zo nodig een poort.",
        "This request must have one Host header, with a host name or an address and a port where needed.",
    ),
}
