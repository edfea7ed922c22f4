"""Servers with the same data behind one proxy: one address, one answer, and none that is lost when one of them goes."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx
import pytest

from proxying import NEEDS_NGINX, proxied

pytestmark = [pytest.mark.slow, NEEDS_NGINX]
_QUERY = {"query": "SELECT (MAX(?o) AS ?newest) { ?s <urn:p> ?o }", "format": "csv"}


def vakgraaf(*arguments: object) -> None:
    command = [sys.executable, "-m", "vakgraaf", *map(str, arguments)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr


def port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        found: int = listener.getsockname()[1]
        return found


class Replica:
    """A server that only reads, on a state directory that backups are restored into."""

    def __init__(self, folder: Path) -> None:
        self.port = port()
        self.address = f"http://127.0.0.1:{self.port}"
        self._state = folder / "state"
        self._settings = folder / "vakgraaf.toml"
        self._process: subprocess.Popen[bytes] | None = None
        folder.mkdir()
        self._settings.write_text(
            'trusted_proxies = "127.0.0.1"\nempty = true\nread_only = true\ndrain_s = 1.0\nrate_limit = 0.0\n', "utf-8"
        )

    def take(self, backup: Path, *live: str) -> None:
        vakgraaf("restore", backup, *live, "--store", self._state)

    def start(self) -> None:
        where = ["--store", str(self._state), "--port", str(self.port), "--config", str(self._settings)]
        self._process = subprocess.Popen(
            [sys.executable, "-m", "vakgraaf", "serve", *where], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        until = time.monotonic() + 90
        while time.monotonic() < until:
            try:
                if httpx.get(f"{self.address}/ready", timeout=5).status_code == 200:
                    return
            except httpx.TransportError:
                assert self._process.poll() is None, "the server did not start"
            time.sleep(0.1)
        raise AssertionError("the server is not ready")

    def end(self, how: int = signal.SIGTERM) -> int:
        assert self._process is not None
        self._process.send_signal(how)
        return self._process.wait(timeout=60)

    def __exit__(self, *_: object) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    def __enter__(self) -> Replica:
        return self


def data(folder: Path, state: Path, number: int) -> Path:
    """A backup of a store that says `number`."""
    file = folder / "data.ttl"
    file.write_text(f"<urn:x> <urn:p> {number} .\n<urn:x> <http://www.w3.org/2000/01/rdf-schema#label> 'x' .", "utf-8")
    vakgraaf("load", file, "--graph", "urn:g", "--no-validate", "--store", state)
    backup = folder / f"backup-{number}"
    vakgraaf("backup", backup, "--store", state)
    return backup


@contextmanager
def asking(client: httpx.Client, statuses: list[int], bodies: list[str]) -> Iterator[None]:
    """Ask one question after another for as long as the block lasts."""
    stop = threading.Event()

    def ask() -> None:
        while not stop.is_set():
            for answer in (
                client.get("/vakgraaf/sparql", params=_QUERY),
                client.post("/vakgraaf/sparql", data=_QUERY),
            ):
                statuses.append(answer.status_code)
                bodies.append(answer.text.split()[-1])
            time.sleep(0.01)

    thread = threading.Thread(target=ask)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The state directory of the server that is written to; what is packaged is not in it."""
    monkeypatch.setenv("VAKGRAAF_EMPTY", "true")
    return tmp_path / "source"


@contextmanager
def two(folder: Path, source: Path) -> Iterator[tuple[list[Replica], httpx.Client]]:
    """Two replicas of the first data, and a client of the proxy in front of them."""
    first = data(folder, source, 1)
    with ExitStack() as running:
        replicas = [running.enter_context(Replica(folder / name)) for name in ("a", "b")]
        for replica in replicas:
            replica.take(first)
            replica.start()
        yield replicas, running.enter_context(proxied(folder / "nginx", [replica.address for replica in replicas]))


def test_replicas_of_one_backup_are_one_server_to_a_client_and_are_refreshed_in_turn(
    tmp_path: Path, source: Path
) -> None:
    with two(tmp_path, source) as (replicas, client):
        said = {"host": "one.example"}
        answers = [httpx.get(f"{replica.address}/sparql", params=_QUERY, headers=said) for replica in replicas]
        assert answers[0].text == answers[1].text
        assert answers[0].headers["etag"] == answers[1].headers["etag"]
        versions = [httpx.get(f"{replica.address}/health").json()["data_version"] for replica in replicas]
        assert versions[0] == versions[1]

        known = {"if-none-match": client.get("/vakgraaf/sparql", params=_QUERY).headers["etag"]}
        assert {client.get("/vakgraaf/sparql", params=_QUERY, headers=known).status_code for _ in range(8)} == {304}

        second = data(tmp_path, source, 2)
        statuses, bodies = list[int](), list[str]()
        with asking(client, statuses, bodies):
            for replica in replicas:
                assert replica.end() == 0
                replica.take(second)
                replica.start()
            replicas[0].end(signal.SIGKILL)
            time.sleep(1)
        assert set(statuses) == {200}
        assert set(bodies) == {"1", "2"}
        assert bodies[-20:] == ["2"] * 20
        replicas[0].start()
        tags = [httpx.get(f"{r.address}/sparql", params=_QUERY).headers["etag"] for r in replicas]
        assert tags[0] == tags[1]
        assert tags[0] != known["if-none-match"]


def test_replicas_take_over_a_newer_backup_while_they_serve_and_no_request_is_lost(
    tmp_path: Path, source: Path
) -> None:
    with two(tmp_path, source) as (replicas, client):
        assert len({searched(replica) for replica in replicas}) == 1
        before = searched(replicas[0])

        second = data(tmp_path, source, 2)
        statuses, bodies = list[int](), list[str]()
        with asking(client, statuses, bodies):
            for replica in replicas:
                replica.take(second, "--live")
            until = time.monotonic() + 60
            while bodies[-20:] != ["2"] * 20:
                assert time.monotonic() < until, "the new data are not taken over"
                time.sleep(0.1)
        assert set(statuses) == {200}
        assert set(bodies) == {"1", "2"}
        tags = [httpx.get(f"{r.address}/sparql", params=_QUERY).headers["etag"] for r in replicas]
        assert tags[0] == tags[1]
        assert len({searched(replica) for replica in replicas}) == 1
        assert searched(replicas[0]) != before
        assert [replica.end() for replica in replicas] == [0, 0]


def searched(replica: Replica) -> str:
    """The ETag of an answer to a search in the present data; waits for the index of those."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        answer = httpx.get(f"{replica.address}/search", params={"q": "x", "format": "json"}, timeout=30)
        if answer.status_code == 200 and answer.json()["index"]["current"]:
            return answer.headers["etag"]
        time.sleep(0.2)
    raise AssertionError("there is no index of the present data")
