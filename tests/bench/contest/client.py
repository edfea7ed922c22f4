"""Ask a SPARQL endpoint one question, with a cap on the time."""

from __future__ import annotations

import http.client
import json
import re
import time
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

TSV = "text/tab-separated-values"
N_TRIPLES = "application/n-triples"
JSON = "application/sparql-results+json"
_FORM = re.compile(r"^\s*(SELECT|ASK|CONSTRUCT|DESCRIBE)\b", re.IGNORECASE | re.MULTILINE)
_LONGEST_ADDRESS = 6000


class CapReached(Exception):
    """The answer was not complete in time."""


class NotAnswered(Exception):
    """The server answered with an error, or broke off."""


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer: seconds until it was complete and until its first byte, its size in bytes, its type, and the bytes."""

    seconds: float
    first_byte: float
    size: int
    media_type: str
    body: bytes

    @property
    def megabytes_per_second(self) -> float:
        return self.size / 1e6 / self.seconds


def form_of(query: str) -> str:
    """SELECT, ASK, CONSTRUCT or DESCRIBE."""
    found = _FORM.search(query)
    assert found is not None, query
    return found[1].upper()


def accept_for(query: str) -> str:
    """The media type in which answers can be counted by lines."""
    return {"SELECT": TSV, "ASK": JSON}.get(form_of(query), N_TRIPLES)


def rows_of(reply: Reply) -> int:
    """How many rows, different triples, or (ASK) 1 or 0. Some servers answer in JSON whatever is asked."""
    if "json" in reply.media_type:
        answer = json.loads(reply.body)
        return int(answer["boolean"]) if "boolean" in answer else len(answer["results"]["bindings"])
    if "tab-separated" in reply.media_type:
        return max(0, len(reply.body.rstrip(b"\n").split(b"\n")) - 1)
    return len({line for line in reply.body.split(b"\n") if line.strip() and not line.startswith(b"#")})


def ask(url: str, query: str, accept: str, cap_s: float = 60.0, *, keep: bool = True) -> Reply:
    """Ask by GET, or by POST where the address would become long. Raises CapReached or NotAnswered."""
    form = urlencode({"query": query})
    if len(form) > _LONGEST_ADDRESS:
        headers = {"Accept": accept, "Content-Type": "application/x-www-form-urlencoded"}
        return fetch(url, headers, cap_s, keep=keep, body=form.encode())
    return fetch(f"{url}?{form}", {"Accept": accept}, cap_s, keep=keep)


def fetch(
    url: str, headers: dict[str, str], cap_s: float = 60.0, *, keep: bool = True, body: bytes | None = None
) -> Reply:
    """Fetch an address on a connection of its own; without `keep` the bytes are counted and let go."""
    parts = urlsplit(url)
    assert parts.hostname is not None
    begun = time.perf_counter()
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=cap_s)
    try:
        target = f"{parts.path}?{parts.query}" if parts.query else parts.path
        connection.request("POST" if body is not None else "GET", target, body, headers)
        return _read(connection.getresponse(), begun, cap_s, keep)
    except TimeoutError as error:
        raise CapReached from error
    except (OSError, http.client.HTTPException) as error:
        raise NotAnswered(f"{type(error).__name__} {error}") from error
    finally:
        connection.close()


def _read(response: http.client.HTTPResponse, begun: float, cap_s: float, keep: bool) -> Reply:
    parts, size = [], 0
    first_byte = 0.0
    while part := response.read1(1 << 18):
        first_byte = first_byte or time.perf_counter() - begun
        size += len(part)
        if keep or response.status != 200:
            parts.append(part)
        if time.perf_counter() - begun > cap_s:
            raise CapReached
    seconds = time.perf_counter() - begun
    body = b"".join(parts)
    if response.status != 200:
        raise NotAnswered(f"{response.status} {body[:120].decode(errors='replace')}")
    return Reply(seconds, first_byte or seconds, size, response.headers.get_content_type(), body)
