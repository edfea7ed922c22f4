"""`scripts/bench soak`: mixed and hostile load on one server, with checks. Prints a verdict; exit code 1 on failure."""

from __future__ import annotations

import argparse
import random
import re
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

from bench.contest.processes import memory_mb, tree
from bench.contest.table import show
from bench.contest.vakgraaf_server import Vakgraaf
from bench.registry import statements
from bench.soaking.burst import burst
from bench.soaking.counts import Counts
from bench.soaking.hostile import hostile
from bench.soaking.known import Known, known_questions
from bench.soaking.mixed import client, probe
from bench.soaking.watch import Watch
from vakgraaf.settings import Settings

_CLIENTS = 4
_PROBE_P99_MS = 1000.0
_SLOPE_MB = 5.0
_WARMING_MB = 30.0
_MOST_REFUSED = 0.01
Check = tuple[str, str, str, bool]


def main() -> None:
    """Start a server, load it, check, print; everything is gone afterwards."""
    parser = argparse.ArgumentParser(prog="scripts/bench soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10, help="how long (default: %(default)s)")
    parser.add_argument("--statements", type=int, default=100_000, help="size of the registry (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="of the choice of questions (default: %(default)s)")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="vakgraaf-soak-") as where:
        good = _soak(Path(where), asked)
    sys.exit(0 if good else 1)


def _soak(where: Path, asked: argparse.Namespace) -> bool:
    data = where / "registry.nq"
    with data.open("w", encoding="utf-8") as file:
        file.writelines(statements(asked.statements))
    server = Vakgraaf(where / "vakgraaf")
    server.settings = {}
    server.load(data)
    server.export(where / "same.nq")
    questions = known_questions(where / "same.nq", random.Random(asked.seed))
    server.start()
    server.settle()
    watch, counts = Watch(server.pid), Counts()
    try:
        before = len(tree(server.pid))
        _under_load(server.url, questions, counts, watch, asked)
        burst_counts = burst(server.url, questions)
        idle = _settled(server.pid, before + Settings().workers)
        watch.memory.append(memory_mb(server.pid))
    finally:
        server.stop()
    checks = [*_of_answers(counts), *_of_burst(burst_counts), *_of_processes(watch, idle, before, server.log())]
    for complaint in counts.complaints:
        print(f"  {complaint[:200]}")
    for outcome, count in sorted(counts.outcomes.items()):
        print(f"  {outcome}: {count}")
    show("Soak", ["check", "found", "wanted", ""], [(*rest, "good" if good else "FAILED") for *rest, good in checks])
    good = all(check[-1] for check in checks)
    print("\nGood." if good else "\nFAILED.")
    return good


def _under_load(url: str, questions: list[Known], counts: Counts, watch: Watch, asked: argparse.Namespace) -> None:
    ended = threading.Event()
    works: list[Callable[[], None]] = [
        lambda: watch.run(ended),
        lambda: probe(url, counts, ended),
        lambda: hostile(url, counts, ended),
    ]
    for number in range(_CLIENTS):
        works.append(lambda seed=asked.seed * 1000 + number: client(url, questions, counts, ended, seed))  # type: ignore[misc]  # default argument binds the seed
    threads = [threading.Thread(target=work) for work in works]
    for thread in threads:
        thread.start()
    time.sleep(asked.minutes * 60)
    ended.set()
    for thread in threads:
        thread.join()


def _settled(pid: int, wanted: int) -> int:
    """How many processes are left once nothing is asked any more; waits for slow queries to reach their limit."""
    until = time.monotonic() + Settings().query_timeout_s + 10
    while time.monotonic() < until and len(tree(pid)) > wanted:
        time.sleep(0.5)
    return len(tree(pid))


def _of_answers(counts: Counts) -> list[Check]:
    right, refused = counts.total("mixed right"), counts.total("mixed refused")
    bad = counts.total("mixed wrong") + counts.total("mixed failed")
    probes = sorted(counts.probe_ms) or [float("inf")]
    p50, p99 = probes[len(probes) // 2], probes[len(probes) * 99 // 100]
    lost = counts.total("probe failed") + counts.total("probe wrong")
    unanswered = counts.total("hostile unanswered")
    return [
        ("right answers", str(right), "> 0", right > 0),
        ("wrong or failed answers", str(bad), "0", bad == 0),
        ("refused with 503", str(refused), f"at most {_MOST_REFUSED:.0%}", refused <= _MOST_REFUSED * right),
        (
            "ASK {} beside it: p50 / p99 in ms",
            f"{p50:.1f} / {p99:.1f}",
            f"p99 < {_PROBE_P99_MS:.0f}",
            p99 < _PROBE_P99_MS,
        ),
        ("ASK {} not answered", str(lost), "0", lost == 0),
        ("hostile requests that got no end", str(unanswered), "0", unanswered == 0),
    ]


def _of_burst(counts: dict[str, int]) -> list[Check]:
    bad = sum(count for outcome, count in counts.items() if outcome not in ("right", "refused"))
    found = ", ".join(f"{outcome} {count}" for outcome, count in sorted(counts.items()))
    return [("200 clients at once", found, "right, or refused with Retry-After", bad == 0)]


def _of_processes(watch: Watch, idle: int, before: int, log: str) -> list[Check]:
    settings = Settings()
    spare = 2 * settings.workers  # so many wait for work at most, beside those that have it
    bound = before + 2 * settings.workers + settings.slow_workers + spare
    survivors = watch.survivors()
    minutes = watch.times[-1] / 60
    grown, grown_wanted = watch.slope() * minutes, max(_WARMING_MB, _SLOPE_MB * minutes) + settings.result_cache_mb
    first, last, most = watch.memory[0], watch.memory[-1], max(watch.memory)
    most_wanted = first + (settings.workers + settings.slow_workers) * settings.worker_memory_mb
    for trace in sorted(set(re.findall(r"^Traceback.*?(?=^\S(?!raceback))(?:[^\n]*)", log, re.MULTILINE | re.DOTALL))):
        print(f"\n{trace}")
    return [
        ("most processes at once", str(watch.most_processes), f"at most {bound}", watch.most_processes <= bound),
        (
            "processes when idle again",
            str(idle),
            f"at most {before + spare}",
            idle <= before + spare,
        ),
        ("memory at most, MB", f"{most:.0f}", f"at most {most_wanted:.0f}", most <= most_wanted),
        (
            "memory at first / idle again, MB",
            f"{first:.0f} / {last:.0f}",
            "at most half more",
            last <= 1.5 * first + 50,
        ),
        ("growth of what stays, MB", f"{grown:.1f}", f"at most {grown_wanted:.0f}", grown <= grown_wanted),
        ("processes left after the end", str(len(survivors)), "0", not survivors),
        ("stack traces in the log", str(log.count("Traceback")), "0", "Traceback" not in log),
    ]


if __name__ == "__main__":
    main()
