"""One request and all of its answer, with the headers; while the server is away it is tried again."""

from __future__ import annotations

import http.client
import time
from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import urlsplit

from bench.contest.client import CapReached, NotAnswered
from bench.soaking.lives import Lives

CAP_S = 90.0
_AGAIN_S = 0.1


class Told(NamedTuple):
    """What came back: status, headers by their names in lower case, content; 0 where nothing came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    excused: bool
    """Whether the server was away, or part of it was killed, while this was asked."""

    @property
    def turned_away(self) -> bool:
        """Whether the server had no time or was not ready, and said when to come again."""
        return self.status in (429, 503) and "retry-after" in self.headers


def exchange(lives: Lives, path: str, headers: Mapping[str, str], body: bytes | None = None, method: str = "") -> Told:
    """Ask once. Raises CapReached."""
    begun = time.monotonic()
    parts = urlsplit(lives.root)
    assert parts.hostname is not None
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=CAP_S)
    try:
        connection.request(method or ("GET" if body is None else "POST"), path, body, dict(headers))
        response = connection.getresponse()
        found = {name.lower(): value for name, value in response.getheaders()}
        return Told(response.status, found, response.read(), lives.excuses(begun))
    except TimeoutError as error:
        raise CapReached from error
    except ConnectionRefusedError:
        time.sleep(_AGAIN_S)
        return Told(0, {}, b"refused", lives.excuses(begun))
    except (OSError, http.client.HTTPException) as error:
        return Told(0, {}, f"{type(error).__name__} {error}".encode(), lives.excuses(begun))
    finally:
        connection.close()


def excused_by(lives: Lives, begun: float, error: NotAnswered) -> bool:
    """Whether something that ended so is no fault: the server was away, or a part of it was killed."""
    text = str(error)
    broken = not text[:3].isdigit() or text[:3] in ("500", "503")
    return broken and lives.excuses(begun)
