"""The fields of an address or of a form (application/x-www-form-urlencoded), up to more than anybody means.

Each of them costs time in which nobody else is answered, and an empty one costs the client two bytes.
"""

from __future__ import annotations

import re
from binascii import a2b_qp

from starlette.types import Scope

from vakgraaf.web.problems import HttpProblem

MOST_FIELDS = 5_000
"""So many graphs a query may name, too."""

_NO_ESCAPE = re.compile(rb"%(?![0-9A-Fa-f]{2})")


def fields_of(encoded: bytes, encoding: str = "utf-8", most: int = MOST_FIELDS) -> list[tuple[str, str]]:
    """The names and values, in their order; a name alone has an empty value.

    Raises `HttpProblem` 400 where there are more than `most`, and `UnicodeDecodeError` for bytes that are no text.
    """
    parts = encoded.split(b"&", most)
    if len(parts) > most:
        raise _too_many(most)
    pairs = (part.partition(b"=") for part in parts if part)
    return [(text_of(name, encoding), text_of(value, encoding)) for name, _, value in pairs]


def text_of(encoded: bytes, encoding: str = "utf-8") -> str:
    """The text of a name or a value. Raises `UnicodeDecodeError` where it is none."""
    plain = encoded.replace(b"+", b" ")
    if b"%" not in plain:
        return plain.decode(encoding)
    # Quoted-printable has the same escapes behind another sign, and a decoder that is no loop of Python's.
    escaped = _NO_ESCAPE.sub(b"%25", plain)
    return a2b_qp(escaped.replace(b"=", b"=3D").replace(b"%", b"=")).decode(encoding)


def too_many_fields(scope: Scope) -> HttpProblem | None:
    """What is wrong with an address that names very many fields; whoever answers it would look at each."""
    address: bytes = scope["query_string"]
    return _too_many(MOST_FIELDS) if len(address) > MOST_FIELDS and address.count(b"&") >= MOST_FIELDS else None


def _too_many(most: int) -> HttpProblem:
    return HttpProblem(
        400,
        f"Dit verzoek heeft meer dan {most} velden (naam=waarde). Stuur alleen wat nodig is.",
        f"This request has more than {most} fields (name=value). Send only what is needed.",
    )
