"""How many connections a client may have open at once, and what one hears that has more."""

from __future__ import annotations

import asyncio
from collections import Counter
from http import HTTPStatus

from vakgraaf.web.client_address import TrustedProxies
from vakgraaf.web.last_words import language_of, last_words
from vakgraaf.web.problems import RETRY_AFTER_S

_LISTENS_S = 1.0
_DETAIL = {
    "nl": "Vanaf uw adres staan te veel verbindingen open: meer dan {most}. Sluit er een, of probeer het over {wait} s"
    " opnieuw; hoeveel het er mogen zijn, bepaalt VAKGRAAF_MAX_CLIENT_CONNECTIONS.",
    "en": "Too many connections from your address are open: more than {most}. Close one, or try again in {wait} s;"
    " VAKGRAAF_MAX_CLIENT_CONNECTIONS says how many there may be.",
}


class ConnectionLimit:
    """So many connections for each client, which is who is at the other end: no header has been read yet.

    A trusted proxy, which has those of many clients, may have any number, and so may a program on this machine. There
    is an entry for whoever has a connection and for nobody else.
    """

    def __init__(self, most: int, proxies: TrustedProxies) -> None:
        self.most = most
        self._proxies = proxies
        self._open: Counter[str] = Counter()

    def enter(self, transport: asyncio.BaseTransport) -> str | None:
        """Count a connection; its seat, to be given back with `leave`, or None where the client has enough of them."""
        peer = transport.get_extra_info("peername")
        if not self.most or not isinstance(peer, tuple):
            return ""
        scope = {"client": peer, "headers": ()}
        client = self._proxies.client(scope)
        if client.here or self._proxies.trusts(scope):
            return ""
        if self._open[client.network] >= self.most:
            return None
        self._open[client.network] += 1
        return client.network

    def leave(self, seat: str) -> None:
        """A connection has gone."""
        if not seat:
            return
        self._open[seat] -= 1
        if not self._open[seat]:
            del self._open[seat]


class TurnedAway(asyncio.Protocol):
    """A connection too many: it is answered with 429 (RFC 6585 §4) as soon as it asks something, and ended.

    Who asks nothing hears it after a second. The end is one of writing at first: what the client is still sending would
    otherwise have the answer thrown away.
    """

    def __init__(self, transport: asyncio.Transport, most: int) -> None:
        self._transport = transport
        self._most = most
        self._answered = False
        self._timer = asyncio.get_running_loop().call_later(_LISTENS_S, self._answer, b"")

    def data_received(self, data: bytes) -> None:
        """Called with what came in; only the first of it is looked at."""
        if not self._answered:
            self._answer(data)

    def connection_lost(self, exc: Exception | None) -> None:
        """Called once, at the end."""
        self._timer.cancel()

    def _answer(self, head: bytes) -> None:
        self._answered = True
        self._timer.cancel()
        language = language_of(head)
        detail = _DETAIL[language].format(most=self._most, wait=RETRY_AFTER_S)
        retry = f"retry-after: {RETRY_AFTER_S}"
        self._transport.write(last_words(HTTPStatus.TOO_MANY_REQUESTS, detail, language, retry))
        self._transport.write_eof()
        self._timer = asyncio.get_running_loop().call_later(_LISTENS_S, self._transport.abort)
