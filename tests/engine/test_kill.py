"""`kill -9` at random moments: whatever is killed, no answer is wrong, and what was committed is served again."""

from __future__ import annotations

import os
import random
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx
import pytest

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="looks processes up in /proc"),
]
SEED = 20_240_521
COUNTS = "SELECT ?c (COUNT(?s) AS ?n) WHERE { ?s a ?c } GROUP BY ?c ORDER BY ?c"
PATIENCE_S = 60.0


class Server:
    """One `vakgraaf serve` on a state directory, with a process group of its own."""

    def __init__(self, state: Path) -> None:
        command = [sys.executable, "-P", "-m", "vakgraaf", "serve", "--port", "0", "--store", str(state)]
        self.process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, start_new_session=True
        )

    def address(self) -> str:
        """Where it listens; waits until it says so."""
        assert self.process.stdout is not None
        line = self.process.stdout.readline().decode()
        found = re.search(r"http://\S+/", line)
        assert found, f"no address in {line!r}"
        return found[0]

    def kill(self) -> None:
        """End its process group at once; those in other groups have to notice by themselves."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        if self.process.stdout is not None:
            self.process.stdout.close()


@contextmanager
def served(state: Path) -> Iterator[Server]:
    server = Server(state)
    try:
        yield server
    finally:
        below = tree(server.process.pid)
        server.kill()
        gone(below)


def tree(pid: int) -> list[int]:
    """`pid` and all below it, whichever of its threads started them; empty where it has gone."""
    found = []
    with suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text().split():
                found += tree(int(child))
        found.insert(0, pid)
    return found


def gone(processes: list[int]) -> None:
    """Fails where one of `processes` is still there after ten seconds (a zombie that waits for init counts as gone)."""
    until = time.monotonic() + 10
    while left := [pid for pid in processes if running(pid)]:
        assert time.monotonic() < until, f"still there: {left}"
        time.sleep(0.05)


def running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def descendants(server: Server, *, zygote: bool) -> list[int]:
    """The loader processes of a server, or the workers that they forked."""
    loaders = [pid for pid in tree(server.process.pid) if "zygote" in command_line(pid)]
    forked = {pid for loader in loaders for pid in tree(loader)[1:]}
    return [pid for pid in loaders if pid not in forked] if zygote else sorted(forked)


def command_line(pid: int) -> str:
    with suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_text()
    return ""


def ask(address: str, query: str) -> bytes | None:
    """The answer; None where there was none (an error of the server, or a broken connection)."""
    with suppress(httpx.TransportError):
        response = httpx.get(f"{address}sparql", params={"query": query}, headers={"Accept": "text/csv"}, timeout=30)
        if response.status_code == 200:
            return response.content
        assert response.status_code >= 500, response.text
    return None


def answered(address: str, query: str) -> bytes:
    """The answer, once there is one."""
    until = time.monotonic() + PATIENCE_S
    while (answer := ask(address, query)) is None:
        assert time.monotonic() < until, "no answer any more"
        time.sleep(0.05)
    return answer


@contextmanager
def load(address: str, right: bytes, clients: int = 3) -> Iterator[Callable[[], int]]:
    """Clients that ask all the while, each time in another text. Fails where one got a wrong answer.

    Gives how many right answers there were so far.
    """
    ended, wrong, number_right = threading.Event(), list[bytes](), [0] * clients

    def client(number: int) -> None:
        while not ended.is_set():
            answer = ask(address, f"{COUNTS}\n#{number} {time.time_ns()}")
            if answer == right:
                number_right[number] += 1
            elif answer is not None:
                wrong.append(answer)

    threads = [threading.Thread(target=client, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    try:
        yield lambda: sum(number_right)
    finally:
        ended.set()
        for thread in threads:
            thread.join()
    assert not wrong


@pytest.fixture(scope="module")
def state(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A state directory that is filled with what is packaged."""
    path = tmp_path_factory.mktemp("kill") / "state"
    with served(path) as server:
        server.address()
    return path


@pytest.fixture(scope="module")
def committed(state: Path) -> bytes:
    """What the packaged data answer."""
    with served(state) as server:
        return answered(server.address(), COUNTS)


@pytest.mark.parametrize("zygote", [False, True], ids=["workers", "zygote"])
def test_killed_reader_processes_cost_no_wrong_answer_and_come_back(
    state: Path, committed: bytes, zygote: bool
) -> None:
    chance = random.Random(SEED)
    with served(state) as server:
        address = server.address()
        with load(address, committed) as right:
            killed = 0
            for _ in range(8 if zygote else 25):
                there: list[int] = []
                while not there:  # they may still be coming back
                    time.sleep(chance.uniform(0.01, 0.3))
                    there = descendants(server, zygote=zygote)
                for pid in there:
                    with suppress(ProcessLookupError):
                        os.kill(pid, signal.SIGKILL)
                        killed += 1
                before = right()
                assert answered(address, f"{COUNTS}\n#{chance.random()}") == committed
            assert killed >= 8
            assert right() >= before


def test_next_start_after_a_killed_server_serves_what_was_committed(state: Path, committed: bytes) -> None:
    chance = random.Random(SEED)
    for _ in range(3):
        with served(state) as server:
            address = server.address()
            with load(address, committed):
                time.sleep(chance.uniform(0.05, 1.5))
                below = tree(server.process.pid)
                server.kill()
                gone(below)
    with served(state) as server:
        assert answered(server.address(), COUNTS) == committed


def test_next_start_after_a_kill_while_filling_fills_whole(tmp_path: Path, committed: bytes) -> None:
    chance = random.Random(SEED)
    begun = time.monotonic()
    with served(tmp_path / "timed") as server:
        server.address()
    whole = time.monotonic() - begun
    for _ in range(5):
        with served(tmp_path / "state"):
            time.sleep(chance.uniform(0.2, 0.9) * whole)
    with served(tmp_path / "state") as server:
        assert answered(server.address(), COUNTS) == committed
    # What was cut off leaves nothing behind: one snapshot, and what says that it is complete.
    assert {path.name for path in (tmp_path / "state" / "snapshots").iterdir()} == {
        "00000001",
        "00000001.files",
        "00000001.json",
    }


def test_server_that_loses_its_writer_while_filling_says_so_and_starts_next_time(
    tmp_path: Path, committed: bytes
) -> None:
    with served(tmp_path) as server:
        until = time.monotonic() + PATIENCE_S
        while not (writers := [pid for pid in tree(server.process.pid) if "\0writer" in command_line(pid)]):
            assert time.monotonic() < until, "no writer was seen"
            time.sleep(0.01)
        os.kill(writers[-1], signal.SIGKILL)
        assert server.process.wait(PATIENCE_S) == 2
    with served(tmp_path) as server:
        assert answered(server.address(), COUNTS) == committed
