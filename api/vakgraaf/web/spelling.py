"""Which IRI an address means: addresses have escapes where IRIs have letters, and some IRIs have escapes themselves."""

from __future__ import annotations

import re
from urllib.parse import quote, unquote_to_bytes

from starlette.requests import Request

from vakgraaf.rdf.iri_signs import is_part_of_iri

_ESCAPED = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
_SPELT_OUT = re.compile(r"[A-Za-z0-9._~\xa0-\ud7ff\uf900-\ufdcf\ufdf0-\uffef\U00010000-\U000efffd-]")
"""What an IRI has as it is (RFC 3987 §2.2: iunreserved)."""


def escaped(request: Request, route: str, reference: str) -> str:
    """`reference`, which stands behind `route` in the path, as the client spelled it: with its escapes."""
    raw = request.scope.get("raw_path", b"").partition(b"?")[0].decode("ascii", "replace")
    own = raw.removeprefix(request.scope.get("root_path", ""))
    return own.removeprefix(route) if own.startswith(route) else quote(reference)


def spellings(text: str) -> tuple[str, ...]:
    """What `text`, a part of an address with its escapes, may be in an IRI; the likeliest first, and none twice.

    First what RFC 3987 §3.2 makes of it: letters for their escapes, and escapes for what an IRI has another meaning
    for or does not have. Then without any escape, and as it is. Those that are part of no IRI are not there.
    """
    plain = _ESCAPED.sub(lambda found: unquote_to_bytes(found[0]).decode("utf-8", "replace"), text)
    found = (_ESCAPED.sub(_read, text), plain, text)
    return tuple(dict.fromkeys(filter(is_part_of_iri, found))) or (found[0],)


def _read(found: re.Match[str]) -> str:
    """A run of escapes with letters for those that stand for one; bytes that are no UTF-8 stay escapes."""
    run, at, read = found[0], 0, []
    for character in unquote_to_bytes(run).decode("utf-8", "surrogateescape"):
        end = at + 3 * len(character.encode("utf-8", "surrogateescape"))
        read.append(character if _SPELT_OUT.match(character) else run[at:end])
        at = end
    return "".join(read)
