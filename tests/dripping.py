"""A SPARQL endpoint that begins its answers at once and takes its time to end them."""

from __future__ import annotations

import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType


class Dripping(ThreadingHTTPServer):
    """`with Dripping() as endpoint`. At /broken it fails, at /N it is done after so many seconds, elsewhere never.

    It counts how many answers it has `begun` and not ended itself, and how many of those who waited for one `left`.
    """

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.host = f"127.0.0.1:{self.server_port}"
        self.begun = self.left = 0
        self._counting = threading.Lock()
        self._thread = threading.Thread(target=self.serve_forever, args=(0.01,))

    def __enter__(self) -> Dripping:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.shutdown()
        self._thread.join()
        self.server_close()

    def count(self, *, begun: int = 0, left: int = 0) -> None:
        """So many more."""
        with self._counting:
            self.begun += begun
            self.left += left

    def await_left(self, number: int, seconds: float = 5) -> bool:
        """Whether so many have hung up, now or within a few seconds."""
        until = time.monotonic() + seconds
        while self.left < number and time.monotonic() < until:
            time.sleep(0.02)
        return self.left >= number


class _Handler(BaseHTTPRequestHandler):
    server: Dripping

    def do_POST(self) -> None:
        """A space each twentieth of a second, for a minute where nothing else was asked."""
        self.rfile.read(int(self.headers["content-length"]))
        seconds = self.path.strip("/")
        if seconds == "broken":
            time.sleep(0.2)  # so that others have begun
            self.send_error(500)
            return
        endless = not seconds
        self.server.count(begun=endless)
        try:
            self.send_response(200)
            self.send_header("content-type", "application/sparql-results+json")
            self.end_headers()
            for _ in range(20 * int(seconds or 60)):
                self.wfile.write(b" ")
                time.sleep(0.05)
            self.wfile.write(b'{"head":{"vars":[]},"results":{"bindings":[{}]}}')
        except OSError:
            self.server.count(left=1)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""
