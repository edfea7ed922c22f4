"""One client that opens connections and leaves them idle has its own share of them and no more."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import ExitStack

import httpx
import pytest
from starlette.types import Scope

from serving import cut_off, served
from vakgraaf.app import create_app
from vakgraaf.settings import Settings
from vakgraaf.web.client_address import Client, TrustedProxies
from vakgraaf.web.connection_limit import ConnectionLimit
from vakgraaf.web.patience import Patience
from wire import connect, everything, statuses

MOST = 3
HEALTH = b"GET /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n%b\r\n"


class FromAfar(TrustedProxies):
    """Takes the programs of this test, which are on this machine, for one client elsewhere."""

    def client(self, scope: Scope) -> Client:
        return Client.of("198.51.100.7", forwarded=False)


@pytest.fixture(scope="module")
def narrow(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server where a client may have three connections."""
    app = create_app(Settings(store=tmp_path_factory.mktemp("narrow") / "state", empty=True, search=False))
    with served(app, Patience(connections=ConnectionLimit(MOST, FromAfar()))) as address:
        yield address


def ask(address: str, header: bytes = b"") -> bytes:
    with connect(address) as connection:
        connection.sendall(HEALTH % header)
        return everything(connection)


def room(address: str) -> None:
    """Wait until the server has noticed that those of before have gone."""
    until = time.monotonic() + 20
    while statuses(ask(address)) != [200]:
        assert time.monotonic() < until
        time.sleep(0.02)


@pytest.mark.parametrize(("language", "word"), [("nl", "verbindingen"), ("en", "connections")])
def test_one_more_is_told_so_and_closed_and_the_others_go_on(narrow: str, language: str, word: str) -> None:
    room(narrow)
    with ExitStack() as idle:
        there = [idle.enter_context(connect(narrow)) for _ in range(MOST)]
        answer = ask(narrow, b"Accept-Language: %b\r\n" % language.encode())
        assert statuses(answer) == [429]
        assert b"\r\nretry-after: " in answer
        assert b"\r\nconnection: close" in answer
        assert b"application/problem+json" in answer
        assert word.encode() in answer
        there[0].sendall(HEALTH % b"")
        assert statuses(everything(there[0])) == [200]
    room(narrow)


def test_who_says_nothing_on_one_too_many_hears_it_and_is_counted_and_not_kept(narrow: str) -> None:
    room(narrow)
    before = cut_off(narrow, "too_many")
    with ExitStack() as idle:
        for _ in range(MOST):
            idle.enter_context(connect(narrow))
        assert statuses(everything(idle.enter_context(connect(narrow)))) == [429]
    room(narrow)
    assert cut_off(narrow, "too_many") > before


def test_body_that_is_still_being_sent_does_not_cost_the_answer(narrow: str) -> None:
    room(narrow)
    with ExitStack() as idle:
        for _ in range(MOST):
            idle.enter_context(connect(narrow))
        told = httpx.post(f"{narrow}/sparql", content=b"x" * 2_000_000, timeout=20)
        assert told.status_code == 429


class _Transport:
    """What a connection says of its other end."""

    def __init__(self, peer: object) -> None:
        self._peer = peer

    def get_extra_info(self, name: str) -> object:
        return self._peer if name == "peername" else None


def _seats(limit: ConnectionLimit, *peers: object) -> list[bool]:
    return [limit.enter(_Transport(peer)) is not None for peer in peers]  # type: ignore[arg-type]  # all that is asked


def test_each_client_has_its_own_share_and_a_network_of_version_6_is_one_client() -> None:
    limit = ConnectionLimit(2, TrustedProxies())
    near, far = ("198.51.100.1", 1), ("198.51.100.2", 1)
    assert _seats(limit, near, near, near, far, far, far) == [True, True, False, True, True, False]
    assert _seats(limit, *((f"2001:db8::{n}", 1, 0, 0) for n in range(1, 4))) == [True, True, False]
    limit.leave("198.51.100.1")
    assert _seats(limit, near, near) == [True, False]


@pytest.mark.parametrize("peer", [("127.0.0.1", 1), ("::1", 1, 0, 0), "", None, ("10.1.2.3", 1)])
def test_proxies_that_are_trusted_and_programs_here_may_have_any_number(peer: object) -> None:
    assert all(_seats(ConnectionLimit(1, TrustedProxies.of("10.0.0.0/8")), *[peer] * 5))


def test_setting_says_how_many() -> None:
    found = [Settings(max_client_connections=most).patience().connections for most in (7, 0)]
    assert [limit is not None and limit.most for limit in found] == [7, 0]
    assert found[1] is not None
    assert all(_seats(found[1], *[("198.51.100.1", 1)] * 99))
