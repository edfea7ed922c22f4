"""Real engines on loopback, and one that answers what it is told to."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from pathlib import Path

import httpx
import pytest

from serving import served as in_a_thread
from vakgraaf.app import create_app
from vakgraaf.rdf import iris
from vakgraaf.settings import Settings

OXIGRAPH = Path(sys.executable).with_name("oxigraph")
DATA = f"""
<{iris.BASE}graph/proef> {{
    <{iris.BASE}id/kerntaak/proef-1> a <{iris.VG}Kerntaak> ;
        <http://www.w3.org/2000/01/rdf-schema#label> "Zorgen"@nl ; <urn:getal> 5 ; <urn:deel> [ <urn:is> "é\\n<&" ] .
}}
<urn:veel> {{ {" ".join(f"<urn:s> <urn:p> {n} ." for n in range(3000))} }}
<urn:unnamed> <urn:p> "in the unnamed graph" .
"""


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


def wait_for(address: str, process: subprocess.Popen[bytes], seconds: float = 60) -> None:
    """Wait until something answers there."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        assert process.poll() is None, "the engine did not start"
        try:
            httpx.get(address, timeout=5)
            return
        except httpx.TransportError:
            time.sleep(0.1)
    pytest.fail("the engine did not start in time")


@contextmanager
def oxigraph(*options: str) -> Iterator[str]:
    """A server of the Oxigraph project without data; its address."""
    port = free_port()
    command = [str(OXIGRAPH), "serve", "--bind", f"127.0.0.1:{port}", *options]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for(f"http://127.0.0.1:{port}/", process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.kill()
        process.wait()


@contextmanager
def vakgraaf(store: str, **values: object) -> Iterator[str]:
    """Our server in front of the engine at `store`; its address. Without search, unless it is asked for."""
    chosen: dict[str, object] = {"search": False, **values}
    settings = Settings(store=store, **chosen)  # type: ignore[arg-type]  # settings by name
    with in_a_thread(create_app(settings)) as address:
        yield address


@pytest.fixture(scope="session")
def behind() -> Iterator[str]:
    """An Oxigraph server with a little data."""
    if not OXIGRAPH.is_file():
        pytest.skip("the package oxigraph, which brings a server, is not installed")
    with oxigraph() as address:
        sent = httpx.post(f"{address}/store", content=DATA, headers={"content-type": "application/trig"})
        assert sent.is_success, sent.text
        yield address


@pytest.fixture(scope="session")
def front(behind: str) -> Iterator[str]:
    """Our server in front of it."""
    with vakgraaf(f"{behind}/query", query_timeout_s=30) as address:
        yield address


@pytest.fixture
def serving() -> Iterator[Callable[..., str]]:
    """`serving(store, **settings)` for a server of one's own that lasts as long as the test."""
    with ExitStack() as held:
        yield lambda store, **values: held.enter_context(vakgraaf(store, **values))


@pytest.fixture(scope="session")
def served() -> Callable[..., AbstractContextManager[str]]:
    """`with served(store, **settings) as address` for a server that lasts as long as one wants."""
    return vakgraaf


@pytest.fixture
def fresh_oxigraph() -> Callable[..., AbstractContextManager[str]]:
    """`with fresh_oxigraph() as address` for an engine of one's own."""
    if not OXIGRAPH.is_file():
        pytest.skip("the package oxigraph, which brings a server, is not installed")
    return oxigraph


class Scripted:
    """A server that answers every request but the first probe with the bytes in `answer`, then hangs up."""

    OK = (
        b"HTTP/1.1 200 OK\r\ncontent-type: application/sparql-results+json\r\ncontent-length: 26\r\n\r\n"
        b'{"head":{},"boolean":true}'
    )

    def __init__(self) -> None:
        self.answer = self.OK
        self.requests: list[bytes] = []
        self.hold = threading.Event()
        self.hold.set()
        self.gone = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Answer no more."""
        self.hold.set()
        self._listener.close()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._answer, args=(connection,), daemon=True).start()

    def _answer(self, connection: socket.socket) -> None:
        with connection:
            request = b""
            while b"\r\n\r\n" not in request:
                request += connection.recv(65536)
            head, _, body = request.partition(b"\r\n\r\n")
            length = next((int(h[15:]) for h in head.lower().split(b"\r\n") if h.startswith(b"content-length:")), 0)
            while len(body) < length:
                body += connection.recv(65536)
            self.requests.append(head + b"\r\n\r\n" + body)
            try:
                connection.sendall(self.OK if b"ASK+%7B%7D" in body else self.answer)
                connection.settimeout(0.05)
                while not self.hold.is_set():
                    with suppress(TimeoutError):
                        if connection.recv(1) == b"":
                            self.gone.set()
                            return
            except OSError:
                self.gone.set()


@pytest.fixture
def scripted() -> Iterator[Scripted]:
    """A server that says what a test wants it to."""
    server = Scripted()
    yield server
    server.close()


@pytest.fixture(scope="session")
def virtuoso_program() -> str:
    """The Virtuoso server of Debian's package virtuoso-opensource."""
    found = shutil.which("virtuoso-t")
    if found is None:
        pytest.skip("virtuoso-t is not installed (Debian: apt install virtuoso-opensource)")
    return found


@pytest.fixture(scope="session")
def ports() -> Callable[[], int]:
    """`ports()` is a port that nobody listens on now."""
    return free_port


@pytest.fixture(scope="session")
def answering() -> Callable[..., None]:
    """`answering(address, process)` waits until something answers there."""
    return wait_for
