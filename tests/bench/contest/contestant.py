"""What every server in the comparison can do: load, start, stop, and say which process it is."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from bench.contest.client import CapReached, NotAnswered, accept_for, ask


class Unavailable(Exception):
    """This server cannot take part; the text says why."""


class Contestant(ABC):
    """One server, on a port and in a folder of its own. Its log is `<folder>/log`."""

    name: str
    path = "/sparql"
    most_statements: int | None = None
    ready_s = 300.0

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.folder.mkdir(parents=True, exist_ok=True)
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """The address of its SPARQL endpoint."""
        return f"http://127.0.0.1:{self.port}{self.path}"

    @property
    def root(self) -> str:
        """Its address without a path."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int:
        """The process that was started; others may be below it."""
        assert self._process is not None
        return self._process.pid

    @abstractmethod
    def load(self, data: Path) -> None:
        """Take in a file of N-Quads, before the start. Raises Unavailable."""

    @abstractmethod
    def command(self) -> Sequence[str]:
        """What to run to serve."""

    def environment(self) -> Mapping[str, str]:
        """Variables on top of our own."""
        return {}

    def dump_address(self) -> str | None:
        """Where the whole dataset can be fetched as N-Quads; None where it cannot."""
        return None

    def start(self) -> None:
        """Serve, and wait until a question is answered. Raises Unavailable."""
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                list(self.command()),
                cwd=self.folder,
                env={**os.environ, **self.environment()},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        until = time.monotonic() + self.ready_s
        while time.monotonic() < until and self._process.poll() is None:
            with suppress(NotAnswered, CapReached):
                ask(self.url, "ASK {}", accept_for("ASK {}"), 5)
                return
            time.sleep(0.1)
        self.stop()
        raise Unavailable(f"does not start: {self.last_words()}")

    def settle(self) -> None:  # noqa: B027  # most are at once as they will be
        """Wait until it answers as it will go on doing."""

    def stop(self) -> None:
        """End it and all it has started."""
        if self._process is None:
            return
        self._process.terminate()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(10)
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def end(self, how: int) -> int:
        """Send a signal that ends it to this process and no other; wait for its exit code."""
        assert self._process is not None
        self._process.send_signal(how)
        return self._process.wait(60)

    def after_cap(self) -> None:
        """A question was given up. Where the server goes on with it regardless it is started again."""
        self.stop()
        self.start()

    def last_words(self) -> str:
        """The end of its log."""
        return self.log().strip()[-300:]

    def log(self) -> str:
        """All that it has written."""
        return (self.folder / "log").read_text(errors="replace")


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def run(command: Sequence[str], *, cwd: Path | None = None, timeout: float = 1800, **environment: str) -> str:
    """Run a command to its end and return its output. Raises Unavailable where it fails."""
    together = {**os.environ, **environment}
    try:
        ended = subprocess.run(
            list(command), cwd=cwd, env=together, capture_output=True, text=True, timeout=timeout, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise Unavailable(str(error)) from error
    if ended.returncode != 0:
        raise Unavailable(f"{Path(command[0]).name}: {(ended.stderr or ended.stdout).strip()[-300:]}")
    return ended.stdout
