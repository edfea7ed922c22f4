"""So many readers of pages at once, each on a connection that is kept open, as a browser does."""

from __future__ import annotations

import os
import socket
import statistics
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from bench.contest.processes import tree

_HEADERS = {"Accept": "text/html", "Accept-Language": "nl", "Accept-Encoding": "gzip, deflate, br, zstd"}
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Read:
    """What came of it: times in ms, pages a second, bytes a page, and processor time in ms a page.

    `web` is that of the process that was asked, `others` that of all below it.
    """

    p50: float
    p95: float
    per_second: float
    size: float
    web: float
    others: float


class Reader:
    """One connection."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._connection = socket.create_connection(("127.0.0.1", port), timeout=60)
        self._connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def get(self, path: str, headers: Mapping[str, str]) -> tuple[int, dict[str, str], int]:
        """Status, header fields, and the length of the body. Raises ConnectionError where the server hangs up."""
        lines = [f"GET {path} HTTP/1.1", f"Host: 127.0.0.1:{self._port}", *(f"{k}: {v}" for k, v in headers.items())]
        self._connection.sendall("\r\n".join([*lines, "", ""]).encode())
        head, rest = self._until(b"", b"\r\n\r\n")
        first, *others = head.decode("latin-1").split("\r\n")
        fields = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in others)}
        status = int(first.split(" ")[1])
        if fields.get("transfer-encoding") == "chunked":
            return status, fields, self._chunks(rest)
        length = int(fields.get("content-length", "0"))
        while len(rest) < length:
            rest += self._more()
        return status, fields, length

    def close(self) -> None:
        self._connection.close()

    def _chunks(self, rest: bytes) -> int:
        total = 0
        while True:
            line, rest = self._until(rest, b"\r\n")
            length = int(line, 16)
            while len(rest) < length + 2:
                rest += self._more()
            total, rest = total + length, rest[length + 2 :]
            if not length:
                return total

    def _until(self, rest: bytes, end: bytes) -> tuple[bytes, bytes]:
        while end not in rest:
            rest += self._more()
        head, _, rest = rest.partition(end)
        return head, rest

    def _more(self) -> bytes:
        found = self._connection.recv(1 << 18)
        if not found:
            raise ConnectionError("the server hung up")
        return found


def read(
    port: int, pid: int, paths: Sequence[str], clients: int, seconds: float, tags: Mapping[str, str] | None = None
) -> Read:
    """Ask for `paths` in turn. With `tags` (path → ETag) every answer has to be 304, else 200.

    Raises SystemExit at any other answer.
    """
    until = time.monotonic() + seconds
    found: list[float] = []
    sizes: list[int] = []
    wrong: list[str] = []

    def client(first: int) -> None:
        reader, place = Reader(port), first
        while time.monotonic() < until and not wrong:
            path = paths[place % len(paths)]
            headers = {**_HEADERS, "If-None-Match": tags[path]} if tags else _HEADERS
            began = time.perf_counter()
            status, _, size = reader.get(path, headers)
            found.append((time.perf_counter() - began) * 1000)
            sizes.append(size)
            if status != (304 if tags else 200):
                wrong.append(f"{status} for {path}")
            place += clients
        reader.close()

    before = _spent(pid)
    threads = [threading.Thread(target=client, args=(n,)) for n in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    after = _spent(pid)
    if wrong:
        raise SystemExit(wrong[0])
    web = (after.get(pid, 0) - before.get(pid, 0)) * 1000 / len(found)
    others = sum(after[one] - before.get(one, 0) for one in after if one != pid) * 1000 / len(found)
    p95 = statistics.quantiles(found, n=20)[-1] if len(found) > 1 else found[0]
    return Read(statistics.median(found), p95, len(found) / seconds, statistics.mean(sizes), web, others)


def tags_of(port: int, paths: Sequence[str]) -> dict[str, str]:
    """The ETag of each page that has one, after having read it once."""
    reader = Reader(port)
    found = {path: reader.get(path, _HEADERS)[1].get("etag", "") for path in dict.fromkeys(paths)}
    reader.close()
    return {path: tag for path, tag in found.items() if tag}


def _spent(pid: int) -> dict[int, float]:
    """Seconds of processor time, by process."""
    found = {}
    for one in tree(pid):
        with suppress(OSError):  # it ended just now
            fields = Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()
            found[one] = (int(fields[11]) + int(fields[12])) / _TICKS
    return found
