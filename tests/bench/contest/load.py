"""Many small requests as fast as a server takes them: by wrk where it is installed, else by a process of our own."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import quote, urlsplit

_LUA = """
local queries = {{ {queries} }}
local number = {first}
local headers = {{ ["Accept"] = "{accept}" }}
request = function()
  number = number + 1
  local query = queries[number % #queries + 1]
  if {vary} then query = query .. "%0A%23" .. number end
  return wrk.format("GET", "{path}?query=" .. query, headers)
end
done = function(summary, latency, requests)
  local e = summary.errors
  io.write(string.format('\\n{{"requests":%d,"seconds":%f,"bad":%d,"p50_ms":%f,"p99_ms":%f}}\\n', summary.requests,
    summary.duration / 1e6, e.connect + e.read + e.write + e.status + e.timeout,
    latency:percentile(50) / 1000, latency:percentile(99) / 1000))
end
"""


@dataclass(frozen=True, slots=True)
class Requests:
    """What is asked: query texts in turn; with `vary` each request has a comment that no other has."""

    queries: Sequence[str]
    accept: str
    vary: bool


@dataclass(frozen=True, slots=True)
class Rate:
    """What came of it: answers a second, latencies in ms, and how many requests went wrong."""

    per_second: float
    p50_ms: float
    p99_ms: float
    bad: int


def measure(url: str, requests: Requests, clients: int, seconds: float) -> Rate:
    """Ask for so many seconds over so many connections that are kept open."""
    first = time.time_ns() // 1000 % 10**12  # another number in every run, so that nothing is asked twice
    if shutil.which("wrk"):
        found = _wrk(url, requests, clients, seconds, first)
    else:
        found = _generator(url, requests, clients, seconds, first)
    good = found["requests"] - found["bad"]
    return Rate(good / found["seconds"], found["p50_ms"], found["p99_ms"], int(found["bad"]))


def _wrk(url: str, requests: Requests, clients: int, seconds: float, first: int) -> dict[str, float]:
    script = _LUA.format(
        queries=", ".join(f'"{quote(query, safe="")}"' for query in requests.queries),
        first=first,
        accept=requests.accept,
        vary=str(requests.vary).lower(),
        path=urlsplit(url).path,
    )
    with tempfile.TemporaryDirectory() as where:
        file = Path(where, "requests.lua")
        file.write_text(script, "utf-8")
        command = ["wrk", "-t1", f"-c{clients}", f"-d{seconds:g}s", "--timeout", "10s", "-s", str(file), url]
        output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    found: dict[str, float] = json.loads(output.strip().splitlines()[-1])
    return found


def _generator(url: str, requests: Requests, clients: int, seconds: float, first: int) -> dict[str, float]:
    request = {"url": url, "clients": clients, "seconds": seconds, "first": first, **asdict(requests)}
    command = [sys.executable, "-m", "bench.contest.generator"]
    ended = subprocess.run(command, input=json.dumps(request), capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(ended.stdout)
    return found
