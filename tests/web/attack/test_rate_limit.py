"""One client cannot take the server from the others, and no header makes another client of it."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from functools import partial
from ipaddress import ip_address

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vakgraaf.errors import InputError
from vakgraaf.web.client_address import TrustedProxies
from vakgraaf.web.rate_limit import RateLimit

BURST = 20
ASK = "/sparql?query=ASK%7B%7D"
NOBODY = TrustedProxies()


@pytest.fixture(scope="module")
def strict(
    tmp_path_factory: pytest.TempPathFactory, running: Callable[..., AbstractContextManager[str]]
) -> Iterator[httpx.Client]:
    """A server behind a proxy on this machine, where a bucket takes hours to empty."""
    limits = {"trusted_proxies": "127.0.0.1", "rate_limit": 0.001, "rate_burst": BURST}
    with running(tmp_path_factory.mktemp("strict"), **limits) as address, httpx.Client(base_url=address) as client:
        yield client


def scope(peer: str | None, method: str = "GET", path: str = "/", **headers: str) -> dict[str, object]:
    pairs = [(name.replace("_", "-").encode(), value.encode("latin-1")) for name, value in headers.items()]
    client = None if peer is None else (peer, 4321)
    return {"type": "http", "method": method, "path": path, "client": client, "headers": pairs}


@pytest.mark.parametrize(("language", "word"), [("nl", "opnieuw"), ("en", "again")])
def test_who_comes_too_often_is_told_when_to_come_back(strict: httpx.Client, language: str, word: str) -> None:
    headers = {"x-forwarded-for": f"198.51.100.{len(language + word)}", "accept-language": language}
    # The first answer is made, the others are kept ones: all of them count.
    assert {strict.get(ASK, headers=headers).status_code for _ in range(BURST)} == {200}
    refused = strict.get(ASK, headers=headers)
    assert refused.status_code == 429
    assert int(refused.headers["retry-after"]) > 0
    assert refused.headers["content-type"] == "application/problem+json"
    assert word in refused.json()["detail"]
    assert strict.get("/doc/problem", headers=headers).status_code == 429
    assert strict.get(ASK, headers=headers | {"x-forwarded-for": "203.0.113.9"}).status_code == 200
    assert strict.get("/health", headers=headers).status_code == 200


def test_who_is_on_this_machine_has_no_limit(strict: httpx.Client) -> None:
    assert {strict.get(ASK).status_code for _ in range(2 * BURST)} == {200}


def test_what_takes_long_counts_for_more(strict: httpx.Client) -> None:
    headers = {"x-forwarded-for": "198.51.100.77", "content-type": "text/turtle"}
    found = [strict.post("/update", headers=headers).status_code for _ in range(3)]
    assert found == [403, 403, 429]


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({}, "10.0.0.1"),
        ({"x_forwarded_for": "198.51.100.7"}, "198.51.100.7"),
        ({"x_forwarded_for": "1.1.1.1, 198.51.100.7"}, "198.51.100.7"),
        ({"x_forwarded_for": "198.51.100.7, 10.0.0.2, 10.0.0.3"}, "198.51.100.7"),
        ({"x_forwarded_for": "10.0.0.9"}, "10.0.0.9"),
        ({"x_forwarded_for": "198.51.100.7:1234"}, "198.51.100.7"),
        ({"x_forwarded_for": "[2001:db8::7]:1234"}, "2001:db8::7"),
        ({"x_forwarded_for": "2001:DB8:0::7"}, "2001:db8::7"),
        ({"x_forwarded_for": "unknown"}, "10.0.0.1"),
        ({"x_forwarded_for": ""}, "10.0.0.1"),
        ({"x_forwarded_for": "1.1.1.1, evil\t"}, "10.0.0.1"),
        ({"forwarded": "for=198.51.100.7;proto=https"}, "198.51.100.7"),
        ({"forwarded": 'by=a;for="[2001:db8::7]:47011"'}, "2001:db8::7"),
        ({"forwarded": "for=1.1.1.1, For=198.51.100.7"}, "198.51.100.7"),
        ({"forwarded": "for=_hidden"}, "10.0.0.1"),
        ({"forwarded": "for=198.51.100.7", "x_forwarded_for": "198.51.100.7"}, "198.51.100.7"),
        ({"forwarded": "for=1.1.1.1", "x_forwarded_for": "198.51.100.7"}, "10.0.0.1"),
    ],
)
def test_client_is_who_the_nearest_proxy_says_and_nobody_that_it_does_not_know(
    headers: dict[str, str], expected: str
) -> None:
    assert TrustedProxies.of("10.0.0.0/8").client(scope("10.0.0.1", **headers)).address == expected


@given(
    st.text(st.characters(codec="latin-1"), max_size=80)
    | st.lists(st.sampled_from(("for=", "1.2.3.4", "[", "::1", "]", ":", ",", '"', ";", "10.0.0.2", " "))).map("".join)
)
def test_whatever_a_header_says_the_client_is_an_address(text: str) -> None:
    proxies = TrustedProxies.of("10.0.0.0/8")
    for found in (proxies.client(scope("10.0.0.1", **{name: text})) for name in ("x_forwarded_for", "forwarded")):
        assert ip_address(found.address)


@pytest.mark.parametrize("name", ["x_forwarded_for", "forwarded"])
@pytest.mark.parametrize(
    "odd", ["{n}-%s, 1.2.3.4", "1.2.3.4, {n}%s", "1.2.3.4, fe80::1%%{n}%s", "for=a{n}%s, for=1.2.3.4"]
)
def test_long_headers_of_clients_take_no_memory(name: str, odd: str) -> None:
    """A proxy that is trusted passes on what its clients made up, and adds to it."""
    proxies = TrustedProxies.of("10.0.0.0/8")
    tracemalloc.start()
    try:
        for n in range(200):
            proxies.client(scope("10.0.0.1", **{name: (odd % ("a" * 20_000)).format(n=n)}))
        assert tracemalloc.get_traced_memory()[0] < 1_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("trusted", ["", "10.0.0.2", "10.1.0.0/16, 2001:db8::/32"])
def test_header_of_anybody_else_is_not_read(trusted: str) -> None:
    found = TrustedProxies.of(trusted).client(scope("10.0.0.1", x_forwarded_for="1.1.1.1", forwarded="for=1.1.1.1"))
    assert (found.address, found.forwarded) == ("10.0.0.1", False)


@pytest.mark.parametrize("text", ["localhost", "10.0.0.0/33", "10.0.0.1/8", "*", "10.0.0"])
def test_proxy_that_is_no_address_is_refused_with_an_explanation(text: str) -> None:
    with pytest.raises(InputError, match="VAKGRAAF_TRUSTED_PROXIES"):
        TrustedProxies.of(text)


@pytest.mark.parametrize("peer", ["127.0.0.1", "127.8.8.8", "::1", "::ffff:127.0.0.1", None])
def test_this_machine_has_no_limit_in_any_spelling(peer: str | None) -> None:
    limit = RateLimit(1, 20, NOBODY, clock=lambda: 5.0)
    assert not any(limit.wait_s(scope(peer)) for _ in range(100))


def test_addresses_of_one_network_of_ipv6_are_one_client_and_those_of_ipv4_are_not() -> None:
    limit = RateLimit(1, 20, NOBODY, clock=lambda: 5.0)
    assert [limit.wait_s(scope(f"2001:db8::{n:x}")) for n in range(1, 21)] == [0.0] * 20
    assert limit.wait_s(scope("2001:db8::ffff:1")) == pytest.approx(1)
    assert limit.wait_s(scope("2001:db8:0:1::1")) == 0
    assert {limit.wait_s(scope(f"198.51.100.{n}")) for n in range(100)} == {0.0}
    assert limit.wait_s(scope("::ffff:198.51.100.1")) == limit.wait_s(scope("198.51.100.1")) == 0


def test_bucket_empties_at_the_rate_and_what_was_refused_did_not_count() -> None:
    now = [0.0]
    limit = RateLimit(2, 20, NOBODY, clock=lambda: now[0])
    one = partial(scope, "198.51.100.1")  # each request has a scope of its own, and is counted once
    assert [limit.wait_s(one()) for _ in range(20)] == [0.0] * 20
    assert [limit.wait_s(one()) for _ in range(50)] == [pytest.approx(0.5)] * 50
    now[0] = 0.5
    assert limit.wait_s(one()) == 0
    assert limit.wait_s(one()) == pytest.approx(0.5)


def test_table_of_clients_does_not_grow_beyond_its_size_and_keeps_the_latest() -> None:
    limit = RateLimit(1, 20, NOBODY, most_clients=400, clock=lambda: 5.0)
    for n in range(3_000):
        limit.wait_s(scope(f"10.{n >> 16}.{n >> 8 & 255}.{n & 255}"))
    assert len(limit) <= 400
    busy = partial(scope, "198.51.100.1")
    for n in range(20):
        limit.wait_s(busy())
        for m in range(10):
            limit.wait_s(scope(f"10.9.{n}.{m}"))
    assert limit.wait_s(busy()) > 0
