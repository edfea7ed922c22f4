"""Where a URL leads: scheme, host and port in the one spelling that lists are compared in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import AddressValueError, IPv4Address, IPv6Address
from urllib.parse import quote, urljoin, urlsplit

import idna

from vakgraaf.egress.addresses import Address
from vakgraaf.errors import QueryRefused

PORTS = {"http": 80, "https": 443}
"""The schemes that are spoken, with their default ports."""

_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
_LONGEST_NAME = 253
_KEPT = "/?:@!$&'()*+,;=~%-._"  # as it is in a URL; all else, such as letters of an IRI, is percent-encoded


@dataclass(frozen=True, slots=True)
class Destination:
    """A host (a name in lower case A-labels, or an address without brackets), its port, and what to ask it for."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def authority(self) -> str:
        """Host and port as they stand in a Host header."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        """The whole as a URL."""
        return f"{self.scheme}://{self.authority}{self.target}"


def destination(url: str) -> Destination:
    """Where `url` leads. Raises `QueryRefused` for another scheme, a user name, or a host in a misleading spelling."""
    if any(c <= " " or c in '\\<>"{}|^`\x7f' for c in url):
        raise _refused(url, "er staan tekens in die daar niet horen", "it has characters that do not belong there")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise _refused(url, "de host of de poort klopt niet", "its host or its port is not valid") from error
    if parts.scheme not in PORTS:
        raise _refused(url, "alleen http en https kunnen", "only http and https are spoken")
    if "@" in parts.netloc:
        raise _refused(url, "een gebruikersnaam hoort er niet in", "a user name does not belong in it")
    if port == 0 or parts.netloc.endswith(":"):
        raise _refused(url, "de poort klopt niet", "its port is not valid")
    target = quote(parts.path or "/", safe=_KEPT) + (f"?{quote(parts.query, safe=_KEPT)}" if parts.query else "")
    host = normal_host(parts.netloc.rpartition(":")[0] if port is not None else parts.netloc)
    return Destination(parts.scheme, host, port or PORTS[parts.scheme], target)


def joined(place: Destination, location: str) -> str:
    """The URL that a Location at `place` means (RFC 9110 §10.2.2); one that makes no sense as it is, to be refused."""
    try:
        return urljoin(place.url, location)
    except ValueError:
        return location


def normal_host(text: str) -> str:
    """A host in the one spelling it has here. Raises `QueryRefused` where it can be read in more than one way.

    Names are in lower case, without a final dot, in A-labels (RFC 5891). IPv4 is four decimal numbers without leading
    zeros; other spellings (one number, octal, hexadecimal) are refused. IPv6 stands in brackets, without a zone.
    """
    if text.startswith("["):
        try:
            address = IPv6Address(text.removeprefix("[").removesuffix("]"))
        except AddressValueError as error:
            raise _odd_host(text) from error
        if address.scope_id is not None:
            raise _odd_host(text)
        return str(address)
    host = text.lower().removesuffix(".")
    if not host.isascii():
        try:
            host = idna.encode(host).decode("ascii")
        except idna.IDNAError as error:
            raise _odd_host(text) from error
    labels = host.split(".")
    if _NUMBER.fullmatch(labels[-1]):
        try:
            return str(IPv4Address(host))
        except AddressValueError as error:
            raise _odd_host(text) from error
    if len(host) > _LONGEST_NAME or not all(_LABEL.fullmatch(label) for label in labels):
        raise _odd_host(text)
    return host


def address_of(host: str) -> Address | None:
    """The address that a normal host is, or None where it is a name."""
    if ":" in host:
        return IPv6Address(host)
    return IPv4Address(host) if _NUMBER.fullmatch(host.rpartition(".")[2]) else None


def _odd_host(text: str) -> QueryRefused:
    return QueryRefused(
        f"'{text}' is geen host die hier gelezen kan worden. Schrijf een naam, een IPv4-adres als vier getallen, of een"
        " IPv6-adres tussen rechte haken.",
        f"'{text}' is not a host that can be read here. Write a name, an IPv4 address as four numbers, or an IPv6"
        " address in square brackets.",
    )


def _refused(url: str, nl: str, en: str) -> QueryRefused:
    shown = re.sub(r"//[^/@]*@", "//…@", url[:200])
    return QueryRefused(f"<{shown}> kan niet worden opgevraagd: {nl}.", f"<{shown}> cannot be fetched: {en}.")
