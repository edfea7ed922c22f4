"""The server's end of an HTTP connection: uvicorn's, with an end to how long an address may be.

Its parser takes addresses of 65,535 bytes and no more. A longer one it reads to the end all the same, in memory and in
quadratic time, and then says 400 with nothing to go by.
"""

from __future__ import annotations

from starlette.types import Scope
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from vakgraaf.web.problems import HttpProblem

LONGEST_ADDRESS = 65_535
"""The longest address of a request (path and query string), in bytes."""

_LET_GO_BYTES = 128 * 1024 * 1024
_KEY = "vakgraaf.address_too_long"


class Connection(HttpToolsProtocol):
    """Keeps the beginning of an address that is too long, and lets the rest go: most clients only listen afterwards."""

    _let_go = 0

    def on_url(self, url: bytes) -> None:
        """Called by the parser with each piece of the address."""
        room = LONGEST_ADDRESS - len(self.url)
        self.url += url[:room]
        if len(url) > room:
            self.scope[_KEY] = True  # type: ignore[literal-required]  # an ASGI scope may hold more
            self._let_go += len(url) - room
            if self._let_go > _LET_GO_BYTES:
                self.transport.abort()


def address_too_long(scope: Scope) -> HttpProblem | None:
    """414, where the address of a request was longer than can be read (RFC 9110 §15.5.15)."""
    if _KEY not in scope:
        return None
    return HttpProblem(
        414,
        f"Het adres van dit verzoek is langer dan {LONGEST_ADDRESS} bytes; meer kan niet. Stuur een lange vraag met"
        " POST; hoe lang die mag zijn, bepaalt VAKGRAAF_MAX_QUERY_BYTES.",
        f"The address of this request is longer than {LONGEST_ADDRESS} bytes, which is the limit. Send a long query by"
        " POST; VAKGRAAF_MAX_QUERY_BYTES says how long that may be.",
        {"connection": "close"},
    )
