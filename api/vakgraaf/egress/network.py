"""Connections to checked addresses: a name is looked up once, and what was checked is what is connected to."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable, Iterable, Sequence
from ipaddress import IPv4Address, IPv6Address, ip_address

import httpcore

from vakgraaf.egress.addresses import Address
from vakgraaf.egress.allowlist import AllowList, not_reachable
from vakgraaf.egress.destinations import address_of

Resolver = Callable[[str, int], Awaitable[Sequence[str]]]
"""A host name and a port in, addresses out. Raises OSError where the name is not known."""

_MOST_ADDRESSES = 4


async def system_resolver(host: str, port: int) -> Sequence[str]:
    """What this computer knows of a name. Raises `socket.gaierror`."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(sockaddr[0]) for *_, sockaddr in found))


class CheckedNetwork(httpcore.AsyncNetworkBackend):
    """The network as httpcore sees it. TLS and the Host header keep the name; the connection goes to the address."""

    def __init__(self, allow: AllowList, resolve: Resolver = system_resolver) -> None:
        self._allow = allow
        self._resolve = resolve
        self._network = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Connect to the first address that answers. Raises `QueryRefused` and `httpcore.ConnectError`."""
        failure: Exception = httpcore.ConnectError(f"no address for {host}")
        for address in (await self._addresses(host, port))[:_MOST_ADDRESSES]:
            try:
                return await self._network.connect_tcp(str(address), port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure

    async def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Not what this is for."""
        raise httpcore.ConnectError(f"no Unix sockets: {path}")

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        await asyncio.sleep(seconds)

    async def _addresses(self, host: str, port: int) -> list[Address]:
        literal = address_of(host)
        try:
            found = [literal] if literal is not None else _read(await self._resolve(host, port))
        except OSError as error:
            raise httpcore.ConnectError(f"{host}: {error.strerror or error}") from error
        fitting = [address for address in found if self._allow.reaches(host, port, address)]
        if found and not fitting:
            raise not_reachable(host, port, found)
        return fitting


def _read(texts: Sequence[str]) -> list[Address]:
    """Addresses as a resolver gives them; one with a zone is link-local, and left out."""
    found: list[IPv4Address | IPv6Address] = [ip_address(text) for text in texts if "%" not in text]
    return found
