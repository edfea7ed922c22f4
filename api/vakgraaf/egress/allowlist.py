"""The list of hosts that may be asked for something."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from vakgraaf.egress.addresses import Address, is_public
from vakgraaf.egress.destinations import PORTS, Destination, address_of, normal_host
from vakgraaf.errors import InputError, QueryRefused

OPTION = "--allow-host"
SETTING = "VAKGRAAF_ALLOW_HOSTS"


@dataclass(frozen=True, slots=True)
class Entry:
    """One host that is allowed, on one port; None is the default port of the scheme.

    `anywhere`: the operator named this very server for the program itself to use, on whatever network it stands.
    """

    host: str
    port: int | None = None
    anywhere: bool = False


@dataclass(frozen=True, slots=True)
class AllowList:
    """Who may be asked. Empty: nobody."""

    entries: frozenset[Entry] = frozenset()

    @classmethod
    def of(cls, texts: Iterable[str]) -> AllowList:
        """The list that `HOST` and `HOST:PORT` say. Raises `InputError` for anything else."""
        return cls(frozenset(_entry(text.strip()) for text in texts))

    @classmethod
    def only(cls, places: Iterable[Destination]) -> AllowList:
        """The hosts and ports of servers that the operator named, which may stand on a private network."""
        return cls(frozenset(Entry(place.host, place.port, anywhere=True) for place in places))

    def require(self, place: Destination) -> None:
        """Raises `QueryRefused`, which names the host and the option, where `place` is not on the list.

        A host without a port on the list counts for port 80 with http and 443 with https.
        """
        default = PORTS[place.scheme] == place.port
        if not any(
            e.host == place.host and (default if e.port is None else e.port == place.port) for e in self.entries
        ):
            raise _not_listed(place)
        address = address_of(place.host)
        if address is not None and not self.reaches(place.host, place.port, address):
            raise _not_public(place.host, place.port, address)

    def reaches(self, host: str, port: int, address: Address) -> bool:
        """Whether a connection to `address` may be made for `host` and `port`.

        One that is not public only where the list names that very address and port.
        """
        if is_public(address) or Entry(str(address), port) in self.entries:
            return True
        return Entry(host, port, anywhere=True) in self.entries


def _entry(text: str) -> Entry:
    host, colon, port = text.rpartition(":")
    if not colon or text.endswith("]"):
        host, port = text, ""
    try:
        if not text or (colon and host != text and not (port.isascii() and port.isdecimal() and 0 < int(port) < 65536)):
            raise QueryRefused("", "")
        return Entry(normal_host(host), int(port) if port else None)
    except QueryRefused as error:
        raise InputError(
            f"'{text}' kan niet op de lijst van toegestane hosts ({OPTION}, {SETTING}) staan. Schrijf een host zonder"
            " http:// ervoor en zonder jokertekens, eventueel met een poort: example.org, 127.0.0.1:7878, [::1]:7878.",
            f"'{text}' cannot be on the list of allowed hosts ({OPTION}, {SETTING}). Write a host without http://"
            " before it and without wildcards, if need be with a port: example.org, 127.0.0.1:7878, [::1]:7878.",
        ) from error


def _not_listed(place: Destination) -> QueryRefused:
    name = place.authority
    return QueryRefused(
        f"{name} staat niet op de lijst van servers waarvan deze server iets mag opvragen. Wie hem beheert kan hem daar"
        f" met {OPTION} {name} op zetten.",
        f"{name} is not on the list of servers that this server may ask. Who runs it can add it with {OPTION} {name}.",
    )


def _not_public(host: str, port: int, address: Address) -> QueryRefused:
    shown = f"[{address}]:{port}" if address.version == 6 else f"{address}:{port}"
    return QueryRefused(
        f"{host} staat op {address}, dat niet tot het openbare internet behoort. Zo'n adres wordt alleen gebruikt waar"
        f" {OPTION} {shown} het zelf noemt.",
        f"{host} is at {address}, which is not part of the public internet. Such an address is used only where"
        f" {OPTION} {shown} names it.",
    )


def not_reachable(host: str, port: int, found: Iterable[Address]) -> QueryRefused:
    """The refusal where a name leads to nothing but addresses that may not be used."""
    return _not_public(host, port, next(iter(found)))
