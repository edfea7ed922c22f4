"""The one door out: every request that the program makes goes through `Egress.send`."""

from __future__ import annotations

import functools
import ssl
from collections.abc import AsyncIterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field

import httpcore

from vakgraaf.egress.allowlist import AllowList
from vakgraaf.egress.destinations import Destination, destination, joined
from vakgraaf.egress.network import CheckedNetwork, Resolver, system_resolver
from vakgraaf.errors import QueryTimeout, RemoteFailure, ResultTooLarge

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_KEEPING = frozenset({301, 307, 308})  # another address for the same; 302 and 303 are what leads to a page to log in
_MOST_REDIRECTS = 5
_CONNECT_S = 10.0
_BROKEN = (
    httpcore.NetworkError,
    httpcore.ProtocolError,
    httpcore.UnsupportedProtocol,
    httpcore.TimeoutException,
    ssl.SSLError,
    OSError,
)


@dataclass(frozen=True, slots=True)
class Asking:
    """A request: method, URL, headers, body, and how many seconds of silence are bearable.

    `repeatable`: it may be sent again where a connection that was kept open turns out to be gone. `changes`: it changes
    something, so a redirection that need not mean the same request elsewhere is not followed but is the reply.
    """

    method: str
    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    silence_s: float = 60.0
    repeatable: bool = False
    changes: bool = False


class Reply:
    """The answer to a request: its head is there, its body comes as it is read. Always to be closed."""

    def __init__(self, place: Destination, response: httpcore.Response) -> None:
        self.place = place
        self.status = response.status
        self.headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in response.headers}
        self._response = response

    @property
    def media_type(self) -> str:
        """The media type of the body, in lower case and without parameters."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    async def chunks(self) -> AsyncIterator[bytes]:
        """The body. Raises `RemoteFailure` where it breaks off, and `QueryTimeout` where nothing comes for too long."""
        try:
            async for chunk in self._response.aiter_stream():
                if chunk:
                    yield chunk
        except _BROKEN as error:
            raise failure(self.place, error) from error

    async def read(self, most: int) -> bytes:
        """The whole body. Raises `ResultTooLarge` beyond `most` bytes, and what `chunks` does."""
        body = bytearray()
        async for chunk in self.chunks():
            body += chunk
            if len(body) > most:
                raise ResultTooLarge(
                    f"{self.place.authority} stuurt meer dan {most} bytes.",
                    f"{self.place.authority} sends more than {most} bytes.",
                )
        return bytes(body)

    async def start(self, most: int) -> bytes:
        """The first bytes of the body, at most so many: for messages. What breaks off is as long as it is."""
        body = bytearray()
        with suppress(RemoteFailure, QueryTimeout):
            async for chunk in self.chunks():
                body += chunk
                if len(body) >= most:
                    break
        return bytes(body[:most])

    async def close(self) -> None:
        """Let go of the connection; where the body was not read to its end, the other side notices."""
        with suppress(*_BROKEN):
            await self._response.aclose()


class Egress:
    """Requests to hosts on a list and to nobody else, redirects included; no proxy, no cookies, no compression."""

    def __init__(
        self,
        allow: AllowList,
        *,
        resolve: Resolver = system_resolver,
        tls: ssl.SSLContext | None = None,
        connections: int = 16,
    ) -> None:
        self._allow = allow
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=tls or _trusting_the_system(),
            max_connections=connections,
            max_keepalive_connections=connections,
            keepalive_expiry=20.0,
            network_backend=CheckedNetwork(allow, resolve),
        )

    async def send(self, asking: Asking) -> Reply:
        """Ask, and follow redirects, each checked like the first; the reply's head is there.

        A redirect keeps method and body, so that a query survives a move to https, but for 303 (RFC 9110 §15.4.4);
        from https to http none is followed. Raises QueryRefused, RemoteFailure, QueryTimeout.
        """
        url, method, body = asking.url, asking.method, asking.body
        secure = False
        for _ in range(_MOST_REDIRECTS + 1):
            place = destination(url)
            self._allow.require(place)
            if secure and place.scheme == "http":
                break
            secure = place.scheme == "https"
            reply = Reply(place, await self._exchange(place, method, asking, body))
            if reply.status not in (_KEEPING if asking.changes else _REDIRECTS) or "location" not in reply.headers:
                return reply
            await reply.close()
            url = joined(place, reply.headers["location"])
            if reply.status == 303:
                method, body = "GET", b""
        raise RemoteFailure(
            f"{destination(asking.url).authority} verwijst te vaak door, of van https naar http.",
            f"{destination(asking.url).authority} redirects too often, or from https to http.",
        )

    def require(self, url: str) -> None:
        """Raises `QueryRefused` where `url` leads to a host that is not on the list; nothing is asked."""
        self._allow.require(destination(url))

    async def close(self) -> None:
        """Close all connections."""
        await self._pool.aclose()

    async def _exchange(self, place: Destination, method: str, asking: Asking, body: bytes) -> httpcore.Response:
        headers = {"host": place.authority, "accept-encoding": "identity", "user-agent": "vakgraaf", **asking.headers}
        if body or method in ("POST", "PUT"):
            headers["content-length"] = str(len(body))
        silence = asking.silence_s
        request = httpcore.Request(
            method,
            httpcore.URL(scheme=place.scheme, host=place.host, port=place.port, target=place.target),
            headers=list(headers.items()),
            content=body,
            extensions={"timeout": {"connect": _CONNECT_S, "read": silence, "write": silence, "pool": silence}},
        )
        try:
            try:
                return await self._pool.handle_async_request(request)
            except (httpcore.RemoteProtocolError, httpcore.ReadError, httpcore.WriteError):
                if not asking.repeatable:
                    raise
                return await self._pool.handle_async_request(request)
        except _BROKEN as error:
            raise failure(place, error, change=asking.changes) from error


@functools.cache
def _trusting_the_system() -> ssl.SSLContext:
    """Certificates that this computer trusts; reading them takes a moment, once."""
    return ssl.create_default_context()


def failure(place: Destination, error: Exception, *, change: bool = False) -> RemoteFailure | QueryTimeout:
    """What a broken exchange with `place` is to a user; of a `change` nobody knows then whether it was made."""
    name = place.authority
    if isinstance(error, httpcore.ReadTimeout | httpcore.WriteTimeout | httpcore.PoolTimeout):
        return QueryTimeout(f"{name} zwijgt te lang.", f"{name} keeps silent for too long.")
    if isinstance(error, httpcore.ConnectError | httpcore.ConnectTimeout):
        return RemoteFailure(
            f"{name} is niet te bereiken ({error or 'geen antwoord'}).",
            f"{name} cannot be reached ({error or 'no answer'}).",
        )
    nl, en = (" Kijk of de wijziging is gedaan.", " Look whether the change was made.") if change else ("", "")
    return RemoteFailure(
        f"{name} heeft de verbinding verbroken voordat het antwoord compleet was.{nl}",
        f"{name} broke the connection off before the answer was complete.{en}",
    )
