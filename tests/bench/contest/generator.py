"""`python -m bench.contest.generator`: what wrk does, where there is no wrk; request on standard input as JSON."""

from __future__ import annotations

import asyncio
import itertools
import json
import sys
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlsplit

import httptools
import uvloop


class _Answer:
    """Collects just enough of a response to know its status and when it ends."""

    def __init__(self) -> None:
        self.complete = False
        self.parser = httptools.HttpResponseParser(self)

    def on_message_complete(self) -> None:
        self.complete = True


class _Load:
    """So many clients that each ask again as soon as they have an answer."""

    def __init__(self, request: dict[str, Any]) -> None:
        self._request = request
        self._numbers: Iterator[int] = itertools.count(request["first"])
        self._queries = [quote(query, safe="") for query in request["queries"]]
        self.milliseconds: list[float] = []
        self.bad = 0

    async def run(self) -> float:
        """Ask until the time is up; returns how many seconds that took."""
        begun = time.perf_counter()
        self._until = begun + self._request["seconds"]
        await asyncio.gather(*(self._client() for _ in range(self._request["clients"])))
        return time.perf_counter() - begun

    async def _client(self) -> None:
        parts = urlsplit(self._request["url"])
        while time.perf_counter() < self._until:
            try:
                reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
                while time.perf_counter() < self._until:
                    await self._once(reader, writer, parts.path, parts.netloc)
                writer.close()
            except (OSError, EOFError):
                self.bad += 1

    async def _once(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, path: str, host: str) -> None:
        number = next(self._numbers)
        query = self._queries[number % len(self._queries)]
        if self._request["vary"]:
            query += f"%0A%23{number}"
        accept = self._request["accept"]
        begun = time.perf_counter()
        writer.write(f"GET {path}?query={query} HTTP/1.1\r\nHost: {host}\r\nAccept: {accept}\r\n\r\n".encode())
        answer = _Answer()
        while not answer.complete:
            data = await reader.read(1 << 16)
            if not data:
                raise EOFError
            answer.parser.feed_data(data)
        self.milliseconds.append((time.perf_counter() - begun) * 1000)
        self.bad += answer.parser.get_status_code() != 200


def main() -> None:
    """Do it and write what came of it as JSON."""
    load = _Load(json.load(sys.stdin))
    seconds = uvloop.run(load.run())
    ordered = sorted(load.milliseconds) or [0.0]
    result = {
        "requests": len(load.milliseconds),
        "seconds": seconds,
        "bad": load.bad,
        "p50_ms": ordered[len(ordered) // 2],
        "p99_ms": ordered[len(ordered) * 99 // 100],
    }
    print(json.dumps(result))


if __name__ == "__main__":
    main()
