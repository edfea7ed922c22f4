"""Nothing dials out but to hosts on the list, at addresses that may be used, however they are spelled."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vakgraaf.egress import AllowList, Asking, Egress, Reply
from vakgraaf.egress.addresses import is_public
from vakgraaf.egress.destinations import address_of, normal_host
from vakgraaf.errors import InputError, QueryRefused, RemoteFailure, ResultTooLarge


class Mock(ThreadingHTTPServer):
    """Answers GET /to/<n> with a redirect to `targets[n]`, /long with many bytes, and all else with what was asked."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.host = f"127.0.0.1:{self.server_port}"
        self.targets: dict[str, tuple[int, str]] = {}
        self.seen: list[tuple[str, str, bytes]] = []


class _Handler(BaseHTTPRequestHandler):
    server: Mock

    def do_GET(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        self.server.seen.append((self.command, self.headers["host"] + self.path, body))
        status, location = self.server.targets.get(self.path, (200, ""))
        content = b"x" * 100_000 if self.path == "/long" else b"found"
        self.send_response(status)
        if location:
            self.send_header("location", location)
        self.send_header("content-length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def do_POST(self) -> None:
        self.do_GET()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def mock() -> Iterator[Mock]:
    server = Mock()
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))  # how often it looks whether it is to stop
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def fetch(
    url: str, allow: Sequence[str], names: dict[str, Sequence[str]] | None = None, method: str = "GET", most: int = 9999
) -> bytes:
    """What `url` gives with those hosts on the list; `names` is all that the name server knows."""
    return asyncio.run(_fetch(url, allow, names or {}, method, most))


async def _fetch(url: str, allow: Sequence[str], names: dict[str, Sequence[str]], method: str, most: int) -> bytes:
    async def resolve(host: str, port: int) -> Sequence[str]:
        if host not in names:
            raise OSError(f"unknown: {host}")
        return names[host]

    egress = Egress(AllowList.of(allow), resolve=resolve)
    try:
        reply: Reply = await egress.send(Asking(method, url, body=b"body" if method == "POST" else b""))
        try:
            return await reply.read(most)
        finally:
            await reply.close()
    finally:
        await egress.close()


def test_address_that_the_list_names_with_its_port_is_asked(mock: Mock) -> None:
    assert fetch(f"http://{mock.host}/a?b=c", [mock.host]) == b"found"
    assert mock.seen == [("GET", f"{mock.host}/a?b=c", b"")]


@pytest.mark.parametrize("listed", [[], ["127.0.0.1"], ["127.0.0.1:1"], ["localhost"], ["example.org"]])
def test_any_other_entry_does_not_let_it_through(mock: Mock, listed: list[str]) -> None:
    with pytest.raises(QueryRefused, match="allow-host"):
        fetch(f"http://{mock.host}/", listed)
    assert not mock.seen


@pytest.mark.parametrize(
    "host",
    [
        "2130706433",
        "017700000001",
        "0x7f000001",
        "0x7f.1",
        "127.1",
        "127.0.1",
        "0177.0.0.1",
        "127.0.0.01",
        "127.0.0.1.",
        "0",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[::127.0.0.1]",
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]",
        "[::]",
        "[fe80::1%25lo]",
        "localhost",
        "localhost.",
        "LOCALHOST",
        "１２７.0.0.1",
        "127。0。0。1",
        "①②⑦.0.0.1",
        "127.0.0.1%2f.example.org",
        "127%2e0.0.1",
        "user@127.0.0.1",
        "example.org@127.0.0.1",
        "user:secret@127.0.0.1",
    ],
)
def test_loopback_in_another_spelling_is_refused(mock: Mock, host: str) -> None:
    """The list has the port, and a name that the name server takes for this computer; that does not help either."""
    with pytest.raises(QueryRefused):
        fetch(
            f"http://{host}:{mock.server_port}/",
            [f"localhost:{mock.server_port}", "127.0.0.2:80"],
            {"localhost": ["127.0.0.1"]},
        )
    assert not mock.seen


@pytest.mark.parametrize(
    "address",
    (
        "127.0.0.1 10.0.0.1 169.254.169.254 192.168.1.1 100.64.0.1 0.0.0.0 224.0.0.1 ::1 fd00::1 "
        "::ffff:10.0.0.1 64:ff9b::a00:1 2002:a00:1:: fe80::1 ff02::1 2001::1 255.255.255.255"
    ).split(),
)
def test_listed_name_that_leads_to_a_private_address_is_refused(address: str) -> None:
    with pytest.raises(QueryRefused, match="openbare internet"):
        fetch("http://example.org:8080/", ["example.org:8080"], {"example.org": [address]})


def test_listed_name_reaches_a_private_address_that_is_listed_too(mock: Mock) -> None:
    port = mock.server_port
    names = {"intern.example": ["10.255.255.1", "127.0.0.1"]}
    assert fetch(f"http://intern.example:{port}/x", [f"intern.example:{port}", mock.host], names) == b"found"
    assert mock.seen[0][1] == f"intern.example:{port}/x", "the Host header keeps the name"


def test_name_is_looked_up_once_for_a_connection(mock: Mock) -> None:
    asked: list[str] = []

    async def resolve(host: str, port: int) -> Sequence[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["10.0.0.1"]

    async def run() -> None:
        port = mock.server_port
        egress = Egress(AllowList.of([f"example.org:{port}", mock.host]), resolve=resolve)
        reply = await egress.send(Asking("GET", f"http://example.org:{port}/"))
        assert await reply.read(10) == b"found"
        await reply.close()
        await egress.close()

    asyncio.run(run())
    assert asked == ["example.org"]


@pytest.mark.parametrize(
    "target",
    (
        "http://127.0.0.1:1/ http://localhost/ http://2130706433/ //169.254.169.254/latest http://[::1]/ "
        "ftp://127.0.0.1/ file:///etc/passwd http://user@{host}/ gopher://{host}/ http://[bad //[ http://[::1"
    ).split(),
)
def test_redirect_is_checked_like_the_first_request(mock: Mock, target: str) -> None:
    mock.targets["/go"] = (302, target.format(host=mock.host))
    with pytest.raises(QueryRefused):
        fetch(f"http://{mock.host}/go", [mock.host])
    assert len(mock.seen) == 1


def test_redirects_end_after_five(mock: Mock) -> None:
    for n in range(10):
        mock.targets[f"/{n}"] = (307, f"/{n + 1}")
    assert fetch(f"http://{mock.host}/5", [mock.host]) == b"found"
    with pytest.raises(RemoteFailure):
        fetch(f"http://{mock.host}/4", [mock.host])


@pytest.mark.parametrize(
    ("status", "method"), [(301, "POST"), (302, "POST"), (307, "POST"), (308, "POST"), (303, "GET")]
)
def test_redirected_query_stays_one_unless_the_status_says_otherwise(mock: Mock, status: int, method: str) -> None:
    mock.targets["/go"] = (status, "/there")
    fetch(f"http://{mock.host}/go", [mock.host], method="POST")
    assert mock.seen[1] == (method, f"{mock.host}/there", b"body" if method == "POST" else b"")


def test_answer_is_read_up_to_the_limit_and_no_further(mock: Mock) -> None:
    with pytest.raises(ResultTooLarge):
        fetch(f"http://{mock.host}/long", [mock.host], most=50_000)


def test_proxy_of_the_environment_is_not_used(mock: Mock, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY", "https_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1/")
    assert fetch(f"http://{mock.host}/", [mock.host]) == b"found"


@pytest.mark.parametrize(
    "url", ["ftp://example.org/", "file:///etc/passwd", "//example.org/", "http:///", "data:,x", ""]
)
def test_only_http_and_https_are_spoken(url: str) -> None:
    with pytest.raises(QueryRefused):
        fetch(url, ["example.org"])


@pytest.mark.parametrize(
    "entry",
    [
        "http://example.org",
        "*.example.org",
        "example.org:0",
        "example.org:65536",
        "example.org:",
        "exa mple",
        ":80",
        "127.1",
        "0x7f.1:80",
        "::1",
        "[::1",
        "user@example.org",
        "example.org/path",
        "[fe80::1%eth0]",
        "a..b",
    ],
)
def test_entry_that_is_no_host_is_refused_with_an_explanation(entry: str) -> None:
    with pytest.raises(InputError, match="allow-host"):
        AllowList.of([entry])


def test_entries_are_compared_without_regard_to_case_final_dot_and_script() -> None:
    names = {"xn--caf-dma.example": ["10.0.0.1"]}
    for listed in ("Café.example", "xn--caf-dma.EXAMPLE.", "café.example:80"):
        with pytest.raises(QueryRefused, match="openbare internet"):  # so it is on the list, and was looked up
            fetch("http://CAFÉ.example./", [listed], names)


def test_host_without_a_port_counts_for_the_ports_of_http_and_https() -> None:
    for url, listed in (
        ("http://a.example:443/", False),
        ("https://a.example:443/", True),
        ("http://a.example/", True),
    ):
        with pytest.raises(QueryRefused) as refused:
            fetch(url, ["a.example"], {"a.example": ["10.0.0.1"]})
        assert ("openbare internet" in refused.value.nl) is listed


@given(st.ip_addresses())
def test_an_address_has_one_spelling(address: object) -> None:
    text = str(address)
    host = normal_host(f"[{text}]" if ":" in text else text)
    assert str(address_of(host)) == text


@given(st.ip_addresses(v=4))
def test_no_disguise_of_an_ipv4_address_is_public(address: object) -> None:
    for disguise in (f"::ffff:{address}", f"64:ff9b::{address}", f"::{address}"):
        found = address_of(normal_host(f"[{disguise}]"))
        assert found is not None
        assert not is_public(found)
