"""What an operator should know of settings before serving with them."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from ipaddress import ip_address, ip_network
from pathlib import Path
from typing import NamedTuple

from vakgraaf.settings import Settings
from vakgraaf.web.access_log import Logged
from vakgraaf.web.tokens import Right, Token


class Remark(NamedTuple):
    """Something about a setting: unsafe, or only to be aware of; in both languages."""

    setting: str
    unsafe: bool
    nl: str
    en: str


def remarks(settings: Settings) -> Iterator[Remark]:
    """Everything there is to say. Raises what reading the file of tokens and the lists of hosts raises."""
    yield from _who_may_come(settings)
    yield from _who_may_write(settings)
    yield from _files(settings)
    yield from _hosts(settings)
    yield from _told(settings)
    yield from _machine(settings)


def _who_may_come(settings: Settings) -> Iterator[Remark]:
    if _is_here(settings.host):
        yield from _who_may_come_by_a_proxy(settings)
        return
    if not settings.rate_limit:
        yield Remark(
            "rate_limit",
            True,
            f"de server luistert op {settings.host}, en één client mag zo vaak vragen als hij wil. Stel een grens in.",
            f"the server listens on {settings.host}, and one client may ask as often as it likes. Set a limit.",
        )
    if not settings.proxies():
        yield Remark(
            "trusted_proxies",
            settings.access().writers(),
            f"de server luistert op {settings.host} zonder proxy die TLS doet: verzoeken, en tokens die daarin staan,"
            " gaan leesbaar over het netwerk. Zet er een proxy voor (docs/deploy).",
            f"the server listens on {settings.host} without a proxy that does TLS: requests, and tokens in them, go"
            " readable over the network. Put a proxy before it (docs/deploy).",
        )


def _who_may_come_by_a_proxy(settings: Settings) -> Iterator[Remark]:
    """A proxy on this machine that is not named passes on everybody as a program of this machine."""
    if not settings.proxies() and (settings.rate_limit or settings.max_client_connections):
        yield Remark(
            "trusted_proxies",
            False,
            f"de server luistert op {settings.host} en vertrouwt geen proxy. Staat er op deze machine een proxy voor,"
            " dan geldt iedereen die daardoor komt als programma van deze machine, en voor die is er geen grens"
            " (rate_limit, max_client_connections). Noem dan die proxy, bijvoorbeeld 127.0.0.1.",
            f"the server listens on {settings.host} and trusts no proxy. If there is a proxy on this machine in front"
            " of it, everybody who comes through that counts as a program on this machine, which has no limit"
            " (rate_limit, max_client_connections). Then name that proxy, for example 127.0.0.1.",
        )


def _who_may_write(settings: Settings) -> Iterator[Remark]:
    access = settings.access()
    if not access.writers():
        return
    if not settings.validate_writes:
        yield Remark(
            "validate_writes",
            True,
            "wat wordt geschreven, wordt niet getoetst aan de shapes.",
            "what is written is not held against the shapes.",
        )
    unjudged = [token.name for token in access.tokens if {Right.WRITE, Right.NO_VALIDATE} <= token.rights]
    if unjudged:
        yield Remark(
            "update_token_file",
            True,
            f"wie deze tokens heeft, mag schrijven zonder toetsing: {', '.join(unjudged)}.",
            f"who has these tokens may write without validation: {', '.join(unjudged)}.",
        )
    yield from _shared(settings, access.tokens)


def _shared(settings: Settings, tokens: tuple[Token, ...]) -> Iterator[Remark]:
    nameless = [token.name for token in tokens if settings.update_token_file and ":" in token.name]
    if nameless:
        yield Remark(
            "update_token_file",
            False,
            f"deze tokens hebben geen naam, zodat later niet te zien is wie schreef: {', '.join(nameless)}.",
            f"these tokens have no name, so nobody can tell later who wrote: {', '.join(nameless)}.",
        )


def _files(settings: Settings) -> Iterator[Remark]:
    for name, path, forbidden in (
        ("update_token_file", settings.update_token_file, stat.S_IRWXG | stat.S_IRWXO),
        ("remote_credentials_file", settings.remote_credentials_file, stat.S_IRWXG | stat.S_IRWXO),
        ("config", settings.config, stat.S_IWGRP | stat.S_IWOTH),
        ("store", settings.store, stat.S_IWOTH),
    ):
        if not isinstance(path, Path) or not path.exists() or not path.stat().st_mode & forbidden:
            continue
        others = bool(path.stat().st_mode & forbidden & stat.S_IRWXO)
        yield Remark(
            name,
            others or name == "config",
            f"{path} staat open voor {'anderen' if others else 'een groep'} op deze machine. Sluit het af met chmod.",
            f"{path} is open to {'others' if others else 'a group'} on this machine. Close it with chmod.",
        )


def _hosts(settings: Settings) -> Iterator[Remark]:
    for word in settings.trusted_proxies.replace(",", " ").split():
        network = ip_network(word)
        if network.num_addresses > 2 ** (network.max_prefixlen - 8):
            yield Remark(
                "trusted_proxies",
                True,
                f"{word} is bijna iedereen: zo kan elke client zeggen dat hij een ander is.",
                f"{word} is nearly everybody: any client can then say that it is another.",
            )
    if settings.allow_hosts:
        yield Remark(
            "allow_hosts",
            False,
            f"vragen van iedereen mogen deze hosts iets laten doen: {settings.allow_hosts}.",
            f"queries of anybody may have these hosts asked: {settings.allow_hosts}.",
        )


def _told(settings: Settings) -> Iterator[Remark]:
    if settings.log_queries:
        yield Remark(
            "log_queries",
            False,
            "de tekst van vragen komt in het logboek; daarin kunnen namen van mensen staan.",
            "the text of queries goes into the log; names of people may be in it.",
        )
    if settings.log is Logged.NOTHING:
        yield Remark(
            "log",
            False,
            "er wordt niets opgeschreven, ook niet wat misgaat.",
            "nothing is written down, not even what goes wrong.",
        )
    if not (settings.publisher_iri and settings.publisher_contact):
        yield Remark(
            "publisher_name",
            False,
            "de catalogus noemt Vakgraaf als uitgever; noem uzelf, met publisher_iri en publisher_contact.",
            "the catalogue names Vakgraaf as the publisher; name yourself, with publisher_iri and publisher_contact.",
        )


def _machine(settings: Settings) -> Iterator[Remark]:
    if os.geteuid() == 0:
        yield Remark(
            "user",
            not _is_here(settings.host),
            "de server draait als root; geef hem een gebruiker van zichzelf (docs/deploy/vakgraaf.service).",
            "the server runs as root; give it a user of its own (docs/deploy/vakgraaf.service).",
        )
    has_mb = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 1024**2
    most_mb = settings.worker_memory_mb * (2 * settings.workers + settings.slow_workers) + settings.memory_budget_mb
    if most_mb > has_mb:
        yield Remark(
            "worker_memory_mb",
            False,
            f"alle vragen samen kunnen {most_mb} MB vragen, en de machine heeft {has_mb} MB.",
            f"all queries together could take {most_mb} MB, and the machine has {has_mb} MB.",
        )


def _is_here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
