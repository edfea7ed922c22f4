"""uvicorn's end of an HTTP connection, that stays with HTTP/1.1 whatever a client offers (RFC 9110 §7.8).

Its parser stops at a request with `Upgrade`: it drops the body, and whatever comes next on that connection. Java's
HttpClient, and Jena with it, sends `Upgrade: h2c` with its first request wherever there is no TLS.
"""

from __future__ import annotations

from collections.abc import Iterator

import httptools
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

_STAYS = (b"close", b"keep-alive")


class PlainHttp(HttpToolsProtocol):
    """Reads a request with `Upgrade` as the same request without."""

    _offered = False

    def data_received(self, data: bytes) -> None:
        """Called with what came in."""
        self._unset_keepalive_if_required()
        try:
            self.parser.feed_data(data)
        except httptools.HttpParserUpgrade as upgrade:
            self._go_on(data[upgrade.args[0] :])
        except httptools.HttpParserError:
            self._give_up(data)

    def on_headers_complete(self) -> None:
        """Called by the parser at the end of the head."""
        self._offered = self.parser.should_upgrade()
        if not self._offered:
            super().on_headers_complete()

    def on_message_complete(self) -> None:
        """Called by the parser at the end of a request."""
        if not self._offered:
            super().on_message_complete()

    def _give_up(self, data: bytes) -> None:
        """Called with what cannot be read."""
        self.send_400_response("Invalid HTTP request received.")

    def _go_on(self, rest: bytes) -> None:
        """Read the head again, without the offer, and then what comes after it. CONNECT is no offer, and refused."""
        method = self.parser.get_method()
        if method == b"CONNECT":
            self._give_up(rest)
            return
        first = b"%b %b HTTP/%b" % (method, self.url, self.parser.get_http_version().encode())
        lines = [b"%b: %b" % pair for pair in self._without_offer()]
        self.parser = httptools.HttpRequestParser(self)
        self.parser.set_dangerous_leniencies(lenient_data_after_close=True)  # as uvicorn has it
        PlainHttp.data_received(self, b"\r\n".join((first, *lines, b"", rest)))

    def _without_offer(self) -> Iterator[tuple[bytes, bytes]]:
        for name, value in self.headers:
            if name == b"connection":
                value = b", ".join(word for word in value.lower().replace(b" ", b"").split(b",") if word in _STAYS)
            if name != b"upgrade":
                yield name, value
