"""`scripts/bench search`: how long searches take on a made-up registry, and what its index costs to make."""

from __future__ import annotations

import argparse
import http.client
import random
import shutil
import statistics
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from bench.contest.table import short, show
from bench.contest.vakgraaf_server import Vakgraaf
from bench.registry import statements
from bench.searching import await_index, labels_of, words_of

_CLIENTS = (1, 8)


def main() -> None:
    """Start a server, wait for its index, ask, print."""
    parser = argparse.ArgumentParser(prog="scripts/bench search", description=__doc__)
    parser.add_argument("--statements", type=int, default=1_000_000, help="size of the registry (default: %(default)s)")
    parser.add_argument("--state", type=Path, help="a state directory that is ready, instead; it is copied")
    parser.add_argument("--seconds", type=float, default=5, help="how long for each row (default: %(default)s)")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="vakgraaf-search-") as where:
        server = Vakgraaf(Path(where) / "vakgraaf")
        # Without kept answers: every request is a search.
        server.settings = {"VAKGRAAF_RESULT_CACHE_MB": "0", "VAKGRAAF_SEARCH_AFTER_S": "0"}
        _fill(server, Path(where), asked)
        server.start()
        try:
            _measure(server, asked.seconds)
        finally:
            server.stop()


def _fill(server: Vakgraaf, where: Path, asked: argparse.Namespace) -> None:
    if asked.state:
        shutil.copytree(asked.state, server.state)
        shutil.rmtree(server.state / "search", ignore_errors=True)
        return
    data = where / "registry.nq"
    with data.open("w", encoding="utf-8") as file:
        file.writelines(statements(asked.statements))
    server.load(data)


def _measure(server: Vakgraaf, seconds: float) -> None:
    took = await_index(server.port)
    size = sum(path.stat().st_size for path in (server.state / "search").iterdir()) / 1e6
    print(f"index: {took:.1f} s after the start, with the lowest priority; {size:.1f} MB")
    rows = []
    for title, paths in _kinds(server):
        cells = []
        for clients in _CLIENTS:
            found = _ask(server.root, paths, clients, seconds)
            p50, p95 = statistics.median(found), statistics.quantiles(found, n=20)[-1]
            cells += [short(p50), short(p95), short(len(found) / seconds)]
        rows.append((title, *cells))
    header = [f"{what}, {n}" for n in _CLIENTS for what in ("p50 ms", "p95 ms", "a second")]
    show("Searches, by the number of clients", ("what", *header), rows)


def _kinds(server: Vakgraaf) -> Iterator[tuple[str, Sequence[str]]]:
    names = labels_of(server)
    dice = random.Random(1)
    words, labels = words_of(names), dice.sample(names, min(300, len(names)))
    typos = [word[: len(word) // 2] + word[len(word) // 2 + 1 :] for word in words if len(word) > 6]
    for title, texts, more in (
        ("one word, JSON", words, {"format": "json"}),
        ("two words, JSON", [" ".join(dice.sample(words, 2)) for _ in range(300)], {"format": "json"}),
        ("a whole name, JSON", labels, {"format": "json"}),
        ("a word with a letter missing, JSON", typos, {"format": "json"}),
        ("one word of one class, JSON", words, {"format": "json", "class": "Werkproces"}),
        ("one word, page", words, {"format": "html"}),
    ):
        yield title, [f"/search?{urlencode({'q': text, **more})}" for text in texts]
    starts = [word[:length] for word in words for length in range(1, 6)]
    yield "suggestions for 1 to 5 letters", [f"/suggest?{urlencode({'q': start})}" for start in starts]


def _ask(root: str, paths: Sequence[str], clients: int, seconds: float) -> list[float]:
    """How long each answer took, in ms."""
    until = time.monotonic() + seconds
    found: list[float] = []
    wrong: list[str] = []

    def client(first: int) -> None:
        connection = http.client.HTTPConnection(urlsplit(root).netloc, timeout=30)
        place = first
        while time.monotonic() < until:
            began = time.perf_counter()
            connection.request("GET", paths[place % len(paths)])
            answer = connection.getresponse()
            answer.read()
            if answer.status != 200:
                wrong.append(f"{answer.status} for {paths[place % len(paths)]}")
                break
            found.append((time.perf_counter() - began) * 1000)
            place += clients
        connection.close()

    threads = [threading.Thread(target=client, args=(n,)) for n in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if wrong:
        raise SystemExit(wrong[0])
    return found


if __name__ == "__main__":
    main()
