"""What was found in a soak, beside what it has to be."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bench.contest.table import show
from bench.soaking.counts import Counts
from bench.soaking.lives import Lives
from bench.soaking.truth import Truth
from bench.soaking.watch import Watch
from vakgraaf.settings import Settings

_PROBE_P99_MS = 1000.0
_SLOPE_MB = 5.0
_WARMING_MB = 30.0
_MOST_REFUSED = 0.01
_BEHIND_WRITES = 8
"""The writer, the one that describes and what it starts, a second one with the data, those of a new index."""
_TRACE = re.compile(r"^Traceback .*?\n(?=\S)[^\n]*|^\{[^\n]*Traceback[^\n]*", re.MULTILINE | re.DOTALL)
"""In words of the interpreter's own, or in a line of JSON."""
Check = tuple[str, str, str, bool]


def told(checks: list[Check], counts: Counts, watch: Watch, lives: Lives) -> bool:
    """Print everything; whether all is good."""
    for complaint in counts.complaints:
        print(f"  {complaint[:300]}")
    for outcome, count in sorted(counts.outcomes.items()):
        print(f"  {outcome}: {count}")
    for command, count in watch.at_most.items():
        print(f"  when there were most processes, {command}: {count}")
    for act, count in lives.done.items():
        print(f"  {act}: {count}")
    columns = ["minute", "lives", "memory, MB", "at most", "of what stays", "processes at most"]
    show("Memory", columns, watch.by_minute())
    stays = [
        (command, *(f"{mb:.0f}" for mb in (early.all, late.all, early.anonymous, late.anonymous)))
        for command, (early, late) in watch.by_process().items()
    ]
    show("What stays", ["process", "MB early", "MB late", "in no file, early", "late"], stays)
    show("Soak", ["check", "found", "wanted", ""], [(*rest, "good" if good else "FAILED") for *rest, good in checks])
    good = all(check[-1] for check in checks)
    print("\nGood." if good else "\nFAILED.")
    return good


def of_writes(counts: Counts, truth: Truth, lives: Lives) -> list[Check]:
    """What became of what was written, and of the server that was killed meanwhile."""
    right, wrong = counts.total("witness right"), counts.total("witness wrong") + counts.total("witness failed")
    lost, whole = counts.total("audit: lost"), counts.total("audit: n")
    let_in = counts.total("write wrongly") + counts.total("audit: there is")
    failed, times = counts.total("write failed"), sum(lives.done.values())
    return [
        ("writes acknowledged", str(truth.acknowledged), "all of them there, after two more starts", not lost),
        ("acknowledged and lost", str(lost), "0", lost == 0),
        ("writes that failed without a reason", str(failed), "0", failed == 0),
        ("refused and there all the same", str(let_in), "0", let_in == 0),
        ("readings of what is being written", str(right), "> 0", right > 0 or not truth.acknowledged),
        ("readings that were old, half or not answered", str(wrong), "0", wrong == 0),
        ("store verified at the end", str(whole), "0 things wrong", whole == 0),
        ("stops and kills", f"{times}, {lives.longest_s:.1f} s at most", "0 complaints", not lives.complaints),
    ]


def of_answers(counts: Counts, *, timed: bool) -> list[Check]:
    """Of the readers of what does not change, of `ASK {}` (and how long that took), and of the hostile ones."""
    right, refused = counts.total("mixed right"), counts.total("mixed refused") + counts.total("probe refused")
    bad = counts.total("mixed wrong") + counts.total("mixed failed")
    probes = sorted(counts.probe_ms) or [float("inf")]
    p50, p99 = probes[len(probes) // 2], probes[len(probes) * 99 // 100]
    lost = counts.total("probe failed") + counts.total("probe wrong")
    unanswered = counts.total("hostile unanswered")
    took, quick = f"{p50:.1f} / {p99:.1f}", p99 < _PROBE_P99_MS
    latency = [("ASK {} beside it: p50 / p99 in ms", took, f"p99 < {_PROBE_P99_MS:.0f}", quick)]
    return [
        ("right answers", str(right), "> 0", right > 0),
        ("wrong or failed answers", str(bad), "0", bad == 0),
        ("refused with 503", str(refused), f"at most {_MOST_REFUSED:.0%}", refused <= _MOST_REFUSED * right),
        *(latency if timed else []),
        ("ASK {} not answered", str(lost), "0", lost == 0),
        ("hostile requests that got no end", str(unanswered), "0", unanswered == 0),
    ]


def of_burst(counts: Mapping[str, int]) -> list[Check]:
    """Of two hundred clients at once; nothing where there were none."""
    if not counts:
        return []
    bad = sum(count for outcome, count in counts.items() if outcome not in ("right", "refused"))
    found = ", ".join(f"{outcome} {count}" for outcome, count in sorted(counts.items()))
    return [("200 clients at once", found, "right, or refused with Retry-After", bad == 0)]


def of_processes(watch: Watch, counts: Counts, idle: int, before: int, log: str) -> list[Check]:
    """Of the processes of the server and their memory."""
    settings = Settings()
    spare = 2 * settings.workers  # so many wait for work at most, beside those that have it
    places = 2 * settings.workers + settings.slow_workers
    # Where somebody writes, queries on the version of before may end on that, and there are those behind the writes.
    bound = before + places + spare + (places + _BEHIND_WRITES) * (counts.total("write acknowledged") > 0)
    survivors, most_processes = watch.survivors(), max(watch.processes)
    minutes = watch.last_life_s / 60
    grown = sum(late.all - early.all for early, late in watch.by_process().values())
    grown_wanted = max(_WARMING_MB, _SLOPE_MB * minutes) + settings.result_cache_mb
    (first, last), most = watch.idle, max(watch.memory)
    most_wanted = first + (settings.workers + settings.slow_workers) * settings.worker_memory_mb
    for trace in sorted(set(_TRACE.findall(log))):
        print(f"\n{trace}")
    return [
        ("most processes at once", str(most_processes), f"at most {bound}", most_processes <= bound),
        (
            "processes when idle again",
            str(idle),
            f"at most {before + spare}",
            idle <= before + spare,
        ),
        ("memory at most, MB", f"{most:.0f}", f"at most {most_wanted:.0f}", most <= most_wanted),
        (
            "memory idle before / idle again, MB",
            f"{first:.0f} / {last:.0f}",
            "at most half more",
            last <= 1.5 * first + 50,
        ),
        ("growth of what stays, MB", f"{grown:.1f}", f"at most {grown_wanted:.0f}", grown <= grown_wanted),
        ("processes left after the end", str(len(survivors)), "0", not survivors),
        ("stack traces in the log", str(log.count("Traceback")), "0", "Traceback" not in log),
    ]
