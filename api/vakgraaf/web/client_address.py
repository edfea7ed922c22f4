"""Who asks: the address at the other end, or what a trusted proxy says of it (RFC 7239 and X-Forwarded-For)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import NamedTuple

from starlette.types import Scope

from vakgraaf.errors import InputError

Network = IPv4Network | IPv6Network
Headers = tuple[tuple[bytes, bytes], ...]

_REMEMBERED = 8192
_LONGEST_REMEMBERED = 512
_LONGEST_ADDRESS = 64
_MOST_HOPS = 20
_FOR = re.compile(r'(?:^|;)[ \t]*for=("?)\[?([0-9A-Fa-f.:]{2,45})\]?(?::[0-9]{1,5})?\1[ \t]*(?:;|$)', re.IGNORECASE)
_NO_ADDRESS = "?"
_SAYING = (b"x-forwarded-for", b"forwarded")


class Client(NamedTuple):
    """Who asks: the address as text ("" where the connection has none), and whether a proxy said so.

    `network` is what counts as one client: an IPv4 address, or the 64 bits of an IPv6 address that name its network.
    """

    address: str
    forwarded: bool
    network: str
    here: bool
    """Whether it is a program on this machine that came without a proxy."""

    @classmethod
    def of(cls, address: str, *, forwarded: bool) -> Client:
        """The client at an address."""
        return cls(address, forwarded, _network_of(address), not forwarded and _is_loopback(address))


class TrustedProxies:
    """The proxies whose headers count."""

    def __init__(self, networks: Iterable[Network] = ()) -> None:
        self._networks = tuple(networks)
        self._holds = lru_cache(_REMEMBERED)(self._held)
        self._said = lru_cache(_REMEMBERED)(self._told)

    @classmethod
    def of(cls, text: str) -> TrustedProxies:
        """Those of a setting: addresses and networks, with commas or spaces between.

        Raises `InputError` where one cannot be read.
        """
        return cls([_network(word) for word in text.replace(",", " ").split()])

    def __bool__(self) -> bool:
        """Whether there are any."""
        return bool(self._networks)

    def trusts(self, scope: Scope) -> bool:
        """Whether a request comes from one of them, so that its `X-Forwarded-…` and `Forwarded` may be read."""
        peer = scope.get("client")
        return bool(self._networks) and peer is not None and self._holds(peer[0])

    def client(self, scope: Scope) -> Client:
        """Who asks. Of the addresses in a header the last counts that is not a trusted proxy's.

        Where both headers are there and do not agree, one of them is the client's own invention: then nobody is
        believed, and it is the proxy that asks.
        """
        peer = scope.get("client")
        host: str = peer[0] if peer else ""
        if not self._networks or not self._holds(host):
            return _direct(host)
        said = tuple([pair for pair in scope["headers"] if pair[0] in _SAYING])
        remembered = sum([len(value) for _, value in said]) <= _LONGEST_REMEMBERED
        return (self._said if remembered else self._told)(host, said)

    def _told(self, proxy: str, headers: Headers) -> Client:
        found = {address for address in (self._last(_x_forwarded(headers)), self._last(_forwarded(headers))) if address}
        if not found:
            return _direct(proxy)
        said = found.pop()
        return Client.of(proxy if found or said == _NO_ADDRESS else said, forwarded=True)

    def _last(self, hops: Iterator[str]) -> str:
        """The last hop that is not trusted, the first where all are; "" where there is none."""
        found = ""
        for count, address in enumerate(hops):
            found = address
            if address == _NO_ADDRESS or not self._holds(address) or count == _MOST_HOPS:
                break
        return found

    def _held(self, address: str) -> bool:
        try:
            read = ip_address(address)
        except ValueError:
            return False
        mapped = read.ipv4_mapped if isinstance(read, IPv6Address) else None
        return any((mapped or read) in network for network in self._networks)


@lru_cache(_REMEMBERED)
def _direct(address: str) -> Client:
    return Client.of(address, forwarded=False)


def _is_loopback(address: str) -> bool:
    """Whether an address is one of this machine for itself; so is no address at all (a Unix socket)."""
    try:
        return not address or ip_address(address.removeprefix("::ffff:")).is_loopback
    except ValueError:
        return False


def _network_of(address: str) -> str:
    try:
        read = ip_address(address)
    except ValueError:
        return address
    if not isinstance(read, IPv6Address):
        return address
    return str(read.ipv4_mapped) if read.ipv4_mapped else f"{IPv6Network((int(read), 64), strict=False)}"


def _network(word: str) -> Network:
    try:
        return ip_network(word)
    except ValueError as error:
        raise InputError(
            f"VAKGRAAF_TRUSTED_PROXIES: '{word}' is geen adres en geen netwerk, zoals 127.0.0.1 of 10.0.0.0/8.",
            f"VAKGRAAF_TRUSTED_PROXIES: '{word}' is no address and no network, such as 127.0.0.1 or 10.0.0.0/8.",
        ) from error


def _values(headers: Headers, header: bytes) -> Iterator[str]:
    """The elements of a list header, the last first."""
    lines = [value.decode("latin-1") for name, value in headers if name == header]
    for line in reversed(lines):
        yield from (part.strip() for part in reversed(line.split(",")))


def _x_forwarded(headers: Headers) -> Iterator[str]:
    for value in _values(headers, b"x-forwarded-for"):
        bare = value.strip('"')
        if bare.startswith("["):
            bare = bare[1:].partition("]")[0]
        elif bare.count(":") == 1:
            bare = bare.partition(":")[0]
        yield _address(bare)


def _forwarded(headers: Headers) -> Iterator[str]:
    for value in _values(headers, b"forwarded"):
        found = _FOR.search(value)
        if found is None:
            yield _NO_ADDRESS
            continue
        bare = found[2]
        yield _address(bare.partition(":")[0] if bare.count(":") == 1 else bare)


def _address(text: str) -> str:
    """One spelling of an address; a sign of its own for what is none ("unknown", "_hidden")."""
    return _spelt(text) if len(text) <= _LONGEST_ADDRESS else _NO_ADDRESS


@lru_cache(_REMEMBERED)
def _spelt(text: str) -> str:
    try:
        return str(ip_address(text))
    except ValueError:
        return _NO_ADDRESS
