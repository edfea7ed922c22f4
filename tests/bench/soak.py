"""`scripts/bench soak`: load on one server, with checks. Prints a verdict; exit code 1 on failure.

Readers ask what is known beforehand, publishers write and witnesses read what these write, others are hostile, and the
server and parts of it are ended and killed meanwhile. In the last two fifths of the time the server itself is left
alone, to see what its memory does.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from bench.contest.processes import memory_mb, tree
from bench.contest.vakgraaf_server import Vakgraaf
from bench.registry import statements
from bench.soaking.audit import audit, verified
from bench.soaking.burst import burst
from bench.soaking.counts import Counts
from bench.soaking.hostile import hostile
from bench.soaking.known import Known, known_questions
from bench.soaking.lives import Lives
from bench.soaking.mixed import client, probe
from bench.soaking.publishers import TOKEN
from bench.soaking.verdict import of_answers, of_burst, of_processes, of_writes, told
from bench.soaking.watch import Watch
from bench.soaking.writers import Writers
from token_file import token_file
from vakgraaf.settings import Settings

_CLIENTS = 4
_PARTS = ("readers", "publishers", "hostile", "restarts")
_WITH_RESTARTS = 0.6
_DESCRIBING_S = 10.0


def main() -> None:
    """Start a server, load it, check, print; everything is gone afterwards."""
    parser = argparse.ArgumentParser(prog="scripts/bench soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=15, help="how long (default: %(default)s)")
    parser.add_argument("--statements", type=int, default=100_000, help="size of the registry (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="of the choice of questions (default: %(default)s)")
    parser.add_argument("--parts", nargs="+", choices=_PARTS, default=_PARTS, help="who there are (default: all)")
    parser.add_argument("--kill-every", type=float, default=30, help="seconds between two (default: %(default)s)")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="vakgraaf-soak-") as where:
        good = _soak(Path(where), asked)
    sys.exit(0 if good else 1)


def _soak(where: Path, asked: argparse.Namespace) -> bool:
    data = where / "registry.nq"
    with data.open("w", encoding="utf-8") as file:
        file.writelines(statements(asked.statements))
    server = Vakgraaf(where / "vakgraaf")
    server.settings = {"VAKGRAAF_UPDATE_TOKEN_FILE": str(token_file(where, f"soak {TOKEN} write\n"))}
    server.load(data)
    server.export(where / "same.nq")
    questions = known_questions(where / "same.nq", random.Random(asked.seed))
    server.start()
    server.settle()
    lives, counts, writing = Lives(server), Counts(), Writers(data)
    watch = Watch(lives)
    try:
        before = len(tree(server.pid))
        if "publishers" in asked.parts:
            writing.once(lives, counts)
        _settled(server.pid, before + Settings().workers)
        watch.idle.append(memory_mb(server.pid))
        _under_load(lives, questions, counts, watch, writing, asked)
        burst_counts = burst(server.url, questions) if "hostile" in asked.parts else {}
        idle = _settled(server.pid, before + Settings().workers)
        watch.idle.append(memory_mb(server.pid))
        if "publishers" in asked.parts:
            audit(writing.questions, lives, writing.truth, counts)
    finally:
        server.stop()
    verified(server.state, counts)
    checks = [
        *of_answers(counts, timed="hostile" in asked.parts),
        *of_burst(burst_counts),
        *of_writes(counts, writing.truth, lives),
    ]
    checks += of_processes(watch, counts, idle, before, server.log())
    return told(checks, counts, watch, lives)


def _under_load(
    lives: Lives, questions: list[Known], counts: Counts, watch: Watch, writing: Writers, asked: argparse.Namespace
) -> None:
    ended = threading.Event()
    alone = time.monotonic() + asked.minutes * 60 * _WITH_RESTARTS
    works: list[Callable[[], None]] = [lambda: watch.run(ended), lambda: probe(lives, counts, ended)]
    if "readers" in asked.parts:
        for number in range(_CLIENTS):
            works.append(partial(client, lives, questions, counts, ended, asked.seed * 1000 + number))
    if "publishers" in asked.parts:
        works += writing.works(lives, counts, ended, asked.seed)
    if "hostile" in asked.parts:
        works.append(lambda: hostile(lives.url, counts, ended))
    if "restarts" in asked.parts:
        works.append(lambda: lives.run(ended, asked.kill_every, alone))
    with ThreadPoolExecutor(len(works)) as pool:
        running = [pool.submit(work) for work in works]
        time.sleep(asked.minutes * 60)
        ended.set()
    for each in running:
        each.result()


def _settled(pid: int, wanted: int) -> int:
    """How many processes are left once nothing is asked any more; waits for slow queries to reach their limit."""
    time.sleep(Settings().describe_after_s + _DESCRIBING_S)
    until = time.monotonic() + Settings().query_timeout_s + 10
    while time.monotonic() < until and len(tree(pid)) > wanted:
        time.sleep(0.5)
    return len(tree(pid))


if __name__ == "__main__":
    main()
