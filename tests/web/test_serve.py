"""Starting and stopping: `serve` as the command line calls it."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

from vakgraaf.app import serve
from vakgraaf.engine import StateDirectory
from vakgraaf.errors import InputError
from vakgraaf.settings import Settings, user_state

_SERVE = (
    "import sys; from pathlib import Path; from vakgraaf.app import serve; from vakgraaf.settings import Settings; "
    + ("serve(Settings(store=Path(sys.argv[1]), port=0, empty=True))")
)


def _below(pid: int) -> list[int]:
    found = [int(p) for p in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return [*found, *(below for child in found for below in _below(child))]


def _alive(pid: int) -> bool:
    stat = Path(f"/proc/{pid}/stat")
    try:
        return stat.read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


@pytest.mark.parametrize("how", [signal.SIGTERM, pytest.param(signal.SIGINT, marks=pytest.mark.slow), signal.SIGKILL])
def test_server_says_where_it_is_and_takes_its_workers_along_however_it_ends(tmp_path: Path, how: int) -> None:
    with subprocess.Popen([sys.executable, "-c", _SERVE, str(tmp_path)], stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        line = server.stdout.readline()
        address = line.removeprefix("Vakgraaf: ").strip()
        health = httpx.get(address + "health")
        workers = _below(server.pid)
        server.send_signal(how)
        try:
            server.wait(timeout=60)
        finally:
            server.kill()
    assert health.json()["quads"] == 0
    assert len(workers) >= 2
    until = time.monotonic() + 60
    while any(_alive(pid) for pid in workers):
        assert time.monotonic() < until, "a worker is still there"
        time.sleep(0.02)


def test_port_that_is_taken_is_a_sentence(tmp_path: Path) -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as taken,
        pytest.raises(InputError, match="--port") as problem,
    ):
        serve(Settings(store=tmp_path, port=taken.getsockname()[1]))
    assert "Cannot listen" in problem.value.en


def test_second_server_on_a_state_directory_is_refused_before_it_touches_anything(tmp_path: Path) -> None:
    with StateDirectory(tmp_path).server_lock(), pytest.raises(InputError, match="draait al een server"):
        serve(Settings(store=tmp_path, port=0))
    assert sorted(p.name for p in tmp_path.iterdir()) == ["server.lock"]


def test_state_directory_honours_xdg(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    assert user_state() == tmp_path / "vakgraaf"
    monkeypatch.setenv("XDG_STATE_HOME", "relative")
    assert user_state() == Path.home() / ".local" / "state" / "vakgraaf"


def test_every_setting_has_a_description_and_comes_from_the_environment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert all(field.description for field in Settings.model_fields.values())
    monkeypatch.setenv("VAKGRAAF_QUERY_TIMEOUT_S", "7")
    assert Settings().query_timeout_s == 7
