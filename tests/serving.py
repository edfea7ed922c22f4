"""A real server in a thread of the test's own process."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import uvicorn
from fastapi import FastAPI

from vakgraaf.web.patience import Patience
from vakgraaf.web.server import config_for


@contextmanager
def served(app: FastAPI, patience: Patience | None = None) -> Iterator[str]:
    """Serve `app` on a free port, with this patience; the address, without a slash at the end."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(config_for(app, patience or Patience(), stop_after_s=1, log_level="critical"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    try:
        while not server.started:
            assert thread.is_alive(), "the server did not start"
            time.sleep(0.02)
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()
        listener.close()


def await_search(address: str) -> None:
    """Wait for the index for search: it is made after the start, and until it is there `/search` is 503."""
    until = time.monotonic() + 180
    while httpx.get(f"{address}/search?q=a", timeout=30).status_code == 503 and time.monotonic() < until:
        time.sleep(0.05)


def cut_off(address: str, reason: str) -> int:
    """How many connections the server says it has ended for this reason."""
    (line,) = (one for one in httpx.get(f"{address}/metrics").text.splitlines() if f'reason="{reason}"' in one)
    return int(line.split()[1])
