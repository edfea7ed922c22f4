"""What to search for, and when searching can begin."""

from __future__ import annotations

import http.client
import random
import re
import time

from bench.contest.client import ask
from bench.contest.vakgraaf_server import Vakgraaf

_LABELS = """SELECT ?l WHERE { ?s <http://www.w3.org/2000/01/rdf-schema#label> ?l . FILTER (LANG(?l) = "nl") }
ORDER BY MD5(STR(?s)) LIMIT 3000"""
_WORD = re.compile(r"[^\W\d_]{4,}")
_PATIENCE_S = 3600


def await_index(port: int) -> float:
    """Wait until the index for search is there, and return how many seconds that took. Raises SystemExit."""
    began = time.monotonic()
    while _status(port, "/search?q=zorg&format=json") != 200:
        if time.monotonic() > began + _PATIENCE_S:
            raise SystemExit("the index for search was not there in time")
        time.sleep(0.1)
    return time.monotonic() - began


def labels_of(server: Vakgraaf) -> list[str]:
    """Names of things in Dutch; equal data give equal names."""
    lines = ask(server.url, _LABELS, "text/tab-separated-values", 60).body.decode().split("\n")[1:]
    return [line.strip().removesuffix("@nl").strip('"')[:80] for line in lines if line.strip()]


def words_of(labels: list[str]) -> list[str]:
    """Words of names, the common ones as often as they come."""
    words = [word for label in labels for word in _WORD.findall(label)]
    return random.Random(1).sample(words, min(300, len(words)))


def _status(port: int, path: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status
