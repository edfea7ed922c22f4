"""From the first signal to the last byte: nobody who was being answered notices that a server stops or reloads."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

_SERVE = (
    "import sys; from pathlib import Path; from vakgraaf.app import serve; from vakgraaf.settings import Settings; "
    "serve(Settings(store=Path(sys.argv[1]), port=0, empty=True, search=False, **eval(sys.argv[2])))"
)
_VALUES = " ".join(str(number) for number in range(100))
# More than what connections hold on the way, so it is only done when somebody has read it.
_LONG = f"SELECT * {{ VALUES ?a {{ {_VALUES} }} VALUES ?b {{ {_VALUES} }} VALUES ?c {{ {_VALUES} }} }}"

_ENDLESS = f"SELECT (COUNT(*) AS ?n) {{ {' '.join(f'VALUES ?v{n} {{ {_VALUES} }}' for n in range(6))} }}"


@contextmanager
def serving(folder: Path, **settings: object) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A server of its own on an empty store: its process and its address."""
    with (
        (folder / "errors").open("w") as errors,
        subprocess.Popen(
            [sys.executable, "-c", _SERVE, str(folder / "state"), repr(settings)],
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        ) as server,
    ):
        try:
            assert server.stdout is not None
            yield server, server.stdout.readline().removeprefix("Vakgraaf: ").strip()
        finally:
            server.kill()


def events(folder: Path) -> list[dict[str, object]]:
    """What it wrote, each line JSON."""
    return [json.loads(line) for line in (folder / "errors").read_text().splitlines()]


def await_event(folder: Path, name: str) -> None:
    """Wait until it has written of this."""
    for _ in range(1200):
        if any(it.get("event") == name for it in events(folder)):
            return
        time.sleep(0.05)
    raise AssertionError(f"no {name}")


def await_stopping(address: str, client: httpx.Client) -> httpx.Response:
    """What `/ready` says as soon as it says no."""
    for _ in range(3000):
        ready = client.get(f"{address}ready")
        if ready.status_code != 200:
            return ready
        time.sleep(0.02)
    raise AssertionError("it does not stop")


def test_answer_under_way_ends_and_so_does_the_program_with_nothing_to_complain_of(tmp_path: Path) -> None:
    with serving(tmp_path, stop_after_s=60) as (server, address):
        asked = {"query": _LONG, "format": "tsv"}
        with httpx.stream("POST", f"{address}sparql", data=asked, timeout=60) as answer:
            chunks = answer.iter_bytes()
            length = next(chunks).count(b"\n")
            server.send_signal(signal.SIGTERM)
            for _ in range(3000):
                try:
                    httpx.get(f"{address}health").close()
                    time.sleep(0.02)
                except httpx.TransportError:
                    break
            else:
                raise AssertionError("it goes on taking connections")
            length += sum(chunk.count(b"\n") for chunk in chunks)
        assert length == 100**3 + 1
        assert server.wait(timeout=60) == 0
    assert [it["event"] for it in events(tmp_path)] == ["start", "stopping", "stop"]


def test_what_is_cut_off_when_the_time_to_stop_is_over_is_told_in_one_line_and_without_a_trace(tmp_path: Path) -> None:
    with serving(tmp_path, stop_after_s=1) as (server, address):
        asked = httpx.Request("POST", f"{address}sparql", data={"query": _ENDLESS}, headers={"connection": "close"})
        with httpx.Client(timeout=60) as client, ThreadPoolExecutor(1) as pool:
            waiting = pool.submit(client.send, asked)
            while 'vakgraaf_workers{state="busy"} 0' in httpx.get(f"{address}metrics").text and not waiting.done():
                time.sleep(0.02)
            server.send_signal(signal.SIGTERM)
            assert server.wait(timeout=60) == 0
            assert waiting.exception() is not None or waiting.result().status_code >= 500
    told = events(tmp_path)
    assert not [it for it in told if "trace" in it]
    assert [it["event"] for it in told if "event" in it] == ["start", "stopping", "log", "stop"]


def test_reload_ends_nothing_and_while_it_drains_it_answers_and_says_that_it_is_not_ready(tmp_path: Path) -> None:
    with serving(tmp_path, drain_s=60) as (server, address), httpx.Client(timeout=20) as client:
        server.send_signal(signal.SIGHUP)
        await_event(tmp_path, "reload")
        assert client.get(f"{address}ready").status_code == 200
        server.send_signal(signal.SIGTERM)
        ready = await_stopping(address, client)
        assert (ready.status_code, ready.json()["missing"]) == (503, ["server"])
        assert ready.headers["retry-after"]
        assert httpx.get(f"{address}sparql?query=ASK{{}}").json()["boolean"] is True
        assert client.get(f"{address}health").status_code == 200
        server.send_signal(signal.SIGTERM)  # asked twice
        assert server.wait(timeout=60) == 0
    told = {it["event"]: it for it in events(tmp_path) if "event" in it}
    assert told["start"]["quads"] == told["reload"]["quads"] == 0


@pytest.mark.slow
def test_no_request_is_dropped_while_data_are_loaded_beside_a_server(tmp_path: Path) -> None:
    with serving(tmp_path) as (server, address), httpx.Client(base_url=address, timeout=20) as client:
        statuses, seen, loads = set[int](), list[str](), 4
        for number in range(loads):
            file = tmp_path / "een.ttl"
            file.write_text(f"<urn:x> <urn:p> {number} .", "utf-8")
            load = ["vakgraaf", "load", str(file), "--graph", "urn:g", "--no-validate"]
            program = [sys.executable, "-m", *load, "--store", str(tmp_path / "state")]
            with subprocess.Popen(program, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as loading:
                until = time.monotonic() + 60
                while (not seen or seen[-1] != str(number)) and time.monotonic() < until:
                    last = "SELECT (MAX(?o) AS ?last) { ?s <urn:p> ?o }"
                    answer = client.get("/sparql", params={"query": last, "format": "csv"})
                    statuses.add(answer.status_code)
                    seen += answer.text.split()[1:] or ["-"]
                assert loading.wait() == 0, loading.stderr and loading.stderr.read()
        assert statuses == {200}
        firsts = list(dict.fromkeys(seen))
        assert [it for it in firsts if it != "-"] == [str(number) for number in range(loads)], "each in its turn"
        server.send_signal(signal.SIGTERM)
        assert server.wait(timeout=60) == 0
    told = [it for it in events(tmp_path) if it["event"] == "data"]
    assert len(told) >= loads - 1
